import type { BeijingDate } from '../core/beijing.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import type { LoadReport } from '../load/load.js';

/** What a night found of the folder of exports as a whole. */
export interface ExportsSeen {
  folder: string;
  /** Exports in it. */
  files: number;
  /** Files that were loaded before and stand, where none of them lies in the folder any more; else 0. */
  gone: number;
  /** A new file of sessions came, or a session row of some file ended on the night's date. */
  for_date: boolean;
  /** By kind, when a load last brought a file or content that was new; Beijing. */
  last_new: Record<string, string>;
}

/** Looks at what a load has found, and at what stands. */
export async function exportsSeen(
  warehouse: Warehouse,
  { loaded, known }: LoadReport,
  folder: string,
  date: BeijingDate,
): Promise<ExportsSeen> {
  const standing = await warehouse.count('SELECT count(*) FROM export_file WHERE replaced_by_load IS NULL');
  const before = standing - loaded.length;
  const none = known === 0 && !loaded.some(({ replaced }) => replaced);
  const isNew = loaded.some(({ kind }) => kind === 'sessions');
  return {
    folder,
    files: known + loaded.length,
    gone: none ? before : 0,
    for_date: isNew || (await hasRowOf(warehouse, date)),
    last_new: await lastNew(warehouse),
  };
}

/** A file that is read again comes with a load of its own, and brings nothing new. */
async function lastNew(warehouse: Warehouse): Promise<Record<string, string>> {
  const rows = await warehouse.rows(`SELECT kind, CAST(max(loaded_at) AS VARCHAR) AS loaded_at FROM (
      SELECT f.kind, min(l.loaded_at) AS loaded_at
      FROM load AS l JOIN export_file AS f ON f.load_no = l.load_no GROUP BY f.kind, f.file, f.sha256) AS came
    GROUP BY kind ORDER BY kind`);
  return Object.fromEntries(rows.map(({ kind, loaded_at }) => [kind as string, loaded_at as string]));
}

/** Rows that were left out count: their file is there. */
async function hasRowOf(warehouse: Warehouse, date: BeijingDate): Promise<boolean> {
  const onDate = (column: string): string => `CAST(${column} AS DATE) = DATE ${literal(date)}
    AND file_no IN (SELECT file_no FROM export_file WHERE replaced_by_load IS NULL)`;
  const found = await warehouse.count(`SELECT
    (SELECT count(*) FROM (SELECT 1 FROM session_row WHERE ${onDate('ended_at')} LIMIT 1))
    + (SELECT count(*) FROM (SELECT 1 FROM unsound_row WHERE ${onDate('session_ended_at')} LIMIT 1))`);
  return found > 0;
}
