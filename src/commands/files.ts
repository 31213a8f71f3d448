import Table from 'cli-table3';
import { readable } from '../money.js';
import { printableLine } from '../terminal.js';
import type { Row, Warehouse } from '../warehouse.js';
import type { Context } from './context.js';
import { holdReading, warehouseFile } from './hold.js';
import { refuseMissing } from './known-at.js';
import type { HoldOptions } from './run-options.js';

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

/** `settle files`: what is loaded, load by load. */
export async function files(
  options: HoldOptions & { out: string },
  context: Context,
): Promise<{ answer: object; text: () => string }> {
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  const all = await holdReading(file, {}, options, context, ({ warehouse }) => readFiles(warehouse));
  return { answer: { warehouse: file, files: all }, text: () => tableOf(all) };
}

/** The files of one load, or of all, in the order in which they were loaded. */
export async function readFiles(warehouse: Warehouse, load?: number): Promise<LoadedFile[]> {
  const rows = await warehouse.rows(`SELECT f.load_no, l.loaded_at, f.file, f.kind, f.sha256, f.rows,
      coalesce(u.rows, 0) AS quarantined, coalesce(c.rows, 0) AS collapsed, f.withdrawn, f.replaced_by_load
    FROM export_file AS f
    JOIN load AS l ON l.load_no = f.load_no
    LEFT JOIN (SELECT file_no, count(*) AS rows FROM unsound_row GROUP BY file_no) AS u ON u.file_no = f.file_no
    LEFT JOIN (SELECT file_no, count(*) AS rows FROM collapsed_row GROUP BY file_no) AS c ON c.file_no = f.file_no
    ${load === undefined ? '' : `WHERE f.load_no = ${load}`} ORDER BY f.file_no`);
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

function tableOf(all: readonly LoadedFile[]): string {
  if (all.length === 0) return 'Nothing has been loaded yet.\n';
  const table = new Table({
    head: ['load', 'file', 'kind', 'rows', 'quarantined', 'withdrawn', 'replaced'],
    colAligns: ['right', 'left', 'left', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  let load = 0;
  for (const each of all) {
    if (each.load !== load)
      table.push([each.load, { colSpan: 6, content: `loaded at ${each.loaded_at}` } as unknown as string]);
    load = each.load;
    const replaced = each.replaced_by_load === null ? '' : `by load ${each.replaced_by_load}`;
    table.push([
      '',
      printableLine(each.file),
      each.kind,
      ...[each.rows, each.quarantined, each.withdrawn].map(shown),
      replaced,
    ]);
  }
  return `${table.toString()}\nquarantined: malformed rows, left out · withdrawn: rows of the replaced file that this one no longer has\n`;
}

function shown(count: number): string {
  return readable(String(count));
}
