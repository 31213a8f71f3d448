import { existsSync, readFileSync } from 'node:fs';
import { readRecords, recordText } from '../csv.js';
import type { Differences } from '../differences.js';
import { sha256 } from '../folder.js';

/** A row by the names of its columns. */
export type Cells = Readonly<Record<string, string>>;

export interface Table {
  sha256: string;
  rows: Cells[];
}

/** A sealed table of payments, or one of a run. Of what is wrong with its form the place is told and no cell: one may be an account. */
export function readTable(path: string, file: string, differences: Differences, header?: string): Table | undefined {
  if (!existsSync(path)) {
    differences.add(file, '', '', 'no such file', 'a file');
    return undefined;
  }
  const bytes = readFileSync(path);
  const { records, fault } = readRecords(bytes.toString('utf8'));
  const [first, ...others] = records;
  const names = first?.record ?? [];
  if (header !== undefined && names.join() !== header) differences.add(file, 'line 1', '', 'another header', header);
  if (fault !== undefined) differences.add(file, `line ${records.length + 1}`, '', 'a misplaced quote', 'sound CSV');
  const rows = others.flatMap(({ record, raw }, at): Cells[] => {
    const sound = record.length === names.length && raw === `${recordText(record)}\n`;
    if (!sound) differences.add(file, `line ${at + 2}`, '', 'another form of CSV', "the contract's form");
    return record.length === names.length
      ? [Object.fromEntries(names.map((name, place) => [name, record[place] as string]))]
      : [];
  });
  return { sha256: sha256(bytes), rows };
}

/** The fields of a JSON file; undefined where it is missing or none. */
export function readFields(path: string): { sha256: string; fields: Record<string, unknown> } | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return { sha256: sha256(bytes), fields: value as Record<string, unknown> };
  } catch {
    return undefined;
  }
}
