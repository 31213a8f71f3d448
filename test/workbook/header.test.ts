import { expect, test } from 'vitest';
import { SESSIONS_HEADER, sessionLine } from '../support/exports.js';
import { made, ofRows, textRow, textRows } from './made.js';
import { look, recordsIn } from './read.js';

/** Where the header stands, which rows are below it, and what is told of the rest (contract, "Workbooks"). */

const HEADER = SESSIONS_HEADER.split(',');
const ROW = sessionLine({ id: 's1' }).split(',');
const linesOf = async (content: Buffer): Promise<number[]> => (await recordsIn(content)).map(({ line }) => line);

test('the first row with every required column is the header; what stands above it is titles', async () => {
  const rows = `${textRow(['2023年11月场次', '导出'], 1)}<row r="2"/>${textRow([' '], 3)}${textRow(['制表', '', ''], 4)}${textRow(HEADER, 6)}${textRow(ROW, 7)}`;
  const found = await look(ofRows(rows));
  expect(found.titles).toEqual({ rows: 2, filled: 2, first: '2023年11月场次' });
  expect(found.others).toEqual({ names: [], alike: 0 });
  expect(await recordsIn(ofRows(rows))).toEqual([{ line: 7, cells: ROW }]);
});

test('a header in row 30 is one, in row 31 none', async () => {
  expect((await look(ofRows(textRow(HEADER, 30)))).titles.rows).toBe(0);
  await expect(look(ofRows(textRow(HEADER, 31)))).rejects.toThrow(/is empty: it has no header/);
});

test('a header in Chinese, in any order, with unknown columns and an unnamed one', async () => {
  const found = await look(
    ofRows(
      textRow([
        '',
        '备注',
        '推荐有效用户停留时长',
        '赛道',
        '',
        '内容质量等级',
        '场次是否结算',
        '下播时间',
        '开播时间',
        '主播ID',
        ' 场次ID ',
        '备注',
      ]),
    ),
  );
  expect(found.header.columns.map(({ column, at }) => `${at} ${column.name}`)).toContain('10 session_id');
  expect(found.header.unknown).toEqual(['备注', '']); // the table begins where the first name stands
});

test('an error or a formula without a result above the rows is shown as it stands', async () => {
  const error = '<row r="1"><c t="e"><v>#REF!</v></c></row>';
  const header = textRow(HEADER, 2).replace('</row>', '<c><f>TODAY()</f></c></row>');
  const found = await look(ofRows(error + header));
  expect([found.titles.first, found.header.unknown]).toEqual(['#REF!', ['=TODAY()']]);
});

test('a required column that is there twice', async () => {
  const twice = ofRows(textRow(['x'], 1) + textRow([...HEADER, '赛道'], 2));
  await expect(look(twice)).rejects.toMatchObject({
    message: 'sessions-1.xlsx, line 2: the header has the column track (赛道) twice',
    details: { line: 2, column: 'track' },
  });
});

test('the first sheet with such a row is read, wherever it stands; the others are told', async () => {
  const note = { name: '说明', rows: textRow(['请看第二页']) };
  const sessions = { name: '场次', rows: textRows(`${SESSIONS_HEADER}\n${ROW.join()}`) };
  const chart = { name: '图', type: 'chartsheet', whole: '<chartsheet/>' };
  const content = made({ sheets: [note, chart, sessions, { ...sessions, name: '12月' }, { name: '空' }] });
  expect((await look(content)).others).toEqual({ names: ['说明', '图', '12月', '空'], alike: 1 });
  expect(await linesOf(content)).toEqual([2]);
});

test('the row that comes nearest is named, with what it lacks', async () => {
  const header = textRow(
    HEADER.filter((name) => name !== 'track' && name !== 'settleable'),
    3,
  );
  const content = made({ sheets: [{ rows: textRow(['anchor_id']) }, { name: '场次', rows: header }] });
  await expect(look(content)).rejects.toMatchObject({
    code: 'input',
    message:
      'sessions-1.xlsx, line 3: no sheet has a header with every required column of sessions among its first 30 rows; the nearest, in sheet 场次, lacks settleable (场次是否结算), track (赛道); it has "session_id", "anchor_id", "started_at", "ended_at", "quality_level", "rec_dwell_minutes", "unit_price", "scarcity_index"',
    details: {
      line: 3,
      column: 'settleable',
      mend: 'Export the sessions with those columns. What another system calls otherwise, "columns" of settle.yaml names.',
    },
  });
});

test('a name with a line break or a space of another width is shown as it stands', async () => {
  const header = HEADER.map((name) =>
    name === 'track' ? 'tr\nack' : name === 'settleable' ? 'settleable\u3000' : name,
  );
  await expect(look(ofRows(textRow(header)))).rejects.toThrow(/lacks .*; it has .*"settleable\u3000".*"tr\\nack"/);
});

test('sheets in which nothing is named', async () => {
  const content = made({ sheets: [{ name: 'A', rows: textRow(['x', 'y']) }, { name: 'B' }] });
  await expect(look(content, 'scarcity.xlsx')).rejects.toMatchObject({
    message:
      'scarcity.xlsx: no sheet has a header with every required column of scarcity among its first 30 rows (sheets: A, B)',
    details: { mend: expect.stringContaining('track (赛道), effective_from (生效日期), scarcity_index') },
  });
  await expect(look(made({ sheets: [{ rows: '<row r="1"><c r="A1" s="1"/></row>' }] }))).rejects.toThrow(/is empty/);
});

test('rows and cells without places follow each other; blank rows count and are none', async () => {
  const blank = '<row/><row><c/><c t="inlineStr"><is><t> </t></is></c></row>';
  const content = ofRows(`${textRow(HEADER)}${blank}${textRow(ROW)}${textRow(ROW, 9)}${textRow(ROW)}`);
  expect(await linesOf(content)).toEqual([4, 9, 10]);
});

test('a row of which only the cells say which it is', async () => {
  const cells = (row: number): string =>
    ROW.map((text, at) => `<c r="${String.fromCharCode(65 + at)}${row}" t="str"><v>${text}</v></c>`).join('');
  expect(await linesOf(ofRows(`${textRow(HEADER, 1)}<row>${cells(5)}</row><row>${cells(6)}</row>`))).toEqual([5, 6]);
});

test('cells in any order, beyond the header, and in columns that nobody knows', async () => {
  const header = textRow([...HEADER, '备注'], 1);
  const row = (number: number, cells: string): string => `<row r="${number}">${cells}</row>`;
  const content = ofRows(
    `${header}${row(2, '<c r="B2"><v>2</v></c><c r="A2"><v>1</v></c><c r="ZZ2"><v>9</v></c>')}${row(3, '<c r="ZZ3"><v>9</v></c>')}${row(4, '<c r="K4"><v>9</v></c>')}`,
  );
  const records = await recordsIn(content);
  expect(records.map(({ line, cells }) => [line, cells.length, cells[0], cells[1]])).toEqual([
    [2, 11, '1', '2'],
    [3, 11, '', ''], // a CSV of the sheet would have a record there too
    [4, 11, '', ''],
  ]);
});

test.each([
  ['<row r="3"/><row r="2"/>', /row 2 stands behind row 3/],
  ['<row r="2"/><row r="2"/>', /row 2 stands behind row 2/],
  ['<row r="1048577"/>', /row 1048577 stands behind/],
  ['<row r="x"/>', /row NaN stands behind/],
  ['<row r="2"><c r="A3"/></row>', /row 2 has a cell A3/],
  ['<row r="2"><c r="22"/></row>', /row 2 has a cell 22/],
  ['<row r="2"><c r="A2"/><c r="A2"/></row>', /row 2 has two cells in one place/],
  ['<row r="2"><c r="XFE2"/></row>', /row 2 has more than 16384 cells/],
])('%s is no sheet', async (rows, message) => {
  await expect(recordsIn(ofRows(`${textRow(HEADER, 1)}${rows}`))).rejects.toMatchObject({
    code: 'input',
    message: expect.stringMatching(message),
  });
});

test('the last cell that there can be', async () => {
  const rows = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>';
  expect(await linesOf(ofRows(`${textRow(HEADER, 1)}${rows}`))).toEqual([1_048_576]);
});
