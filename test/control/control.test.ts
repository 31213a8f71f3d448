import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { compact } from '../../src/commands/compact.js';
import { load } from '../../src/commands/load.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { summaryOf } from '../../src/report/run.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { read, readManifest, sealRun } from '../support/case-run.js';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { type Line, Place } from '../support/notice-place.js';
import { contentOf, FIGURES, overwrite, SILENT, workspace } from '../support/workspace.js';
import { ofRows, textRows } from '../workbook/made.js';

/** What the control desk counted: how its exports are read, what is told of them, and that no figure changes. */

const MONTH = {
  'anchors.csv': anchorsCsv('a1'),
  'sessions-1.csv': sessionsCsv(
    { id: 's1' },
    { id: 's2', day: '2023-11-06' },
    { id: 's3', day: '2023-11-06', settleable: 'N' },
    { id: 's4', day: '2023-11-07', dwell: 'x' },
    { id: 'old', day: '2023-10-31' },
  ),
};
const LIST = `session_id,date,sessions,rec_dwell_minutes,amount
s1,,1,1000.00,10.00
s2,,1,1000,10.01
s3,,,,0
s4,,1,,
nobody,,1,5.00,
old,,7,7.00,7.00
,2023/11/6,2,2000,10
,2023-11-08,1,,
,2023-10-31,9,,
`;
const told = (notices: readonly Line[]): string[] =>
  notices
    .filter(({ code }) => code.startsWith('control_'))
    .map(({ code, severity, subject, count, value }) => [code, severity, subject, count, value].join(' '));
const summary = (result: RunResult): string => summaryOf(result, (_, text) => text, result.runDir);
const LINES = [
  'control_differs attention 2023-11-08  sessions:1/0',
  'control_differs attention s2  amount:10.01/10.00',
  'control_missing attention nobody  ',
  'control_missing attention s4  quarantined',
];

test('differences are told with both figures, what agrees isn’t, and no figure is another', async () => {
  const place = new Place();
  const before = await place.settle(MONTH);
  const { notices, ...result } = await place.settle({ 'control.csv': LIST });
  expect(told(notices)).toEqual(LINES);
  expect(contentOf(result.runDir, FIGURES)).toEqual(contentOf(before.runDir, FIGURES));
  expect(result.manifest.run_id).not.toBe(before.manifest.run_id);
  expect(summary(result)).toMatch(/Held against control +3 +agree, 4 differ\n/);
  expect(summary(before)).not.toContain('control');
  expect(await verifyRun(result.runDir)).toMatchObject({ count: 0 });
});

test('a session that the list lacks is told, of a date of which it names none all in one', DEEP, async () => {
  const { notices, ...result } = await new Place().settle({ ...MONTH, 'control.csv': 'session_id\ns2\n' });
  expect(told(notices)).toEqual(['control_lacks attention 2023-11-05 1 ', 'control_lacks attention s3 1 ']);
  expect(summary(result)).toMatch(/ agree, 0 differ; 2 settled sessions it lacks\n/);
  expect(await verifyRun(result.runDir)).toMatchObject({ count: 0 });
});

/** A Parquet file of the list, its figures as decimals and its dates as dates. */
async function parquet(): Promise<Buffer> {
  const path = join(workspace(), 'control.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const csv = join(workspace(), 'list.csv');
  writeFileSync(csv, LIST);
  await connection.run(`COPY (SELECT * REPLACE (CAST(date AS DATE) AS date, CAST(sessions AS INTEGER) AS sessions,
    CAST(amount AS DECIMAL(9, 2)) AS amount) FROM read_csv('${csv}', all_varchar = true)) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return readFileSync(path);
}

const TITLED = `<row r="1"><c t="str"><v>日期</v></c><c t="str"><v>2023-11</v></c></row>`;
const inChinese = LIST.replace(/^.*\n/, '场次ID,日期,场次数,推荐有效用户停留时长,金额\n');

variations<[string, () => Promise<Record<string, Uint8Array>> | Record<string, Uint8Array>]>([
  ['Parquet', async () => ({ 'control-11.parquet': await parquet() })],
  ['gzip, in Chinese', () => ({ 'Control.csv.gz': gzipSync(inChinese) })],
  ['a workbook', () => ({ 'control.xlsx': ofRows(textRows(inChinese)) })],
])('%s is read alike', async (_form, files) => {
  const { notices, runDir } = await new Place().settle({ ...MONTH, ...(await files()) });
  expect(told(notices)).toEqual(LINES);
  expect(await verifyRun(runDir)).toMatchObject({ count: 0 });
});

test('a title that names a column is no header', DEEP, async () => {
  const below = textRows(inChinese).replaceAll(/ r="\d+"/g, '');
  let line = 1;
  const rows = TITLED + below.replaceAll('<row', () => `<row r="${++line}"`);
  const { notices } = await new Place().settle({ ...MONTH, 'control.xlsx': ofRows(rows) });
  expect(told(notices)).toEqual(LINES);
  expect(notices.find(({ code }) => code === 'title_rows')).toMatchObject({ count: '1', severity: 'attention' });
});

test('faults, copies and contradictions of lines, of sessions and of dates', DEEP, async () => {
  const list = `session_id,date,sessions,amount
s1,2023-11-05,,
,,1,
s2,,-1,0.001
s3,,1.5,
,2023-11-05,1,
,2023-11-05,1.0,
,2023-11-06,1,
,2023-11-06,2,
s1,,1234567890,
`;
  const place = new Place();
  const { notices, runDir } = await place.settle({ ...MONTH, 'control.csv': list });
  const faults = read(join(runDir, 'quarantine.csv')).split('\n').slice(1, -1);
  expect(faults.filter((line) => line.startsWith('control')).map((line) => line.split(',').slice(1, 5).join())).toEqual(
    [
      '2,date,bad_value,2023-11-05',
      '3,session_id,missing,',
      '4,amount,too_precise,0.001',
      "4,sessions,out_of_range,'-1",
      '5,sessions,bad_number,1.5',
      '8,session_id,conflicting_duplicate,',
      '9,session_id,conflicting_duplicate,',
      '10,sessions,out_of_range,1234567890',
    ],
  );
  expect(told(notices)).toEqual([]);
  expect(await verifyRun(runDir)).toMatchObject({ count: 0 });
});

test(
  'a later list supersedes lines of the same session or date, a copy of it is told, and a replaced one is withdrawn',
  DEEP,
  async () => {
    const place = new Place();
    const first = 'session_id,date,amount\ns1,,1.00\ns2,,1.00\n,2023-11-05,1.00\n';
    const second = 'session_id,date,amount\ns1,,10.00\n,2023-11-05,10\n';
    const both = await place.settle({ ...MONTH, 'control.csv': first, 'control (1).csv': second });
    expect(told(both.notices)).toEqual([
      'control_differs attention s2  amount:1.00/10.00',
      'control_lacks attention s3 1 ',
    ]);
    expect(both.notices.find(({ code }) => code === 'copy_supersedes')?.message).toContain('supersedes 2 rows of it');
    const replaced = await place.settle({ 'control.csv': second.replace('s1', 's2') });
    expect(told(replaced.notices)).toEqual(['control_lacks attention s3 1 ']);
    expect(replaced.notices.find(({ code }) => code === 'file_shrank')).toMatchObject({
      file: 'control.csv',
      count: '1',
    });
    const { warehouse, folder } = place;
    const out = join(folder, 'out');
    expect((await compact({ warehouse, out }, SILENT)).answer).toMatchObject({ rows: 0 });
    await load(place.exports, { warehouse, out, again: true }, SILENT);
    expect(await verifyRun(replaced.runDir)).toMatchObject({ count: 0 });
  },
);

test('a list without sessions and dates can’t be used, and the fix is said', async () => {
  const failure = await new Place().settle({ ...MONTH, 'control.csv': 'sessions,amount\n1,2\n' }).then(
    () => undefined,
    (error) => error,
  );
  expect(failure).toMatchObject({ code: 'input' });
  expect(String(failure.message + JSON.stringify(failure.details))).toMatch(/session_id \(场次ID\) or date \(日期\)/);
});

const forged = async (file: string, change: (text: string) => string): Promise<string[]> => {
  const place = new Place();
  const { runDir } = await place.settle({ ...MONTH, 'control.csv': LIST });
  overwrite(join(runDir, file), change(read(join(runDir, file))));
  const manifest = readManifest(runDir);
  rmSync(join(runDir, 'manifest.json'));
  sealRun(runDir, manifest);
  return (await verifyRun(runDir)).differences.map(({ file, key, column }) => [file, key, column].join(' ').trim());
};

variations<[string, string, (text: string) => string, string]>([
  [
    'a difference that isn’t told',
    'notices.csv',
    (text) => text.replace(/control_differs.*s2.*\n/, ''),
    'notices.csv control_differs s2',
  ],
  [
    'one that is told otherwise',
    'notices.csv',
    (text) => text.replace('10.01/10.00', '10.02/10.00'),
    'notices.csv control_differs s2 value',
  ],
  [
    'a session that is missing no more',
    'notices.csv',
    (text) => text.replace(',quarantined,', ',,'),
    'notices.csv control_missing s4 value',
  ],
  [
    'a line of the list less',
    'inputs/control.csv',
    (text) => text.replace(/s4,.*\n/, ''),
    'notices.csv control_missing s4',
  ],
  [
    'a figure of the list',
    'inputs/control.csv',
    (text) => text.replace('10.01', '10.00'),
    'notices.csv control_differs s2',
  ],
  ['a line without a key', 'inputs/control.csv', (text) => text.replace('s1,,', ',,'), 'inputs/control.csv session_id'],
  [
    'a date of another month',
    'inputs/control.csv',
    (text) => text.replace('2023-11-06', '2023-12-06'),
    'inputs/control.csv 2023-12-06 date',
  ],
])('%s is found', async (_what, file, change, found) => {
  expect((await forged(file, change)).map((one) => one.replace('  ', ' '))).toContain(found);
});
