import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { fromCsv, read, readManifest, sealRun, toCsv } from '../support/case-run.js';
import {
  CASES,
  contentOf,
  FIGURES,
  overwrite,
  settle,
  temporaryFolder,
  workspace,
  write,
} from '../support/workspace.js';

/** inputs/agencies.csv: which names stand in a run folder, and what a forger makes of them. */

const FILE = 'inputs/agencies.csv';
const CASE = join(CASES, '26-agency-clustering');
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let run: string;
let without: string;

beforeAll(async () => {
  const input = join(folder, 'in');
  cpSync(join(CASE, 'input'), input, { recursive: true });
  const policy = join(CASE, 'policy.json');
  rmSync(join(input, 'agencies.csv'));
  without = (await settle({ policy, input, out: join(folder, 'without') })).runDir;
  write(input, {
    'agencies-1.csv': 'agency_id,name\ng1,First\ng2,Second\nwaits,Waits\nnobody,Nobody\n',
    'agencies-2.csv': 'agency_id,name\ng1,"=1+1, ""a"""\ng2,\n',
    'anchors-waits.csv': 'anchor_id,agency_id,account_kind,first_live_on\nw1,waits,content,2023-03-01\n',
    'sessions-waits.csv':
      'session_id,anchor_id,started_at,ended_at,settleable,quality_level,track,rec_dwell_minutes\nw,w1,2023-11-05 10:00:00,2023-11-05 11:00:00,Y,4,tea,x\n',
  });
  run = (await settle({ policy, input, out: join(folder, 'out') })).runDir;
});

test('names are those of standing rows, of the agencies that the run names alone', async () => {
  expect(fromCsv(read(join(run, 'unsettled.csv'))).map((row) => row[4])).toEqual(['agency_id', 'waits']);
  expect(read(join(run, FILE))).toBe(
    'agency_id,name,source_file,source_line\ng1,"\'=1+1, ""a""",agencies-2.csv,2\nwaits,Waits,agencies-1.csv,4\n',
  );
  expect(await verifyRun(run)).toMatchObject({ count: 0 });
});

test('without an agencies export there is the header alone, and no figure is another', () => {
  expect(read(join(without, FILE))).toBe('agency_id,name,source_file,source_line\n');
  expect(contentOf(without, FIGURES)).toEqual(contentOf(run, FIGURES));
});

async function forged(change: (rows: string[][]) => string[][]): Promise<string[]> {
  const copy = join(workspace(), 'run');
  cpSync(run, copy, { recursive: true });
  overwrite(join(copy, FILE), toCsv(change(fromCsv(read(join(copy, FILE))))));
  rmSync(join(copy, 'manifest.json'));
  writeFileSync(join(copy, 'manifest.json'), read(join(run, 'manifest.json')));
  sealRun(copy, readManifest(copy));
  return (await verifyRun(copy)).differences.map(({ file, column, key }) => [file, key, column].join(' ').trim());
}

test.each<[string, (rows: string[][]) => string[][], string]>([
  ['an agency that nobody names', (rows) => [...rows, ['zz', 'Z', 'agencies-1.csv', '5']], 'zz'],
  ['a name that a spreadsheet takes for a formula', set(1, 1, '=1+1'), 'g1 name'],
  ['no name', set(1, 1, ''), 'g1 name'],
  ['no id', set(1, 0, 'g 1'), 'g 1 agency_id'],
  ['a row of another export', set(1, 2, 'anchors-waits.csv'), 'g1 source_file'],
  ['a line that gave another row', set(2, 3, '1'), 'waits source_line'],
  ['another order', (rows) => [rows[0], rows[2], rows[1]] as string[][], 'g1'],
])('%s is found', async (_what, change, found) => {
  expect(await forged(change)).toContain(`${FILE} ${found}`);
});

test('a folder without the file, as older builds wrote it, is sound; a manifest that names one that is gone isn’t', async () => {
  const copy = join(workspace(), 'run');
  cpSync(run, copy, { recursive: true });
  rmSync(join(copy, FILE));
  expect((await verifyRun(copy)).differences).toMatchObject([
    { file: FILE, found: 'no such file' },
    { file: 'manifest.json' },
  ]);
  overwrite(join(copy, 'manifest.json'), read(join(run, 'manifest.json')));
  sealRun(copy, readManifest(copy));
  expect(await verifyRun(copy)).toMatchObject({ count: 0 });
});

function set(row: number, column: number, text: string) {
  return (rows: string[][]): string[][] => rows.map((cells, at) => (at === row ? cells.with(column, text) : cells));
}
