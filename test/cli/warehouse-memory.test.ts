import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { anchorsCsv, CLEAN_MONTH, sessionsCsv } from '../support/exports.js';
import { type Ended, settle } from '../support/program.js';
import { contentOf, filesIn, SAMPLE_POLICY, workspace, write } from '../support/workspace.js';

// @module-tag deep

/** What the warehouse remembers from run to run: every file by its name and content. */

const RUN = ['run', '--policy', SAMPLE_POLICY, '--input', 'exports'];
const ANCHORS = { 'anchors.csv': anchorsCsv('a1') };

class Place {
  readonly folder = workspace();
  readonly exports = join(this.folder, 'exports');

  constructor(files: Record<string, string>) {
    mkdirSync(this.exports);
    write(this.exports, files);
  }

  async run(...words: string[]): Promise<Ended> {
    const ended = await settle([...RUN, ...words], { cwd: this.folder });
    expect(ended.exit).toBe(0);
    return ended;
  }

  async json(...words: string[]) {
    return (await this.run('--json', ...words)).json;
  }
}

test('the same work again is there already, and not a byte or a time of it changes', async () => {
  const place = new Place(CLEAN_MONTH);
  const first = await place.json();
  expect(existsSync(join(place.folder, 'settlement.duckdb'))).toBe(true);
  const times = (): number[] => filesIn(first.run_dir).map((file) => statSync(join(first.run_dir, file)).mtimeMs);
  const before = { content: contentOf(first.run_dir), times: times() };
  const { stdout } = await place.run();
  expect(stdout).toContain('This work was settled before; its run folder is there already and was not changed.');
  expect(await place.json()).toEqual(first);
  expect({ content: contentOf(first.run_dir), times: times() }).toEqual(before);
});

test('the default warehouse lies beside --out', DEEP, async () => {
  const place = new Place(CLEAN_MONTH);
  await place.run('--out', 'results/of/november');
  expect(existsSync(join(place.folder, 'results/of/settlement.duckdb'))).toBe(true);
  expect(existsSync(join(place.folder, 'settlement.duckdb'))).toBe(false);
});

test('a warehouse in memory leaves no file', DEEP, async () => {
  const place = new Place(CLEAN_MONTH);
  await place.run('--warehouse', ':memory:');
  expect(filesIn(place.folder).filter((file) => !/^(exports|out)\//.test(file))).toEqual([]);
});

test('a known file is not loaded again, and counts although it is gone from the folder', DEEP, async () => {
  const place = new Place({ ...ANCHORS, 'sessions-1.csv': sessionsCsv({ id: 's1' }) });
  await place.run();
  rmSync(join(place.exports, 'sessions-1.csv'));
  write(place.exports, { 'sessions-2.csv': sessionsCsv({ id: 's2', dwell: '500.00' }) });
  const { stdout } = await place.run();
  expect(stdout).toMatch(/^Loaded +1 file new, 1 file known already$/m);
  expect((await place.json()).totals).toMatchObject({ sessions: 2, total: '15.00' });
});

test('a known name with new content replaces the file whole, and the summary counts what was withdrawn', async () => {
  const rows = ['s1', 's2', 's3'].map((id) => ({ id }));
  const place = new Place({ ...ANCHORS, 'sessions.csv': sessionsCsv(...rows) });
  expect((await place.json()).totals).toMatchObject({ sessions: 3, total: '30.00' });
  write(place.exports, { 'sessions.csv': sessionsCsv({ id: 's2', dwell: '700.00' }) });
  const { stdout } = await place.run();
  expect(stdout).toMatch(/sessions\.csv replaces the file of that name; 2 of its rows are withdrawn/);
  const after = await place.json();
  expect(after.totals).toMatchObject({ sessions: 1, total: '7.00' });
  expect(after.accounting).toMatchObject({ rows_read: 1, settled: 1, superseded: 0 });
});

test('files of one load are taken in byte order without the ending; a later load supersedes them', DEEP, async () => {
  const place = new Place({
    ...ANCHORS,
    'sessions-fix.csv': sessionsCsv({ id: 's1', dwell: '200.00' }),
    'sessions.csv': sessionsCsv({ id: 's1', dwell: '100.00' }),
  });
  expect((await place.json()).totals.total).toBe('2.00');
  write(place.exports, { 'sessions-a-late-one.csv': sessionsCsv({ id: 's1', dwell: '300.00' }) });
  const late = await place.json();
  expect(late.totals.total).toBe('3.00');
  expect(late.accounting).toMatchObject({ rows_read: 3, settled: 1, superseded: 2 });
  expect(late.inputs.map(({ file }) => file).slice(-1)).toEqual(['sessions-a-late-one.csv']);
});

test('a replaced file stands where it was loaded last', DEEP, async () => {
  const place = new Place({
    ...ANCHORS,
    'sessions-1.csv': sessionsCsv({ id: 's1', dwell: '100.00' }),
    'sessions-2.csv': sessionsCsv({ id: 's1', dwell: '200.00' }),
  });
  expect((await place.json()).totals.total).toBe('2.00');
  write(place.exports, { 'sessions-1.csv': sessionsCsv({ id: 's1', dwell: '900.00' }) });
  const replaced = await place.json();
  expect(replaced.totals.total).toBe('9.00');
  expect(replaced.inputs.map(({ file }) => file)).toEqual(['anchors.csv', 'sessions-2.csv', 'sessions-1.csv']);
});

test('the same content under another name is another file', DEEP, async () => {
  const place = new Place({ ...ANCHORS, 'sessions-1.csv': sessionsCsv({ id: 's1' }) });
  const first = await place.json();
  renameSync(join(place.exports, 'sessions-1.csv'), join(place.exports, 'sessions-2.csv'));
  const second = await place.json();
  expect(second.run_id).not.toBe(first.run_id);
  expect(second.totals).toEqual(first.totals);
  expect(second.accounting).toMatchObject({ rows_read: 2, settled: 1, superseded: 1 });
});

test('the original content again, after a replacement, is the earlier content in a later place', DEEP, async () => {
  const original = sessionsCsv({ id: 's1' });
  const place = new Place({ ...ANCHORS, 'sessions.csv': original });
  const first = await place.json();
  write(place.exports, { 'sessions.csv': sessionsCsv({ id: 's1', dwell: '1.00' }) });
  expect((await place.json()).totals.total).toBe('0.01');
  write(place.exports, { 'sessions.csv': original });
  const third = await place.json();
  expect(third.totals).toEqual(first.totals);
  expect(third.run_id).toBe(first.run_id);
});

test('--no-statements has a run id of its own and no anchors/', DEEP, async () => {
  const place = new Place(CLEAN_MONTH);
  const full = await place.json();
  const bare = await place.json('--no-statements');
  expect(bare.run_id).not.toBe(full.run_id);
  expect(existsSync(join(bare.run_dir, 'anchors'))).toBe(false);
  const others = Object.entries(contentOf(full.run_dir)).filter(([file]) => !/^(anchors\/|manifest)/.test(file));
  const { 'manifest.json': _, ...rest } = contentOf(bare.run_dir);
  expect(rest).toEqual(Object.fromEntries(others));
  expect((await settle(['verify', bare.run_dir], { cwd: place.folder })).exit).toBe(0);
});

test('an earlier evaluation date has a run id of its own and leaves later sessions out', DEEP, async () => {
  const place = new Place(CLEAN_MONTH);
  const whole = await place.json();
  const part = await place.json('--as-of', '2023-11-05');
  expect(part.run_id).not.toBe(whole.run_id);
  expect(part.totals).toMatchObject({ sessions: 1, total: '10.00' });
  expect(part.accounting).toMatchObject({ rows_read: 2, outside_period: 1 });
  expect((await place.json('--as-of', '2024-03-01')).run_id).toBe(whole.run_id);
});
