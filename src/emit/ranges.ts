import { open, rm } from 'node:fs/promises';
import { pieces } from '../disk/pieces.js';
import { identifier, literal, type Warehouse } from '../engine/duckdb/warehouse.js';

/**
 * Conditions that part a query's rows into ranges of a column's values, in the column's order. The value with which a range
 * comes to have `most` rows or more is its last. Where all fit into one there is one condition, which every row meets.
 */
export async function rangesOf(warehouse: Warehouse, query: string, column: string, most: number): Promise<string[]> {
  const found = await warehouse.rows(`SELECT min(value) AS first
    FROM (SELECT value, (sum(rows) OVER (ORDER BY value) - rows) // ${most} AS place
      FROM (SELECT ${identifier(column)} AS value, count(*) AS rows FROM (${query}) GROUP BY ALL))
    GROUP BY place ORDER BY place`);
  const starts = found.slice(1).map(({ first }) => literal(first as string));
  return [undefined, ...starts].map((start, at) => {
    const from = start === undefined ? [] : [`${identifier(column)} >= ${start}`];
    const to = starts[at] === undefined ? [] : [`${identifier(column)} < ${starts[at]}`];
    return [...from, ...to].join(' AND ') || 'true';
  });
}

/** Moves a file's bytes to the end of another. */
export async function appendTo(path: string, part: string): Promise<void> {
  const whole = await open(path, 'a');
  try {
    for await (const piece of pieces(part)) await whole.appendFile(piece);
  } finally {
    await whole.close();
  }
  await rm(part);
}
