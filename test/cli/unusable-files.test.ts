import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, CLEAN_MONTH, SESSIONS_HEADER, sessionLine, sessionsCsv } from '../support/exports.js';
import { settle } from '../support/program.js';
import {
  contentOf,
  filesIn,
  SAMPLE_POLICY,
  settle as settleHere,
  temporaryFolder,
  workspace,
  write,
} from '../support/workspace.js';

/**
 * Exit 3: a file that can't be used at all stops the run, whatever else lies beside it. The warehouse settled a month
 * before; after each fault it must hold that and nothing more.
 */

const folder = temporaryFolder();
const good = join(folder, 'good');
const out = join(folder, 'out');
const warehouse = join(folder, 'settlement.duckdb');
let published: { runId: string; content: Record<string, string>; files: string[] };

beforeAll(async () => {
  mkdirSync(good);
  write(good, CLEAN_MONTH);
  const { manifest } = await settleHere({ policy: SAMPLE_POLICY, input: good, out, warehouse });
  published = { runId: manifest.run_id, content: contentOf(out), files: filesIn(folder) };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CSV = sessionsCsv({ id: 's3' }, { id: 's4', dwell: '3.00' });
const utf16 = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const gbk = Buffer.from([0xce, 0xc4, 0xbb, 0xaf]); // 文化

interface Fault {
  name?: string;
  content: string | Uint8Array;
  message: RegExp;
  place?: Record<string, unknown>;
}

const lines = (...rows: string[]): string => `${[SESSIONS_HEADER, ...rows].join('\n')}\n`;
const offsetOf = (text: string, part: string): number => Buffer.from(text).indexOf(part);
const headless = (column: string): string => CSV.replace(`,${column}`, ',spare');

const FAULTS: Record<string, Fault> = {
  'an empty file': { content: '', message: /is empty: it has no header/ },
  'a file of empty lines': { content: '\n\r\n\n', message: /is empty: it has no header/ },
  'a file with nothing but a byte order mark': { content: '\ufeff', message: /is empty: it has no header/ },
  'a required column missing': {
    content: headless('settleable'),
    message: /lacks the column settleable \(场次是否结算\)/,
    place: { line: 1, column: 'settleable' },
  },
  'cells divided by semicolons': {
    content: CSV.replaceAll(',', ';'),
    message: /lacks the columns session_id/,
    place: { line: 1, column: 'session_id', mend: 'Its cells are divided by semicolons: save it as CSV with commas.' },
  },
  'cells divided by tabs': {
    content: CSV.replaceAll(',', '\t'),
    message: /lacks the columns session_id/,
    place: { line: 1, column: 'session_id', mend: 'Its cells are divided by tabs: save it as CSV with commas.' },
  },
  'a column twice, in two languages': {
    content: CSV.replace('quality_level', '赛道'),
    message: /the column track \(赛道\) twice/,
    place: { line: 1, column: 'track' },
  },
  'UTF-16': { content: utf16(CSV), message: /is UTF-16 text/ },
  'UTF-16 without a byte order mark': {
    content: utf16(CSV.replaceAll('文化', 'art')).subarray(2),
    message: /NUL byte at byte 1$/,
  },
  'a workbook': { content: Buffer.from('PK\u0003\u0004 and more'), message: /an Excel workbook \(\.xlsx\)/ },
  'an old workbook': { content: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), message: /an Excel workbook \(\.xls\)/ },
  'gzip named .csv': { content: gzipSync(CSV), message: /is a gzip archive under the name of a CSV file/ },
  'Parquet named .csv': { content: 'PAR1....PAR1', message: /is a Parquet file/ },
  'text named .csv.gz': { name: 'sessions-2.csv.gz', content: CSV, message: /is not a gzip file/ },
  'a gzip file cut off': {
    name: 'sessions-2.csv.gz',
    content: gzipSync(CSV).subarray(0, 60),
    message: /is a damaged gzip file/,
  },
  'gzip with nothing in it': {
    name: 'sessions-2.csv.gz',
    content: gzipSync(''),
    message: /is empty: it has no header/,
  },
  'text named .parquet': { name: 'sessions-2.parquet', content: CSV, message: /is no Parquet file/ },
  'Parquet cut off': { name: 'sessions-2.parquet', content: 'PAR1 and no end', message: /can't be read as Parquet/ },
  'a NUL byte': {
    content: CSV.replace('2023', '2\u000023'),
    message: /holds a NUL byte at byte \d+/,
    place: { offset: offsetOf(CSV, '2023') + 1 },
  },
  'bytes that are not UTF-8': {
    content: Buffer.concat([Buffer.from(`${SESSIONS_HEADER}\ns3,a1,`), gbk, Buffer.from('\n')]),
    message: /is not valid UTF-8 \(byte \d+\)/,
    place: { offset: SESSIONS_HEADER.length + 7, mend: expect.stringContaining('--encoding gb18030') },
  },
  'a quote never closed': {
    content: lines(sessionLine({ id: 's3' }), `"${sessionLine({ id: 's4' })}`, sessionLine({ id: 's5' })),
    message: /line 3: a quote that opens in the record beginning here is never closed/,
    place: { line: 3 },
  },
  'a quote never closed, after cells with line breaks': {
    content: `${SESSIONS_HEADER},note\r\n${sessionLine({ id: 's3' })},"one\r\ntwo"\r\n"s4,three\r\ns5,four\r\n`,
    message: /line 4: a quote that opens in the record beginning here is never closed/,
    place: { line: 4 },
  },
  'text after a closing quote': {
    content: lines(`"s3" ,${sessionLine({ id: '' }).slice(1)}`),
    message: /line 2: text follows a closing quote/,
    place: { line: 2 },
  },
  'a quote inside a cell that does not start with one': {
    content: lines(sessionLine({ id: 's3' }), sessionLine({ id: 's"4"' })),
    message: /line 3: a quote stands inside a cell/,
    place: { line: 3 },
  },
};

/** What must be as before: the run folders, no half-done file, and the same work under the same id. */
async function expectUntouched(): Promise<void> {
  expect(contentOf(out)).toEqual(published.content);
  expect(filesIn(folder)).toEqual(published.files);
  const again = await settleHere({ policy: SAMPLE_POLICY, input: good, out, warehouse });
  expect(again).toMatchObject({ alreadyThere: true, load: { known: 2, loaded: [] } });
  expect(again.manifest.run_id).toBe(published.runId);
}

variations(
  Object.entries(FAULTS),
  0,
  1,
  2,
  3,
)('%s', async (_what, { name = 'sessions-2.csv', content, message, place }) => {
  const cwd = workspace();
  write(cwd, { 'anchors-2.csv': anchorsCsv('a3'), 'sessions-1.csv': CSV, [name]: content });
  const words = ['run', '--policy', SAMPLE_POLICY, '--input', cwd, '--out', out, '--warehouse', warehouse, '--json'];
  const { exit, json } = await settle(words, { cwd });
  expect(exit).toBe(3);
  expect(json.error).toMatchObject({ code: 'input', file: name, ...place });
  expect(json.error.message).toMatch(message);
  expect(json.error.message.startsWith(name)).toBe(true);
  expect(json.error.mend).toMatch(/\.$/);
  await expectUntouched();
});

test('with --strict, a row that would be quarantined', async () => {
  const cwd = workspace();
  write(cwd, { 'sessions-2.csv': `${CSV}s5\n` });
  const words = ['run', '--policy', SAMPLE_POLICY, '--input', cwd, '--out', out, '--warehouse', warehouse, '--json'];
  const { exit, json } = await settle([...words, '--strict'], { cwd });
  expect([exit, json.error.code]).toEqual([3, 'strict']);
  expect(json.error.message).toContain('sessions-2.csv, line 4: 1 of 3 rows has 1 cell, the header has 10');
  await expectUntouched();
});

test('a first run that fails leaves no warehouse', DEEP, async () => {
  const cwd = workspace();
  write(cwd, { 'sessions-1.csv': CSV, 'sessions-2.csv': '' });
  const { exit } = await settle(['run', '--policy', SAMPLE_POLICY, '--input', '.', '--json'], { cwd });
  expect(exit).toBe(3);
  expect(filesIn(cwd)).toEqual(['sessions-1.csv', 'sessions-2.csv']);
});
