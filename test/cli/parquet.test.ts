import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { anchorsCsv, sessionsCsv } from '../exports.js';
import { contentOf, FIGURES, SAMPLE_POLICY, workspace, write } from '../workspace.js';
import { settle } from './program.js';

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

test('the line of a row is its number + 1', async () => {
  const faulty = ROWS[1]?.replace("'s2'", "'s 2'") as string;
  const { exit, json } = await settle(RUN, { cwd: await place([ROWS[0] as string, faulty, ROWS[2] as string]) });
  expect(exit).toBe(4);
  const quarantine = readFileSync(join(json.run_dir, 'quarantine.csv'), 'utf8').split('\n');
  expect(quarantine[1]).toMatch(/^sessions\.parquet,3,session_id,bad_id,s 2,/);
});

test('times with a time zone are converted to Beijing, whatever the zone of the machine', async () => {
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

test.each([
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

test('a time keeps what it has of a second, to its last digit', async () => {
  const end = ['2023-11-05 21:00:00.000000999', '2023-11-06 21:00:00', '2023-11-07 21:00:00'];
  const rows = ROWS.map((row, at) => row.replace(/2023-11-0. 21:00:00/, end[at] as string));
  const { exit, json } = await settle(RUN, { cwd: await place(rows, { 下播时间: 'TIMESTAMP_NS' }) });
  expect(exit).toBe(4);
  expect(readFileSync(join(json.run_dir, 'quarantine.csv'), 'utf8')).toContain(
    'sessions.parquet,2,ended_at,bad_time,2023-11-05 21:00:00.000000999,',
  );
  expect(json.accounting).toMatchObject({ settled: 2, quarantined: 1 });
});

test.each(['DOUBLE', 'FLOAT'])('a price of the type %s is refused: what it holds is no exact figure', async (type) => {
  const { exit, json } = await settle(RUN, { cwd: await place(ROWS, { 结算单价: type }) });
  expect(exit).toBe(3);
  expect(json.error).toMatchObject({ code: 'input', file: 'sessions.parquet', column: 'unit_price' });
  expect(json.error.message).toContain(type);
});
