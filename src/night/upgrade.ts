import type { Context } from '../context/context.js';
import type { EventLog } from '../context/event-log.js';
import { asFailure } from '../core/errors.js';
import { readable } from '../core/money.js';
import { isThisProgram, PROGRAM, type Program } from '../program/version.js';
import type { Published } from '../runs/published.js';
import { hasOtherFigures, isOther, otherWords, programWords, upgradedOf } from '../settle/upgraded.js';
import { printableLine } from '../text/terminal.js';
import type { Opened } from '../warehouse/hold.js';
import type { Language } from '../words/said.js';
import { tellIn } from '../words/say.js';
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
  if (before.manifest.totals.total === undefined) return null; // nobody was paid by it
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
export function upgradeLines({ periods }: Pick<NightlyResult, 'periods'>, language: Language = 'en'): string[] {
  const tell = tellIn(language);
  const lines = periods.flatMap(({ policy, upgrade }) => (upgrade === null ? [] : [lineOf(policy, upgrade, language)]));
  if (lines.length === 0) return [];
  return [
    tell('Settled by another program than before, {program}:', { program: `${PROGRAM.name} ${programWords(PROGRAM)}` }),
    ...lines,
    tell('  of closed periods: settle check-upgrade'),
  ];
}

function lineOf(policy: string, upgrade: NightUpgrade, language: Language): string {
  const tell = tellIn(language);
  const head = tell('  {policy}: run {run_id} by {program}', {
    policy: printableLine(policy),
    run_id: upgrade.run_id,
    program: before(upgrade.program),
  });
  if ('error' in upgrade) {
    const message = printableLine(upgrade.error.message);
    return tell("{head}: can't be told whether figures differ: {message}", { head, message });
  }
  const { total, total_now } = upgrade;
  const values = { head, total: readable(total), now: readable(total_now), other: otherWords(upgrade) };
  if (!upgrade.differs) return tell('{head}: settled again it has the same figures, {total} CNY', values);
  if (!hasOtherFigures(upgrade))
    return tell('{head}: settled again it has the same figures, but not all else ({other})', values);
  return tell('{head}: OTHER FIGURES, {total} CNY then, {now} CNY now ({other})', values);
}

function before(program: Program): string {
  return printableLine(programWords(program));
}
