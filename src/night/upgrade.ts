import type { Context } from '../context/context.js';
import type { EventLog } from '../context/event-log.js';
import { asFailure } from '../core/errors.js';
import { readable } from '../core/money.js';
import { isThisProgram, PROGRAM, type Program } from '../program/version.js';
import type { Published } from '../runs/published.js';
import { hasOtherFigures, isOther, otherWords, programWords, upgradedOf } from '../settle/upgraded.js';
import { printableLine } from '../text/terminal.js';
import type { Opened } from '../warehouse/hold.js';
import { stopOf } from './ending.js';
import type { NightlyResult, NightUpgrade } from './night.js';

/**
 * Settles the last run of an open period again, where another program made it; null where there is none, or this program
 * made it. What can't be told keeps nothing from being settled.
 */
export async function upgradeOf(
  held: Opened,
  before: Published | undefined,
  context: Context,
): Promise<NightUpgrade | null> {
  if (before === undefined || isThisProgram(before.manifest.program)) return null;
  const { run_id, program } = before.manifest;
  try {
    const upgraded = await upgradedOf(held, before, context);
    return { ...upgraded, differs: isOther(upgraded) };
  } catch (error) {
    const stop = stopOf(error, context);
    if (stop !== error) throw stop;
    const { code, message, details } = asFailure(error);
    return { run_id, program, error: { code, message, ...details } };
  }
}

/** A line of the log, with level `warning` where figures differ, or it can't be told whether they do. */
export function logUpgrade(log: EventLog, policy: string, upgrade: NightUpgrade | null): void {
  if (upgrade === null) return;
  const same = 'differs' in upgrade && !upgrade.differs;
  log.write('upgrade', same ? 'info' : 'warning', { policy, ...upgrade, by: { ...PROGRAM } });
}

/** What the new program makes of each open period, in the first night after an upgrade. */
export function upgradeLines({ periods }: Pick<NightlyResult, 'periods'>): string[] {
  const lines = periods.flatMap(({ policy, upgrade }) => (upgrade === null ? [] : [lineOf(policy, upgrade)]));
  if (lines.length === 0) return [];
  return [
    `Settled by another program than before, ${PROGRAM.name} ${programWords(PROGRAM)}:`,
    ...lines,
    '  of closed periods: settle check-upgrade',
  ];
}

function lineOf(policy: string, upgrade: NightUpgrade): string {
  const head = `  ${printableLine(policy)}: run ${upgrade.run_id} by ${before(upgrade.program)}`;
  if ('error' in upgrade)
    return `${head}: can't be told whether figures differ: ${printableLine(upgrade.error.message)}`;
  const { total, total_now } = upgrade;
  if (!upgrade.differs) return `${head}: settled again it has the same figures, ${readable(total)} CNY`;
  if (!hasOtherFigures(upgrade))
    return `${head}: settled again it has the same figures, but not all else (${otherWords(upgrade)})`;
  return `${head}: OTHER FIGURES, ${readable(total)} CNY then, ${readable(total_now)} CNY now (${otherWords(upgrade)})`;
}

function before(program: Program): string {
  return printableLine(programWords(program));
}
