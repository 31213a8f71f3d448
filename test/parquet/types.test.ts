import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SettleError } from '../../src/core/errors.js';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { SAMPLE_POLICY, settle, workspace, write } from '../support/workspace.js';

// @module-tag deep

/** Types, precisions and annotations that no writer of the month uses (more/README.md). */

const MORE = join(import.meta.dirname, 'more');

async function settled(file: string, parquetInt96?: string) {
  const input = workspace();
  const anchors = file.startsWith('anchors');
  const csv: Record<string, string> = anchors
    ? { 'sessions.csv': sessionsCsv({ id: 's1' }) }
    : { 'anchors.csv': anchorsCsv('a1') };
  write(input, csv);
  copyFileSync(join(MORE, `${file}.parquet`), join(input, anchors ? 'anchors.parquet' : 'sessions.parquet'));
  const { manifest, runDir } = await settle({
    policy: SAMPLE_POLICY,
    input,
    out: join(workspace(), 'out'),
    statements: false,
    parquetInt96,
  });
  const lines = readFileSync(join(runDir, 'quarantine.csv'), 'utf8').split('\n').slice(1, -1);
  return {
    total: manifest.totals.total,
    // line, column, code and value
    quarantine: lines.map((line) => line.split(',').slice(1, 5).join(' ')),
    read: readFileSync(join(runDir, 'inputs', 'anchors.csv'), 'utf8'),
  };
}

const FAR = ['2 ended_at bad_time out of range', '3 ended_at bad_time out of range'];

variations<[file: string, total: string, quarantine: string[], int96?: string]>(
  [
    ['ns-utc-groups', '30.00', []],
    [
      'ns-utc',
      '10.00',
      ['3 ended_at bad_time 2023-11-06 21:00:00.000000001', '4 ended_at bad_time 2023-11-07 21:00:00.999'],
    ],
    [
      'ns-naive',
      '10.00',
      ['3 ended_at bad_time 2023-11-06 21:00:00.000000001', '4 ended_at bad_time 2023-11-07 21:00:00.999'],
    ],
    [
      'int96-ns',
      '10.00',
      ['3 ended_at bad_time 2023-11-06 21:00:00.000000001', '4 ended_at bad_time 2023-11-07 21:00:00.999'],
      'instant',
    ],
    [
      'int96-ns',
      '10.00',
      ['3 ended_at bad_time 2023-11-06 13:00:00.000000001', '4 ended_at bad_time 2023-11-07 13:00:00.999'],
      'wall',
    ],
    ['ns-utc-far', '0.00', [...FAR, '4 replay_deleted_at bad_time out of range']],
    ['int96-far', '10.00', FAR, 'instant'],
    ['int96-nulls', '30.00', []],
    ['nulls', '30.00', []],
    ['decimal-wide-nulls', '30.00', []],
    [
      'decimal-all-scales',
      '10.00',
      [
        "3 unit_price out_of_range '-0.01000000000000000000000000000000000000",
        '4 unit_price too_precise 0.00000000000000000000000000000000000001',
      ],
    ],
    ['types', '20.00', []],
    ['hyparquet-logical', '20.02', []],
    ['hyparquet-interval', '20.02', []],
  ],
  0,
  1,
  2,
  3,
)('%s settles to %s', async (file, total, quarantine, int96) => {
  const found = await settled(file, int96);
  expect(found).toMatchObject({ total, quarantine });
});

const EIGHT = '3 first_live_on bad_date 2023-05-01 08:00:00';

variations<[file: string, quarantine: string[], int96?: string]>([
  ['anchors-us', [EIGHT]],
  ['anchors-ns', [EIGHT]],
  ['anchors-us-utc', [EIGHT]],
  ['anchors-ns-utc', [EIGHT]],
  ['anchors-int96', [EIGHT], 'instant'],
  ['anchors-ns-late', ['3 first_live_on bad_date 2023-05-01 00:00:00.000000001']],
])('%s: midnight in Beijing is a date, any other time is none', async (file, quarantine, int96) => {
  const found = await settled(file, int96);
  expect(found.quarantine).toEqual([...quarantine, '4 first_live_on missing ']);
  expect(found.read).toContain('a1,,,content,2023-05-01,');
  expect(found.total).toBe('10.00');
});

test('a date64 is a date', DEEP, async () => {
  expect(await settled('anchors-date64')).toMatchObject({ total: '10.00', quarantine: [] });
});

test('midnight by the clock of UTC is none in Beijing', DEEP, async () => {
  const found = await settled('anchors-int96', 'wall');
  expect(found.quarantine).toEqual([
    '2 first_live_on bad_date 2023-04-30 16:00:00',
    '4 first_live_on missing ',
    '2 anchor_id unknown_anchor a1',
  ]);
});

async function refusal(file: string): Promise<{ message: string; mend: string }> {
  const error = await settled(file).catch((failure: unknown) => failure);
  if (!(error instanceof SettleError)) throw new Error(`${file} was read`);
  expect(error.exit).toBe(3);
  return { message: error.message, mend: error.details.mend as string };
}

test('every column that is unsuited is named, with its type and what to write', async () => {
  const { message, mend } = await refusal('misfits');
  for (const said of [
    'ended_at is of the type TIME',
    'settleable is of the type STRUCT(a BIGINT)',
    'quality_level is of the type BIGINT[]',
    'track is of the type BLOB',
    'rec_dwell_minutes is DECIMAL(40,2), of more than 38 digits',
    'unit_price, effective_seconds are of the type DOUBLE',
    'scarcity_index is of the type FLOAT',
    'opted_out is of the type JSON',
    'parquet-cpp-arrow version 26.0.1',
  ])
    expect(message).toContain(said);
  for (const said of [
    'Write ended_at as TIMESTAMP or text',
    'Write settleable as BOOLEAN or text',
    'Write quality_level as an integer.',
    'Write track as a string',
    'Write rec_dwell_minutes as DECIMAL(38,2) or less',
    'Write unit_price as DECIMAL or text',
    "df['effective_seconds'].astype('Int64')",
    'Write scarcity_index as DECIMAL or text',
  ])
    expect(mend).toContain(said);
});

test('a DECIMAL of more than 38 digits is refused, whatever DuckDB makes of it', DEEP, async () => {
  expect((await refusal('hyparquet-decimal40')).message).toContain('rec_dwell_minutes is DECIMAL(40,2)');
});

test('a column of several values a row is none of one', DEEP, async () => {
  expect((await refusal('parquetjs-repeated')).message).toMatch(/started_at .+ TIMESTAMP\[\].+ track .+ VARCHAR\[\]/);
});

variations(['int96-ns', 'int96-far', 'anchors-int96'])(
  '%s is refused where nobody says what INT96 is',
  async (file) => {
    expect((await refusal(file)).message).toMatch(/INT96, which doesn't say whether .+ written by parquet-cpp-arrow/);
  },
);
