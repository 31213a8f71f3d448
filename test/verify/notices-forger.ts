import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { fromCsv, noticeAgain, read, sealRun, toCsv } from '../support/case-run.js';

/** Changes to notices.csv of a run folder, with every hash, count and id made to fit. */

type Table = string[][];

export const AT: Record<string, number> = { code: 0, severity: 1, file: 2, subject: 3, count: 4, value: 5, message: 6 };
/** How a line that stands wrongly, or doesn't stand, is reported: the file, no column, and whose rule it is. */
export const LINE = 'notices.csv  contract';

/** The lines of a code, or all. */
export function told(run: string, code?: string): Table {
  const lines = fromCsv(read(join(run, 'notices.csv'))).slice(1);
  return code === undefined ? lines : lines.filter((line) => line[0] === code);
}

/** What differs once notices.csv is rewritten and sealed; as it was, it is again afterwards. */
export async function tampered(run: string, edit: (rows: Table) => Table): Promise<string[]> {
  const before = readFileSync(join(run, 'notices.csv'));
  const manifest = readFileSync(join(run, 'manifest.json'));
  const [header = [], ...rows] = fromCsv(before.toString());
  writeFileSync(join(run, 'notices.csv'), toCsv([header, ...edit(rows)]));
  sealRun(run);
  const { differences } = await verifyRun(run);
  writeFileSync(join(run, 'notices.csv'), before);
  writeFileSync(join(run, 'manifest.json'), manifest);
  return differences.map(({ file, column, clause }) => `${file} ${column} ${clause}`);
}

/** The table with one cell of a code's first line set. */
export function set(code: string, column: string, value: string): (rows: Table) => Table {
  return (rows) => {
    const at = rows.findIndex((row) => row[0] === code);
    expect(rows[at]?.[AT[column] ?? -1]).not.toBe(value);
    return rows.with(at, (rows[at] as string[]).with(AT[column] ?? -1, value));
  };
}

/** The table without the lines of a code, or without those of one file. */
export function without(code: string, file?: string): (rows: Table) => Table {
  return (rows) => rows.filter((row) => row[0] !== code || (file !== undefined && row[2] !== file));
}

/** The table with more lines, in their places. */
export function and(...more: Table): (rows: Table) => Table {
  const key = ([code, , file, subject, , value]: string[]): Buffer =>
    Buffer.from([code, file, subject, value].join('\0'));
  return (rows) => [...rows, ...more].sort((a, b) => Buffer.compare(key(a), key(b)));
}

/** Writes a file of the folder anew, and the notices that belong to it then. */
export function rewrite(run: string, file: string, edit: (rows: Table) => void): void {
  const rows = fromCsv(read(join(run, file)));
  edit(rows);
  writeFileSync(join(run, file), toCsv(rows));
  noticeAgain(run);
}

export async function expectSound(run: string): Promise<void> {
  expect((await verifyRun(run)).differences).toEqual([]);
}
