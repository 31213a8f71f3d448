import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { anchorsCsv } from '../exports.js';
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

test.each(['DOUBLE', 'FLOAT'])('a price of the type %s is refused: what it holds is no exact figure', async (type) => {
  const { exit, json } = await settle(RUN, { cwd: await place(ROWS, { 结算单价: type }) });
  expect(exit).toBe(3);
  expect(json.error).toMatchObject({ code: 'input', file: 'sessions.parquet', column: 'unit_price' });
  expect(json.error.message).toContain(type);
});
