import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunResult } from '../../src/commands/run.js';
import { SettleError } from '../../src/errors.js';
import { SAMPLE_POLICY, settle, workspace } from '../workspace.js';

/** One month as real programs write it (README.md beside this file): each file settles to what it means, or is refused. */

const THE_MONTH = '49891.91';

/** The total that a file settles to, and how many of its 356 sessions end outside November. */
const SETTLED: [file: string, total: string, outside: number, int96?: 'instant' | 'wall'][] = [
  ['pa-naive.parquet', THE_MONTH, 1],
  ['pa-nested.parquet', THE_MONTH, 1],
  ['pa-tz.parquet', THE_MONTH, 1],
  ['polars-tz.parquet', THE_MONTH, 1],
  ['spark35-micros.parquet', THE_MONTH, 1],
  ['chdb.parquet', THE_MONTH, 1],
  ['duckdb2-tz.parquet', THE_MONTH, 1],
  ['parquetgo-utc.parquet', THE_MONTH, 1],
  ['spark43-ntz.parquet', THE_MONTH, 1],
  ['spark43-ts.parquet', THE_MONTH, 1, 'instant'],
  ['spark43-ts.parquet', '49485.58', 8, 'wall'], // eight hours early, for its times are UTC
  ['hyparquet-date.parquet', THE_MONTH, 1],
  ['parquetjs.parquet', THE_MONTH, 1],
  ['pa-dec66.parquet', THE_MONTH, 1],
  ['pandas-int64.parquet', THE_MONTH, 1],
  ['hyparquet-allnull.parquet', '50814.14', 1], // no replay is deleted
  ['hyparquet-allnull.parquet', '50814.14', 1, 'wall'],
];

/** What is said of a file that can't be read for what it says: the columns, the writer, and what it can do. */
const REFUSED: [file: string, said: RegExp[]][] = [
  ['pandas-naive.parquet', [/effective_seconds is of the type DOUBLE/, /parquet-cpp-arrow/, /astype\('Int64'\)/]],
  [
    'spark43-ts.parquet',
    [
      /columns started_at, ended_at, replay_deleted_at are INT96/,
      /parquet-mr version 1\.17\.0/,
      /spark\.sql\.parquet\.outputTimestampType=TIMESTAMP_MICROS .*TIMESTAMP_NTZ/,
      /--parquet-int96 instant .*parquet_int96/,
    ],
  ],
  [
    'pa-bss.parquet',
    [/unit_price, effective_seconds are written in the encoding BYTE_STREAM_SPLIT/, /use_byte_stream_split=False/],
  ],
];

const HERE = import.meta.dirname;

async function month(file: string, parquetInt96?: string): Promise<RunResult> {
  const input = workspace();
  copyFileSync(join(HERE, 'anchors.csv'), join(input, 'anchors.csv'));
  copyFileSync(join(HERE, file), join(input, `sessions-2023-11${file.slice(file.indexOf('.'))}`));
  return settle({ policy: SAMPLE_POLICY, input, out: join(workspace(), 'out'), statements: false, parquetInt96 });
}

test.each(SETTLED)('%s settles to %s', async (file, total, outside, int96) => {
  const { exit, manifest } = await month(file, int96);
  expect([exit, manifest.totals.total]).toEqual([0, total]);
  const accounting = { rows_read: 356, settled: 356 - outside, outside_period: outside, quarantined: 0 };
  expect(manifest.accounting).toMatchObject(accounting);
});

test.each(REFUSED)('%s is refused, with its writer and what that can do', async (file, said) => {
  const error = await month(file).catch((failure: unknown) => failure);
  if (!(error instanceof SettleError)) throw new Error(`${file} was read`);
  expect([error.exit, error.details.file]).toEqual([3, 'sessions-2023-11.parquet']);
  for (const words of said) expect(`${error.message} ${error.details.mend}`).toMatch(words);
});

test('no file is left out', () => {
  const there = readdirSync(HERE).filter((name) => name.endsWith('.parquet'));
  const tried = [...SETTLED, ...REFUSED].map(([file]) => file);
  expect([...new Set(tried)].sort()).toEqual(there.sort());
});
