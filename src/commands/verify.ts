import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context/context.js';
import { EXIT } from '../core/errors.js';
import { readable } from '../core/money.js';
import { differencesIn, differenceTable, SHOWN } from '../report/differences.js';
import { verifyRun } from '../runs/verify-run.js';
import { countOf } from '../text/count.js';
import { printableLine } from '../text/terminal.js';
import { BATCH_FILE } from '../verify/payments/verify-batch.js';
import { type PlaceReport, type RunReport, verifyPlace } from '../verify/place.js';
import type { VerifyReport } from '../verify/report.js';
import type { Language } from '../words/said.js';
import { say, tellIn } from '../words/say.js';

type Tell = ReturnType<typeof tellIn>;

/** A ruined folder of a million rows would differ a million times; nobody reads on after so many. */
const KEPT = 10_000;

/** `settle verify`: the second implementation against the folder's figures; exit 6 where they differ. */
export async function verify(
  runDir: string,
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const isBatch = existsSync(join(runDir, BATCH_FILE)) && !existsSync(join(runDir, 'manifest.json'));
  if (isBatch) return (await import('./payments.js')).verifyFolder(runDir, context); // the rest of it reads SQL, which a verification doesn't need
  const report = await verifyRun(runDir, {
    most: KEPT,
    onProgress: (step, done, total) => context.progress('verify', step, done, total),
  });
  const tell = tellIn(context.language);
  const differs = report.count > 0;
  const error = { error: { code: 'differs', message: String(differencesIn(report.count)) } };
  return {
    exit: differs ? EXIT.differs : EXIT.done,
    answer: { ...(differs ? error : {}), ...report, run_dir: runDir },
    text: () =>
      differs
        ? differencesOf(runDir, report, tell, context.language)
        : `${tell('{runDir}: every figure is right', { runDir })}\n${checked(report, tell)}`,
  };
}

function checked({ anchors, sessions, statements }: VerifyReport, tell: Tell): string {
  const count = (n: number): string => readable(String(n));
  const values = { sessions: count(sessions), anchors: count(anchors), statements: count(statements) };
  return `${tell("Recomputed from the folder's own files: {sessions} sessions, {anchors} anchors, {statements} statements.", values)}\n`;
}

function differencesOf(runDir: string, report: VerifyReport, tell: Tell, language: Language | undefined): string {
  const rest = { more: readable(String(report.count - SHOWN)), kept: readable(String(KEPT)) };
  const more = report.count > SHOWN ? `${tell('and {more} more; for the first {kept}, add --json', rest)}\n` : '';
  const head = tell('{path}: {what}', { path: runDir, what: differencesIn(report.count) });
  return `${head}\n${differenceTable(report.differences, language)}\n${more}${checked(report, tell)}`;
}

/** `settle verify --all`: every run, every close, the chain and what stands beside the runs; exit 6 where anything differs. */
export async function verifyAll(
  out: string,
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const tell = tellIn(context.language);
  const report = await verifyPlace(out, verifyRun, {
    most: KEPT,
    onProgress: (step, done, total) => context.progress('verify', step, done, total),
    onRun: (run) => context.say(`${lineOf(run, tell)}\n`),
  });
  const differs = report.count > 0;
  const error = { error: { code: 'differs', message: String(differencesIn(report.count)) } };
  return {
    exit: differs ? EXIT.differs : EXIT.done,
    answer: { ...(differs ? error : {}), out, ...report },
    text: () => summaryOf(out, report, tell, context.language),
  };
}

function lineOf({ run, closed, count }: RunReport, tell: Tell): string {
  const what = count === 0 ? say('ok') : differencesIn(count);
  return tell(closed ? '{run}  {what}, closed' : '{run}  {what}', { run: printableLine(run), what });
}

/** The tables come last, each below its run. */
function summaryOf(
  out: string,
  { runs, closes, batches, differences, count }: PlaceReport,
  tell: Tell,
  language: Language | undefined,
): string {
  const differing = runs.filter((run) => run.count > 0);
  return [
    ...differing.map(
      (run) =>
        `\n${tell('{path}: {what}', { path: printableLine(join(out, run.run)), what: differencesIn(run.count) })}\n${differenceTable(run.differences, language)}`,
    ),
    ...(differences.length === 0
      ? []
      : [
          `\n${tell('The chain of closes and what stands beside the runs: {what}', { what: differencesIn(differences.length) })}\n${differenceTable(differences, language)}`,
        ]),
    tell('{runs}, {closes}{payments}: {what}', {
      runs: countOf(runs.length, '{n} run', '{n} runs'),
      closes: countOf(closes, '{n} close', '{n} closes'),
      payments:
        batches === 0 ? '' : say(', {batches} of payments', { batches: countOf(batches, '{n} batch', '{n} batches') }),
      what: count === 0 ? say('every figure is right, and the chain is whole') : differencesIn(count),
    }),
    '',
  ].join('\n');
}
