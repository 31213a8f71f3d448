import { literal, type Value } from './sql-text.js';

/** SQL that adds rows to a table, each value under its column's name; blank where there is no row. All rows have the keys of the first. */
export function insertRows(table: string, rows: readonly Readonly<Record<string, Value>>[]): string {
  const [first] = rows;
  if (first === undefined) return '';
  const names = Object.keys(first);
  const values = rows.map((row) => `(${names.map((name) => literal(row[name] as Value)).join(', ')})`);
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES ${values.join(', ')}`;
}

/** Columns with their types, and rows that have a value for each. */
export interface Table<Column extends string = string> {
  columns: Readonly<Record<Column, string>>;
  rows: readonly Readonly<Record<Column, Value>>[];
}

/** SQL that makes a temporary table, with its rows. */
export function temporaryTable(name: string, { columns, rows }: Table): string {
  const list = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
  return `CREATE OR REPLACE TEMP TABLE ${name} (${list.join(', ')}); ${insertRows(name, rows)}`;
}

/** A table whose rows the compiler holds to its columns. */
export function table<Column extends string>(
  columns: Readonly<Record<Column, string>>,
  rows: readonly Readonly<Record<NoInfer<Column>, Value>>[],
): Table {
  return { columns, rows };
}
