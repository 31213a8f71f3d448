import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context/context.js';
import { EXIT, SettleError } from '../core/errors.js';
import { readable } from '../core/money.js';
import { differencesIn, differenceTable, SHOWN } from '../report/differences.js';
import { signatureSaid } from '../report/packet/signature.js';
import { verifyRun } from '../runs/verify-run.js';
import { countOf } from '../text/count.js';
import { printableLine } from '../text/terminal.js';
import { Differences } from '../verify/differences.js';
import type { Trusted } from '../verify/packet/trust.js';
import { BATCH_FILE } from '../verify/payments/verify-batch.js';
import { type PlaceReport, type RunReport, verifyPlace } from '../verify/place.js';
import type { VerifyOptions, VerifyReport } from '../verify/report.js';
import type { Signers } from '../verify/signature/allowed-signers.js';
import { type RunSignature, runSignature } from '../verify/signature/run-signature.js';
import { inLanguage, type Language } from '../words/said.js';
import { say, tellIn } from '../words/say.js';

type Tell = ReturnType<typeof tellIn>;

/** A ruined folder of a million rows would differ a million times; nobody reads on after so many. */
const KEPT = 10_000;

/** What the reader of a packet has by another way than the packet. */
export interface PacketTrust {
  /** The run's close.json. */
  close?: string | undefined;
  /** In hex. */
  root?: string | undefined;
  signers?: Signers | undefined;
}

/** `settle verify PACKET`: exit 6 where something differs, 3 where the file is no packet. */
export async function verifyPacketFile(
  path: string,
  trust: PacketTrust,
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const { verifyFile } = await import('../packet/verify-file.js');
  const { packetTextOf } = await import('../report/packet/packet-text.js');
  const report = await verifyFile(path, trustedIn(trust));
  const differs = report.count > 0;
  const error = { error: { code: 'differs', message: String(differencesIn(report.count)) } };
  return {
    exit: differs ? EXIT.differs : EXIT.done,
    answer: { ...(differs ? error : {}), ...report, said: report.said.map(String), packet: path },
    text: () => packetTextOf(path, report, context.language),
  };
}

function trustedIn({ close, root, signers }: PacketTrust): Trusted {
  const given = signers === undefined ? {} : { signers };
  if (close !== undefined && root !== undefined)
    throw new SettleError('usage', say('--close and --root were both given'), {
      mend: say('Give the one that you have by another way than the packet.'),
    });
  if (root !== undefined && !/^[0-9a-f]{64}$/i.test(root))
    throw new SettleError('usage', say('--root is not 64 hexadecimal digits'), {
      mend: say('Give the root as settle packet printed it.'),
    });
  if (close === undefined) return root === undefined ? given : { ...given, root };
  const text = readFileSync(close, 'utf8');
  try {
    if (typeof JSON.parse(text) === 'object') return { ...given, close: text };
  } catch {}
  throw new SettleError('input', say('{path} is no close.json that can be read', { path: close }), {
    file: close,
    mend: say('Give the close.json of the run folder.'),
  });
}

/** The folder's figures, and its signature against the reader's list. */
async function verifyWithSigner(runDir: string, signers: Signers | undefined, options: VerifyOptions) {
  const report = await verifyRun(runDir, options);
  const differences = new Differences(KEPT);
  const signature = runSignature(runDir, signers, differences);
  report.differences.push(...differences.list);
  report.count += differences.count;
  return { ...report, signature };
}

/** Of all runs, those that are closed must be signed. */
const verifyClosedSigned = (runDir: string, signers: Signers | undefined, options: VerifyOptions = {}) =>
  signers !== undefined && existsSync(join(runDir, 'close.json'))
    ? verifyWithSigner(runDir, signers, options)
    : verifyRun(runDir, options);

function signedText(signature: RunSignature | null, language: Language | undefined): string {
  return signature === null ? '' : `${inLanguage(signatureSaid(signature), language ?? 'en')}\n`;
}

/** `settle verify`: the second implementation against the folder's figures; exit 6 where they differ. */
export async function verify(
  runDir: string,
  context: Context,
  signers?: Signers | undefined,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const isBatch = existsSync(join(runDir, BATCH_FILE)) && !existsSync(join(runDir, 'manifest.json'));
  if (isBatch) return (await import('./payments.js')).verifyFolder(runDir, context); // the rest of it reads SQL, which a verification doesn't need
  const { signature, ...report } = await verifyWithSigner(runDir, signers, {
    most: KEPT,
    onProgress: (step, done, total) => context.progress('verify', step, done, total),
  });
  const tell = tellIn(context.language);
  const differs = report.count > 0;
  const error = { error: { code: 'differs', message: String(differencesIn(report.count)) } };
  return {
    exit: differs ? EXIT.differs : EXIT.done,
    answer: { ...(differs ? error : {}), ...report, signature, run_dir: runDir },
    text: () =>
      differs
        ? differencesOf(runDir, report, tell, context.language)
        : `${tell('{runDir}: every figure is right', { runDir })}\n${checked(report, tell)}${signedText(signature, context.language)}`,
  };
}

function checked({ anchors, sessions, statements, rows }: VerifyReport, tell: Tell): string {
  const count = (n: number): string => readable(String(n));
  if (rows !== undefined)
    return `${tell("Judged again from the folder's own files: {rows} rows.", { rows: count(rows) })}\n`;
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
  signers?: Signers | undefined,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const tell = tellIn(context.language);
  const report = await verifyPlace(out, (dir, how) => verifyClosedSigned(dir, signers, how), {
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
  { runs, closes, batches, disputes, differences, count }: PlaceReport,
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
    tell('{runs}, {closes}{payments}{disputed}: {what}', {
      runs: countOf(runs.length, '{n} run', '{n} runs'),
      closes: countOf(closes, '{n} close', '{n} closes'),
      payments:
        batches === 0 ? '' : say(', {batches} of payments', { batches: countOf(batches, '{n} batch', '{n} batches') }),
      disputed:
        disputes === 0 ? '' : say(', {disputes}', { disputes: countOf(disputes, '{n} dispute', '{n} disputes') }),
      what: count === 0 ? say('every figure is right, and the chain is whole') : differencesIn(count),
    }),
    '',
  ].join('\n');
}
