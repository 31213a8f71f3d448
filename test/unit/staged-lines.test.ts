import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, test } from 'vitest';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { listExports } from '../../src/load/folder.js';
import { makeKindTables } from '../../src/load/kind-tables.js';
import { loadFolder } from '../../src/load/load.js';
import { shareOut } from '../../src/load/stage/batches.js';
import { KINDS } from '../../src/programmes/registry.js';
import { DEEP } from '../support/deep.js';

const folder = mkdtempSync(join(tmpdir(), 'settlement-test-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A sound cell for every required column that isn't the row's name. */
const CELLS: Record<string, string> = {
  anchor_id: 'a1',
  started_at: '2023-11-05 10:00:00',
  ended_at: '2023-11-05 11:00:00',
  settleable: 'Y',
  quality_level: '2',
  rec_dwell_minutes: '10.5',
  account_kind: 'content',
  first_live_on: '2023-03-01',
  payee_type: '机构',
  kind: 'vulgar',
  penalized_at: '2023-11-05 11:00:00',
  effective_from: '2023-11-01',
  scarcity_index: '1',
  track: 'tea',
  status: '生效',
  compliance_code: '绿码',
  suspended: 'false',
  opted_out: '否',
  account_id: 'm1',
  customer_id: 'k1',
  happened_at: '2023-11-05 11:00:00',
  channel: 'EDM',
  sent_at: '2023-11-05 11:00:00',
  ordered_at: '2023-11-05 11:00:00',
  region: '中国大陆',
  tool: 'tea',
  claimed_at: '2023-11-05 11:00:00',
  redeemed_at: '2023-11-05 11:00:00',
  published_at: '2023-11-05 11:00:00',
  picture_use: '主图',
  tolerance: '3',
  edge_px: '2',
  frame_most_px: '60',
  from_time: '2023-11-05 11:00:00',
  cause: 'frozen',
  clause: 'P2',
  violated_at: '2023-11-05 11:00:00',
  points: '2',
  severe: 'N',
  viewer_id: 'u1',
  merchant_id: 'm1',
  merchant_kind: 'Chinese Gold Supplier',
  live_kind: '工位接待',
  human_driven: '是',
  human_likeness: 'Y',
  part: '直播间',
  part_id: 'r1',
  listed_from: '2023-11-01',
};

const SIZES = [7000, 3, 4000, 12000];

/** Rows whose key tells the file and the line that they stand on. */
function csv(columns: string[], key: string, file: number, rows: number): string {
  const line = (at: number): string =>
    columns.map((name) => (name === key ? `f${file}.${at + 2}` : CELLS[name])).join(',');
  return `${columns.join(',')}\n${Array.from({ length: rows }, (_, at) => `${line(at)}\n`).join('')}`;
}

async function withLoaded(input: string, threads: number | undefined, look: (warehouse: Warehouse) => Promise<void>) {
  const scratch = mkdtempSync(join(folder, 'scratch-'));
  const warehouse = await Warehouse.open({ file: ':memory:', scratch, folders: [input], threads });
  await makeKindTables(warehouse, 'stored');
  try {
    await loadFolder(warehouse, {
      folder: input,
      scratch,
      now: Date.now(),
      encoding: undefined,
      onFile: () => undefined,
    });
    await look(warehouse);
  } finally {
    warehouse.close();
  }
}

/** Rows whose key isn't that of their file and line. */
const strays = (warehouse: Warehouse, table: string, key: string) =>
  warehouse.rows(`SELECT ${key}, file, line FROM ${table} JOIN export_file USING (file_no)
    WHERE ${key} <> 'f' || regexp_extract(file, '([0-9]+).csv', 1) || '.' || line LIMIT 3`);

function columnsOf(kind: (typeof KINDS)[number], key: string): string[] {
  return kind.columns.map((column) => column.name).filter((column) => column === key || column in CELLS);
}

// Lines come from the order in which rows were staged: what reads, checks and types them must keep it, whatever the threads.
test.each(KINDS.map(({ name }) => name))('every row of %s files stands with its own file and line', async (name) => {
  const kind = KINDS.find((candidate) => candidate.name === name) as (typeof KINDS)[number];
  const input = mkdtempSync(join(folder, 'input-'));
  const isWord = (column: string): boolean =>
    kind.columns.some(({ name: each, type }) => each === column && type === 'word');
  const key = kind.key.find((column) => !isWord(column)) as string;
  for (const [file, rows] of SIZES.entries())
    writeFileSync(join(input, `${name}-${file}.csv`), csv(columnsOf(kind, key), key, file, rows));
  await withLoaded(input, undefined, async (warehouse) => {
    expect(await warehouse.count(`SELECT count(*) FROM ${kind.table}`)).toBe(SIZES.reduce((sum, rows) => sum + rows));
    expect(await strays(warehouse, kind.table, key)).toEqual([]);
  });
});

/** Together more than one lane takes. */
const LARGE = [160_000, 130_000, 150_000, 170_000];

test('a file that is refused while it is read leaves nothing behind for the next one', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const scratch = mkdtempSync(join(folder, 'scratch-'));
  const header = 'anchor_id,remark,account_kind,first_live_on';
  const rows = (count: number, id: string, more = ''): string =>
    `${header}\n${Array.from({ length: count }, (_, at) => `${id}${at},"a\nb",content,2023-03-01\n`).join('')}${more}`;
  const warehouse = await Warehouse.open({ file: ':memory:', scratch, folders: [folder], threads: 1 });
  await makeKindTables(warehouse, 'stored');
  const run = warehouse.run.bind(warehouse);
  // What nobody holds any more goes while the next file's rows are being staged.
  warehouse.run = async (sql) => {
    await run(sql);
    if (!sql.includes('raw_record')) return;
    collect();
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const load = (name: string, text: string): Promise<unknown> => {
    const input = mkdtempSync(join(folder, `${name}-`));
    writeFileSync(join(input, 'anchors.csv'), text);
    const scratch = mkdtempSync(join(folder, 'scratch-'));
    return loadFolder(warehouse, { folder: input, scratch, now: 0, encoding: undefined, onFile: () => undefined });
  };
  await expect(load('refused', rows(30, 'refused', 'x,"never closed,content,2023-03-01\n'))).rejects.toThrow(
    /never closed/,
  );
  await load('sound', rows(20, 'sound'));
  const ids = await warehouse.rows('SELECT anchor_id FROM anchor_row ORDER BY line');
  expect(ids.map(({ anchor_id }) => anchor_id)).toEqual(Array.from({ length: 20 }, (_, at) => `sound${at}`));
  warehouse.close();
});

test('so does every row of large files, which are loaded in lanes, and every row that is left out', DEEP, async () => {
  const kind = KINDS.find(({ name }) => name === 'sessions') as (typeof KINDS)[number];
  const input = mkdtempSync(join(folder, 'input-'));
  const columns = columnsOf(kind, 'session_id');
  for (const [file, rows] of LARGE.entries()) {
    const lines = csv(columns, 'session_id', file, rows).split('\n');
    for (const at of [5, rows]) lines[at] = (lines[at] as string).replace(',2,', ',none,');
    writeFileSync(join(input, `sessions-${file}.csv`), lines.join('\n'));
  }
  const sizes = listExports(input).exports;
  expect(shareOut(sizes, 2).lanes).toBe(2);
  await withLoaded(input, 2, async (warehouse) => {
    const loaded = LARGE.reduce((sum, rows) => sum + rows - 2, 0);
    expect(await warehouse.count('SELECT count(*) FROM session_row')).toBe(loaded);
    expect(await strays(warehouse, 'session_row', 'session_id')).toEqual([]);
    const out = await warehouse.rows('SELECT file_no, line, cell FROM row_fault ORDER BY ALL');
    const expected = LARGE.flatMap((rows, file) =>
      [6, rows + 1].map((line) => ({ file_no: String(file + 1), line: String(line), cell: 'none' })),
    );
    expect(out).toEqual(expected);
  });
});
