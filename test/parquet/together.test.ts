import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { SAMPLE_POLICY, settle, workspace, write } from '../support/workspace.js';

/** Parquet files of one layout are read together: what becomes of each row is what its own file makes of it. */

const NIGHTS = {
  // A row that comes twice, and a correction of a row of the first file; a faulty end and a faulty flag on their lines.
  'sessions-1': sessionsCsv({ id: 's1' }, { id: 's2', end: '25:00:00' }, { id: 's3', day: '2023-11-06' }),
  'sessions-2': sessionsCsv(
    { id: 's4', day: '2023-11-07' },
    { id: 's4', day: '2023-11-07' },
    { id: 's3', dwell: '5.00' },
  ),
  'sessions-3': sessionsCsv(),
  'sessions-4': sessionsCsv({ id: 's5', day: '2023-11-08' }, { id: 's6', settleable: '?' as 'Y' }),
};

async function inParquet(csv: Record<string, string>): Promise<string> {
  const input = workspace();
  write(input, { 'anchors.csv': anchorsCsv('a1') });
  const texts = workspace();
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const [name, text] of Object.entries(csv)) {
    write(texts, { [`${name}.csv`]: text });
    const cells = `read_csv('${join(texts, `${name}.csv`)}', header = true, all_varchar = true, auto_detect = false, columns = {${columns(text)}})`;
    await connection.run(`COPY (FROM ${cells}) TO '${join(input, `${name}.parquet`)}' (FORMAT parquet)`);
  }
  connection.closeSync();
  return input;
}

const columns = (text: string): string =>
  (text.split('\n')[0] ?? '')
    .split(',')
    .map((name) => `'${name}': 'VARCHAR'`)
    .join(', ');

async function settled(input: string): Promise<Record<string, string>> {
  const { runDir } = await settle({ policy: SAMPLE_POLICY, input, out: join(workspace(), 'out'), statements: false });
  const files = ['settlement.csv', 'days.csv', 'sessions.csv', 'quarantine.csv', 'notices.csv'];
  return Object.fromEntries(
    files.map((file) => [file, readFileSync(join(runDir, file), 'utf8').replaceAll('.parquet', '.csv')]),
  );
}

test('several settle as the same as CSV, faults on their own lines', async () => {
  const csv = workspace();
  const named = Object.entries(NIGHTS).map(([name, text]) => [`${name}.csv`, text]);
  write(csv, { 'anchors.csv': anchorsCsv('a1'), ...Object.fromEntries(named) });
  const together = await settled(await inParquet(NIGHTS));
  expect(together).toEqual(await settled(csv));
  const faults = together['quarantine.csv']?.trim().split('\n').slice(1);
  expect(faults?.map((line) => line.split(',').slice(0, 3).join(' '))).toEqual([
    'sessions-1.csv 3 ended_at',
    'sessions-4.csv 3 settleable',
  ]);
});

test('of several the one is named whose pages are damaged', async () => {
  const input = await inParquet(NIGHTS);
  const path = join(input, 'sessions-2.parquet');
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0xff, 4, 60));
  const out = join(workspace(), 'out');
  const refused = settle({ policy: SAMPLE_POLICY, input, out, statements: false });
  await expect(refused).rejects.toMatchObject({ exit: 3, details: { file: 'sessions-2.parquet' } });
});
