import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rebuild } from '../../src/commands/rebuild.js';
import { verify } from '../../src/commands/verify.js';
import { noticesIn } from '../../src/notices/read-notices.js';
import { settled } from '../quarantine/place.js';
import { closeAccepted } from '../support/accepting.js';
import { anchorsCsv, SESSIONS_HEADER, sessionLine, sessionsCsv } from '../support/exports.js';
import { contentOf, SAMPLE_POLICY, SILENT, settle, workspace, write } from '../support/workspace.js';
import { made, ofRows, textRow, textRows } from './made.js';

// @module-tag deep

/** Workbooks among the exports: what of them is quarantined and told, and how they stand. */

const HEADER = textRow([...SESSIONS_HEADER.split(','), 'suspended'], 1);
const SOUND = [
  'a1',
  '2023-11-05 20:00:00',
  '2023-11-05 21:00:00',
  'Y',
  '2',
  '文化',
  '1000.00',
  '0.010000',
  '1.000',
  'N',
];
const textCell = (text: string): string => `<c t="str"><v>${text}</v></c>`;
/** A sound row but for the cell at a place from 0. */
const row = (number: number, at: number, cell: string): string => {
  const cells = [`s${number}`, ...SOUND].map(textCell);
  cells[at] = cell;
  return `<row r="${number}">${cells.join('')}</row>`;
};
const error = '<c t="e"><v>#REF!</v></c>';
const formula = '<c><f>A1*2</f></c>';

test('cells that are a fault in any column are quarantined as they are shown, with the reason', async () => {
  const rows = [
    row(2, 0, '<c><v>1.234567890123457E+18</v></c>'),
    row(3, 1, '<c><v>12.5</v></c>'),
    row(4, 6, error),
    row(5, 6, formula),
    row(6, 7, formula),
    row(7, 10, formula),
    row(8, 2, '<c><v>45231.5</v></c>'),
    row(9, 7, `<c><v>${'9'.repeat(70)}E+30</v></c>`),
    row(10, 0, `<c><v>1E+100</v></c>`),
    row(11, 6, textCell('文化')),
  ];
  const { quarantine, manifest, runDir } = await settled({ 'sessions.xlsx': ofRows(HEADER + rows.join('')) });
  const found = quarantine.map(({ line, column, code, value, message = '' }) => [
    line,
    column,
    code,
    value,
    message.split('; ')[1],
  ]);
  expect(found).toEqual([
    [
      '2',
      'session_id',
      'bad_id',
      '1234567890123460000',
      expect.stringMatching(/keep 15 digits: the id has been rounded: format the column as text/),
    ],
    ['3', 'anchor_id', 'bad_id', '12.5', expect.stringMatching(/a number with a fraction/)],
    ['4', 'track', 'bad_value', '#REF!', expect.stringMatching(/shows an error here/)],
    ['5', 'track', 'bad_value', "'=A1*2", expect.stringMatching(/a formula whose result was not kept/)],
    ['6', 'rec_dwell_minutes', 'bad_number', "'=A1*2", expect.stringMatching(/a formula whose result was not kept/)],
    ['7', 'suspended', 'bad_flag', "'=A1*2", expect.stringMatching(/a formula whose result was not kept/)],
    ['8', 'started_at', 'bad_time', '45231.5', expect.stringMatching(/number of a day/)],
    ['9', 'rec_dwell_minutes', 'out_of_range', `1${'0'.repeat(79)}`, undefined],
    ['10', 'session_id', 'bad_id', `1${'0'.repeat(79)}`, undefined],
  ]);
  expect(manifest.accounting).toMatchObject({ rows_read: 10, settled: 1, quarantined: 9 });
  expect((await verify(runDir, SILENT)).exit).toBe(0);
});

test('a title that fills a row, and another sheet with such a header, ask for a person', async () => {
  const title = textRow(['1', '2', '3', '4', '5', '6', '7', '8'], 1);
  const sheet = textRows(sessionsCsv({ id: 's1' }));
  const content = made({
    sheets: [
      { name: '11月', rows: title + sheet },
      { name: '12月', rows: sheet },
    ],
  });
  const { runDir } = await settled({ 'sessions.xlsx': content });
  const told = (noticesIn(runDir) ?? []).filter(
    ({ file, code }) => file === 'sessions.xlsx' && code !== 'column_absent',
  );
  expect(told.map(({ code, severity, count }) => [code, severity, count])).toEqual([
    ['other_sheets', 'attention', 1],
    ['title_rows', 'attention', 1],
  ]);
  expect(told.map(({ message }) => message).join('\n')).toContain('12月');
  expect((await verify(runDir, SILENT)).exit).toBe(0);
});

test('one unusable workbook ends the run with what is wrong; all unusable files are named', async () => {
  const exports = {
    'sessions-1.xlsx': Buffer.from('PK\u0003\u0004'),
    'sessions-2.csv': '',
    'sessions-3.xlsx': ofRows(''),
  };
  await expect(settled(exports)).rejects.toMatchObject({
    code: 'input',
    message: expect.stringMatching(
      /^3 files can't be used:\n {2}sessions-1\.xlsx: is a damaged workbook[\s\S]*sessions-2\.csv: is empty[\s\S]*sessions-3\.xlsx: is empty/,
    ),
  });
});

test('a workbook whose rows are damaged ends the run, and nothing is kept', async () => {
  const rows = Array.from({ length: 5000 }, (_, at) =>
    row(at + 2, 6, at === 4999 ? '<c t="s"><v>9</v></c>' : textCell('文化')),
  );
  await expect(settled({ 'sessions.xlsx': ofRows(HEADER + rows.join('')) })).rejects.toMatchObject({
    code: 'input',
    message: 'sessions.xlsx, line 5001: is a damaged workbook (cell G5001 refers to the text 9, and there are 0)',
  });
});

test('files stand by their names without the ending; what is known is not loaded again, and what changed replaces', async () => {
  const folder = workspace();
  const input = write(folder, {
    'anchors.csv': anchorsCsv('a1'),
    'sessions-1-fix.csv': sessionsCsv({ id: 's1', dwell: '3000.00' }),
    'Sessions-1.XLSX': ofRows(textRows(sessionsCsv({ id: 's1' }, { id: 's2' }))),
  });
  const run = () =>
    settle({
      policy: SAMPLE_POLICY,
      input,
      out: join(folder, 'out'),
      warehouse: join(folder, 'w.duckdb'),
      statements: false,
    });
  const first = await run();
  expect(first.manifest.inputs.map(({ file }) => file)).toEqual([
    'Sessions-1.XLSX',
    'anchors.csv',
    'sessions-1-fix.csv',
  ]);
  expect(first.manifest.totals).toMatchObject({ total: '40.00' });
  expect((await run()).manifest.run_id).toBe(first.manifest.run_id);
  write(input, { 'Sessions-1.XLSX': ofRows(textRows(sessionsCsv({ id: 's1' }))) });
  const second = await run();
  expect(second.load?.loaded).toMatchObject([{ file: 'Sessions-1.XLSX', rows: 1, replaced: true, withdrawn: 1 }]);
});

test('a warehouse is made again from workbooks', async () => {
  const folder = workspace();
  const [out, warehouse] = [join(folder, 'out'), join(folder, 'w.duckdb')];
  const input = write(workspace(), {
    'anchors.xlsx': ofRows(textRows(anchorsCsv('a1'))),
    'sessions.xlsx': ofRows(textRow(['标题']) + textRows(`${SESSIONS_HEADER}\n${sessionLine({ id: 's1' })}`)),
  });
  const run = () => settle({ policy: SAMPLE_POLICY, input, out, warehouse });
  const { runDir } = await run();
  await closeAccepted(runDir, { out, warehouse, by: 'finance' }, SILENT);
  const before = contentOf(runDir);
  rmSync(warehouse);
  const { answer } = await rebuild({ out, warehouse, input }, SILENT);
  expect(answer.loads.flatMap(({ files }) => files)).toEqual(['anchors.xlsx', 'sessions.xlsx']);
  expect((await run()).runDir).toBe(runDir);
  expect(contentOf(runDir)).toEqual(before);
});
