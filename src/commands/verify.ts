import Table from 'cli-table3';
import { EXIT } from '../errors.js';
import { readable } from '../money.js';
import { type Difference, type VerifyReport, verifyRun } from '../verify/verify.js';
import type { Context } from './context.js';

const SHOWN = 50;
/** A ruined folder of a million rows would differ a million times; nobody reads on after so many. */
export const KEPT = 10_000;

/** `settle verify`: the second implementation against the folder's figures; exit 6 where they differ. */
export async function verify(
  runDir: string,
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const report = await verifyRun(runDir, {
    most: KEPT,
    onProgress: (step, done, total) => context.progress('verify', step, done, total),
  });
  const differs = report.count > 0;
  const error = { error: { code: 'differs', message: differencesIn(report.count) } };
  return {
    exit: differs ? EXIT.differs : EXIT.done,
    answer: { ...(differs ? error : {}), ...report, run_dir: runDir },
    text: () => (differs ? differencesOf(runDir, report) : `${runDir}: every figure is right\n${checked(report)}`),
  };
}

function checked({ anchors, sessions, statements }: VerifyReport): string {
  const count = (n: number): string => readable(String(n));
  return `Recomputed from the folder's own files: ${count(sessions)} sessions, ${count(anchors)} anchors, ${count(statements)} statements.\n`;
}

function differencesOf(runDir: string, report: VerifyReport): string {
  const more =
    report.count > SHOWN
      ? `and ${readable(String(report.count - SHOWN))} more; for the first ${readable(String(KEPT))}, add --json\n`
      : '';
  return `${runDir}: ${differencesIn(report.count)}\n${tableOf(report.differences)}\n${more}${checked(report)}`;
}

/** The first differences, as a table. */
export function tableOf(differences: readonly Difference[]): string {
  const table = new Table({
    head: ['file', 'key', 'column', 'found', 'expected', 'clause'],
    style: { head: [], border: [] },
    wordWrap: true,
  });
  for (const { file, key, column, found, expected, clause } of differences.slice(0, SHOWN)) {
    table.push([file, key, column, found, expected, clause ?? ''].map(printable));
  }
  return table.toString();
}

function differencesIn(count: number): string {
  return `${readable(String(count))} ${count === 1 ? 'difference' : 'differences'}`;
}

/** A cell of a tampered file must not move the cursor. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\u{fffd}').slice(0, 120);
}
