import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BookSheet } from '../../src/book/sheet.js';
import { writeBook } from '../../src/book/write-book.js';
import { DEEP } from '../support/deep.js';
import { CLEAN_MONTH } from '../support/exports.js';
import { type Ended, settle } from '../support/program.js';
import { contentOf, filesIn, SAMPLE_POLICY, temporaryFolder, workspace, write } from '../support/workspace.js';

/** Where money is sent: part of no run, and shown nowhere. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEADER = '收款方类型,收款方ID,户名,开户行,账号\n';
/** Each row that is left out has a number of its own, which must stand nowhere. */
const SECRET = /(?:6222|SECRET)\d+/;
const FAULTY = [
  'anchor,a1,王丽,招商银行,6222000000000001',
  '主播,a2,,,62220000 00000002', // no account
  '6222000000000003,a3,,,', // slipped
  'agency,6222000000000004 x,,,',
  `agency,M1,${'SECRET5'.repeat(20)},,`, // a name too long
  'anchor,a4,x,y,6222000000000006,more', // ragged
  'anchor,a5,x,y,6222000000000007',
  'anchor,a5,x,y,6222000000000008', // contradicts it
  'anchor,a6,x,y,"6222000000000009,1"',
];

let plain: Ended;
let ended: Ended[];

beforeAll(async () => {
  for (const each of ['plain', 'paid']) write(made(join(folder, each)), CLEAN_MONTH);
  const run = (exports: string) => {
    const place = ['--warehouse', `${exports}.db`, '--out', `out-${exports}`];
    return settle(['run', '--policy', SAMPLE_POLICY, '--input', exports, ...place, '--json'], { cwd: folder });
  };
  plain = await run('plain');
  // No line end behind the last account.
  write(join(folder, 'paid'), { 'payees.csv': `${HEADER}${FAULTY.join('\n')}\nanchor,a7,x,y,SECRET10` });
  ended = [await run('paid')];
  const more = [['files'], ['load', 'paid'], ['verify', ended[0]?.json.run_dir as string]];
  write(made(join(folder, 'headless')), { ...CLEAN_MONTH, 'payees.csv': FAULTY[0] as string });
  more.push(['load', 'headless'], ['load', 'headless', '--json']);
  write(made(join(folder, 'again')), { 'payees-2.csv': `${HEADER}${FAULTY.join('\n')}\n` });
  more.push(['load', 'again', '--encoding', 'gb18030']);
  for (const words of more) {
    const place = words[0] === 'verify' ? [] : ['--warehouse', 'paid.db', '--out', 'out-paid'];
    ended.push(await settle([...words, ...place], { cwd: folder }));
  }
});

function made(path: string): string {
  mkdirSync(path);
  return path;
}

test('are part of no run: with them and without them a month has one id, and the same bytes', () => {
  const id = plain.json.run_id;
  expect([plain.exit, ended[0]?.exit, ended[0]?.json.run_id]).toEqual([0, 0, id]);
  expect(ended[0]?.json.inputs.map(({ file }) => file)).toEqual(['anchors.csv', 'sessions.csv']);
  const [without, within] = [plain, ended[0]].map((each) => each?.json.run_dir as string) as [string, string];
  const files = filesIn(without).filter((name) => name !== 'manifest.json');
  expect(contentOf(within, files)).toEqual(contentOf(without, files));
});

test('what is left out is told by file, line, column and code, and no cell of it', () => {
  const [, files, , , headless, , loaded] = ended;
  expect(files?.stdout).toMatch(/payees\.csv +│ payees +│ +10 │ +8/);
  expect(loaded?.stdout).toMatch(/payees-2\.csv, .*`account`/);
  expect(headless).toMatchObject({ exit: 3, stderr: expect.stringMatching(/lacks the columns payee_type/) });
});

test('no account, nor any other cell of such a row, is printed, logged or kept in another place', async () => {
  for (const { stdout, stderr } of ended) expect(`${stdout}${stderr}`).not.toMatch(SECRET);
  expect(Object.values(contentOf(join(folder, 'out-paid'))).join('\n')).not.toMatch(SECRET);
  const instance = await DuckDBInstance.create(join(folder, 'paid.db'), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const tables = await connection.runAndReadAll(
    "SELECT table_name FROM duckdb_tables() WHERE table_name <> 'payee_row' ORDER BY 1",
  );
  expect(tables.getRows().length).toBeGreaterThan(10);
  for (const [table] of tables.getRows()) {
    const rows = await connection.runAndReadAll(`SELECT CAST(t AS VARCHAR) FROM ${table} AS t`);
    expect(rows.getRows().join('\n'), String(table)).not.toMatch(SECRET);
  }
  const kept = await connection.runAndReadAll(
    'SELECT DISTINCT payee_type, payee_id, account FROM payee_row ORDER BY 2',
  );
  expect(kept.getRows()).toEqual([
    ['anchor', 'a1', '6222000000000001'],
    ['anchor', 'a7', 'SECRET10'],
  ]);
  connection.closeSync();
  instance.closeSync();
});

describe('as every other export', () => {
  const ROWS = [
    ['机构', '12', '王, "丽"', '招商银行', '0062220212345678901'],
    ['anchor', '12', '', '', 'CN12AB'],
  ];
  const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const csv = `${HEADER}${ROWS.map((row) => row.map(cell).join()).join('\n')}\n`;
  const sheet = (rows: Iterable<readonly string[]>, account: 'id' | 'count'): BookSheet => ({
    ...{ name: 'payees', title: ['收款方', '2023-11'], rows, filter: false },
    columns: HEADER.trim()
      .split(',')
      .map((head) => ({ head, kind: head === '账号' ? account : 'id' })),
  });

  const WRITTEN: [string, (path: string) => unknown][] = [
    ['payees.csv', (path) => writeFileSync(path, csv)],
    ['Payees-2.CSV.GZ', (path) => writeFileSync(path, gzipSync(csv))],
    ['payees.xlsx', (path) => writeBook(path, [sheet(ROWS, 'id')], { title: 't', font: 'Calibri' })],
    [
      'payees.parquet',
      (path) =>
        withDatabase(':memory:', async (connection) => {
          writeFileSync(`${path}.csv`, csv);
          await connection.run(`COPY (FROM read_csv('${path}.csv', all_varchar = true)) TO '${path}' (FORMAT parquet)`);
          rmSync(`${path}.csv`);
        }),
    ],
  ];

  test.each(WRITTEN)('%s', DEEP, async (name, make) => {
    const place = workspace();
    mkdirSync(join(place, 'exports'));
    await make(join(place, 'exports', name));
    expect((await settle(['load', 'exports'], { cwd: place })).exit).toBe(0);
    const rows = await withDatabase(join(place, 'settlement.duckdb'), (connection) =>
      connection.runAndReadAll('SELECT payee_type, payee_id, name, bank, account FROM payee_row ORDER BY line'),
    );
    const [first, second] = ROWS as [string[], string[]];
    expect(rows.getRows()).toEqual([
      ['agency', ...first.slice(1)],
      [...second.slice(0, 2), null, null, second[4]],
    ]);
  });

  test('an account that a workbook holds as a number has lost digits, and is left out', DEEP, async () => {
    const place = workspace();
    mkdirSync(join(place, 'exports'));
    const rows = [['agency', '12', '', '', '6222021234567890']];
    await writeBook(join(place, 'exports/payees.xlsx'), [sheet(rows, 'count')], { title: 't', font: 'Calibri' });
    const { stdout, stderr } = await settle(['load', 'exports'], { cwd: place });
    expect(stdout).toMatch(/`account`: bad_value/);
    expect(`${stdout}${stderr}`).not.toContain('6222');
  });
});

async function withDatabase<T>(file: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
