import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { accept } from '../../src/commands/accept.js';
import { diff } from '../../src/commands/diff.js';
import { explain } from '../../src/commands/explain.js';
import { type PruneOptions, prune } from '../../src/commands/prune.js';
import type { Context } from '../../src/context/context.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { publishedBelow } from '../../src/runs/published.js';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { NightPlace, policyOf } from '../support/night-place.js';
import { contentOf, write } from '../support/workspace.js';

/** What `settle prune` takes away, what it leaves, and that nothing is missed afterwards. */

const OCTOBER = 'content-live-2023-10';
const NOVEMBER = 'content-live-2023-11';

function pruned(place: NightPlace, more: Partial<PruneOptions> = {}, context: Context = place.context) {
  const { out, warehouse } = place;
  return prune({ out, warehouse, keepDays: '0', ...more }, context);
}

/** A night of a date with a session of its own. */
async function night(place: NightPlace, date: string) {
  place.put({ [`sessions-${date}.csv`]: sessionsCsv({ id: `s-${date}`, day: date }) });
  return place.after(date).nightly(date);
}

/**
 * The end of October, its nights and what came after: a policy that changed after the month was over, a run as it was
 * known before, without statements too, a close, a late session that is restated twice, and November up to the 4th.
 */
async function history(): Promise<NightPlace> {
  const place = new NightPlace().put({ 'anchors.csv': anchorsCsv('a1', 'a2') });
  for (const date of ['2023-10-30', '2023-10-31', '2023-11-01']) await night(place, date);
  write(place.policies, { 'policy-2023-10.yaml': `${policyOf('2023-10')}# agreed\n` });
  await night(place, '2023-11-02');
  await place.run('policy-2023-10.yaml', { statements: false });
  await place.run('policy-2023-10.yaml', { knownAt: '1', asOf: '2023-10-29' });
  await place.run('policy-2023-10.yaml');
  await place.seal(OCTOBER, '2023-10-31');
  for (const [at, date] of ['2023-11-03', '2023-11-04'].entries()) {
    place.put({ [`sessions-late-${at}.csv`]: sessionsCsv({ id: `late-${at}`, day: '2023-10-30', dwell: '500.00' }) });
    await night(place, date);
  }
  return place;
}

let before: NightPlace;
beforeAll(async () => {
  before = await history();
}, 240_000);
afterAll(() => before.remove());

function copy(): NightPlace {
  const place = new NightPlace(before);
  onTestFinished(() => place.remove());
  return place;
}

const idsOf = (place: NightPlace): string[] => publishedBelow(place.out).map(({ manifest }) => manifest.run_id);

describe('what goes and what stays', () => {
  test('the closed run, the newest restatement, the last of each period and what nights compare with stay', async () => {
    const place = copy();
    const all = publishedBelow(place.out);
    const { answer } = await pruned(place);
    const kept = answer.kept.map(({ policy, as_of, why }) => [policy, as_of, ...why]);
    expect(kept).toEqual([
      [OCTOBER, '2023-10-31', 'compared'], // by the policy before it changed
      [OCTOBER, '2023-10-31', 'compared'], // without statements
      [OCTOBER, '2023-10-31', 'closed', 'compared'],
      [OCTOBER, '2023-10-31', 'last', 'compared'], // the second restatement
      [NOVEMBER, '2023-11-04', 'last'],
    ]);
    expect(answer.deleted.map(({ as_of }) => as_of)).toEqual(
      expect.arrayContaining(['2023-10-29', '2023-10-30', '2023-11-01', '2023-11-03']),
    );
    expect(answer.deleted.length + answer.kept.length).toBe(all.length);
    expect(idsOf(place)).toEqual(answer.kept.map(({ run_id }) => run_id));
    for (const { run_dir, files, bytes } of answer.deleted) {
      expect(existsSync(run_dir)).toBe(false);
      expect(files).toBeGreaterThan(8);
      expect(bytes).toBeGreaterThan(4096);
    }
    expect(answer.freed.runs).toBe(answer.deleted.length);
    expect(answer.freed.files).toBe(answer.deleted.reduce((sum, { files }) => sum + files, 0));
    for (const policy of [OCTOBER, NOVEMBER])
      expect(readdirSync(join(place.out, policy)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('what stays is not changed by a byte, and a second prune finds nothing', DEEP, async () => {
    const place = copy();
    const content = contentOf(place.out);
    const { answer } = await pruned(place);
    const now = contentOf(place.out);
    expect(now).toEqual(Object.fromEntries(Object.keys(now).map((file) => [file, content[file]])));
    const differences = (place: NightPlace) =>
      Promise.all(publishedBelow(place.out).map(async ({ dir }) => (await verifyRun(dir, {})).count));
    const kept = new Set(idsOf(place));
    const all = await differences(before);
    expect(await differences(place)).toEqual(all.filter((_, at) => kept.has(idsOf(before)[at] as string)));
    const again = await pruned(place);
    expect(again.answer.deleted).toEqual([]);
    expect(again.answer.kept).toEqual(answer.kept);
    expect(again.text()).toContain('Nothing to delete: every run is needed.');
  });

  test('--dry-run says the same and changes nothing', async () => {
    const place = copy();
    const content = contentOf(place.out);
    const dry = await pruned(place, { dryRun: true });
    expect(contentOf(place.out)).toEqual(content);
    expect(dry.text()).toMatch(/^Would be deleted\n {2}content-live-2023-1\d /);
    const { answer } = await pruned(place);
    expect({ ...dry.answer, dry_run: false }).toEqual(answer);
  });

  test(
    'a run that somebody accepted something of stays, also where only the file beside the runs says so',
    DEEP,
    async () => {
      const place = copy();
      const night = publishedBelow(place.out).find(({ manifest }) => manifest.as_of === '2023-11-01');
      const run_id = night?.manifest.run_id as string;
      const acceptances = [
        { accepted_at: '2023-11-02 09:00:00', accepted_by: 'x', note: '', run_id, notices: [], rows: [] },
      ];
      writeFileSync(join(place.out, 'accepted.json'), JSON.stringify({ acceptances }));
      const { answer } = await pruned(place);
      expect(answer.kept.find((run) => run.run_id === run_id)?.why).toEqual(['accepted']);
    },
  );

  variations([
    ['a second younger', -1, true],
    ['just so old', 0, true],
    ['a second older', 1, false],
  ])('of --keep-days 2, a run that is %s', async (_what, seconds, stays) => {
    const place = copy();
    const night = publishedBelow(place.out).find(({ manifest }) => manifest.as_of === '2023-11-01');
    const ended = Date.parse(`${night?.manifest.finished_at.slice(0, 19).replace(' ', 'T')}+08:00`);
    const now = ended + (2 * 86_400 + seconds) * 1000;
    const { answer } = await pruned(place, { keepDays: '2' }, { ...place.context, clock: () => now });
    const why = answer.kept.find(({ run_id }) => run_id === night?.manifest.run_id)?.why;
    expect(why).toEqual(stays ? ['recent'] : undefined);
  });

  test('--keep-days that is no whole number is wrong use, and a place without a warehouse too', async () => {
    await expect(pruned(before, { keepDays: '1.5' })).rejects.toMatchObject({ code: 'usage' });
    const file = join(before.folder, 'none.duckdb');
    await expect(pruned(before, { warehouse: file })).rejects.toMatchObject({ code: 'usage' });
    expect(existsSync(file)).toBe(false);
  });

  test('where a close is gone nothing is deleted', async () => {
    const place = copy();
    const [closed] = publishedBelow(place.out).filter(({ dir }) => existsSync(join(dir, 'close.json')));
    rmSync(join(closed?.dir as string, 'close.json'));
    const ids = idsOf(place);
    await expect(pruned(place)).rejects.toMatchObject({ code: 'differs' });
    expect(idsOf(place)).toEqual(ids);
  });

  test('a folder that is no run stays and is named; what killed runs and prunes left goes', async () => {
    const place = copy();
    const policyDir = join(place.out, NOVEMBER);
    mkdirSync(join(policyDir, 'notes'));
    const left = ['.staged-2023-11-01-x-999999999', '.pruned-2023-11-01-x-999999999'];
    for (const name of left) mkdirSync(join(policyDir, name));
    const dry = await pruned(place, { dryRun: true });
    expect(readdirSync(policyDir)).toEqual(expect.arrayContaining(left));
    expect(dry.answer.others).toEqual([join(policyDir, 'notes')]);
    const { text } = await pruned(place);
    expect(text()).toContain('Left alone, for no run can be read there\n  ');
    expect(readdirSync(policyDir).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(existsSync(join(policyDir, 'notes'))).toBe(true);
  });

  test(
    'what is freed is what the disk gets back: a file that a run which stays has too is none of it',
    DEEP,
    async () => {
      const place = new NightPlace().put({ 'anchors.csv': anchorsCsv('a1', 'a2') });
      onTestFinished(() => place.remove());
      for (const date of ['2023-11-01', '2023-11-02', '2023-11-03']) await night(place, date);
      const room = (): number => blocksOf(place.out);
      const all = room();
      const dry = await pruned(place, { dryRun: true });
      const { answer } = await pruned(place);
      expect(dry.answer.freed).toEqual(answer.freed);
      expect(answer.deleted).toHaveLength(2);
      expect(answer.freed.bytes).toBe(all - room());
    },
  );
});

/** What the disk gives to a folder and all below it, each file once. */
function blocksOf(folder: string): number {
  return Number(execFileSync('du', ['-s', '--block-size=1', folder], { encoding: 'utf8' }).split('\t')[0]);
}

describe('after it', () => {
  /** What a night says, whatever the place and the night are called. */
  const said = (place: NightPlace, result: object): unknown =>
    JSON.parse(JSON.stringify({ ...result, night: '' }).replaceAll(place.folder, '(place)'));

  test('nights say and do what they would have said and done', { ...DEEP, timeout: 240_000 }, async () => {
    const [plain, place] = [copy(), copy()];
    const gone = new Set((await pruned(place)).answer.deleted.map(({ run_id }) => run_id));
    expect(gone.size).toBeGreaterThan(3);
    const steps: [string, Record<string, string>][] = [
      ['2023-11-04', {}],
      ['2023-11-08', { 'sessions-late-2.csv': sessionsCsv({ id: 'late-2', day: '2023-10-31', dwell: '900.00' }) }],
      [
        '2023-11-09',
        { 'sessions-2023-11-02.csv': sessionsCsv({ id: 's-2023-11-02', day: '2023-11-02', dwell: '1.00' }) },
      ],
      ['2023-12-01', { 'sessions-2023-12-01.csv': sessionsCsv({ id: 'd1', day: '2023-12-01' }) }],
    ];
    for (const [date, exports] of steps) {
      const [a, b] = await Promise.all([plain, place].map((each) => each.put(exports).after(date).nightly(date)));
      expect(said(place, b as object)).toEqual(said(plain, a as object));
      await pruned(place);
    }
    const left = contentOf(place.out);
    const all = contentOf(plain.out);
    for (const [file, content] of Object.entries(left)) expect(content, file).toBe(all[file]);
  });

  test('runs, explain and diff know what is left', DEEP, async () => {
    const place = copy();
    await pruned(place);
    const { out, warehouse } = place;
    const { answer } = await diff('closed', 'latest', { out, warehouse }, place.context);
    expect(answer).toMatchObject({ total: { causes: { sessions_late: '10.00' } } });
    const latest = place.latest(NOVEMBER, '2023-11-04') as string;
    const page = await explain(latest, { out, warehouse, anchor: 'a1' }, place.context);
    expect(page.answer).toMatchObject({ anchor: { anchor_id: 'a1' } });
    await accept(undefined, { out, warehouse, by: 'x', all: true, place: true }, place.context);
    expect(readFileSync(join(latest, 'manifest.json'), 'utf8')).toContain(NOVEMBER);
  });
});
