import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { SettleError } from '../core/errors.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { verifyBatch } from '../verify/payments/verify-batch.js';
import { say } from '../words/say.js';
import {
  BATCH,
  batchesOf,
  closeReviewPath,
  type FoundBatch,
  idOf,
  isReviewOf,
  paidProgrammes,
  type Review,
  sha256Of,
} from './batch.js';
import { type Files, filesThere, keepFiles, refuseUnlike, type Unlike, unlikeFiles } from './kept.js';

/** The batches of every programme, for whoever pays: each must stand alike in the warehouse, be as it was sealed, and all make whole chains. */
export async function trustedBatches(warehouse: Warehouse, out: string): Promise<Map<string, FoundBatch[]>> {
  await finishPayment(warehouse, out);
  return knownBatches(warehouse, out);
}

/** The same for whoever writes nothing: what was killed half way is refused too. */
export async function knownBatches(warehouse: Warehouse, out: string): Promise<Map<string, FoundBatch[]>> {
  refuseUnlike(await unlikeFiles(warehouse, out));
  const found = new Map(paidProgrammes(out).map((programme) => [programme, batchesOf(out, programme)]));
  for (const batches of found.values()) batches.forEach(refuseEditedBatch);
  return found;
}

/**
 * What was killed between the folder and the warehouse stands in the folder alone, and whole: a batch that follows the last
 * one that the warehouse has, or a review. It is taken in where its sums are those of the closes, by the second
 * implementation: a folder that somebody made is no payment.
 */
async function finishPayment(warehouse: Warehouse, out: string): Promise<void> {
  const found = await unlikeFiles(warehouse, out);
  const places = new Set(found.map(({ path }) => dirname(path)));
  if (found.length === 0 || places.size > 1 || found.some(({ lacks }) => lacks !== 'record')) return;
  const batches = paidProgrammes(out).flatMap((programme) => batchesOf(out, programme));
  batches.forEach(refuseEditedBatch);
  if (batches.some(({ dir }) => places.has(relative(out, dir).replaceAll('\\', '/')) && verifyBatch(dir).count > 0))
    return;
  const [review] = found.filter(({ path }) => !path.endsWith('.csv') && basename(path) !== BATCH);
  if (review !== undefined && !isOfItsPlace(review, out, batches)) return;
  const files: Files = new Map(found.map(({ path, content }) => [path, content]));
  await warehouse.run('BEGIN TRANSACTION');
  await keepFiles(warehouse, files);
  await warehouse.run('COMMIT');
}

/** A review is of the batch beside it, or of the close that its name says. */
function isOfItsPlace({ path, content }: Unlike, out: string, batches: readonly FoundBatch[]): boolean {
  const { of, sha256, number } = JSON.parse(content) as Review;
  const beside = batches.find(({ dir }) => dir === join(out, dirname(path)));
  if (beside !== undefined)
    return of === 'batch' && isReviewOf(JSON.parse(content), beside.sha256, beside.batch.made_by);
  return of === 'close' && basename(path) === basename(closeReviewPath('', '', { close_no: number, sha256 }));
}

/** A batch's files are those that it was sealed with. */
export function refuseEditedBatch(found: FoundBatch): void {
  for (const { file, sha256 } of found.batch.files) {
    if (hashOf(join(found.dir, file)) === sha256) continue;
    throw new SettleError(
      'differs',
      say('{path} is not the one that {id} was sealed with', { path: join(found.dir, file), id: idOf(found) }),
      {
        file: join(found.dir, file),
        mend: say('Put the folder back from a backup. To see what was changed: settle payments verify {id}', {
          id: idOf(found),
        }),
      },
    );
  }
}

/** What is taken in as it lies there must be what the second implementation comes to. */
function refuseUnproved(found: FoundBatch): void {
  if (verifyBatch(found.dir).count === 0) return;
  throw new SettleError('differs', say('{id} is not what its closes come to', { id: idOf(found) }), {
    file: found.dir,
    mend: say('Put the folder back from a backup. To see what was changed: settle payments verify {id}', {
      id: idOf(found),
    }),
  });
}

function hashOf(path: string): string | undefined {
  try {
    return sha256Of(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** Refuses payments of a folder that make no whole chain, were edited, or pay closes that aren't there; gives their files. */
export function soundPayments(out: string, closes: readonly { sha256: string }[]): Files {
  const closed = new Set(closes.map(({ sha256 }) => sha256));
  for (const found of paidProgrammes(out).flatMap((programme) => batchesOf(out, programme))) {
    refuseEditedBatch(found);
    refuseUnproved(found);
    const lost = found.batch.closes.find(({ sha256 }) => !closed.has(sha256));
    if (lost === undefined) continue;
    throw new SettleError(
      'differs',
      say('{id} pays close {close_no} (run {run_id}), which is missing or changed', {
        id: idOf(found),
        close_no: lost.close_no,
        run_id: lost.run_id,
      }),
      {
        file: found.dir,
        mend: say('Put the closed run folder back from a backup, with its close.json.'),
      },
    );
  }
  return filesThere(out);
}
