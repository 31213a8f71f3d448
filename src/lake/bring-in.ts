import { sha256OfFile } from '../disk/pieces.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { rowsFile } from '../engine/lake-rows.js';
import type { Kind } from '../exports/column-types.js';
import { type Notable, type Noted, note } from '../load/stage/note.js';
import { standingByName } from '../load/stage/standing.js';
import { discardUnnoted } from '../load/unnoted.js';
import { KINDS } from '../programmes/registry.js';
import { damagedLake, otherWarehouse } from './failures.js';
import type { ExportLake, LakeLoad } from './lake.js';
import type { LakeFile } from './records.js';
import { parquetRows } from './store.js';

/** What a warehouse has taken from a lake. */
export interface BroughtIn {
  loaded: Noted[];
  /** Files that stood before, and stand. */
  known: number;
}

/**
 * Brings what a lake holds and the warehouse doesn't into the warehouse, load by load, as if its files had been loaded here,
 * and leaves a transaction open in which it is noted. What is noted of one file beside others (what it withdraws, shrank, a
 * column that was lost) is asked here, where those others are.
 */
export async function bringFromLake(
  warehouse: Warehouse,
  lake: ExportLake,
  onFile: (done: number, total: number, name: string) => void,
): Promise<BroughtIn> {
  await discardUnnoted(warehouse);
  const { loads } = lake.history();
  const held = await refuseOther(warehouse, lake, loads);
  const fresh = loads.slice(held);
  const files = fresh.flatMap((load) => load.files);
  for (const [at, file] of files.entries()) {
    onFile(at, files.length, file.name);
    await bringRows(warehouse, lake, file);
  }
  await warehouse.run('BEGIN TRANSACTION');
  const before = await standingByName(warehouse);
  const loaded: Noted[] = [];
  for (const { files: ofLoad, at } of fresh)
    loaded.push(...(await note(warehouse, ofLoad.map(asNotable), await standingByName(warehouse), at)));
  const names = new Set(loaded.map(({ file }) => file));
  return { loaded, known: [...before.keys()].filter((name) => !names.has(name)).length };
}

/** The loads that the warehouse has of the lake; all that it has must be of it. */
async function refuseOther(warehouse: Warehouse, { folder }: ExportLake, loads: readonly LakeLoad[]): Promise<number> {
  const rows = await warehouse.rows(
    'SELECT load_no, file_no, file, sha256, reading, rows FROM export_file ORDER BY file_no',
  );
  const line = (values: unknown[]): string => JSON.stringify(values.map(String));
  const last = await warehouse.count('SELECT coalesce(max(load_no), 0) FROM load');
  for (let load = 1; load <= last; load += 1) {
    const here = rows
      .filter(({ load_no }) => Number(load_no) === load)
      .map(({ file_no, file, sha256, reading, rows: count }) => line([file_no, file, sha256, reading, count]));
    const there = loads[load - 1]?.files.map(({ fileNo, name, sha256, reading, rows: count }) =>
      line([fileNo, name, sha256, reading, count]),
    );
    if (here.join('\n') !== there?.join('\n')) throw otherWarehouse(warehouse.file, folder, load);
  }
  return last;
}

/** Every table's rows of a file, each byte as it was written. */
async function bringRows(
  warehouse: Warehouse,
  { folder }: ExportLake,
  { fileNo, tables }: LakeFile & { fileNo: number },
): Promise<void> {
  for (const { table, key, rows, sha256 } of tables) {
    const path = rowsFile(folder, table, key);
    const found = await sha256OfFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found !== sha256) throw damagedLake(folder, path);
    await warehouse.run(
      `INSERT INTO ${warehouse.stored(table)} BY NAME SELECT CAST(${fileNo} AS INTEGER) AS file_no, * FROM ${parquetRows(path)}`,
    );
    const brought = await warehouse.count(`SELECT count(*) FROM ${warehouse.stored(table)} WHERE file_no = ${fileNo}`);
    if (brought !== rows) throw damagedLake(folder, path);
  }
}

function asNotable({ fileNo, name, kind, ...file }: LakeFile & { fileNo: number }): Notable {
  const { sha256, rows, columns, unknown, reading, seen } = file;
  const of = KINDS.find((each) => each.name === kind) as Kind;
  // The stamp is of the folder of exports, which this warehouse never looks at.
  return { fileNo, file: { name, kind: of }, sha256, rows, columns, unknown, reading, seen, stamp: '' };
}
