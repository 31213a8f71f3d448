import { join } from 'node:path';
import { EXIT } from '../errors.js';
import { readable } from '../money.js';
import { printableLine } from '../terminal.js';
import { type PlaceReport, type RunReport, verifyPlace } from '../verify/place.js';
import type { Context } from './context.js';
import { KEPT, tableOf } from './verify.js';

/** `settle verify --all`: every run, every close, the chain and what stands beside the runs; exit 6 where anything differs. */
export async function verifyAll(
  out: string,
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const report = await verifyPlace(out, {
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
function summaryOf(out: string, { runs, closes, differences, count }: PlaceReport): string {
  const differing = runs.filter((run) => run.count > 0);
  return [
    ...differing.map(
      (run) => `\n${printableLine(join(out, run.run))}: ${differencesIn(run.count)}\n${tableOf(run.differences)}`,
    ),
    ...(differences.length === 0
      ? []
      : [
          `\nThe chain of closes and what stands beside the runs: ${differencesIn(differences.length)}\n${tableOf(differences)}`,
        ]),
    `${counted(runs.length, 'run')}, ${counted(closes, 'close')}: ${count === 0 ? 'every figure is right, and the chain is whole' : differencesIn(count)}`,
    '',
  ].join('\n');
}

function differencesIn(count: number): string {
  return counted(count, 'difference');
}

function counted(count: number, thing: string): string {
  return `${readable(String(count))} ${count === 1 ? thing : `${thing}s`}`;
}
