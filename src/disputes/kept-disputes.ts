import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DISPUTES } from '../close/close-file.js';
import { SettleError } from '../core/errors.js';
import { isSamePeriod, type ProgrammePeriod } from '../core/programme.js';
import { makeFolders, refuseLink } from '../disk/folders.js';
import { writeNewFile } from '../disk/new-file.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { type KeptFiles, keepCopies, keptFiles } from '../engine/kept-files.js';
import { type Dispute, disputeId, wrongInDispute } from '../verify/dispute/dispute.js';
import { say } from '../words/say.js';

/** What agencies dispute and what they were answered, beside the runs and in the warehouse: each is the other's copy. Nothing of it is ever changed. */

/** `dispute.json`, as it was taken in. */
export interface TakenDispute {
  /** Beijing. */
  received_at: string;
  received_by: string;
  /** Of the run that it disputes. */
  programme: string;
  policy: { id: string };
  period: { from: string; to: string };
  dispute: Dispute;
}

/** `answer.json` beside it. */
export interface DisputeAnswer {
  answered_at: string;
  answered_by: string;
  accepted: boolean;
  text: string;
  /** Rows of exports on which the answer stands. */
  rows: { file: string; line: number }[];
  /** The run that pays what was accepted; null where nothing was. */
  run_id: string | null;
}

export interface KeptDispute extends TakenDispute {
  id: string;
  answer: DisputeAnswer | null;
}

const OURS = /^_disputes\/[0-9a-f]{16}\/(?:dispute|answer)\.json$/;

export function disputePath(id: string, file: 'dispute' | 'answer'): string {
  return `${DISPUTES}/${id}/${file}.json`;
}

/** Files of ours below the output folder; what is being written, and whatever else lies there, is nobody's dispute. */
function disputeFiles(out: string): KeptFiles {
  const root = join(out, DISPUTES);
  if (!existsSync(root)) return new Map();
  const ids = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const paths = ids.flatMap(({ name }) => [disputePath(name, 'dispute'), disputePath(name, 'answer')]);
  const there = paths.filter((path) => OURS.test(path) && existsSync(join(out, path)));
  return new Map(there.map((path) => [path, readFileSync(join(out, path), 'utf8')]));
}

/** All disputes of an output folder, by when they came. Throws `differs` where one can't be read. */
export function keptDisputes(out: string): KeptDispute[] {
  const files = disputeFiles(out);
  const ids = [...files.keys()]
    .filter((path) => path.endsWith('/dispute.json'))
    .map((path) => path.split('/')[1] ?? '');
  const found = ids.map((id) => {
    const taken = read<TakenDispute>(out, disputePath(id, 'dispute'), files);
    if (!isTaken(taken) || disputeId(taken.dispute) !== id) throw unreadable(out, disputePath(id, 'dispute'));
    const path = disputePath(id, 'answer');
    const answer = files.has(path) ? read<DisputeAnswer>(out, path, files) : null;
    if (answer !== null && !isAnswer(answer)) throw unreadable(out, path);
    return { id, ...taken, answer };
  });
  return found.sort((a, b) => (`${a.received_at} ${a.id}` < `${b.received_at} ${b.id}` ? -1 : 1));
}

const areTexts = (...values: unknown[]): boolean => values.every((value) => typeof value === 'string');

function isTaken({ received_at, received_by, programme, policy, period, dispute }: TakenDispute): boolean {
  return (
    areTexts(received_at, received_by, programme, policy?.id, period?.from, period?.to) &&
    wrongInDispute(dispute) === undefined
  );
}

function isAnswer({ answered_at, answered_by, accepted, text, rows, run_id }: DisputeAnswer): boolean {
  const areRows = Array.isArray(rows) && rows.every(({ file, line }) => areTexts(file) && Number.isSafeInteger(line));
  return areTexts(answered_at, answered_by, text) && typeof accepted === 'boolean' && areRows && areTexts(run_id ?? '');
}

function read<T>(out: string, path: string, files: KeptFiles): T {
  try {
    const value: unknown = JSON.parse(files.get(path) ?? '');
    if (typeof value === 'object' && value !== null) return value as T;
  } catch {}
  throw unreadable(out, path);
}

function unreadable(out: string, path: string): SettleError {
  return new SettleError('differs', say("{path} can't be read", { path: join(out, path) }), {
    file: join(out, path),
    mend: say('Move it away; then write it again from the warehouse: {RESTORE}', { RESTORE: 'settle close --restore' }),
  });
}

/** Those of a programme's period that nobody has answered. */
export function openDisputes(out: string, of: ProgrammePeriod): KeptDispute[] {
  return keptDisputes(out).filter((kept) => kept.answer === null && isSamePeriod(kept, of));
}

/** A file of a dispute that stands in one of the two alone. */
export interface LostDispute {
  path: string;
  lacks: 'file' | 'record';
}

/** What stands in folder or warehouse alone; refused (exit 6) where they differ. */
export async function lostDisputes(
  warehouse: Warehouse,
  out: string,
): Promise<{ lost: LostDispute[]; unwritten: KeptFiles; unkept: KeptFiles }> {
  const kept = warehouse.file === ':memory:' ? new Map<string, string>() : await keptFiles(warehouse, OURS);
  const there = disputeFiles(out);
  const other = [...there].find(([path, content]) => (kept.get(path) ?? content) !== content)?.[0];
  if (other !== undefined)
    throw new SettleError(
      'differs',
      say('{path} is one thing in the output folder and another in the warehouse', { path: other }),
      {
        file: join(out, other),
        mend: say(
          'Put back from a backup whichever of the two was changed. Where that is the file, it can also be moved away and written again: {RESTORE}',
          { RESTORE: 'settle close --restore' },
        ),
      },
    );
  const unwritten = new Map([...kept].filter(([path]) => !there.has(path)));
  const unkept = new Map([...there].filter(([path]) => !kept.has(path)));
  const lost: LostDispute[] = [
    ...[...unwritten.keys()].map((path) => ({ path, lacks: 'file' as const })),
    ...[...unkept.keys()].map((path) => ({ path, lacks: 'record' as const })),
  ];
  return { lost, unwritten, unkept };
}

/** Keeps all that the folder has, in the open transaction. */
export async function keepDisputes(warehouse: Warehouse, out: string): Promise<void> {
  if (warehouse.file !== ':memory:') await keepCopies(warehouse, disputeFiles(out));
}

/** Writes new files, each whole. */
export function writeDisputes(out: string, files: KeptFiles): void {
  for (const [path, content] of files) {
    const folder = join(out, path, '..');
    for (const each of [join(out, DISPUTES), folder]) refuseLink(each);
    makeFolders(folder);
    writeNewFile(join(out, path), content);
  }
}

/** A new file of a dispute: the folder first, then the warehouse, which takes in whatever a killed call left too. */
export async function keepDisputeFile(warehouse: Warehouse, out: string, path: string, value: object): Promise<void> {
  const { unwritten } = await lostDisputes(warehouse, out);
  writeDisputes(out, unwritten);
  writeDisputes(out, new Map([[path, `${JSON.stringify(value, null, 2)}\n`]]));
  await warehouse.run('BEGIN TRANSACTION');
  await keepDisputes(warehouse, out);
  await warehouse.run('COMMIT');
  await warehouse.checkpoint().catch(() => undefined); // what can't be written into the file now stands in its log
}
