import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sync } from '../disk/writing.js';
import { literal, type Warehouse } from './duckdb/warehouse.js';

/**
 * Rows of files as they lie in a lake: `rows/<table>/file_key=<key>/rows.parquet` holds what one file has of a table, for
 * good. The key says what it is, so that whoever needs the same rows finds them there.
 */

/** How the rows of files lie in the lake: another number where that changes. */
const LAYOUT = 1;
/** The column that is the warehouse's own, and not the file's. */
export const OWN = 'file_no';
export const KEY = 'file_key';
const ROWS = 'rows.parquet';
const DRAFT = '_new-';
/** What was begun an hour ago was being written by a run that is no more. */
const LEFT_MS = 3_600_000;

export interface LakeColumn {
  name: string;
  type: string;
}

/** What a relation of the warehouse's connection has, with DuckDB's types. */
export async function lakeColumns(warehouse: Warehouse, name: string): Promise<LakeColumn[]> {
  const rows = await warehouse.rows(`DESCRIBE SELECT * FROM ${name}`);
  return rows.map(({ column_name, column_type }) => ({ name: column_name ?? '', type: column_type ?? '' }));
}

/** The columns that are the file's. */
export function givenOf(columns: readonly LakeColumn[]): LakeColumn[] {
  return columns.filter(({ name }) => name !== OWN);
}

/** What decides about the rows of a file as they are kept: its bytes, how they were read, and the columns. */
export function rowsKey(
  table: string,
  given: readonly LakeColumn[],
  { sha256, reading }: { sha256: string; reading: string },
): string {
  const text = JSON.stringify([LAYOUT, table, given.map(({ name, type }) => [name, type]), sha256, reading]);
  return `f-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

/** The folder of a table, made where it isn't there; what killed runs had begun in it is taken away. */
export function tableFolder(lake: string, table: string): string {
  const folder = makeLike(lake, 'rows', table);
  for (const name of readdirSync(folder).filter((each) => each.startsWith(DRAFT))) {
    const path = join(folder, name);
    const begun = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - begun > LEFT_MS) rmSync(path, { recursive: true, force: true });
  }
  return folder;
}

/** Where the rows of a file are. */
export function rowsFile(lake: string, table: string, key: string): string {
  return join(lake, 'rows', table, `${KEY}=${key}`, ROWS);
}

/** Writes the rows that a file has of a table, unless they are there; whether this call did it. */
export async function storeRows(
  warehouse: Warehouse,
  lake: string,
  { table, given, key, fileNo }: { table: string; given: readonly LakeColumn[]; key: string; fileNo: number | string },
): Promise<boolean> {
  const list = given.map(({ name }) => `"${name}"`).join(', ');
  const query = `SELECT ${list} FROM ${table} WHERE ${OWN} = ${fileNo} ORDER BY line`;
  return once(lake, dirname(rowsFile(lake, table, key)), (path) => copyParquet(warehouse, query, path));
}

/** Makes a folder of one file under another name first; one that is there already is what it would be. */
async function once(lake: string, folder: string, write: (path: string) => Promise<void>): Promise<boolean> {
  if (existsSync(folder)) return false;
  const draft = join(dirname(folder), `${DRAFT}${randomUUID()}`); // Spark passes over what begins so
  try {
    mkdirSync(draft);
    chmodSync(draft, modeOf(lake));
    await write(join(draft, ROWS));
    sync(join(draft, ROWS));
    sync(draft);
    renameSync(draft, folder);
    sync(dirname(folder));
    return true;
  } catch (error) {
    if (!existsSync(folder)) throw error; // another run was first
    return false;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

export async function copyParquet(warehouse: Warehouse, query: string, path: string): Promise<void> {
  await warehouse.run(`COPY (${query}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`);
}

/** Makes folders below the lake, each with the rights of the lake itself: Spark may be another user, of the same group. */
export function makeLike(lake: string, ...names: string[]): string {
  let at = lake;
  for (const name of names) {
    at = join(at, name);
    if (existsSync(at)) continue;
    mkdirSync(at, { recursive: true });
    chmodSync(at, modeOf(lake));
  }
  return at;
}

const modeOf = (folder: string): number => statSync(folder).mode & 0o7777;
