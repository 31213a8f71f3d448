import { identifier, literal, type Row, type Warehouse } from '../../../src/engine/duckdb/warehouse.js';
import { type Step, statement } from '../../../src/rules/rules.js';
import type { Cell, Given } from './case-file.js';
import type { Columns } from './relations.js';

/** What a step makes of the given tables, every value as text. The database is left as it was. */
export async function runStep(
  database: Warehouse,
  step: Step,
  tables: Map<string, Columns>,
  given: Given,
): Promise<Row[]> {
  for (const table of Object.keys(given)) {
    if (!step.reads.includes(table)) throw new Error(`${table} is given, but ${step.path} doesn't read it`);
  }
  await database.run('BEGIN');
  try {
    for (const name of step.reads) {
      const columns = tables.get(name);
      if (columns !== undefined) await makeTable(database, name, columns, given[name] ?? []);
    }
    await database.run(statement(step));
    return await database.rows(`SELECT * FROM ${identifier(step.writes)}`);
  } finally {
    await database.run('ROLLBACK');
  }
}

async function makeTable(
  database: Warehouse,
  name: string,
  columns: Columns,
  rows: Record<string, Cell>[],
): Promise<void> {
  const shape = [...columns].map(([column, type]) => `${identifier(column)} ${type}`).join(', ');
  await database.run(`CREATE TEMP TABLE ${identifier(name)} (${shape})`);
  if (rows.length === 0) return;
  const values = rows.map((row) => {
    for (const column of Object.keys(row)) if (!columns.has(column)) throw new Error(`${name} has no column ${column}`);
    return `(${[...columns].map(([column, type]) => typed(`${name}.${column}`, type, row[column] ?? null)).join(', ')})`;
  });
  await database.run(`INSERT INTO ${identifier(name)} VALUES ${values.join(', ')}`);
}

/** A cell as SQL, where it has the form of its type: a cast alone would round, or take a time for a date. */
function typed(place: string, type: string, cell: Cell): string {
  if (cell !== null && !hasForm(type, cell)) throw new Error(`${place} is ${type}; given: ${JSON.stringify(cell)}`);
  return `CAST(${isList(cell) ? `[${cell.map(literal).join(', ')}]` : literal(cell)} AS ${type})`;
}

function isList(cell: Cell): cell is readonly string[] {
  return Array.isArray(cell);
}

function hasForm(type: string, cell: Exclude<Cell, null>): boolean {
  if (type === 'VARCHAR[]') return isList(cell);
  const scale = /^DECIMAL\(\d+,(\d+)\)$/.exec(type)?.[1];
  if (scale !== undefined) return typeof cell === 'string' && new RegExp(`^-?\\d+(\\.\\d{1,${scale}})?$`).test(cell);
  if (/INT$|^INTEGER$/.test(type)) return typeof cell === 'number';
  if (type === 'BOOLEAN') return typeof cell === 'boolean';
  if (type === 'DATE') return typeof cell === 'string' && /^\d{4}-\d\d-\d\d$/.test(cell);
  if (type === 'TIMESTAMP') return typeof cell === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(cell);
  // {name=cell, name=cell}, as the database itself writes it
  if (type === 'MAP(VARCHAR, VARCHAR)') return typeof cell === 'string' && /^\{.*\}$/s.test(cell);
  return type === 'VARCHAR' && typeof cell === 'string';
}
