import type { Examined } from '../examine.js';

/** A file with the number under which the warehouse will know it. */
export interface Numbered extends Examined {
  fileNo: number;
}

/** Files of one layout, numbered in a row. */
export type Batch = readonly [Numbered, ...Numbered[]];

/** SQL that names the rows of a batch. */
export function rowsOfBatch(files: Batch): string {
  const [{ fileNo }] = files;
  return `file_no BETWEEN ${fileNo} AND ${fileNo + files.length - 1}`;
}
