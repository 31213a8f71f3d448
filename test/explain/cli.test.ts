import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { type Ended, settle } from '../support/program.js';
import { SAMPLE_POLICY, SAMPLES, temporaryFolder } from '../support/workspace.js';

/** The command as a shell calls it, over the sample month. */

let folder: string;
let runId: string;

beforeAll(async () => {
  folder = temporaryFolder();
  const { json } = await settle(
    ['run', '--policy', SAMPLE_POLICY, '--input', join(SAMPLES, '2023-11'), '--no-statements', '--json', '--quiet'],
    { cwd: folder },
  );
  runId = json.run_id;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const explain = (words: string[], env: NodeJS.ProcessEnv = { LC_ALL: 'C' }): Promise<Ended> =>
  settle(['explain', runId, ...words], { cwd: folder, env });

test('one JSON object on one line, by the run’s id or its folder', async () => {
  const { json, exit, stderr } = await explain(['--anchor', 'A1004', '--json', '--quiet']);
  expect(exit).toBe(0);
  expect(stderr).toBe('');
  expect(json).toMatchObject({ run_id: runId, anchor_id: 'A1004', total: '3712.96', forfeited: '1000.00' });
  const byFolder = await settle(
    ['explain', `out/content-live-2023-11/${runId}`, '--anchor', 'A1004', '--json', '--quiet'],
    { cwd: folder, env: { LC_ALL: 'C' } },
  );
  expect(byFolder.json).toEqual(json);
});

test('the run by a word, the anchor by a nickname', DEEP, async () => {
  const called = (run: string, anchor: string): Promise<Ended> =>
    settle(['explain', run, '--anchor', anchor, '--json', '--quiet'], { cwd: folder, env: { LC_ALL: 'C' } });
  expect((await called('latest', '老周聊茶')).json).toMatchObject({ run_id: runId, anchor_id: 'A1004' });
  expect((await called('closed', 'A1004')).json).toMatchObject({ error: { message: 'no run is closed in out' } });
});

test('Chinese where the environment says so', async () => {
  const { stdout, exit } = await explain(['--anchor', 'A1002'], { LC_ALL: 'zh_CN.UTF-8' });
  expect(exit).toBe(0);
  expect(stdout).toContain('优质月全勤激励');
});

test.each([
  ['no anchor', [], /--anchor/],
  ['an anchor that nobody knows', ['--anchor', 'A9999'], /have no anchor A9999/],
  ['a date and a session', ['--anchor', 'A1002', '--date', '2023-11-14', '--session', 'x'], /both given/],
  ['a language', ['--anchor', 'A1002', '--lang', 'de'], /--lang de is not a known language/],
])('%s: exit 2', async (_, words, message) => {
  const { exit, stderr, stdout } = await explain(words);
  expect(exit).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(message);
});

test('without a warehouse: exit 2', async () => {
  const { exit, stderr } = await explain(['--anchor', 'A1002', '--warehouse', 'none.duckdb']);
  expect(exit).toBe(2);
  expect(stderr).toMatch(/there is no warehouse/);
});
