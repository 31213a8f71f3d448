import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SettleError } from '../../src/core/errors.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { DEEP, variations } from '../support/deep.js';
import { SAMPLE_POLICY, settle, workspace } from '../support/workspace.js';

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
  ['spark43-ts.csv', THE_MONTH, 1],
  ['chdb64.csv', THE_MONTH, 1],
  ['duckdb2-tz.csv', THE_MONTH, 1],
  ['pandas-float.csv', THE_MONTH, 1],
  ['wps.csv', THE_MONTH, 1],
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
  return settle({
    policy: SAMPLE_POLICY,
    input,
    out: join(workspace(), 'out'),
    statements: false,
    parquetInt96,
    encoding: 'gb18030',
  });
}

let month0: Promise<string> | undefined;
/** `sessions.csv` of the month as the plainest of the writers has it: the same bytes whoever wrote it. */
function theMonth(): Promise<string> {
  month0 ??= month('pa-naive.parquet').then(({ runDir }) => readFileSync(join(runDir, 'sessions.csv'), 'utf8'));
  return month0;
}

variations(
  SETTLED,
  0,
  4,
  8,
)('%s settles to %s', async (file, total, outside, int96) => {
  const { exit, manifest, runDir } = await month(file, int96);
  expect([exit, manifest.totals.total]).toEqual([0, total]);
  if (total === THE_MONTH) expect(readFileSync(join(runDir, 'sessions.csv'), 'utf8')).toBe(await theMonth());
  const accounting = { rows_read: 356, settled: 356 - outside, outside_period: outside, quarantined: 0 };
  expect(manifest.accounting).toMatchObject(accounting);
});

variations(
  REFUSED,
  0,
  1,
)('%s is refused, with its writer and what that can do', async (file, said) => {
  const error = await month(file).catch((failure: unknown) => failure);
  if (!(error instanceof SettleError)) throw new Error(`${file} was read`);
  expect([error.exit, error.details.file]).toEqual([3, 'sessions-2023-11.parquet']);
  for (const words of said) expect(`${error.message} ${error.details.mend}`).toMatch(words);
});

test('no file is left out', () => {
  const there = readdirSync(HERE).filter((name) => /\.(parquet|csv)$/.test(name) && name !== 'anchors.csv');
  const tried = [...SETTLED, ...REFUSED].map(([file]) => file);
  expect([...new Set(tried)].sort()).toEqual(there.sort());
});

test(
  'what is held is read again where INT96 is said to mean something else, and stands where nothing is said',
  DEEP,
  async () => {
    const input = workspace();
    copyFileSync(join(HERE, 'anchors.csv'), join(input, 'anchors.csv'));
    copyFileSync(join(HERE, 'spark43-ts.parquet'), join(input, 'sessions-2023-11.parquet'));
    const place = { policy: SAMPLE_POLICY, input, out: join(workspace(), 'out'), statements: false };
    const warehouse = join(workspace(), 'w.duckdb');
    const totals: [string, number][] = [];
    const ids = new Set<string>();
    for (const parquetInt96 of ['wall', undefined, 'instant', 'instant', undefined]) {
      const { manifest, load } = await settle({ ...place, warehouse, parquetInt96 });
      totals.push([String(manifest.totals.total), load.loaded.length]);
      ids.add(manifest.run_id);
    }
    expect(totals).toEqual([
      ['49485.58', 2],
      ['49485.58', 0],
      [THE_MONTH, 1],
      [THE_MONTH, 0],
      [THE_MONTH, 0],
    ]);
    expect(ids.size).toBe(2);
  },
);
