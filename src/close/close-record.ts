import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { closesBelow, type FoundClose, textOf } from './close-file.js';

/** A close as the warehouse keeps it. */
export interface CloseRecord {
  close_no: number;
  policy_id: string;
  run_id: string;
  /** Of the content. */
  sha256: string;
  /** close.json, byte for byte. */
  content: string;
}

/** All that the warehouse holds, from the first to the last. */
export async function readRecords(warehouse: Warehouse): Promise<CloseRecord[]> {
  const rows = await warehouse.rows(
    'SELECT close_no, policy_id, run_id, sha256, content FROM close_record WHERE close_no > 0 ORDER BY close_no',
  );
  return rows.map((row) => ({ ...row, close_no: Number(row.close_no) }) as CloseRecord);
}

/** What the warehouse is to hold of a close in the folder. */
export function recordOf(found: FoundClose): CloseRecord {
  const { close, sha256 } = found;
  const { close_no, policy, run_id } = close;
  return { close_no, policy_id: policy.id, run_id, sha256, content: textOf(found) };
}

/** Adds closes, in the open transaction; from then on the warehouse's closes are all that there are. */
export async function addRecords(warehouse: Warehouse, records: readonly CloseRecord[]): Promise<void> {
  await warehouse.run('DELETE FROM close_record WHERE close_no = 0');
  for (const { close_no, policy_id, run_id, sha256, content } of records) {
    const values = [close_no, policy_id, run_id, sha256, content].map(literal).join(', ');
    await warehouse.run(`INSERT INTO close_record (close_no, policy_id, run_id, sha256, content) VALUES (${values})`);
  }
}

/** Whether the warehouse was carried over from a format that held no closes, and hasn't taken the folder's in yet. */
export async function isWithoutCloses(warehouse: Warehouse): Promise<boolean> {
  return (await warehouse.count('SELECT count(*) FROM close_record WHERE close_no = 0')) > 0;
}

/**
 * Takes the closes of the output folder, if they make a whole chain, into a warehouse that was carried over; all of them
 * or none. A folder without closes, or with a broken chain, leaves it as it is: whoever settles is told of the latter.
 */
export async function takeClosesIn(warehouse: Warehouse, out: string): Promise<void> {
  if (warehouse.file === ':memory:' || !(await isWithoutCloses(warehouse))) return;
  const closes = soundCloses(out);
  if (closes.length === 0) return;
  await warehouse.run('BEGIN TRANSACTION');
  try {
    await addRecords(warehouse, closes.map(recordOf));
    await warehouse.run('COMMIT');
  } catch (error) {
    await warehouse.run('ROLLBACK').catch(() => undefined); // a failed statement may have ended it
    throw error;
  }
  await warehouse.checkpoint();
}

function soundCloses(out: string): FoundClose[] {
  try {
    return closesBelow(out);
  } catch {
    return [];
  }
}
