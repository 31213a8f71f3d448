import { join } from 'node:path';
import { disagreements } from '../close/agreement.js';
import { CLOSE, type Close, closesBelow, closeText, takeBack, writeClose } from '../close/close-file.js';
import { addRecords, recordOf } from '../close/close-record.js';
import { markClosing, removeMarks, wasBeingClosed } from '../close/closing-mark.js';
import {
  keepSignatures,
  removeUnclosed,
  type Signatures,
  takeSignaturesBack,
  writeSignatures,
} from '../close/signatures.js';
import { sha256 } from '../emit/manifest.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';

/** A close as it comes to be, in the run folder and in the warehouse. */

/** A close that was killed between its file and the warehouse is in the file alone, marked, as the last of the chain: it is taken in. */
export async function finishClose(warehouse: Warehouse, out: string, runDir: string): Promise<void> {
  removeUnclosed(runDir);
  const [only, ...more] = await disagreements(warehouse, out);
  if (only?.lacks !== 'record' || more.length > 0 || only.runDir !== runDir) return;
  const last = closesBelow(out).at(-1);
  if (last?.path !== join(runDir, CLOSE) || !wasBeingClosed(last)) return;
  await warehouse.run('BEGIN TRANSACTION');
  await addRecords(warehouse, [recordOf(last)]);
  await keepSignatures(warehouse, out, runDir);
  await warehouse.run('COMMIT');
  removeMarks(out);
}

/**
 * The files first, then the warehouse: what can't be committed is taken back from the folder, and a kill between the two
 * leaves a close that is told of and taken in, never a period that looks open. What signs the close is there before it: a
 * close that was to be signed is never there without.
 */
export async function sealRun(
  warehouse: Warehouse,
  { out, runDir }: { out: string; runDir: string },
  close: Close,
  signatures: Signatures = new Map(),
): Promise<void> {
  const content = closeText(close);
  const { close_no, policy, run_id } = close;
  const hash = sha256(content);
  await warehouse.run('BEGIN TRANSACTION');
  await addRecords(warehouse, [{ close_no, policy_id: policy.id, run_id, sha256: hash, content }]);
  markClosing(runDir, hash);
  try {
    if (signatures.size > 0) writeSignatures(runDir, signatures);
    await keepSignatures(warehouse, out, runDir);
    await writeAndCommit(warehouse, runDir, content);
  } catch (error) {
    if (signatures.size > 0) takeSignaturesBack(runDir);
    throw error;
  } finally {
    removeMarks(out);
  }
  await warehouse.checkpoint().catch(() => undefined); // what can't be written into the file now stands in its log
}

async function writeAndCommit(warehouse: Warehouse, runDir: string, content: string): Promise<void> {
  writeClose(runDir, content);
  try {
    await warehouse.run('COMMIT');
  } catch (error) {
    takeBack(runDir);
    throw error;
  }
}
