import { SEVERITIES, type Severity } from '../../../../verify/place-codes.js';
import { EXPORT_COLUMNS, kindOf } from '../columns.js';
import { isNoticeCode } from '../notices/notice-codes.js';
import type { ManifestReader } from './manifest-reader.js';

/** What the manifest says of how each file was read, and of notices. */

/** How a file was read (contract, "Inputs"). */
export interface Reading {
  /** The version of the reader; a later one may read the same file otherwise. */
  reader: number;
  /** What was asked for where the file was taken as UTF-8 all the same, and it may have been meant; else undefined. */
  doubtful: string | undefined;
  /** What a Parquet file's INT96 was taken for, and who wrote it; undefined where there was none. */
  int96: string | undefined;
  createdBy: string | undefined;
  /** As the run's id has it. */
  text: string;
}

/** The keys that a reading may have, sorted. */
const KEYS = ['columns', 'created_by', 'doubtful', 'encoding', 'int96', 'reader', 'words'];
const ENCODINGS = ['utf-8', 'gb18030'];

const isOneOf = (words: readonly string[]) => [(text: string) => words.includes(text), words.join(' or ')] as const;

/** What other systems call columns and words any file may hold. */
const OF_ANY = ['columns', 'reader', 'words'];

function keysOf(file: string): readonly string[] {
  if (/\.xlsx$/i.test(file)) return OF_ANY;
  return [...OF_ANY, ...(/\.parquet$/i.test(file) ? ['created_by', 'int96'] : ['doubtful', 'encoding'])];
}

/** Reads an input's `reading`: only text has an encoding, only Parquet a writer and INT96. */
export function readReading(reader: ManifestReader, key: string, value: unknown, file: string): Reading {
  const possible = keysOf(file);
  const given = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const keys = KEYS.filter((one) => one === 'reader' || (given.includes(one) && possible.includes(one)));
  const fields = reader.object(key, value, keys);
  const text = (name: string, [sound, expected]: readonly [(text: string) => boolean, string]): string | undefined =>
    keys.includes(name) ? reader.text(`${key}.${name}`, fields[name], sound, expected) : undefined;
  const version = reader.count(`${key}.reader`, fields.reader);
  if (version === 0) reader.report(`${key}.reader`, fields.reader, '1 or more');
  const encoding = text('encoding', isOneOf(ENCODINGS));
  const reading = {
    reader: version,
    doubtful: text('doubtful', isOneOf(['gb18030'])),
    int96: text('int96', isOneOf(['instant', 'wall'])),
    createdBy: text('created_by', [(writer) => writer !== '', 'the name of a writer']),
    text: JSON.stringify(fields),
  };
  if (reading.doubtful !== undefined && encoding !== 'utf-8')
    reader.report(`${key}.encoding`, fields.encoding, 'utf-8, as it is doubtful');
  const columns = EXPORT_COLUMNS[kindOf(file) ?? ''] ?? [];
  if (keys.includes('columns')) readNames(reader, `${key}.columns`, fields.columns, columns);
  if (keys.includes('words')) readWords(reader, `${key}.words`, fields.words, columns);
  return reading;
}

/** By what a file calls it, a column. */
function readNames(reader: ManifestReader, key: string, value: unknown, columns: readonly string[]): void {
  for (const [name, column] of sortedEntries(reader, key, value)) {
    reader.text(`${key}.${name}`, column, (text) => columns.includes(text), 'a column of that file');
    if (columns.includes(name)) reader.report(key, name, 'a name that is no column');
  }
}

/** By column and word of the file, a word of the contract's or one that the column takes. */
function readWords(reader: ManifestReader, key: string, value: unknown, columns: readonly string[]): void {
  for (const [column, words] of sortedEntries(reader, key, value)) {
    if (!columns.includes(column)) reader.report(key, column, 'a column of that file');
    for (const [word, meaning] of sortedEntries(reader, `${key}.${column}`, words))
      reader.text(`${key}.${column}.${word}`, meaning, (text) => text.trim() !== '', 'a word');
  }
}

/** The entries of an object that has some, sorted by their keys; numbers come first, as everywhere in JavaScript. */
function sortedEntries(reader: ManifestReader, key: string, value: unknown): [string, unknown][] {
  const found = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (found.length === 0) reader.report(key, value, 'an object of names');
  const inOrder = Object.keys(Object.fromEntries(found.toSorted().map((name) => [name, null])));
  return Object.entries(reader.object(key, value, inOrder));
}

/** Reads `notices`: the lines of notices.csv, by severity. */
export function readNotices(reader: ManifestReader, value: unknown): Record<Severity, number> {
  const entry = reader.object('notices', value, SEVERITIES);
  return {
    attention: reader.count('notices.attention', entry.attention),
    info: reader.count('notices.info', entry.info),
  };
}

/** Reads `severities`: what the settings lower (info is all that there is below attention), and why. */
export function readLowered(reader: ManifestReader, value: unknown): Map<string, Severity> {
  const lowered = new Map<string, Severity>();
  const codes = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (codes.length === 0) reader.report('severities', value, 'an object of codes of notices');
  for (const [code, entry] of Object.entries(reader.object('severities', value, codes))) {
    const key = `severities.${code}`;
    if (!isNoticeCode(code)) reader.report(key, code, 'a code of the contract');
    const { severity, reason } = reader.object(key, entry, ['severity', 'reason']);
    reader.text(`${key}.severity`, severity, (text) => text === 'info', 'info');
    reader.text(`${key}.reason`, reason, (text) => text.trim() !== '', 'a reason');
    lowered.set(code, 'info');
  }
  return lowered;
}
