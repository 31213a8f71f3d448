import { appendFileSync, cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { settle } from '../support/program.js';
import { filesIn, SAMPLE_POLICY, SAMPLES, temporaryFolder } from '../support/workspace.js';
import { CopyOfProgram } from './other-program.js';

// @module-tag deep

/** Several calls each, of programs that differ. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/**
 * `check-upgrade` holds every file of a closed run against what this program would write: here a month with faulty rows,
 * closed, restated and closed again, checked by programs that differ in one text of their SQL.
 */

const folder = temporaryFolder();
const place = join(folder, 'place');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let programs = 0;
/** This program with other texts in place of some of its SQL's. */
function programWith(...changes: [file: string, from: string, to: string][]): string {
  programs += 1;
  const copy = new CopyOfProgram(join(folder, `program-${programs}`));
  for (const [file, from, to] of changes) copy.replace(file, from, to);
  return copy.program;
}

async function check(program?: string) {
  const options = { cwd: place, ...(program === undefined ? {} : { program }) };
  const [asked, shown] = [await settle(['check-upgrade', '--json'], options), await settle(['check-upgrade'], options)];
  expect(asked.exit, shown.stdout).toBe(shown.exit);
  const [close] = asked.json.closes as [Record<string, unknown>];
  const lines = Object.entries(close.lines as Record<string, number>);
  const differing = Object.fromEntries(lines.filter(([, count]) => count > 0));
  return { exit: asked.exit, close, compared: lines.map(([file]) => file), differing, text: shown.stdout };
}

beforeAll(async () => {
  const exports = join(place, 'exports');
  mkdirSync(place);
  cpSync(join(SAMPLES, '2023-11-faulty'), exports, { recursive: true });
  // A cell with a line end in it is a cell of quarantine.csv too.
  const rows =
    'anchor_id,account_kind,first_live_on,nickname\n"B1\n,x",content,2023-03-01,n\n"B2\n,y",content,2023-03-01,n\n';
  appendFileSync(join(exports, 'anchors-more.csv'), rows);
  const call = async (exit: number, ...words: string[]) => {
    const ended = await settle(words, { cwd: place });
    expect(ended.exit, `${words[0]}: ${ended.stderr}`).toBe(exit);
  };
  const settled = async (): Promise<void> => {
    const words = ['run', '--policy', SAMPLE_POLICY, '--input', 'exports', '--encoding', 'gb18030', '--json'];
    const { exit, json, stderr } = await settle(words, { cwd: place });
    expect(exit, stderr).toBe(4);
    await call(0, 'accept', json.run_id, '--by', 'Wang Li', '--all');
    await call(0, 'close', json.run_id, '--by', 'Wang Li');
  };
  await settled();
  const late =
    'session_id,anchor_id,started_at,ended_at,settleable,quality_level,track,rec_dwell_minutes,unit_price,scarcity_index\n';
  const row = 'late,B2001,2023-11-09 19:00:00,2023-11-09 21:00:00,Y,3,t,100.00,0.0205,1.000\n';
  appendFileSync(join(exports, 'sessions-2023-12-late.csv'), `${late}${row}`);
  await settled();
});

test('by the program that closed: every file that the run has is compared, and nothing differs', async () => {
  const { exit, close, compared, differing, text } = await check();
  expect([exit, close, differing]).toMatchObject([0, { revision: 2, anchors: 0, notices: 0, first: [] }, {}]);
  const files = filesIn(join(place, 'out/content-live-2023-11', close.run_id as string));
  const tables = files.filter((file) => /^[^/]+\.csv$|^inputs\//.test(file) && file !== 'notices.csv');
  expect([...compared].sort()).toEqual(tables.sort());
  expect(compared).toEqual(expect.arrayContaining(['adjustments.csv', 'quarantine.csv', 'unsettled.csv']));
  expect(text).toContain(': nothing differs');
});

describe('by one that writes otherwise', () => {
  variations<[string, [string, string, string], Record<string, unknown>]>([
    ['a code of quarantine.csv', ['emit/quarantine.sql', ' code, text_cell', ' upper(code) AS code, text_cell'], {}],
    ['a value of it', ['emit/quarantine.sql', 'text_cell(cell)', "text_cell(cell || '!')"], {}],
    ['codes of unsettled.csv', ['content-incentive/emit/unsettled.sql', 'u.codes,', 'upper(u.codes) AS codes,'], {}],
    ['an input', ['content-incentive/emit/inputs_penalties.sql', 'p.kind,', 'upper(p.kind) AS kind,'], {}],
    [
      'a line of an input',
      ['content-incentive/emit/inputs_scarcity.sql', '<= p.as_of', '< p.as_of - INTERVAL 12 DAY'],
      {},
    ],
    ['a cause', ['emit/adjustments.sql', ' causes\n', ' upper(causes) AS causes\n'], { isFigure: true }],
  ])('%s: exit 6, and it is said which file', async (_what, change, { isFigure = false }) => {
    const { exit, close, differing, text } = await check(programWith(change));
    const [file] = Object.keys(differing) as [string];
    expect([exit, Object.keys(differing)]).toEqual([6, [file]]);
    expect(basename(change[0])).toBe(file.replace('/', '_').replace('.csv', '.sql'));
    expect(close).toMatchObject({ delta: '0.00', differs: true, notices: 0 });
    expect(Number(close.anchors) > 0).toBe(isFigure);
    expect(text).toContain(`lines that differ: ${(differing[file] as number).toLocaleString('en')} of ${file}\n`);
    const first = close.first as { file: string; published: string | null; now: string | null }[];
    expect(first.length).toBeGreaterThan(0);
    expect(first.every((line) => line.file === file)).toBe(true);
  });

  variations<[string, ...[string, string, string][]]>([
    [
      'only words',
      ['dialects/duckdb/fault_words.sql', 'required, but blank', 'left blank'],
      ['content-incentive/emit/unsettled.sql', "'a row of anchor '", "'some row of anchor '"],
    ],
    ['a column more', ['content-incentive/emit/inputs_scarcity.sql', 'AS source_line', 'AS source_line, 1 AS more']],
    ['a column less', ['content-incentive/emit/inputs_anchors.sql', ', a.line AS source_line', '']],
  ])('%s: nothing differs', async (_what, ...changes) => {
    const { exit, differing, text } = await check(programWith(...changes));
    expect([exit, differing]).toEqual([0, {}]);
    expect(text).toContain(': nothing differs\n');
  });

  test('notices: they are told, and nothing differs, for other builds see more', DEEP, async () => {
    const { exit, close, differing, text } = await check(
      programWith(['emit/notices.sql', 'code, severity', 'upper(code) AS code, severity']),
    );
    expect([exit, differing, close.differs]).toEqual([0, {}, false]);
    expect(close.notices).toBeGreaterThan(0);
    expect(text).toMatch(/nothing differs but notices, which are no figures: \d+ of notices\.csv\n/);
  });

  test('an amount of the restatement alone, which no other file shows: exit 6, with its anchors', DEEP, async () => {
    const program = programWith(['emit/adjustments.sql', 'money_cell(delta)', 'money_cell(delta + 0.01)']);
    const { exit, close, differing } = await check(program);
    expect([exit, Object.keys(differing)]).toEqual([6, ['adjustments.csv']]);
    expect(close.anchors).toBeGreaterThan(0);
  });
});

test('where the run that was restated is changed it can’t be told', DEEP, async () => {
  const { close } = await check();
  const out = join(place, 'out/content-live-2023-11');
  const [first] = readdirSync(out).filter((run) => run !== close.run_id) as [string];
  appendFileSync(join(out, first, 'days.csv'), 'x\n');
  const { exit, json } = await settle(['check-upgrade', '--json'], { cwd: place });
  expect([exit, json.closes]).toMatchObject([1, [{ error: { message: expect.stringContaining('days.csv') } }]]);
});
