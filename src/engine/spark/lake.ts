import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sync } from '../../disk/writing.js';
import { literal, type Warehouse } from '../duckdb/warehouse.js';
import { sparkLiteral, sparkName, sparkType } from './types.js';

/** A table of the warehouse that holds rows of files (file_no), and is kept in the lake file by file. */
export type TablesOfFiles = readonly string[];

/** How the rows of files lie in the lake: another number where that changes. */
const LAYOUT = 1;
/** Columns that are the warehouse's own, and not the file's. */
const OWN = 'file_no';
const KEY = 'file_key';
const DRAFT = '_new-';
/** What was begun an hour ago was being written by a run that is no more. */
const LEFT_MS = 3_600_000;

interface Column {
  name: string;
  type: string;
}

/**
 * The folder that Spark's machines and this one see under one path. `rows/<table>/file_key=<key>/` holds the rows of a file,
 * for good: the key says what they are, so that a later run of the same file finds them there.
 */
export class Lake {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Brings the rows of the files that count into the lake, as far as they aren't there. Gives SQL of Spark that makes a
   * temporary view of the table's name, in which each has the number that its file has in this warehouse.
   */
  async rowsOfFiles(warehouse: Warehouse, table: string): Promise<string[]> {
    const columns = await columnsOf(warehouse, table);
    const files = await warehouse.rows(`SELECT f.file_no, f.sha256, f.reading FROM active_file AS f
      WHERE EXISTS (SELECT 1 FROM ${table} AS r WHERE r.file_no = f.file_no) ORDER BY f.file_no`);
    const given = columns.filter(({ name }) => name !== OWN);
    const folder = join(this.#folder, 'rows', table);
    makeLike(this.#folder, 'rows', table);
    removeDrafts(folder);
    const keys = files.map((file) => keyOf(table, given, file as Record<string, string>));
    const list = given.map(({ name }) => `"${name}"`).join(', ');
    for (const [at, { file_no }] of files.entries())
      await this.#once(join(folder, `${KEY}=${keys[at]}`), (draft) =>
        copy(warehouse, `SELECT ${list} FROM ${table} WHERE file_no = ${file_no} ORDER BY line`, draft),
      );
    const stored = `lake_${table}`;
    const mine = files.map(({ file_no }, at) => `(${file_no}, ${sparkLiteral(keys[at] as string)})`);
    const numbers = mine.length === 0 ? "(-1, '')" : mine.join(', ');
    return [
      parquetView(stored, [...given, { name: KEY, type: 'VARCHAR' }], folder),
      `CREATE OR REPLACE TEMPORARY VIEW ${sparkName(table)} AS SELECT /*+ BROADCAST(f) */ ${columns
        .map(({ name }) => (name === OWN ? `f.${OWN}` : `r.${sparkName(name)}`))
        .join(', ')} FROM ${sparkName(stored)} AS r JOIN (VALUES ${numbers}) AS f(${OWN}, ${KEY}) ON f.${KEY} = r.${KEY}
        WHERE r.${KEY} IN (${keys.length === 0 ? "''" : keys.map(sparkLiteral).join(', ')})`,
    ];
  }

  /** Writes a relation of the warehouse's connection into a folder; gives SQL of Spark that makes a view of its name. */
  async relation(warehouse: Warehouse, name: string, folder: string): Promise<string[]> {
    const columns = await columnsOf(warehouse, name);
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    await copy(warehouse, `SELECT * FROM ${name}`, join(path, 'rows.parquet'));
    return [parquetView(name, columns, path)];
  }

  /** Makes a folder of one file under another name first; one that is there already is what it would be. */
  async #once(folder: string, write: (path: string) => Promise<void>): Promise<void> {
    if (existsSync(folder)) return;
    const draft = join(dirname(folder), `${DRAFT}${randomUUID()}`); // Spark passes over what begins so
    try {
      mkdirSync(draft);
      chmodSync(draft, modeOf(this.#folder));
      await write(join(draft, 'rows.parquet'));
      sync(join(draft, 'rows.parquet'));
      sync(draft);
      renameSync(draft, folder);
      sync(dirname(folder));
    } catch (error) {
      if (!existsSync(folder)) throw error; // another run was first
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
}

/** Takes away what killed runs had begun. */
function removeDrafts(folder: string): void {
  for (const name of readdirSync(folder).filter((each) => each.startsWith(DRAFT))) {
    const path = join(folder, name);
    const begun = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - begun > LEFT_MS) rmSync(path, { recursive: true, force: true });
  }
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

/** A path as Spark is to take it, whatever file system its own default is. */
export function fileUri(path: string): string {
  return pathToFileURL(path).href;
}

function parquetView(name: string, columns: readonly Column[], folder: string): string {
  const list = columns.map((column) => `${sparkName(column.name)} ${sparkType(column.type, column.name)}`);
  return `CREATE OR REPLACE TEMPORARY VIEW ${sparkName(name)} (${list.join(', ')}) USING parquet OPTIONS (path ${sparkLiteral(fileUri(folder))})`;
}

async function columnsOf(warehouse: Warehouse, name: string): Promise<Column[]> {
  const rows = await warehouse.rows(`DESCRIBE SELECT * FROM ${name}`);
  const columns = rows.map(({ column_name, column_type }) => ({ name: column_name ?? '', type: column_type ?? '' }));
  for (const column of columns) sparkType(column.type, `${name}.${column.name}`);
  return columns;
}

async function copy(warehouse: Warehouse, query: string, path: string): Promise<void> {
  await warehouse.run(`COPY (${query}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`);
}

/** What decides about the rows of a file as they are kept: its bytes, how they were read, and the columns. */
function keyOf(table: string, columns: readonly Column[], { sha256, reading }: Record<string, string>): string {
  const text = JSON.stringify([LAYOUT, table, columns.map(({ name, type }) => [name, type]), sha256, reading]);
  return `f-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
