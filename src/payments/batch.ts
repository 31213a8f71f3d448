import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type FoundClose, PAYMENTS } from '../close/close-file.js';
import { SettleError } from '../core/errors.js';
import type { OutputEntry } from '../emit/manifest.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';

/**
 * What is paid: `batch.json` with its tables in `<out>/_payments/<programme>/<number>/`. The batches of a programme make a
 * chain, as closes do.
 */
export interface PaymentBatch {
  /** Batches of a programme are numbered from 1. */
  batch_no: number;
  programme: string;
  /** The closes whose lines it takes, in their order. */
  closes: PaidClose[];
  /** What a payee must be due to be paid, CNY. */
  minimum: string;
  /** Sorted by name. */
  files: OutputEntry[];
  /** CNY, as text; of them `payees` is a count. */
  totals: BatchTotals;
  /** Beijing. */
  made_at: string;
  made_by: string;
  note: string;
  /** Where a batch that held some of the closes may have been lost: why they are in this one, as a person said. */
  after_loss?: { reason: string; closes: number[] };
  /** The batch before this one, by the sha256 of its batch.json; null for the first. */
  previous: { batch_no: number; sha256: string } | null;
}

export interface PaidClose {
  close_no: number;
  revision: number;
  policy_id: string;
  run_id: string;
  /** Of its close.json. */
  sha256: string;
  period: { from: string; to: string };
}

/** `due + paid_later + taken_back + carried_in = to_pay + carried_out`, CNY, as text; what is taken back, and what is owed, is negative. */
export interface PayeeAmounts {
  due: string;
  paid_later: string;
  taken_back: string;
  carried_in: string;
  to_pay: string;
  carried_out: string;
}

/** The sums of a batch's payees. */
export interface BatchTotals extends PayeeAmounts {
  payees: number;
}

/** Somebody else has looked at a batch or a close, by its hash. */
export interface Review {
  of: 'batch' | 'close';
  number: number;
  programme: string;
  sha256: string;
  /** Beijing. */
  reviewed_at: string;
  reviewed_by: string;
  note: string;
}

/** A batch as it lies on the disk. */
export interface FoundBatch {
  batch: PaymentBatch;
  sha256: string;
  dir: string;
  review: Review | undefined;
}

export const BATCH = 'batch.json';
export const REVIEW = 'review.json';
/** Of closes, in the programme's folder. */
const REVIEWS = 'reviews';
/** What a rebuild found of closes that no batch held, in the programme's folder. */
export const LOSSES = 'losses';

const TEXT = z.string();
const MONEY = z.string().regex(/^-?\d+\.\d\d$/);
const COUNT = z.int().min(1);
const BATCH_SHAPE = z.looseObject({
  batch_no: COUNT,
  programme: TEXT,
  closes: z.array(z.looseObject({ close_no: COUNT, revision: COUNT, policy_id: TEXT, run_id: TEXT, sha256: TEXT })),
  minimum: MONEY,
  files: z.array(z.looseObject({ file: TEXT, sha256: TEXT, rows: z.int().min(0) })),
  totals: z.looseObject({ payees: z.int().min(0), to_pay: MONEY, carried_out: MONEY }),
  made_at: TEXT,
  made_by: TEXT,
  after_loss: z.looseObject({ reason: TEXT, closes: z.array(COUNT) }).optional(),
  previous: z.looseObject({ batch_no: COUNT, sha256: TEXT }).nullable(),
});
const REVIEW_SHAPE = z.looseObject({
  of: z.enum(['batch', 'close']),
  number: COUNT,
  sha256: TEXT,
  reviewed_at: TEXT,
  reviewed_by: TEXT,
});

/** A close as a batch names it. */
export function paidClose({ close, sha256 }: FoundClose): PaidClose {
  const { close_no, revision, policy, run_id, period } = close;
  return { close_no, revision, policy_id: policy.id, run_id, sha256, period: { from: period.from, to: period.to } };
}

/** `content-live/0003-9f86d081884c7d65`: whoever names a batch so says which one was looked at. */
export function idOf({ batch: { programme, batch_no }, sha256 }: Pick<FoundBatch, 'batch' | 'sha256'>): string {
  return `${programme}/${folderName(batch_no)}-${sha256.slice(0, 16)}`;
}

export function folderName(batchNo: number): string {
  return String(batchNo).padStart(4, '0');
}

/** Where the batches of a programme lie. */
export function programmeDir(out: string, programme: string): string {
  return join(out, PAYMENTS, programme);
}

/** Where a review of a close stands: under the close's own hash, so that another close never has it. */
export function closeReviewPath(out: string, programme: string, close: { close_no: number; sha256: string }): string {
  return join(programmeDir(out, programme), REVIEWS, `close-${close.close_no}-${close.sha256.slice(0, 16)}.json`);
}

/** The programmes that have payments or reviews, in byte order. */
export function paidProgrammes(out: string): string[] {
  return foldersBelow(join(out, PAYMENTS));
}

/** The batches of a programme from the first to the last; refused where they make no whole chain. */
export function batchesOf(out: string, programme: string): FoundBatch[] {
  const root = programmeDir(out, programme);
  const found = foldersBelow(root)
    .filter((name) => name !== REVIEWS && name !== LOSSES)
    .map((name) => batchIn(join(root, name)))
    .sort((a, b) => a.batch.batch_no - b.batch.batch_no);
  const paid = new Set<string>();
  for (const [at, { batch, dir }] of found.entries()) {
    const before = found[at - 1];
    const named = dir === join(root, folderName(batch.batch_no)) && batch.programme === programme;
    if (!named)
      throw broken(
        dir,
        say('it is batch {batch_no} of {programme}', { batch_no: batch.batch_no, programme: batch.programme }),
      );
    if (batch.batch_no !== at + 1 || batch.previous?.sha256 !== before?.sha256)
      throw broken(
        dir,
        before === undefined
          ? say('the batch before it is missing')
          : say('it does not follow {path}', { path: before.dir }),
      );
    for (const { sha256, close_no } of batch.closes) {
      if (paid.has(sha256)) throw broken(dir, say('close {close_no} is in a batch before it', { close_no }));
      paid.add(sha256);
    }
  }
  return found;
}

function batchIn(dir: string): FoundBatch {
  const path = join(dir, BATCH);
  const bytes = existsSync(path) ? readFileSync(path) : undefined;
  const value = bytes === undefined ? undefined : parsed(bytes);
  if (bytes === undefined || !BATCH_SHAPE.safeParse(value).success)
    throw broken(path, say("it is missing or can't be read"));
  return { batch: value as PaymentBatch, sha256: sha256Of(bytes), dir, review: reviewAt(join(dir, REVIEW)) };
}

/** The review at a path, if there is one. */
export function reviewAt(path: string): Review | undefined {
  if (!existsSync(path)) return undefined;
  const value = parsed(readFileSync(path));
  if (REVIEW_SHAPE.safeParse(value).success) return value as Review;
  throw broken(path, say("it can't be read"));
}

/** Whether a review is of just this, and another person's. */
export function isReviewOf(review: Review | undefined, sha256: string, by: string): boolean {
  return review !== undefined && review.sha256 === sha256 && !isSamePerson(review.reviewed_by, by);
}

/** Spaces, and what shows nothing: the braille blank has a shape of its own, without a dot. */
const UNSEEN = /[\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Names are one where they differ in case, width, spaces or what can't be seen. */
export function isSamePerson(a: string, b: string): boolean {
  const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replace(UNSEEN, '');
  return plain(a) === plain(b);
}

/** What is written, as it is written. */
export function jsonText(value: PaymentBatch | Review): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function sha256Of(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function foldersBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.'))
    .sort((a, b) => (a < b ? -1 : 1));
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function broken(path: string, what: Wording): SettleError {
  return new SettleError('differs', say('the chain of payments is broken at {path}: {what}', { path, what }), {
    file: path,
    mend: say(
      'Put the folder of payments back from a backup, or write what is gone from the warehouse: settle close --restore. Never delete or edit a batch.',
    ),
  });
}
