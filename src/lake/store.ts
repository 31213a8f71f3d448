import { sha256OfFile } from '../disk/pieces.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { givenOf, lakeColumns, rowsFile, rowsKey, storeRows, tableFolder } from '../engine/lake-rows.js';
import type { Kind } from '../exports/column-types.js';
import { damagedLake } from './failures.js';
import type { Stored } from './records.js';

/** Tables of the warehouse that hold rows of a file, whatever its kind, and have lines. */
const OF_ANY = ['unsound_row', 'row_fault', 'collapsed_row'] as const;

/** Stores what a file has of every table; the same rows may lie there already, from a name or a run before. */
export async function storeFile(
  warehouse: Warehouse,
  lake: string,
  kind: Kind,
  file: { fileNo: number; sha256: string; reading: string },
): Promise<Stored[]> {
  const stored: Stored[] = [];
  for (const table of [kind.table, ...OF_ANY]) {
    const rows = await warehouse.count(`SELECT count(*) FROM ${table} WHERE file_no = ${file.fileNo}`);
    if (rows === 0) continue;
    const given = givenOf(await lakeColumns(warehouse, table));
    const key = rowsKey(table, given, file);
    tableFolder(lake, table);
    const isNew = await storeRows(warehouse, lake, { table, given, key, fileNo: file.fileNo });
    const path = rowsFile(lake, table, key);
    const list = given.map(({ name }) => `"${name}"`).join(', ');
    if (!isNew)
      await refuseOther(warehouse, lake, path, {
        rows,
        query: `SELECT ${list} FROM ${table} WHERE file_no = ${file.fileNo}`,
        list,
      });
    stored.push({ table, key, rows, sha256: await sha256OfFile(path) });
  }
  return stored;
}

/** Rows that were there already are those that were just read. */
async function refuseOther(
  warehouse: Warehouse,
  lake: string,
  path: string,
  { rows, query, list }: { rows: number; query: string; list: string },
): Promise<void> {
  const there = `SELECT ${list} FROM ${parquetRows(path)}`;
  const same = await warehouse
    .one(`SELECT (SELECT count(*) FROM (${there})) = ${rows} AND NOT EXISTS (${query} EXCEPT ALL ${there}) AS same`)
    .catch(() => ({ same: 'false' }));
  if (same.same !== 'true') throw damagedLake(lake, path);
}

export function parquetRows(path: string): string {
  return `read_parquet(${literal(path)}, hive_partitioning = false)`;
}
