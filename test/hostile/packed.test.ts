import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, expect, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, SESSIONS_HEADER, sessionLine, sessionsCsv } from '../support/exports.js';
import { settle } from '../support/program.js';
import { SAMPLE_POLICY, workspace, write } from '../support/workspace.js';
import { type Files, type Hostile, survive } from './survive.js';

// @module-tag deep

/** gzip and Parquet files that are damaged, bloated, or hold what no export holds. */

const ANCHORS: Files = { 'anchors.csv': anchorsCsv('a1') };
const TEXT = sessionsCsv({ id: 's1' });
const PACKED = gzipSync(TEXT);
const MORE = gzipSync(`${sessionLine({ id: 's2' })}\n`);
const gz = (parts: Uint8Array[], rest: Omit<Hostile, 'files'>): Hostile => ({
  files: { ...ANCHORS, 'sessions.csv.gz': Buffer.concat(parts) },
  ...rest,
});
const changed = (bytes: Uint8Array, at: number, to: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at < 0 ? copy.length + at : at] = to;
  return copy;
};

const GZIP: Record<string, Hostile> = {
  'two members': gz([PACKED, MORE], { exit: 0, total: '20.00' }),
  'a member of nothing between two': gz([PACKED, gzipSync(''), MORE], { exit: 0, total: '20.00' }),
  'garbage behind the end': gz([PACKED, Buffer.from('garbage')], { exit: 3, words: /damaged gzip file/ }),
  'a zero behind the end, as padding': gz([PACKED, Buffer.alloc(1)], { exit: 0, total: '10.00' }),
  'a byte behind zeros behind the end': gz([PACKED, Buffer.alloc(700), Buffer.from('x')], {
    exit: 3,
    words: /damaged gzip file \(.* from byte \d+\)/,
  }),
  'NULs between two members': gz([PACKED, Buffer.alloc(600), MORE], { exit: 3, words: /damaged gzip file/ }),
  'many zeros behind the end': gz([PACKED, Buffer.alloc(5_000_000)], { exit: 0, total: '10.00' }),
  'a byte behind many zeros': gz([PACKED, Buffer.alloc(5_000_000), Buffer.from('x')], {
    exit: 3,
    words: /damaged gzip file/,
  }),
  'a second member without its first byte': gz([PACKED, changed(MORE, 0, 0)], { exit: 3, words: /damaged gzip file/ }),
  'a second member cut off': gz([PACKED, MORE.subarray(0, 12)], { exit: 3, words: /damaged gzip file/ }),
  'a wrong checksum': gz([changed(PACKED, -8, 0x55), MORE], { exit: 3, words: /damaged gzip file/ }),
  'a wrong length': gz([changed(PACKED, -1, 0x55)], { exit: 3, words: /damaged gzip file/ }),
  'gzip in gzip': gz([gzipSync(PACKED)], { exit: 3 }),
  'a NUL in the text': gz([PACKED, gzipSync('\0')], { exit: 3, words: /NUL byte/ }),
  'a sequence of UTF-8 over two members': gz(
    [gzipSync(TEXT.slice(0, -1)), gzipSync(Buffer.from([0xe6, 0x96])), gzipSync(Buffer.from([0x87, 0x0a]))],
    { exit: 4, quarantine: ['2 scarcity_index bad_number'] },
  ),
  'text that packs a hundredfold': gz(
    [gzipSync(`${SESSIONS_HEADER},x\n${`${sessionLine({ id: 's1' })},\n`.repeat(20_000)}`)],
    {
      exit: 0,
      accounting: { rows_read: 20_000, collapsed: 19_999 },
    },
  ),
};

variations(
  Object.entries(GZIP),
  0,
  2,
)('gzip: %s', async (_what, hostile) => {
  await survive(hostile);
});

test('a file that unpacks to a thousand times its size is refused in seconds, with memory to spare', DEEP, async () => {
  const cwd = workspace();
  const block = gzipSync(Buffer.alloc(1 << 24, 'x')); // 16 MB in 16 kB
  const bomb = Buffer.concat([gzipSync(`${SESSIONS_HEADER}\n`), ...Array.from({ length: 8 }, () => block)]);
  write(cwd, { ...ANCHORS, 'sessions.csv.gz': bomb });
  const words = ['run', '--policy', SAMPLE_POLICY, '--input', '.', '--out', 'out', '--warehouse', ':memory:', '--json'];
  const peak = join(cwd, 'peak');
  const report = `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)))`;
  writeFileSync(join(cwd, 'report.cjs'), report);
  const env = { NODE_OPTIONS: `--require ${join(cwd, 'report.cjs')}` };
  const { exit, json } = await settle(words, { cwd, env });
  expect([exit, json.error.message]).toEqual([3, 'sessions.csv.gz: unpacks to more than 200 times its size']);
  expect(Number(readFileSync(peak, 'utf8'))).toBeLessThan(400_000); // kB
});

/** Known columns of a session with their types; `replaced` gives another expression for one. */
function session(replaced: Record<string, string> = {}, more = ''): string {
  const cells: Record<string, string> = {
    session_id: "'s' || i",
    anchor_id: "'a1'",
    started_at: "TIMESTAMP '2023-11-05 20:00:00'",
    ended_at: "TIMESTAMP '2023-11-05 21:00:00'",
    settleable: 'true',
    quality_level: '2',
    track: "'文化'",
    rec_dwell_minutes: '1000.00',
    unit_price: '0.010000',
    scarcity_index: '1.000',
    ...replaced,
  };
  const columns = Object.entries(cells).map(([name, sql]) => `${sql} AS "${name}"`);
  return `SELECT ${columns.join(', ')}${more} FROM range(1, 3) AS t(i)`;
}

/** Name → the Parquet file of a statement. */
const made = new Map<string, Promise<Buffer>>();
let statement: (sql: string) => Promise<unknown>;
beforeAll(async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  statement = (sql) => connection.run(sql);
});

async function parquetOf(select: string): Promise<Buffer> {
  const path = join(workspace(), 'x.parquet');
  await statement(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  return readFileSync(path);
}

interface ParquetCase extends Omit<Hostile, 'files'> {
  select?: string;
  /** What is done to the bytes. */
  harm?: (bytes: Buffer) => Buffer;
  name?: string;
}

const refusedType = (type: RegExp): Pick<Hostile, 'exit' | 'words'> => ({ exit: 3, words: type });
const LONG = `CAST('s' || i || repeat('x', 60) AS VARCHAR)`;
const PARQUET: Record<string, ParquetCase> = {
  'a price of DOUBLE': {
    select: session({ unit_price: '0.01::DOUBLE' }),
    ...refusedType(/unit_price is of the type DOUBLE/),
  },
  'an id of BLOB': {
    select: session({ session_id: "('s' || i)::BLOB" }),
    ...refusedType(/session_id is of the type BLOB/),
  },
  'an id of LIST': {
    select: session({ session_id: "['s' || i]" }),
    ...refusedType(/session_id is of the type VARCHAR\[\]/),
  },
  'a track of STRUCT': { select: session({ track: "{'a': '文化'}" }), ...refusedType(/track is of the type STRUCT/) },
  'a track of MAP': { select: session({ track: "MAP {'a': '文化'}" }), ...refusedType(/track is of the type MAP/) },
  'an end of TIME': {
    select: session({ ended_at: "TIME '20:00:00'" }),
    ...refusedType(/ended_at is of the type TIME/),
  },
  'an end of DATE': {
    select: session({ ended_at: "DATE '2023-11-06'" }),
    exit: 4,
    quarantine: ['2 ended_at bad_time', '3 ended_at bad_time'],
  },
  'unknown columns of every type': {
    select: session(
      {},
      ", 1.5::DOUBLE AS d, [1] AS l, {'a': 1} AS s, 'x'::BLOB AS b, MAP {'a': 1} AS m, NULL AS n, TIME '20:00:00' AS t",
    ),
    exit: 0,
    total: '20.00',
  },
  'columns with names of the reader’s own': {
    select: session(
      {},
      ', 1 AS file_row_number, 2 AS file_index, 3 AS filename, 4 AS line, 5 AS rowid, 6 AS file_no, 7 AS started_at_read',
    ),
    exit: 0,
    total: '20.00',
  },
  'columns whose names differ by case alone': {
    select: session({}, ", 'x' AS Track, 'y' AS TRACK"),
    exit: 0,
    total: '20.00',
  },
  'texts with NULs': {
    select: session({ track: "'a' || chr(0) || 'b'", session_id: "CASE i WHEN 1 THEN 's' || chr(0) ELSE 's' END" }),
    exit: 4,
    quarantine: ['2 session_id bad_id', '2 track bad_value', '3 track bad_value'],
  },
  'texts with line breaks and quotes': {
    select: session({ track: `'a"b' || chr(10)` }),
    exit: 4,
    quarantine: ['2 track bad_value', '3 track bad_value'],
  },
  'numbers of many digits': {
    select: session({ rec_dwell_minutes: "CAST('9' || repeat('9', 37) AS DECIMAL(38, 0))" }),
    exit: 4,
    quarantine: ['2 rec_dwell_minutes out_of_range', '3 rec_dwell_minutes out_of_range'],
  },
  'times at the end of time': {
    select: session({
      ended_at: "CASE i WHEN 1 THEN 'infinity'::TIMESTAMP ELSE '290000-01-01'::TIMESTAMP END",
      started_at: "CASE i WHEN 1 THEN '-infinity'::TIMESTAMP ELSE '290000-01-01 (BC)'::TIMESTAMP END",
    }),
    exit: 4,
    quarantine: ['2 ended_at bad_time', '2 started_at bad_time', '3 ended_at bad_time', '3 started_at bad_time'],
  },
  'times with a zone at the end of time': {
    select: session({
      ended_at: "CASE i WHEN 1 THEN 'infinity'::TIMESTAMPTZ ELSE '290000-01-01 00:00:00+00'::TIMESTAMPTZ END",
    }),
    exit: 4,
    quarantine: ['2 ended_at bad_time', '3 ended_at bad_time'],
  },
  'no rows': { select: `${session()} WHERE false`, exit: 0, accounting: { rows_read: 0 } },
  'cut in the middle': {
    harm: (bytes) => bytes.subarray(0, bytes.length >> 1),
    exit: 3,
    words: /can't be read as Parquet/,
  },
  'without its last byte': { harm: (bytes) => bytes.subarray(0, -1), exit: 3, words: /can't be read as Parquet/ },
  'nothing but its mark': { harm: (bytes) => bytes.subarray(0, 4), exit: 3, words: /can't be read as Parquet/ },
  'pages overwritten': {
    select: session({ session_id: LONG }),
    harm: (bytes) => bytes.fill(0xff, 4, bytes.length >> 2),
    exit: 3,
    words: /can't be read as Parquet/,
  },
  'pages zeroed': {
    select: session({ session_id: LONG }),
    harm: (bytes) => bytes.fill(0, 4, bytes.length >> 2),
    exit: 3,
    words: /can't be read as Parquet/,
  },
  'pages overwritten in the middle': {
    select: session({ session_id: LONG, track: 'hash(i)::VARCHAR' }).replace('range(1, 3)', 'range(1, 20000)'),
    harm: (bytes) => bytes.fill(0xff, bytes.length >> 2, bytes.length >> 1),
    exit: 3,
    words: /can't be read as Parquet/,
  },
  'texts that are not UTF-8': {
    select: session({ track: "'abcdefgh'" }),
    harm: (bytes) =>
      Buffer.from(bytes.toString('latin1').replaceAll('abcdefgh', 'abc\xff\xfeefgh'.slice(0, 8)), 'latin1'),
    exit: 3,
    words: /can't be read as Parquet/,
  },
  'a footer of nonsense': {
    harm: (bytes) => bytes.fill(0x55, bytes.length - 400, bytes.length - 8),
    exit: 3,
    words: /can't be read as Parquet/,
  },
  'a footer of a length that cannot be': {
    harm: (bytes) => bytes.fill(0xff, bytes.length - 8, bytes.length - 4),
    exit: 3,
    words: /can't be read as Parquet/,
  },
  'named .csv': { name: 'sessions.csv', exit: 3, words: /is a Parquet file/ },
  'named .csv.gz': { name: 'sessions.csv.gz', exit: 3, words: /is a Parquet file|no gzip/ },
};

variations(
  Object.entries(PARQUET),
  0,
  3,
  8,
)('Parquet: %s', async (_what, { select = session(), harm, name = 'sessions.parquet', ...rest }) => {
  const bytes = await (made.get(select) ?? (made.set(select, parquetOf(select)).get(select) as Promise<Buffer>));
  await survive({
    files: ANCHORS,
    more: (folder) => writeFileSync(join(folder, name), harm === undefined ? bytes : harm(Buffer.from(bytes))),
    ...rest,
  });
});
