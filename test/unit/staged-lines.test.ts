import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { KINDS } from '../../src/load/kinds.js';
import { loadFolder } from '../../src/load/load.js';
import { Warehouse } from '../../src/warehouse.js';

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
  kind: 'vulgar',
  penalized_at: '2023-11-05 11:00:00',
  effective_from: '2023-11-01',
  scarcity_index: '1',
  track: 'tea',
  status: '生效',
  compliance_code: '绿码',
  suspended: 'false',
  opted_out: '否',
};

const SIZES = [7000, 3, 4000, 12000];

/** Rows whose key tells the file and the line that they stand on. */
function csv(columns: string[], key: string, file: number, rows: number): string {
  const line = (at: number): string =>
    columns.map((name) => (name === key ? `f${file}.${at + 2}` : CELLS[name])).join(',');
  return `${columns.join(',')}\n${Array.from({ length: rows }, (_, at) => `${line(at)}\n`).join('')}`;
}

// Lines come from the order in which rows were staged: what reads, checks and types them must keep it, whatever the threads.
test.each(KINDS.map(({ name }) => name))('every row of %s files stands with its own file and line', async (name) => {
  const kind = KINDS.find((candidate) => candidate.name === name) as (typeof KINDS)[number];
  const input = mkdtempSync(join(folder, 'input-'));
  const scratch = mkdtempSync(join(folder, 'scratch-'));
  const key = kind.key[0] as string;
  const columns = kind.columns.map((column) => column.name).filter((column) => column === key || column in CELLS);
  for (const [file, rows] of SIZES.entries())
    writeFileSync(join(input, `${name}-${file}.csv`), csv(columns, key, file, rows));
  const warehouse = await Warehouse.open({ file: ':memory:', scratch, folders: [input] });
  try {
    await loadFolder(warehouse, {
      folder: input,
      scratch,
      now: Date.now(),
      encoding: undefined,
      onFile: () => undefined,
    });
    expect(await warehouse.count(`SELECT count(*) FROM ${kind.table}`)).toBe(SIZES.reduce((sum, rows) => sum + rows));
    const strays = await warehouse.rows(`SELECT ${key}, file, line FROM ${kind.table} JOIN export_file USING (file_no)
      WHERE ${key} <> 'f' || regexp_extract(file, '([0-9]+).csv', 1) || '.' || line LIMIT 3`);
    expect(strays).toEqual([]);
  } finally {
    warehouse.close();
  }
});
