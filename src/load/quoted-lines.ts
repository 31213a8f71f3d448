import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { writeNew } from '../writing.js';
import type { CsvRecord } from './strict-csv.js';

/** Beyond this a text is read strictly throughout: it's held in memory while its quoted lines are looked for. */
const MOST_BYTES = 1 << 26;
/** With more quoted lines little would be won. */
const MOST_LINES = 10_000;

const LF = 0x0a;
const QUOTE = 0x22;

export interface SetAside {
  records: CsvRecord[];
  /** Bytes of the copy. */
  size: number;
}

/**
 * Where few lines of a text hold quotes, and each of them is one whole record: those records, and at `target` a copy of
 * the text in which blank cells stand in their place, so that no quote is left in it. Undefined, and no copy is made,
 * where any of that isn't so; the strict reader then says what is wrong, if anything. The text has no carriage return.
 */
export function setAside(path: string, size: number, width: number, target: string): SetAside | undefined {
  if (size > MOST_BYTES) return undefined;
  const text = readFileSync(path);
  const blank = Buffer.alloc(width - 1, ',');
  const kept: Buffer[] = [];
  const quoted: { line: number; text: Buffer }[] = [];
  let done = 0;
  let line = 1;
  for (let at = text.indexOf(QUOTE); at >= 0; at = text.indexOf(QUOTE, done)) {
    const start = text.lastIndexOf(LF, at) + 1;
    if (start === 0) return undefined; // the header
    const found = text.indexOf(LF, at);
    const end = found < 0 ? text.length : found;
    line += lineFeeds(text.subarray(done, start));
    quoted.push({ line, text: text.subarray(start, end) });
    if (quoted.length > MOST_LINES) return undefined;
    kept.push(text.subarray(done, start), blank);
    done = end;
  }
  const records = wholeRecords(quoted.map((each) => each.text));
  if (records?.some((cells) => cells.length !== width) !== false) return undefined;
  const copy = Buffer.concat([...kept, text.subarray(done)]);
  writeNew(target, copy);
  return {
    size: copy.length,
    records: records.map((cells, at) => ({ line: (quoted[at] as { line: number }).line, cells })),
  };
}

function lineFeeds(text: Buffer): number {
  let count = 0;
  for (let at = text.indexOf(LF); at >= 0; at = text.indexOf(LF, at + 1)) count += 1;
  return count;
}

/** The record of each line; a quote that isn't closed where it should be makes fewer records than lines, or a fault. */
function wholeRecords(lines: readonly Buffer[]): string[][] | undefined {
  try {
    const options = { relax_column_count: true, record_delimiter: '\n' };
    const records: string[][] = parse(Buffer.concat(lines.flatMap((line) => [line, Buffer.from([LF])])), options);
    return records.length === lines.length ? records : undefined;
  } catch {
    return undefined;
  }
}
