import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { type CallOptions, settle } from '../support/program.js';
import { contentOf, SAMPLE_POLICY, SAMPLES, temporaryFolder, workspace } from '../support/workspace.js';

// @module-tag deep

/** The same exports give the same bytes whatever the machine's time zone, language, umask or working folder. */

const WORDS = ['run', '--policy', SAMPLE_POLICY, '--input', join(SAMPLES, '2023-11'), '--json'];

const folder = temporaryFolder();
let usual: Record<string, string>;

async function run(options: Partial<CallOptions>): Promise<{ out: string; content: Record<string, string> }> {
  const cwd = options.cwd ?? workspace();
  const { exit, json } = await settle(WORDS, { cwd, ...options });
  expect(exit).toBe(0);
  return { out: cwd, content: withoutTimes(contentOf(json.run_dir)) };
}

/** The manifest's two times are all in which two runs of the same work may differ. */
function withoutTimes(content: Record<string, string>): Record<string, string> {
  const manifest = JSON.parse(Buffer.from(content['manifest.json'] as string, 'latin1').toString());
  const { started_at, finished_at, ...rest } = manifest;
  expect(started_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
  expect(finished_at >= started_at).toBe(true);
  const seen = Date.parse(`${started_at.replace(' ', 'T')}+08:00`);
  expect(Math.abs(Date.now() - seen), 'the start, in Beijing time').toBeLessThan(60_000);
  return { ...content, 'manifest.json': JSON.stringify(rest) };
}

beforeAll(async () => {
  usual = (await run({ cwd: folder })).content;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

variations([
  [{ TZ: 'America/New_York' }],
  [{ LANG: 'C', LC_ALL: 'C' }],
  [{ TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8' }],
])('with %o', async (env) => {
  expect((await run({ env })).content).toEqual(usual);
});

test('with umask 000 nothing is writable by others', async () => {
  const cwd = join(workspace(), 'place');
  mkdirSync(cwd, { mode: 0o755 });
  const { out, content } = await run({
    cwd,
    command: ['/bin/sh', '-c', 'umask 000; exec "$0" "$@"', process.execPath],
  });
  expect(content).toEqual(usual);
  const paths = readdirSync(out, { recursive: true, encoding: 'utf8' });
  const loose = paths.filter((path) => (statSync(join(out, path)).mode & 0o022) !== 0);
  expect(loose).toEqual([]);
  expect(paths).toContain('settlement.duckdb');
});

test('with umask 077 nothing is readable by others', DEEP, async () => {
  const { out } = await run({ command: ['/bin/sh', '-c', 'umask 077; exec "$0" "$@"', process.execPath] });
  const paths = readdirSync(out, { recursive: true, encoding: 'utf8' });
  expect(paths.filter((path) => (statSync(join(out, path)).mode & 0o077) !== 0)).toEqual([]);
});

test('nothing stays in the folder for temporary files', async () => {
  const temp = temporaryFolder();
  onTestFinished(() => rmSync(temp, { recursive: true, force: true }));
  await run({ env: { TMPDIR: temp } });
  expect(readdirSync(temp)).toEqual([]);
});
