import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRecords } from '../../../verify/csv.js';
import type { BookedRun } from '../../interface/book.js';
import type { List } from '../lists.js';

/** The rows of a list of a run folder, each its cells in the order of the list's columns. */
export function rowsOfList({ dir }: Pick<BookedRun, 'dir'>, { file, columns }: List): string[][] {
  const { records } = readRecords(readFileSync(join(dir, file), 'utf8'));
  const [head, ...rows] = records.map(({ record }) => record);
  const places = columns.map(({ name }) => head?.indexOf(name) ?? -1);
  return rows.map((row) => places.map((place) => row[place] ?? ''));
}

/** A count of the run, as its manifest says it. */
export function readTotals({ dir }: Pick<BookedRun, 'dir'>): Record<string, string | number> {
  return JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')).totals;
}
