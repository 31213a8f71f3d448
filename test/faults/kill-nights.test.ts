import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { SAMPLE_POLICIES } from '../support/night-place.js';
import { type CallOptions, type Ended, settle } from '../support/program.js';
import { contentOfWarehouse } from '../support/warehouse-content.js';
import { filesIn, temporaryFolder, write } from '../support/workspace.js';
import { killedAt, type Step } from './killed-at.js';
import { disturb, moments, timed } from './moments.js';
import { few, RUNS, TEST_MS } from './month.js';
import { digest, readPublished } from './place.js';

// @module-tag deep

/**
 * SIGKILL at any moment of a night that settles three periods: one that is closed, one that is over, and the date's.
 * No run folder is half there, the closes stay whole, and the next night leaves what an undisturbed one leaves.
 */

const NIGHT = ['nightly', '--date', '2023-12-10'];

/** A folder with settings, policies, exports and everything that nights leave there. */
class Night {
  constructor(
    readonly folder: string,
    from?: Night,
  ) {
    mkdirSync(folder, { recursive: true });
    if (from !== undefined) cpSync(from.folder, folder, { recursive: true });
    for (const name of ['exports', 'policies', 'temp']) mkdirSync(join(folder, name), { recursive: true });
  }

  run(words: string[] = [], options: Partial<CallOptions> = {}): Promise<Ended> {
    return this.settle([...NIGHT, ...words], options);
  }

  settle(words: string[], options: Partial<CallOptions> = {}): Promise<Ended> {
    const env = { TMPDIR: join(this.folder, 'temp'), ...options.env };
    return settle(words, { cwd: this.folder, ...options, env });
  }

  /** What can be seen in the output folder, each file by its digest; manifests without their two times. */
  published(): Record<string, string> {
    const out = join(this.folder, 'out');
    const files = filesIn(out).filter((file) => !/(^|\/)\./.test(file));
    return Object.fromEntries(files.map((file) => [file, digest(readPublished(join(out, file)))]));
  }

  async state(): Promise<object> {
    const hidden = filesIn(this.folder).filter((file) => /(^|\/)\./.test(file) || file.startsWith('temp/'));
    const content = await contentOfWarehouse(join(this.folder, 'settlement.duckdb'));
    return { names: readdirSync(this.folder).sort(), hidden, published: this.published(), content };
  }
}

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let before: Night;
let after: Night;
/** What is told of these few sessions, which a real month would ask somebody about. */
const TOLD = ['day_without_sessions', 'sessions_overlap', 'file_shrank', 'policy_missing'];
const SETTINGS = `input: exports
notices: { ${TOLD.map((code) => `${code}: { severity: info, reason: a month that was made up }`).join(', ')} }
`;

let state: object;
let places = 0;

const sessions = (prefix: string, month: string, dwell: string) =>
  sessionsCsv(
    ...Array.from({ length: 200 }, (_, at) => ({
      id: `${prefix}${at}`,
      anchor: `a${at % 20}`,
      day: `${month}-${String(1 + (at % 28)).padStart(2, '0')}`,
      dwell,
    })),
  );

beforeAll(async () => {
  before = new Night(join(folder, 'before'));
  write(before.folder, { 'settle.yaml': SETTINGS });
  write(join(before.folder, 'policies'), SAMPLE_POLICIES);
  write(join(before.folder, 'exports'), {
    'anchors.csv': anchorsCsv(...Array.from({ length: 20 }, (_, at) => `a${at}`)),
    'sessions-10.csv': sessions('s10-', '2023-10', '1000.00'),
    'sessions-11.csv': sessions('s11-', '2023-11', '1000.00'),
  });
  const { exit, json } = await before.settle(['nightly', '--date', '2023-11-30', '--json']);
  expect(exit).toBe(0);
  const october = (json.periods as { run_id: string }[])[0]?.run_id as string;
  expect((await before.settle(['close', october, '--by', 'Wang Li'])).exit).toBe(0);
  write(join(before.folder, 'exports'), {
    'sessions-11.csv': sessions('s11-', '2023-11', '900.00'),
    'sessions-12.csv': sessions('s12-', '2023-12', '1000.00'),
    'sessions-late.csv': sessionsCsv({ id: 'late', anchor: 'a1', day: '2023-10-31' }),
  });
  after = new Night(join(folder, 'after'), before);
  const ended = await after.run(['--json']);
  expect(ended.json.periods).toMatchObject([
    { closed: { close_no: 1 }, why: 'data' },
    { closed: null, why: 'data' },
    { closed: null, why: 'date' },
  ]);
  state = await after.state();
}, TEST_MS);

function again(): Night {
  places += 1;
  return new Night(join(folder, `place-${places}`), before);
}

/** Every file that can be seen is one of the undisturbed night's, and a run that is there is there whole. */
function expectNothingHalf(place: Night): void {
  const seen = place.published();
  const whole = after.published();
  const folders = new Set(Object.keys(seen).map((file) => file.split('/').slice(0, 2).join('/')));
  const expected = Object.entries(whole).filter(([file]) => folders.has(file.split('/').slice(0, 2).join('/')));
  expect(seen).toEqual(Object.fromEntries(expected));
  for (const file of Object.keys(before.published())) expect(seen).toHaveProperty([file]);
}

async function expectSameAfterNextNight(place: Night): Promise<void> {
  const { exit, json, stderr } = await place.run(['--json']);
  expect(exit, json.error?.message ?? stderr).toBe(0);
  expect(await place.state()).toEqual(state);
}

const POINTS: readonly Step[] = [
  { when: 'after', call: 'run', about: 'COMMIT' }, // loaded, and nothing settled
  { when: 'before', call: 'renameSync', about: '.staged-', nth: 2 }, // one period published, and no other
  { when: 'before', call: 'run', about: 'COMMIT' },
  { when: 'before', call: 'run', about: 'COMMIT', nth: 2 }, // loaded, and what was seen of the place not yet kept
  { when: 'before', call: 'renameSync', about: '.notices-place.csv.new-' },
  { when: 'before', call: 'renameSync', about: '.staged-' },
  { when: 'after', call: 'renameSync', about: '.staged-' },
  { when: 'after', call: 'renameSync', about: '.staged-', nth: 2 },
  { when: 'after', call: 'renameSync', about: '.staged-', nth: 3 },
];

describe('SIGKILL', () => {
  test.each(few(POINTS, 0, 1))(
    '$when $call $about $nth',
    async (step) => {
      const place = again();
      await killedAt(place, step);
      expectNothingHalf(place);
      await expectSameAfterNextNight(place);
      rmSync(place.folder, { recursive: true });
    },
    TEST_MS,
  );

  test(
    'at any moment of a night',
    async () => {
      const work = await timed((options) => again().run([], options));
      const loop = moments(Math.ceil(RUNS / 10), work);
      await disturb(loop, {
        begin: again,
        run: (place, options) => place.run([], options),
        check: (place, { exit }) => {
          expect([null, 0]).toContain(exit);
          expectNothingHalf(place);
        },
        mend: async (place) => {
          await expectSameAfterNextNight(place);
          rmSync(place.folder, { recursive: true });
        },
      });
      loop.tell('nights killed');
    },
    TEST_MS,
  );
});
