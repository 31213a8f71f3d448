import type { Row, Warehouse } from '../engine/duckdb/warehouse.js';

/** A file that was loaded at some time, whether it still stands or not. */
export interface LoadedFile {
  load: number;
  /** Beijing. */
  loaded_at: string;
  file: string;
  kind: string;
  sha256: string;
  /** Records below the header, and of them those left out for their form, and copies of others of the file. */
  rows: number;
  quarantined: number;
  collapsed: number;
  /** Of the file of that name that it replaced: rows whose key it lacks. */
  withdrawn: number;
  replaced_by_load: number | null;
}

/** The files of all loads, or of those from one on, in the order in which they were loaded. */
export async function readFiles(warehouse: Warehouse, from = 1): Promise<LoadedFile[]> {
  const rows = await warehouse.rows(`SELECT f.load_no, l.loaded_at, f.file, f.kind, f.sha256, f.rows,
      coalesce(u.rows, 0) AS quarantined, coalesce(c.rows, 0) AS collapsed, f.withdrawn, f.replaced_by_load
    FROM export_file AS f
    JOIN load AS l ON l.load_no = f.load_no
    LEFT JOIN (SELECT file_no, count(*) AS rows FROM unsound_row GROUP BY file_no) AS u ON u.file_no = f.file_no
    LEFT JOIN (SELECT file_no, count(*) AS rows FROM collapsed_row GROUP BY file_no) AS c ON c.file_no = f.file_no
    WHERE f.load_no >= ${from} ORDER BY f.file_no`);
  return rows.map(asLoaded);
}

function asLoaded(row: Row): LoadedFile {
  const { loaded_at, file, kind, sha256, replaced_by_load } = row as Record<string, string>;
  const count = (name: string): number => Number(row[name]);
  return {
    load: count('load_no'),
    loaded_at: loaded_at as string,
    file: file as string,
    kind: kind as string,
    sha256: sha256 as string,
    rows: count('rows'),
    quarantined: count('quarantined'),
    collapsed: count('collapsed'),
    withdrawn: count('withdrawn'),
    replaced_by_load: row.replaced_by_load === null ? null : Number(replaced_by_load),
  };
}
