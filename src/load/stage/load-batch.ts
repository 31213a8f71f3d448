import { rmSync } from 'node:fs';
import type { Warehouse } from '../../engine/duckdb/warehouse.js';
import { readStrictly } from '../csv/strict-csv.js';
import { refuseChanged } from '../known/stamp.js';
import { isTheFiles, orUnreadable } from '../parquet/parquet.js';
import { type Batch, type Numbered, rowsOfBatch } from './batch.js';
import { loadSimple } from './load-simple.js';
import { readStaged, settleDuplicates } from './read-staged.js';
import { noteSeen } from './seen.js';
import { stageParquet, stageStrictly } from './stage.js';

/** Loads files that were looked through; gives the number of records of each. Of what changed meanwhile that is told. */
export async function loadUnchanged(warehouse: Warehouse, batch: Batch): Promise<number[]> {
  try {
    return await loadBatch(warehouse, batch);
  } catch (error) {
    batch.forEach(refuseChanged); // which says more than what was then found amiss
    throw error;
  } finally {
    // What was unpacked, transcoded or copied without quotes makes room for that of the next files.
    for (const { path, simple, copies = [] } of batch)
      for (const copy of [path, simple?.path ?? path, ...copies]) rmSync(copy, { force: true });
  }
}

/** Loads files of one layout, in the cheapest way that their content allows; gives the number of records of each. */
async function loadBatch(warehouse: Warehouse, batch: Batch): Promise<number[]> {
  const rows = await loadTogether(warehouse, batch);
  if (rows === undefined && batch.length > 1) {
    const counts: number[] = [];
    for (const file of batch) counts.push(...(await loadBatch(warehouse, [file])));
    return counts;
  }
  const counts = rows ?? [await loadInFull(warehouse, batch[0])];
  await noteSeen(warehouse, batch);
  await settleDuplicates(warehouse, batch);
  await reconcile(warehouse, batch, counts);
  return counts;
}

/** Undefined, and nothing is loaded, where its files have to be looked at one by one. */
async function loadTogether(warehouse: Warehouse, batch: Batch): Promise<number[] | undefined> {
  if (batch[0].simple !== undefined) return loadSimple(warehouse, batch);
  if (batch[0].parquetRows === undefined || batch.length === 1) return undefined;
  let rows: number[];
  try {
    rows = await stageParquet(warehouse, batch);
  } catch (error) {
    if (isTheFiles(error)) return undefined; // which of them it is shows then
    throw error;
  }
  await readStaged(warehouse, batch);
  return rows;
}

/** Loads a file that the fast reader can't be trusted with; gives the number of its records. */
export async function loadInFull(warehouse: Warehouse, file: Numbered): Promise<number> {
  const rows = await (file.parquetRows === undefined
    ? stageRecords(warehouse, file)
    : orUnreadable(file.file.name, stageParquet(warehouse, [file])));
  await readStaged(warehouse, [file]);
  return typeof rows === 'number' ? rows : (rows[0] as number);
}

async function stageRecords(warehouse: Warehouse, file: Numbered): Promise<number> {
  if (file.workbook !== undefined) return stageStrictly(warehouse, file, file.workbook.records());
  const records = readStrictly(file.file.name, file.path);
  await records.next(); // the header
  return stageStrictly(warehouse, file, records);
}

/** Nothing is lost between a file and the warehouse: every record is a sound row, a collapsed one or an unsound one. */
async function reconcile(warehouse: Warehouse, batch: Batch, rows: number[]): Promise<void> {
  const theirs = rowsOfBatch(batch);
  const counted = await warehouse.rows(`SELECT file_no, count(*) AS rows FROM (
    SELECT file_no FROM ${batch[0].file.kind.table} WHERE ${theirs}
    UNION ALL SELECT file_no FROM unsound_row WHERE ${theirs}
    UNION ALL SELECT file_no FROM collapsed_row WHERE ${theirs}) GROUP BY file_no`);
  const found = new Map(counted.map((row) => [Number(row.file_no), Number(row.rows)]));
  for (const [at, { file, fileNo }] of batch.entries()) {
    if ((found.get(fileNo) ?? 0) !== rows[at])
      throw new Error(
        `${file.name}: ${rows[at]} records were read, but ${found.get(fileNo) ?? 0} rows are accounted for`,
      );
  }
}
