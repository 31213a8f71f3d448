import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { settle } from '../support/program.js';
import { contentOf, filesIn, temporaryFolder } from '../support/workspace.js';
import { otherProgram } from './other-program.js';

// @module-tag deep

/**
 * What is told after an upgrade: by `check-upgrade` of closed periods, and by the first night of open ones. The other
 * programs are this one with a text of its SQL changed.
 */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RULE = 'content-incentive/session/valid_session.sql';
let paysSuspended: string;
let namesOtherwise: string;
let onlyWords: string;

/** Where November was settled by this program, in a night after its end; and the same place, closed by that run. */
const open = join(folder, 'open');
const closed = join(folder, 'closed');
let runId = '';

beforeAll(async () => {
  const other = (name: string, from: string, to: string): string => {
    mkdirSync(join(folder, name));
    return otherProgram(RULE, from, to, join(folder, name));
  };
  paysSuspended = other('pays', 'AND NOT t.suspended', '');
  namesOtherwise = other('names', "';too_short'", "';too_brief'");
  onlyWords = other('words', '-- why:', '-- why now:');
  expect((await settle(['init', open], { cwd: folder })).exit).toBe(0);
  mkdirSync(join(open, 'policies'));
  cpSync(join(open, 'policy-2023-11.yaml'), join(open, 'policies/policy-2023-11.yaml'));
  const night = await nightly(open);
  expect(night.json.periods).toMatchObject([{ why: 'unsettled', upgrade: null, totals: { total: '33960.08' } }]);
  runId = night.json.periods[0].run_id;
  cpSync(open, closed, { recursive: true });
  for (const words of [
    ['accept', runId, '--by', 'Wang Li', '--all'],
    ['close', runId, '--by', 'Wang Li'],
  ])
    expect((await settle(words, { cwd: closed })).exit).toBe(0);
});

// biome-ignore lint/suspicious/noExplicitAny: answers as they come
async function nightly(cwd: string, program?: string): Promise<{ json: any; exit: number | null }> {
  const words = ['nightly', '--date', '2023-12-05', '--policies', 'policies', '--log', '../log.jsonl', '--json'];
  return settle(words, { cwd, ...(program === undefined ? {} : { program }) });
}

function copyOf(place: string): string {
  const copy = join(folder, `copy-${readdirSync(folder).length}`);
  cpSync(place, copy, { recursive: true });
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  return copy;
}

describe('check-upgrade', () => {
  const check = (cwd: string, program?: string, ...words: string[]) =>
    settle(['check-upgrade', ...words], { cwd, ...(program === undefined ? {} : { program }) });

  test('by the program that closed: nothing differs, and not a byte is changed', async () => {
    const before = contentOf(closed, filesIn(closed));
    const { exit, json } = await check(closed, undefined, '--json');
    expect(exit).toBe(0);
    expect(json).toMatchObject({ differ: 0, program: { version: expect.any(String), build: expect.any(String) } });
    expect(json.closes).toMatchObject([
      {
        close_no: 1,
        run_id: runId,
        total: '33960.08',
        total_now: '33960.08',
        delta: '0.00',
        differs: false,
        first: [],
      },
    ]);
    expect(contentOf(closed, filesIn(closed))).toEqual(before);
  });

  test('by another build with the same figures: nothing differs', DEEP, async () => {
    const { exit, stdout } = await check(closed, onlyWords);
    expect([exit, stdout]).toEqual([
      0,
      expect.stringContaining('closed 33,960.08 CNY, now 33,960.08 CNY: nothing differs'),
    ]);
  });

  test('by one with another rule: exit 6, the totals, how many anchors and the first lines', async () => {
    const { exit, json } = await check(closed, paysSuspended, '--json');
    expect(exit).toBe(6);
    const [close] = json.closes as [Record<string, unknown>];
    expect(close).toMatchObject({ total: '33960.08', differs: true });
    expect(Number(close.delta)).toBeGreaterThan(0);
    const lines = close.first as { file: string; published: string | null; now: string | null }[];
    expect(lines.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['settlement.csv', 'days.csv', 'sessions.csv']),
    );
    const published = lines.filter(({ file }) => file === 'sessions.csv').flatMap((line) => line.published ?? []);
    expect(published[0]).toMatch(/,N,suspended,0\.00$/);
    const settled = readFileSync(join(closed, 'out/content-live-2023-11', runId, 'sessions.csv'), 'utf8').split('\n');
    for (const line of published) expect(settled).toContain(line);

    const { stdout } = await check(closed, paysSuspended);
    expect(stdout).toContain('1 closed period, settled again by settlement');
    expect(stdout).toMatch(
      /sessions\.csv {2}closed {2}L.+,N,suspended,0\.00\n.*sessions\.csv {2}now {5}L.+,Y,,\d+\.\d\d/,
    );
  });

  test('by one that gives another reason for the same amounts: exit 6 too', DEEP, async () => {
    const { exit, stdout, json } = await check(closed, namesOtherwise, '--json');
    expect(exit).toBe(6);
    expect(json.closes).toMatchObject([
      { delta: '0.00', differs: true, lines: { 'settlement.csv': 0, 'days.csv': 0 } },
    ]);
    expect(stdout).toContain('too_brief');
  });

  test(
    'where nothing is closed it says so, and where the warehouse lacks the files it can’t be told',
    DEEP,
    async () => {
      const none = await check(open);
      expect([none.exit, none.stdout]).toEqual([0, expect.stringMatching(/^No period is closed/)]);

      const other = join(folder, 'other');
      mkdirSync(join(other, 'none'), { recursive: true });
      expect((await settle(['load', 'none'], { cwd: other })).exit).toBe(0);
      const lacking = await check(closed, undefined, '--warehouse', join(other, 'settlement.duckdb'), '--json');
      expect(lacking.exit).toBe(6);
      expect(lacking.json.differ).toBe(1);
      expect(lacking.json.closes).toMatchObject([{ run_id: runId, error: { code: 'differs' } }]);
    },
  );

  test('a closed folder that somebody changed is told, whatever the figures', DEEP, async () => {
    const place = copyOf(closed);
    appendFileSync(join(place, 'out/content-live-2023-11', runId, 'sessions.csv'), 'x\n');
    const { exit, json } = await check(place, undefined, '--json');
    expect([exit, json.closes]).toMatchObject([
      1,
      [{ error: { code: 'machine', message: expect.stringContaining('sessions.csv') } }],
    ]);
  });
});

describe('the first night after an upgrade', () => {
  test('of the same program it says nothing', async () => {
    const { json } = await nightly(copyOf(open));
    expect(json.periods).toEqual([]);
  });

  test('with the same figures: settled again, and told once that nothing differs', DEEP, async () => {
    const place = copyOf(open);
    const { json } = await nightly(place, onlyWords);
    expect(json.periods).toMatchObject([
      {
        why: 'unsettled',
        upgrade: { run_id: runId, differs: false, total: '33960.08', total_now: '33960.08', anchors: 0 },
      },
    ]);
    expect(json.periods[0].run_id).not.toBe(runId);
    expect((await nightly(place, onlyWords)).json.periods).toEqual([]);
  });

  test('with other figures: by how much, in the text, the answer and the log', async () => {
    const place = copyOf(open);
    const words = ['nightly', '--date', '2023-12-05', '--policies', 'policies', '--log', 'log.jsonl'];
    const { stdout } = await settle(words, { cwd: place, program: paysSuspended });
    expect(stdout).toMatch(/^Settled by another program than before, settlement \S+ \(build [0-9a-f]{16}\):$/m);
    expect(stdout).toMatch(
      /OTHER FIGURES, 33,960\.08 CNY then, [\d,.]+ CNY now \(\+[\d.,]+ CNY, \d+ anchors?; lines that differ: /,
    );
    const log = readFileSync(join(place, 'log.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [line] = log.filter(({ event }) => event === 'upgrade');
    expect(line).toMatchObject({ level: 'warning', run_id: runId, differs: true, total: '33960.08' });
    expect(log.find(({ event }) => event === 'settled').upgrade).toMatchObject({ run_id: runId, delta: line.delta });
  });

  test('where the last run’s folder was changed it can’t be told, and the night goes on', DEEP, async () => {
    const place = copyOf(open);
    appendFileSync(join(place, 'out/content-live-2023-11', runId, 'days.csv'), 'x\n');
    const { json } = await nightly(place, onlyWords);
    expect(json.periods).toMatchObject([
      { upgrade: { run_id: runId, error: { code: 'machine' } }, totals: { total: '33960.08' } },
    ]);
  });
});

test('diff: what another build makes of the same policy and exports stands under the cause program', DEEP, async () => {
  const words = ['diff', runId, '--policy', 'policy-2023-11.yaml', '--json'];
  const same = await settle(words, { cwd: open, program: onlyWords });
  expect([same.exit, same.json.total]).toMatchObject([0, { a: '33960.08', b: '33960.08', delta: '0.00' }]);
  const other = await settle(words, { cwd: open, program: paysSuspended });
  const { delta, causes } = other.json.total as { delta: string; causes: Record<string, string> };
  expect([other.exit, delta, causes.program]).toEqual([0, '73.14', '73.14']);
});

test(
  'a closed period that another rule settles otherwise is restated under the cause program, though the version is the same',
  DEEP,
  async () => {
    const place = copyOf(closed);
    const words = ['run', '--policy', 'policy-2023-11.yaml', '--input', 'exports', '--json'];
    const { exit, json } = await settle(words, { cwd: place, program: paysSuspended });
    expect(exit).toBe(0);
    expect(json.causes).toEqual({ program: (json.restates as { delta: string }).delta });
    const causes = readFileSync(join(json.run_dir, 'adjustments.csv'), 'utf8').trimEnd().split('\n').slice(1);
    expect(causes.length).toBeGreaterThan(0);
    for (const line of causes) expect(line).toMatch(/,program:-?\d+\.\d\d$/);
    // The second implementation pays nobody who suspended a session, so it finds that, and the cause is none of its faults.
    const { json: wrong } = await settle(['verify', json.run_dir, '--json'], { cwd: place });
    const found = (wrong.differences as { file: string; column: string }[]).map(
      ({ file, column }) => `${file} ${column}`,
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found).not.toContain('adjustments.csv causes');
  },
);
