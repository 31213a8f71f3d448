import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Warehouse } from '../duckdb/warehouse.js';
import {
  copyParquet,
  givenOf,
  KEY,
  type LakeColumn,
  lakeColumns,
  OWN,
  rowsKey,
  storeRows,
  tableFolder,
} from '../lake-rows.js';
import { sparkLiteral, sparkName, sparkType } from './types.js';

/** A table of the warehouse that holds rows of files (file_no), and is kept in the lake file by file. */
export type TablesOfFiles = readonly string[];

/** The folder that Spark's machines and this one see under one path. What was loaded into it is there already. */
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
    const columns = await sparkColumns(warehouse, table);
    const files = await warehouse.rows(`SELECT f.file_no, f.sha256, f.reading FROM active_file AS f
      WHERE EXISTS (SELECT 1 FROM ${table} AS r WHERE r.file_no = f.file_no) ORDER BY f.file_no`);
    const given = givenOf(columns);
    const folder = tableFolder(this.#folder, table);
    const keys = files.map((file) => rowsKey(table, given, file as { sha256: string; reading: string }));
    for (const [at, { file_no }] of files.entries())
      await storeRows(warehouse, this.#folder, {
        table,
        given,
        key: keys[at] as string,
        fileNo: file_no as string,
      });
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
    const columns = await sparkColumns(warehouse, name);
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    await copyParquet(warehouse, `SELECT * FROM ${name}`, join(path, 'rows.parquet'));
    return [parquetView(name, columns, path)];
  }
}

/** A path as Spark is to take it, whatever file system its own default is. */
export function fileUri(path: string): string {
  return pathToFileURL(path).href;
}

function parquetView(name: string, columns: readonly LakeColumn[], folder: string): string {
  const list = columns.map((column) => `${sparkName(column.name)} ${sparkType(column.type, column.name)}`);
  return `CREATE OR REPLACE TEMPORARY VIEW ${sparkName(name)} (${list.join(', ')}) USING parquet OPTIONS (path ${sparkLiteral(fileUri(folder))})`;
}

/** The columns of a relation, each of a type that Spark has too. */
async function sparkColumns(warehouse: Warehouse, name: string): Promise<LakeColumn[]> {
  const columns = await lakeColumns(warehouse, name);
  for (const column of columns) sparkType(column.type, `${name}.${column.name}`);
  return columns;
}
