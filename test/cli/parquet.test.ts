import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { settle } from '../support/program.js';
import { contentOf, FIGURES, REPOSITORY, SAMPLE_POLICY, workspace, write } from '../support/workspace.js';

// @module-tag deep

/** Parquet exports: their columns are typed, and still each cell must be what a CSV would hold. */

const RUN = ['run', '--policy', SAMPLE_POLICY, '--input', '.', '--out', 'out', '--warehouse', ':memory:', '--json'];

async function writeParquet(path: string, select: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

const HEADER =
  '场次ID,主播ID,开播时间,下播时间,场次是否结算,内容质量等级,赛道,推荐有效用户停留时长,结算单价,内容稀缺度指数,有效时长秒,中途暂停,备注';
const ROWS = [
  "('s1', 'a1', '2023-11-05 20:00:00', '2023-11-05 21:00:00', true, 2, '文化', 1234.56, 0.010000, 1.000, 3000, false, 'x')",
  "('s2', 'a1', '2023-11-06 20:00:00', '2023-11-06 21:00:00', true, 3, '文化', 0.50, 0.020000, 1.250, NULL, true, NULL)",
  "('s3', 'a2', '2023-11-07 20:00:00', '2023-11-07 21:00:00', false, 4, '读书', 99999.99, NULL, 0.900, 0, NULL, '')",
];
const CSV = `${HEADER}
s1,a1,2023-11-05 20:00:00,2023-11-05 21:00:00,Y,2,文化,1234.56,0.01,1,3000,N,x
s2,a1,2023-11-06 20:00:00,2023-11-06 21:00:00,Y,3,文化,0.5,0.02,1.25,,Y,
s3,a2,2023-11-07 20:00:00,2023-11-07 21:00:00,N,4,读书,99999.99,,0.9,0,,
`;

/** The rows with types of their own; `replaced` gives other SQL for a column. */
function typed(rows: readonly string[], replaced: Record<string, string> = {}): string {
  const types: Record<string, string> = {
    场次ID: 'VARCHAR',
    主播ID: 'VARCHAR',
    开播时间: 'TIMESTAMP',
    下播时间: 'TIMESTAMP',
    场次是否结算: 'BOOLEAN',
    内容质量等级: 'INTEGER',
    赛道: 'VARCHAR',
    推荐有效用户停留时长: 'DECIMAL(15, 2)',
    结算单价: 'DECIMAL(12, 6)',
    内容稀缺度指数: 'DECIMAL(7, 3)',
    有效时长秒: 'BIGINT',
    中途暂停: 'BOOLEAN',
    备注: 'VARCHAR',
  };
  const columns = HEADER.split(',').map((name) => `CAST("${name}" AS ${replaced[name] ?? types[name]}) AS "${name}"`);
  const names = HEADER.split(',').map((name) => `"${name}"`);
  return `SELECT ${columns.join(', ')} FROM (VALUES ${rows.join(', ')}) AS t(${names.join(', ')})`;
}

async function place(rows: readonly string[], replaced?: Record<string, string>): Promise<string> {
  const cwd = workspace();
  write(cwd, { 'anchors.csv': anchorsCsv('a1', 'a2') });
  await writeParquet(join(cwd, 'sessions.parquet'), typed(rows, replaced));
  return cwd;
}

test('typed columns under Chinese headers settle as the CSV does', async () => {
  const parquet = await settle(RUN, { cwd: await place(ROWS) });
  const cwd = workspace();
  write(cwd, { 'anchors.csv': anchorsCsv('a1', 'a2'), 'sessions.csv': CSV });
  const csv = await settle(RUN, { cwd });
  expect([parquet.exit, csv.exit]).toEqual([0, 0]);
  expect(csv.json.totals.watch_time).toBe('12.35');
  expect(contentOf(parquet.json.run_dir, FIGURES)).toEqual(contentOf(csv.json.run_dir, FIGURES));
  expect(parquet.json.warnings).toEqual([expect.stringMatching(/备注.*sessions\.parquet|sessions\.parquet.*备注/)]);
  expect((await settle(['verify', parquet.json.run_dir], { cwd })).exit).toBe(0);
});

test('the line of a row is its number + 1', DEEP, async () => {
  const faulty = ROWS[1]?.replace("'s2'", "'s 2'") as string;
  const { exit, json } = await settle(RUN, { cwd: await place([ROWS[0] as string, faulty, ROWS[2] as string]) });
  expect(exit).toBe(4);
  const quarantine = readFileSync(join(json.run_dir, 'quarantine.csv'), 'utf8').split('\n');
  expect(quarantine[1]).toMatch(/^sessions\.parquet,3,session_id,bad_id,s 2,/);
});

test('times with a time zone are converted to Beijing, whatever the zone of the machine', DEEP, async () => {
  const utc = ROWS.map((row) => row.replace(/ 21:00:00'/, " 13:00:00+00'"));
  const cwd = await place(utc, { 下播时间: 'TIMESTAMPTZ' });
  const { exit, json } = await settle(RUN, { cwd, env: { TZ: 'America/New_York' } });
  expect(exit).toBe(0);
  const plain = await settle(RUN, { cwd: await place(ROWS) });
  expect(contentOf(json.run_dir, FIGURES)).toEqual(contentOf(plain.json.run_dir, FIGURES));
});

/** Changes names in a file's footer as its writer would have written them: DuckDB itself writes no name twice. */
function rename(path: string, from: string, to: string): void {
  expect(Buffer.byteLength(to)).toBe(Buffer.byteLength(from));
  const text = readFileSync(path).toString('latin1');
  const [was, is] = [from, to].map((name) => Buffer.from(name).toString('latin1')) as [string, string];
  expect(text).toContain(was);
  writeFileSync(path, Buffer.from(text.replaceAll(was, is), 'latin1'));
}

async function anchorsParquet(codes: string, ...renamed: [from: string, to: string][]): Promise<string> {
  const cwd = workspace();
  write(cwd, { 'sessions.csv': sessionsCsv({ id: 's1' }) });
  const path = join(cwd, 'anchors.parquet');
  await writeParquet(
    path,
    `SELECT 'a1' AS anchor_id, 'content' AS account_kind, '2023-05-01' AS first_live_on, ${codes}`,
  );
  for (const [from, to] of renamed) rename(path, from, to);
  return cwd;
}

variations([
  ['Compliance_Code', "'old' AS Compliance_Cod_, 'red' AS compliance_code"],
  ['COMPLIANCE_CODE', "'red' AS compliance_code, 'old' AS COMPLIANCE_COD_"],
])('a column is known by its own name: %s beside it is another', async (other, codes) => {
  const { exit, json } = await settle(RUN, {
    cwd: await anchorsParquet(codes, [other.replace(/e$/i, '_'), other]),
  });
  expect(exit).toBe(0);
  expect(json.totals).toMatchObject({ total: '0.00', forfeited: '10.00' });
  expect(json.warnings).toEqual([`the unknown column ${other} is ignored (anchors.parquet)`]);
});

test('a column that stands twice is refused, one within a structure is none', async () => {
  const codes =
    "{'compliance_code': 'red'} AS more, ['green'] AS list, 'green' AS compliance_cod1, 'red' AS compliance_cod2";
  const one: [string, string] = ['compliance_cod1', 'compliance_code'];
  const fine = await settle(RUN, { cwd: await anchorsParquet(codes, one) });
  expect([fine.exit, fine.json.totals.total]).toEqual([0, '10.00']);
  const twice = await settle(RUN, { cwd: await anchorsParquet(codes, one, ['compliance_cod2', 'compliance_code']) });
  expect(twice.exit).toBe(3);
  expect(twice.json.error.message).toMatch(/the header has the column compliance_code .+ twice/);
});

test('a time keeps what it has of a second, to its last digit', DEEP, async () => {
  const end = ['2023-11-05 21:00:00.000000999', '2023-11-06 21:00:00', '2023-11-07 21:00:00'];
  const rows = ROWS.map((row, at) => row.replace(/2023-11-0. 21:00:00/, end[at] as string));
  const { exit, json } = await settle(RUN, { cwd: await place(rows, { 下播时间: 'TIMESTAMP_NS' }) });
  expect(exit).toBe(4);
  expect(readFileSync(join(json.run_dir, 'quarantine.csv'), 'utf8')).toContain(
    'sessions.parquet,2,ended_at,bad_time,2023-11-05 21:00:00.000000999,',
  );
  expect(json.accounting).toMatchObject({ settled: 2, quarantined: 1 });
});

variations(['DOUBLE', 'FLOAT'])('a price of the type %s is refused: what it holds is no exact figure', async (type) => {
  const { exit, json } = await settle(RUN, { cwd: await place(ROWS, { 结算单价: type }) });
  expect(exit).toBe(3);
  expect(json.error).toMatchObject({ code: 'input', file: 'sessions.parquet', column: 'unit_price' });
  expect(json.error.message).toContain(type);
});

test('whole numbers wider than 64 bits, which DuckDB writes as DOUBLE, are refused with a way out', DEEP, async () => {
  const { exit, json } = await settle(RUN, { cwd: await place(ROWS, { 有效时长秒: 'HUGEINT' }) });
  expect([exit, json.error.column]).toEqual([3, 'effective_seconds']);
  expect(json.error.message).toContain('the column 有效时长秒 is of the type DOUBLE');
  expect(json.error.mend).toContain("df['有效时长秒'].astype('Int64')");
});

test('numbers as flags, enums and DECIMALs below 1 read as their text', DEEP, async () => {
  const replaced = { 场次是否结算: 'INTEGER', 赛道: "ENUM('文化', '读书')", 结算单价: 'DECIMAL(6, 6)' };
  const typed = await settle(RUN, { cwd: await place(ROWS, replaced) });
  const plain = await settle(RUN, { cwd: await place(ROWS) });
  expect([typed.exit, typed.json.totals.watch_time]).toEqual([0, '12.35']);
  expect(contentOf(typed.json.run_dir, FIGURES)).toEqual(contentOf(plain.json.run_dir, FIGURES));
});

test('spaces around a text are no part of it, and a blank text is none', DEEP, async () => {
  const seconds = [' 3000\t', ' \t', '0'];
  const rows = ROWS.map((row, at) =>
    row.replace(/'(s\d|文化)'/g, "' \t$1  '").replace(/, (3000|NULL|0), (?=false|true|NULL)/, `, '${seconds[at]}', `),
  );
  const spaced = await settle(RUN, { cwd: await place(rows, { 有效时长秒: 'VARCHAR' }) });
  const plain = await settle(RUN, { cwd: await place(ROWS) });
  expect([spaced.exit, contentOf(spaced.json.run_dir, FIGURES)]).toEqual([0, contentOf(plain.json.run_dir, FIGURES)]);
});

describe('INT96, which says neither UTC nor Beijing', () => {
  const MONTH = join(REPOSITORY, 'test/parquet');

  /** The exports of a month, of which this writer wrote the sessions, and the policies for it. */
  function month(writer: string, settings = ''): string {
    const cwd = workspace();
    for (const folder of ['exports', 'policies']) mkdirSync(join(cwd, folder));
    copyFileSync(join(MONTH, 'anchors.csv'), join(cwd, 'exports/anchors.csv'));
    copyFileSync(join(MONTH, `${writer}.parquet`), join(cwd, 'exports/sessions-2023-11.parquet'));
    copyFileSync(SAMPLE_POLICY, join(cwd, 'policies/policy.yaml'));
    return settings === '' ? cwd : write(cwd, { 'settle.yaml': settings });
  }

  const MONTHLY = ['run', '--policy', SAMPLE_POLICY, '--input', 'exports', '--no-statements', '--json'];
  const NIGHT = ['nightly', '--date', '2023-11-30', '--input', 'exports', '--no-statements', '--json'];
  const LOAD = ['load', 'exports', '--json'];

  variations([
    ['run', MONTHLY],
    ['load', LOAD],
    ['nightly', NIGHT],
  ])('%s refuses it and loads nothing', async (_name, words) => {
    const cwd = month('spark43-ts');
    const { exit, json, stderr } = await settle(words, { cwd });
    expect([exit, json.error]).toMatchObject([
      3,
      { code: 'input', file: 'sessions-2023-11.parquet', column: 'started_at' },
    ]);
    expect(stderr).toContain('written by parquet-mr version 1.17.0');
    expect(stderr).toContain('--parquet-int96 instant');
    expect(existsSync(join(cwd, 'settlement.duckdb'))).toBe(false);
  });

  test('a flag, a variable or a setting says what it is', async () => {
    const totals = async (cwd: string, words: string[], env: NodeJS.ProcessEnv = {}) =>
      (await settle(words, { cwd, env })).json.totals.total;
    expect(await totals(month('spark43-ts'), [...MONTHLY, '--parquet-int96', 'instant'])).toBe('49891.91');
    expect(await totals(month('spark43-ts'), MONTHLY, { SETTLE_PARQUET_INT96: 'wall' })).toBe('49485.58');
    expect(await totals(month('spark43-ts', 'parquet_int96: instant\n'), MONTHLY)).toBe('49891.91');
  });

  test('nightly, load and diff take it too', DEEP, async () => {
    const night = await settle([...NIGHT, '--parquet-int96', 'instant'], { cwd: month('spark43-ts') });
    expect([night.exit, night.json.periods]).toMatchObject([0, [{ totals: { total: '49891.91' } }]]);
    const cwd = month('pa-naive');
    expect((await settle(MONTHLY, { cwd })).exit).toBe(0);
    const other = join(month('spark43-ts'), 'exports');
    const diff = ['diff', 'latest', '--input', other, '--json', '--parquet-int96'];
    expect((await settle([...diff, 'instant'], { cwd })).json.total).toMatchObject({ delta: '0.00' });
    expect((await settle([...diff, 'wall'], { cwd })).json.total).toMatchObject({ delta: '-406.33' });
    const loaded = await settle([...LOAD, '--parquet-int96', 'wall'], { cwd: month('spark43-ts') });
    expect([loaded.exit, loaded.json.loaded]).toMatchObject([0, [{ rows: 8 }, { rows: 356 }]]);
  });

  variations([
    ['run', MONTHLY],
    ['load', LOAD],
    ['nightly', NIGHT],
    ['diff', ['diff', 'latest', 'closed', '--json']],
  ])('%s takes no other word', async (_name, words) => {
    const { exit, json } = await settle([...words, '--parquet-int96', 'utc'], { cwd: month('spark43-ts') });
    expect([exit, json.error.message]).toEqual([2, '--parquet-int96 utc is neither instant nor wall']);
  });

  test('nor does the file of settings', DEEP, async () => {
    const { exit, stderr } = await settle(MONTHLY, { cwd: month('spark43-ts', 'parquet_int96: utc\n') });
    expect(exit).toBe(2);
    expect(stderr).toContain("expected instant (UTC) or wall (Beijing's clock)");
  });
});
