import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { rebuild } from '../../src/commands/rebuild.js';
import { verify } from '../../src/commands/verify.js';
import type { Mappings } from '../../src/exports/mapping.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { settled } from '../quarantine/place.js';
import { closeAccepted } from '../support/accepting.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { contentOf, SAMPLE_POLICY, SILENT, settle, workspace, write } from '../support/workspace.js';
import { ofRows, textRows } from '../workbook/made.js';

// @module-tag deep

/** Exports of other systems, whose columns and words settle.yaml translates (contract, "Inputs"). */

const OURS = sessionsCsv({ id: 's1' }, { id: 's2', anchor: 'a2', day: '2023-11-06', dwell: '2000.00' });
/** The same as another system says it: with other names, and its own words for the flag. */
const THEIRS = OURS.replace('rec_dwell_minutes', '停留时长(分钟)')
  .replace('settleable', "可否结算'")
  .replaceAll(',Y,', ',可|结.算,');
const MAPPINGS: Mappings = {
  sessions: {
    columns: { '停留时长(分钟)': 'rec_dwell_minutes', "可否结算'": 'settleable' },
    words: { settleable: { '可|结.算': 'Y', 不可: 'N' } },
  },
};
const READING = {
  columns: { "可否结算'": 'settleable', '停留时长(分钟)': 'rec_dwell_minutes' },
  words: { settleable: { '可|结.算': 'Y', 不可: 'N' } },
};
const PENALTIES = 'penalty_id,anchor_id,session_id,kind,penalized_at,status\n';

/** The files with figures, as if nothing had been called otherwise. */
function figuresOf({ runDir }: RunResult): Record<string, string> {
  return contentOf(runDir, ['settlement.csv', 'days.csv', 'sessions.csv', 'quarantine.csv', 'notices.csv']);
}

describe('an export of another system is read as what it means', () => {
  const forms: [name: string, content: string | Buffer][] = [
    ['sessions.csv', THEIRS],
    ['sessions.csv', THEIRS.replaceAll('文化', '"文化"')],
    ['sessions.csv', THEIRS.replaceAll(',可', ', 可')],
    ['sessions.xlsx', ofRows(textRows(THEIRS))],
  ];
  test.each(forms)('%s', async (name, content) => {
    await expectOurs(name, content);
  });

  test('sessions.parquet', async () => {
    const folder = write(workspace(), { 'theirs.csv': THEIRS });
    const connection = await (await DuckDBInstance.create()).connect();
    const read = `read_csv('${folder}/theirs.csv', all_varchar = true)`;
    await connection.run(`COPY (SELECT * FROM ${read}) TO '${folder}/theirs.parquet'`);
    connection.closeSync();
    await expectOurs('sessions.parquet', readFileSync(join(folder, 'theirs.parquet')));
  });

  async function expectOurs(name: string, content: string | Buffer): Promise<void> {
    const ours = await settled({ 'sessions.csv': OURS });
    const theirs = await settled({ [name]: content }, { mappings: MAPPINGS });
    expect(theirs.exit).toBe(0);
    const asCsv = Object.entries(figuresOf(theirs)).map(([file, text]) => [
      file,
      text.replace(/\.(xlsx|parquet)/g, '.csv'),
    ]);
    expect(Object.fromEntries(asCsv)).toEqual(figuresOf(ours));
    const { reading } = theirs.manifest.inputs.find(({ file }) => file === name) ?? {};
    expect(reading).toMatchObject(READING);
    expect(theirs.manifest.inputs.find(({ file }) => file === 'anchors.csv')?.reading).toEqual({
      encoding: 'utf-8',
      reader: 2,
    });
    expect((await verify(theirs.runDir, SILENT)).exit).toBe(0);
  }
});

test('words that nobody maps are quarantined as they stand, and so is what a mapped column holds besides', async () => {
  const csv = `${PENALTIES}p1,a1,,低俗,2023-11-05 09:00:00,有效\np2,a1,,挂机了,2023-11-05 09:00:00,有效\np3,a1,,17,2023-11-05 09:00:00,无效\np4,a1,,录播,2023-11-05 09:00:00,upheld\n`;
  const words = { kind: { 低俗: 'vulgar', '17': '挂机' }, status: { 有效: 'upheld' } };
  const { quarantine, runDir } = await settled(
    { 'penalties.csv': csv, 'sessions.csv': OURS },
    { mappings: { penalties: { columns: {}, words } } },
  );
  expect(quarantine.map(({ line, column, code, value }) => [line, column, code, value])).toEqual([
    ['3', 'kind', 'bad_value', '挂机了'],
    ['4', 'status', 'bad_value', '无效'],
  ]);
  const rows = readFileSync(join(runDir, 'inputs/penalties.csv'), 'utf8').trimEnd().split('\n').slice(1);
  expect(rows.map((row) => row.split(',')[4])).toEqual(['vulgar', 'recorded']);
  expect((await verify(runDir, SILENT)).exit).toBe(0);
});

test('a file with a column by both names is unusable, and so is one whose column nobody maps', async () => {
  const both = { 'sessions.csv': OURS.replace('scarcity_index', '停留时长(分钟)') };
  await expect(settled(both, { mappings: MAPPINGS })).rejects.toThrow(/has the column rec_dwell_minutes .* twice/);
  await expect(settled({ 'sessions.csv': THEIRS })).rejects.toThrow(/lacks the columns settleable/);
});

describe('the mapping is a part of how a file was read', () => {
  function place(exports: Record<string, string>) {
    const folder = workspace();
    const [input, out, warehouse] = [write(workspace(), exports), join(folder, 'out'), join(folder, 'w.duckdb')];
    const run = (mappings: Mappings = {}) =>
      settle({ policy: SAMPLE_POLICY, input, out, warehouse, statements: false, mappings });
    return { input, out, warehouse, run };
  }
  const PRICED = {
    'anchors.csv': anchorsCsv('a1'),
    'sessions.csv': sessionsCsv({ id: 's1' }).replace('unit_price', '单价'),
  };
  const by = (column: string, name = '单价'): Mappings => ({ sessions: { columns: { [name]: column }, words: {} } });
  const loadedBy = ({ load }: RunResult) => load?.loaded.map(({ file, replaced }) => [file, replaced]);

  test('under another the same content replaces the file, and the run has an id of its own', async () => {
    const { run } = place(PRICED);
    const without = await run();
    const mapped = await run(by('unit_price'));
    expect(loadedBy(mapped)).toEqual([['sessions.csv', true]]);
    expect(mapped.manifest.run_id).not.toBe(without.manifest.run_id);
    expect((await run(by('unit_price'))).load?.loaded).toEqual([]);
    const back = await run();
    expect(loadedBy(back)).toEqual([['sessions.csv', true]]);
    expect(back.manifest.totals).toEqual(without.manifest.totals);
  });

  test('what no header and no column of a file has to do with changes nothing', async () => {
    const { run } = place(PRICED);
    const first = await run(by('unit_price'));
    const { sessions } = by('unit_price') as { sessions: Mappings[string] };
    const more: Mappings = {
      sessions: { columns: { ...sessions.columns, 另名: 'track' }, words: { suspended: { 停: 'Y' } } },
      penalties: { columns: { 违规: 'kind' }, words: {} },
    };
    const second = await run(more);
    expect(second.load?.loaded).toEqual([]);
    expect(second.manifest.run_id).toBe(first.manifest.run_id);
    const third = await run({ sessions: { ...sessions, words: { settleable: { 可: 'Y' } } } });
    expect(loadedBy(third)).toEqual([['sessions.csv', true]]);
  });

  test('a file that is read otherwise stands where it stood: what corrects it goes on correcting it', async () => {
    const { input, run } = place({
      ...PRICED,
      'sessions-2.csv': sessionsCsv({ id: 's1', dwell: '500.00' }),
      'sessions-3.csv': sessionsCsv({ id: 's3', dwell: '100.00' }),
    });
    const corrected = '6.00'; // 5.00 of the corrected session and 1.00 of another
    expect((await run()).manifest.totals.total).toBe(corrected);
    const mapped = await run(by('unit_price'));
    expect(mapped.manifest.totals.total).toBe(corrected);
    expect(loadedBy(mapped)).toEqual([
      ['sessions.csv', true],
      ['sessions-2.csv', true],
      ['sessions-3.csv', true],
    ]);
    expect(mapped.manifest.inputs.map(({ file }) => file).filter((file) => file.startsWith('sessions'))).toEqual([
      'sessions.csv',
      'sessions-2.csv',
      'sessions-3.csv',
    ]);
    rmSync(join(input, 'sessions-2.csv'));
    await expect(run()).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('sessions-2.csv corrects files'),
    });
  });

  test('a warehouse is made again by the names that closed runs knew', async () => {
    const { input, out, warehouse, run } = place({ ...PRICED, 'sessions.csv': THEIRS.replace(/\ns2.*/, '') });
    const { runDir } = await run(MAPPINGS);
    await closeAccepted(runDir, { out, warehouse, by: 'finance' }, SILENT);
    const before = contentOf(runDir);
    rmSync(warehouse);
    await rebuild({ out, warehouse, input }, SILENT);
    expect((await run(MAPPINGS)).runDir).toBe(runDir);
    expect(contentOf(runDir)).toEqual(before);
  });
});

test('a name of the settings that the file hasn’t, but nearly, asks for attention', async () => {
  const mappings = { sessions: { columns: { price: 'unit_price' }, words: {} } };
  const told = async (header: string): Promise<string[]> => {
    const { runDir } = await settled({ 'sessions.csv': OURS.replace('unit_price', header) }, { mappings });
    expect((await verify(runDir, SILENT)).exit).toBe(0);
    return readFileSync(join(runDir, 'notices.csv'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('unit_price'));
  };
  expect(await told('price')).toEqual([]);
  expect(await told('unit_price')).toEqual([]);
  expect((await told('Price')).map((line) => line.split(',').slice(0, 4))).toEqual([
    ['column_absent', 'attention', 'sessions.csv', 'unit_price'],
  ]);
});
