import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { settle } from '../support/program.js';
import { filesIn, SAMPLE_POLICY, temporaryFolder, write } from '../support/workspace.js';

/** Exit 130 and 143: a signal in any phase of a run leaves nothing behind, and the next run takes up from there. */

const ANCHORS = 3000;
const SESSIONS = 60_000;

const folder = temporaryFolder();
const temp = join(folder, 'temp');

beforeAll(() => {
  for (const name of ['exports', 'temp']) mkdirSync(join(folder, name));
  const anchors = Array.from({ length: ANCHORS }, (_, at) => `a${at}`);
  const sessions = Array.from({ length: SESSIONS }, (_, at) => ({
    id: `s${at}`,
    anchor: `a${at % ANCHORS}`,
    day: `2023-11-${String(1 + (at % 30)).padStart(2, '0')}`,
  }));
  write(join(folder, 'exports'), { 'anchors.csv': anchorsCsv(...anchors), 'sessions.csv': sessionsCsv(...sessions) });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RUN = ['run', '--policy', SAMPLE_POLICY, '--input', 'exports', '--json'];

/** Sends the signal when the phase is told of. */
async function interrupted(phase: string, signal: NodeJS.Signals, words = RUN) {
  let sent = 0;
  const ended = await settle(words, {
    cwd: folder,
    env: { TMPDIR: temp },
    onStderr: (said, child) => {
      if (sent > 0 || !said.includes(phase)) return;
      sent = Date.now();
      child.kill(signal);
    },
  });
  return { ...ended, sent, took: Date.now() - sent };
}

variations(
  [
    ['Loading', 'SIGINT', 130],
    ['Settling', 'SIGTERM', 143],
    ['Writing tables', 'SIGINT', 130],
    ['Writing statements', 'SIGTERM', 143],
  ] as const,
  0,
  1,
)('in the phase "%s", %s ends the run with %i', async (phase, signal, code) => {
  const { exit, json, sent, took } = await interrupted(phase, signal);
  expect(sent).toBeGreaterThan(0);
  expect(exit).toBe(code);
  expect(took).toBeLessThan(5000);
  expect(json.error.code).toBe(signal === 'SIGINT' ? 'interrupted' : 'terminated');
  expect(json.error.message).toContain('nothing was published');
  expect(readdirSync(temp)).toEqual([]);
  expect(existsSync(join(folder, 'out'))).toBe(false);
  expect(filesIn(folder).filter((file) => !/^(exports\/|settlement\.duckdb(\.head)?$)/.test(file))).toEqual([]);
});

test('a load that is stopped has loaded nothing', DEEP, async () => {
  const words = ['load', 'exports', '--warehouse', 'other.duckdb', '--json'];
  const { exit, json, sent } = await interrupted('Loading', 'SIGTERM', words);
  expect(sent).toBeGreaterThan(0);
  expect(exit).toBe(143);
  expect(json.error.message).toBe('terminated: the load was stopped; it counts completely or not at all');
  expect((await settle(words, { cwd: folder, env: { TMPDIR: temp } })).json).toMatchObject({ load: 1, known: 0 });
  expect((await settle(words, { cwd: folder, env: { TMPDIR: temp } })).json).toMatchObject({ load: null, known: 2 });
  expect(readdirSync(temp)).toEqual([]);
});

test('then the run is as if nothing had happened', DEEP, async () => {
  const { exit, json } = await settle(RUN, { cwd: folder, env: { TMPDIR: temp } });
  expect(exit).toBe(0);
  expect(json.totals).toMatchObject({ anchors: ANCHORS, sessions: SESSIONS, watch_time_gross: '600000.00' });
  expect(readdirSync(temp)).toEqual([]);
  const policyDir = join(folder, 'out', 'content-live-2023-11');
  expect(readdirSync(policyDir)).toEqual([json.run_id]);
});

test('a command that only reads has nothing to say of what would have been published', DEEP, async () => {
  const policyDir = join(folder, 'out', 'content-live-2023-11');
  const run = join(policyDir, readdirSync(policyDir)[0] as string);
  const { exit, json, sent } = await interrupted('Verifying', 'SIGINT', ['verify', run, '--json']);
  expect(sent).toBeGreaterThan(0);
  expect(exit).toBe(130);
  expect(json.error).toMatchObject({ message: 'interrupted: nothing was changed', mend: 'Run again.' });
});
