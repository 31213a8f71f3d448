import type { Row } from '../../../../engine/duckdb/warehouse.js';
import type { Source } from '../model.js';

/** A whole number of a row: seconds, days, levels, lines. No amount comes this way. */
export function wholeIn(row: Row, column: string): number {
  const value = Number(row[column]);
  if (row[column] === null || !Number.isSafeInteger(value)) throw new Error(`no wholeIn number in ${column}`);
  return value;
}

export function flag(row: Row, column: string): boolean {
  return row[column] === 'true';
}

/** A cell that is never null. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (value === null || value === undefined) throw new Error(`nothing in ${column}`);
  return value;
}

/** Where a row stands. */
export function source(row: Row): Source {
  return { file: text(row, 'source_file'), line: wholeIn(row, 'line') };
}
