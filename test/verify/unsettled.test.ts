import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { buildRun, fromCsv, read, remove, sealRun, toCsv } from '../support/case-run.js';

/** unsettled.csv: a line for each quarantined row of sessions, beside quarantine.csv, and no other. */

type Table = string[][];

const HEADER = ['file', 'line', 'session_id', 'anchor_id', 'agency_id', 'ended_at', 'codes', 'needs'];
const END = '2023-11-05 11:00:00';

let run = '';
afterEach(() => remove(run));

/** By case: the lines as its README tells what its sessions' rows hold. */
const SOUND: Record<string, Table> = {
  '35-row-faults': [
    ['sessions.csv', '3', 'missing-track', 'a1', '', END, 'missing', 'track'],
    ['sessions.csv', '4', '', 'a1', '', END, 'bad_id', ''],
    ['sessions.csv', '5', 'bad-time', 'a1', '', END, 'bad_time', "'=a time"],
    ['sessions.csv', '6', 'negative', 'a1', '', END, 'out_of_range', ''],
    ['sessions.csv', '7', 'bad-number', 'a1', '', END, 'bad_number', ''],
    ['sessions.csv', '8', 'too-precise', 'a1', '', END, 'too_precise', ''],
    ['sessions.csv', '9', 'too-long', 'a1', '', END, 'bad_value', ''],
    ['sessions.csv', '10', '', '', '', '', 'ragged_row', ''],
    ['sessions.csv', '11', 'backwards', 'a1', '', END, 'ends_before_start', ''],
    ['sessions.csv', '12', 'several', 'a1', '', END, 'bad_flag;bad_number;out_of_range', ''],
    ['sessions.csv', '13', 'effective', 'a1', '', END, 'effective_exceeds_duration', ''],
  ],
  '36-faults-at-settlement': [
    ['sessions.csv', '3', 's02', 'zz', '', END, 'unknown_anchor', ''],
    ['sessions.csv', '4', 's03', 'a1', '', END, 'no_scarcity_index;no_unit_price', 'an index for new'],
  ],
};

/** Makes a case's folder with such lines. */
function build(name: string): Table {
  run = buildRun(name);
  const rows = SOUND[name] ?? [];
  write(rows);
  return rows;
}

function write(rows: Table): void {
  writeFileSync(join(run, 'unsettled.csv'), toCsv([HEADER, ...rows]));
  sealRun(run);
}

/** What differs with other lines, all hashes made to fit. */
async function columnsWith(rows: Table): Promise<string[]> {
  write(rows);
  const { differences } = await verifyRun(run);
  expect(differences.filter(({ file }) => file !== 'unsettled.csv')).toEqual([]);
  return differences.map(({ column }) => column || 'line');
}

test('a build that says it in Chinese too: its words are nobody’s, but no formula', async () => {
  const rows = build('36-faults-at-settlement');
  const wider = (cell: string): Table => [[...HEADER, 'needs_zh'], ...rows.map((row) => [...row, cell])];
  const differing = async (cell: string): Promise<string[]> => {
    writeFileSync(join(run, 'unsettled.csv'), toCsv(wider(cell)));
    sealRun(run);
    return (await verifyRun(run)).differences.map(({ column }) => column);
  };
  expect(await differing('请填写')).toEqual([]);
  expect(await differing('=请填写')).toEqual(rows.map(() => 'needs_zh'));
});

test.each(Object.keys(SOUND))('%s, as it should be', async (name) => {
  expect(await columnsWith(build(name))).toEqual([]);
});

test('header alone where no session is quarantined', async () => {
  run = buildRun('01-scope');
  expect(await columnsWith([])).toEqual([]);
  expect(await columnsWith([['sessions.csv', '3', '', '', '', '', 'missing', '']])).toEqual(['line']);
});

test.each(Object.keys(SOUND))('%s, each line missing, twice or swapped', async (name) => {
  const rows = build(name);
  for (const [i, row] of rows.entries()) {
    expect(await columnsWith(rows.toSpliced(i, 1)), `-${i}`).toEqual(['line']);
    expect(await columnsWith(rows.toSpliced(i, 0, row)), `2x${i}`).toEqual(['line']);
    if (i > 0) expect(await columnsWith(rows.with(i, rows[i - 1] ?? []).with(i - 1, row)), `<>${i}`).toContain('line');
  }
});

test('lines of rows that are not quarantined, or not of sessions', async () => {
  const rows = build('36-faults-at-settlement');
  const line = ['sessions.csv', '2', 's01', 'a1', '', END, 'missing', ''];
  expect(await columnsWith([line, ...rows])).toEqual(['line']);
  expect(await columnsWith([...rows, line.with(1, '99')])).toEqual(['line']);
  expect(await columnsWith([...rows, line.with(0, 'sessions2.csv')])).toEqual(['line']);
  expect(await columnsWith([line.with(0, 'penalties.csv'), ...rows])).toEqual(['line']);
  expect(await columnsWith([line.with(1, 'x'), ...rows])).toContain('line');
  expect(await columnsWith([rows[0]?.with(1, '03') ?? [], ...rows.slice(1)])).toContain('line');
});

const CELLS: [name: string, line: string, column: string, ...wrong: string[]][] = [
  ['35-row-faults', '3', 'session_id', 'missing track', '=x', '-x'],
  ['35-row-faults', '3', 'anchor_id', 'a 1', "'=x"],
  ['35-row-faults', '3', 'agency_id', 'g1', 'g 1'],
  ['35-row-faults', '3', 'ended_at', '2023-11-05', '2023-11-05 24:00:00', '2023-12-01 00:00:00', '2023-10-31 23:59:59'],
  ['35-row-faults', '3', 'codes', '', 'bad_value', 'missing;missing', 'missing;'],
  ['35-row-faults', '3', 'needs', '=track', '+1', '-1', '@x'],
  ['35-row-faults', '4', 'session_id', 'good', 'bad id', 'bad-id'],
  ['35-row-faults', '12', 'codes', 'bad_flag;out_of_range;bad_number', 'bad_flag;out_of_range', 'bad_number'],
  ['36-faults-at-settlement', '3', 'anchor_id', 'a1', ''],
  ['36-faults-at-settlement', '4', 'codes', 'no_unit_price;no_scarcity_index', 'no_unit_price'],
];

test.each(CELLS)('%s line %s: another %s', async (name, line, column, ...wrong) => {
  const rows = build(name);
  const at = rows.findIndex((row) => row[1] === line);
  for (const text of wrong) {
    const changed = rows.with(at, rows[at]?.with(HEADER.indexOf(column), text) ?? []);
    expect(await columnsWith(changed), text).toContain(column);
  }
});

test.each(['session_id', 'anchor_id', 'agency_id', 'ended_at', 'needs'])('%s may be blank', async (column) => {
  const rows = build('35-row-faults');
  expect(await columnsWith(rows.map((row) => row.with(HEADER.indexOf(column), '')))).toEqual([]);
});

test('the anchor’s agency is that of inputs/anchors.csv', async () => {
  run = buildRun('26-agency-clustering');
  const [, anchor = []] = fromCsv(read(join(run, 'inputs/anchors.csv')));
  expect(anchor[2]).not.toBe('');
  const row = ['sessions.csv', '90', 's90', anchor[0] ?? '', anchor[2] ?? '', '', 'missing', ''];
  const faults = [...fromCsv(read(join(run, 'quarantine.csv'))), ['sessions.csv', '90', 'track', 'missing', '', 'x']];
  writeFileSync(join(run, 'quarantine.csv'), toCsv(faults));
  const differing = async (rows: Table): Promise<string[]> => {
    write(rows);
    return (await verifyRun(run)).differences
      .filter(({ file }) => file === 'unsettled.csv')
      .map(({ column }) => column);
  };
  expect(await differing([row])).toEqual([]);
  expect(await differing([row.with(4, '')])).toEqual([]);
  expect(await differing([row.with(4, 'g9')])).toEqual(['agency_id']);
});

test('an end up to the evaluation date, and no later', async () => {
  run = buildRun('34-as-of');
  const faults = [...fromCsv(read(join(run, 'quarantine.csv'))), ['sessions.csv', '90', 'track', 'missing', '', 'x']];
  writeFileSync(join(run, 'quarantine.csv'), toCsv(faults));
  for (const [end, sound] of [
    ['2023-11-01 00:00:00', true],
    ['2023-10-31 23:59:59', false],
    ['2023-11-15 23:59:59', true],
    ['2023-11-16 00:00:00', false],
  ] as const) {
    write([['sessions.csv', '90', '', '', '', end, 'missing', '']]);
    const found = (await verifyRun(run)).differences.filter(({ file }) => file === 'unsettled.csv');
    expect(found.map(({ column }) => column)).toEqual(sound ? [] : ['ended_at']);
  }
});

describe('as a file', () => {
  test('that nobody named, or that is gone', async () => {
    build('36-faults-at-settlement');
    const data = readFileSync(join(run, 'unsettled.csv'));
    rmSync(join(run, 'unsettled.csv'));
    expect((await verifyRun(run)).differences.map(({ file }) => file)).toContain('unsettled.csv');
    sealRun(run);
    writeFileSync(join(run, 'unsettled.csv'), data);
    expect((await verifyRun(run)).differences.map(({ file }) => file)).toContain('manifest.json');
  });

  test('of another header, or with a changed byte', async () => {
    build('36-faults-at-settlement');
    const text = read(join(run, 'unsettled.csv'));
    for (const other of [
      text.replace('needs', 'need'),
      text.replace('s02', 's03'),
      text.slice(0, -1),
      `${text}\n`,
      '',
    ]) {
      writeFileSync(join(run, 'unsettled.csv'), other);
      expect((await verifyRun(run)).count).toBeGreaterThan(0);
    }
  });

  test('of the first version it is in excess', async () => {
    run = buildRun('36-faults-at-settlement', { version: '0.1.0' });
    write(SOUND['36-faults-at-settlement'] ?? []);
    expect((await verifyRun(run)).differences.map(({ file }) => file)).toContain('unsettled.csv');
  });
});
