import type { Differences } from '../differences.js';
import { Rows } from '../rows.js';
import { FileLines, type Range } from './lines.js';

/** The records of a CSV file on the disk, or those of the lines in a range of it. */
export function fileRows(path: string, file: string, header: string, differences: Differences, range?: Range): Rows {
  const later = range !== undefined && range.from > 0;
  return new Rows((report) => new FileLines(path, report, range), file, header, differences, later);
}
