import { join } from 'node:path';
import { beijingTime } from '../core/beijing.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { literal } from '../engine/duckdb/warehouse.js';
import { rowsFile } from '../engine/lake-rows.js';
import { sharedStampOf, stampOf } from '../load/known/stamp.js';
import { KINDS } from '../programmes/registry.js';
import type { ExportLake, LakeLoad } from './lake.js';
import { parquetRows } from './store.js';

/** Where files are read before their rows go into the lake: a warehouse of the process's own, that nobody keeps. */
export interface Bench {
  warehouse: Warehouse;
  /** The command's own directory. */
  scratch: string;
  lake: ExportLake;
}

/** Notes in the bench which files the lake holds, so that what is new is told as a warehouse tells it. */
export async function noteFiles({ warehouse }: Bench, loads: readonly LakeLoad[], folder: string): Promise<void> {
  await warehouse.run('DELETE FROM export_file; DELETE FROM load');
  if (loads.length === 0) return;
  const replacedBy = replacements(loads);
  const list = (names: readonly string[]): string => `[${names.map(literal).join(', ')}]::VARCHAR[]`;
  const files = loads.flatMap(({ load, files }) =>
    files.map((file) => {
      const texts = [file.name, file.kind, file.sha256].map(literal).join(', ');
      const how = [hereStamp(join(folder, file.name), file.stamp), file.reading].map(literal).join(', ');
      const replaced = replacedBy.get(file.fileNo) ?? 'NULL';
      return `(${file.fileNo}, ${load}, ${texts}, ${file.rows}, ${list(file.columns)}, ${list(file.unknown)}, ${replaced}, 0, ${how})`;
    }),
  );
  const times = loads.map(({ load, at }) => `(${load}, ${literal(beijingTime(at))})`);
  await warehouse.run(`INSERT INTO load (load_no, loaded_at) VALUES ${times.join(', ')};
    INSERT INTO export_file (file_no, load_no, file, kind, sha256, rows, columns, unknown_columns, replaced_by_load, withdrawn, stamp, reading)
      VALUES ${files.join(', ')}`);
}

/** By file number, which load replaced the file. */
function replacements(loads: readonly LakeLoad[]): Map<number, number> {
  const standing = new Map<string, number>();
  const replaced = new Map<number, number>();
  for (const { load, files } of loads)
    for (const { name, fileNo } of files) {
      const before = standing.get(name);
      if (before !== undefined) replaced.set(before, load);
      standing.set(name, fileNo);
    }
  return replaced;
}

/** What this machine would note of a file that is as it was when it was loaded on some machine; blank of any other. */
function hereStamp(path: string, shared: string): string {
  return shared !== '' && sharedStampOf(path) === shared ? stampOf(path) : '';
}

/** Lets rows of the files that the lake holds be asked for, while `use` works. */
export async function withRows<T>(
  { warehouse, lake }: Bench,
  loads: readonly LakeLoad[],
  use: (onRows: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const made: string[] = [];
  const onRows = async (): Promise<void> => {
    for (const { table } of KINDS) {
      const parts = loads.flatMap(({ files }) =>
        files.flatMap(({ fileNo, tables }) =>
          tables
            .filter((stored) => stored.table === table)
            .map(({ key }) => `SELECT ${fileNo} AS file_no, * FROM ${parquetRows(rowsFile(lake.folder, table, key))}`),
        ),
      );
      if (parts.length === 0) continue;
      await warehouse.run(`CREATE TEMP VIEW ${table} AS ${parts.join(' UNION ALL BY NAME ')}`);
      made.push(table);
    }
  };
  try {
    return await use(onRows);
  } finally {
    for (const table of made) await warehouse.run(`DROP VIEW temp.main.${table}`);
  }
}
