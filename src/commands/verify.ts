import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context/context.js';
import { EXIT } from '../core/errors.js';
import { readable } from '../core/money.js';
import { differencesIn, differenceTable, SHOWN } from '../report/differences.js';
import { verifyRun } from '../runs/verify-run.js';
import { printableLine } from '../text/terminal.js';
import { BATCH_FILE } from '../verify/payments/verify-batch.js';
import { type PlaceReport, type RunReport, verifyPlace } from '../verify/place.js';
import type { VerifyReport } from '../verify/report.js';
import { verifyFolder } from './payments.js';

/** A ruined folder of a million rows would differ a million times; nobody reads on after so many. */
const KEPT = 10_000;

/** `settle verify`: the second implementation against the folder's figures; exit 6 where they differ. */
export async function verify(
  runDir: string,
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const isBatch = existsSync(join(runDir, BATCH_FILE)) && !existsSync(join(runDir, 'manifest.json'));
  if (isBatch) return verifyFolder(runDir);
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
  return `${runDir}: ${differencesIn(report.count)}\n${differenceTable(report.differences)}\n${more}${checked(report)}`;
}

/** `settle verify --all`: every run, every close, the chain and what stands beside the runs; exit 6 where anything differs. */
export async function verifyAll(
  out: string,
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const report = await verifyPlace(out, verifyRun, {
    most: KEPT,
    onProgress: (step, done, total) => context.progress('verify', step, done, total),
    onRun: (run) => context.say(`${lineOf(run)}\n`),
  });
  const differs = report.count > 0;
  const error = { error: { code: 'differs', message: differencesIn(report.count) } };
  return {
    exit: differs ? EXIT.differs : EXIT.done,
    answer: { ...(differs ? error : {}), out, ...report },
    text: () => summaryOf(out, report),
  };
}

function lineOf({ run, closed, count }: RunReport): string {
  return `${printableLine(run)}  ${count === 0 ? 'ok' : differencesIn(count)}${closed ? ', closed' : ''}`;
}

/** The tables come last, each below its run. */
function summaryOf(out: string, { runs, closes, batches, differences, count }: PlaceReport): string {
  const differing = runs.filter((run) => run.count > 0);
  return [
    ...differing.map(
      (run) =>
        `\n${printableLine(join(out, run.run))}: ${differencesIn(run.count)}\n${differenceTable(run.differences)}`,
    ),
    ...(differences.length === 0
      ? []
      : [
          `\nThe chain of closes and what stands beside the runs: ${differencesIn(differences.length)}\n${differenceTable(differences)}`,
        ]),
    `${counted(runs.length, 'run')}, ${counted(closes, 'close')}${batches === 0 ? '' : `, ${batches === 1 ? '1 batch' : `${batches} batches`} of payments`}: ${count === 0 ? 'every figure is right, and the chain is whole' : differencesIn(count)}`,
    '',
  ].join('\n');
}

function counted(count: number, thing: string): string {
  return `${readable(String(count))} ${count === 1 ? thing : `${thing}s`}`;
}
