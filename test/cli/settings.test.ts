import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { CLEAN_MONTH } from '../support/exports.js';
import { settle } from '../support/program.js';
import { SAMPLE_POLICY, workspace, write } from '../support/workspace.js';

/** settle.yaml and SETTLE_…, as a person meets them. How they are read: test/unit/settings.test.ts. */

const RUN = ['run', '--policy', SAMPLE_POLICY, '--no-statements', '--json'];

function place(settings: string, name = 'settle.yaml'): string {
  const folder = workspace();
  mkdirSync(join(folder, 'exports'));
  write(join(folder, 'exports'), CLEAN_MONTH);
  return write(folder, { [name]: settings });
}

test('a run takes folders from settle.yaml, and the warehouse lies beside its out', async () => {
  const cwd = place('input: exports\nout: results/runs\nthreads: 1\nmemory_limit: 300MB\n');
  const { exit, json } = await settle(RUN, { cwd });
  expect(exit).toBe(0);
  expect(json.run_dir).toContain(join(cwd, 'results/runs/'));
  expect(existsSync(join(cwd, 'results/settlement.duckdb'))).toBe(true);
  const { json: known } = await settle(['files', '--json'], { cwd });
  expect(known.files).toHaveLength(2);
  expect((await settle(['load', '--json'], { cwd })).json).toMatchObject({ loaded: [], known: 2 });
  expect((await settle(['runs', '--json'], { cwd })).json.runs).toHaveLength(1);
});

test('a notice that settle.yaml lowers is info in the run, whose id and manifest know it', DEEP, async () => {
  const cwd = place('input: exports\n');
  const asked = (await settle(RUN, { cwd })).json;
  const settings = 'notices: { day_without_sessions: { severity: info, reason: "a test of two days" } }\n';
  const { exit, json } = await settle(RUN, { cwd: write(cwd, { 'settle.yaml': `input: exports\n${settings}` }) });
  expect([exit, asked.notices, json.notices]).toEqual([0, { attention: 28, info: 8 }, { attention: 0, info: 36 }]);
  expect(json.severities).toEqual({ day_without_sessions: { severity: 'info', reason: 'a test of two days' } });
  expect(json.run_id).not.toBe(asked.run_id);
});

test('paths begin at the folder of --config; those of flags and variables at the current directory', DEEP, async () => {
  const folder = place('input: exports\nout: out\n', 'own.yaml');
  const cwd = workspace();
  const words = [...RUN, '--config', join(folder, 'own.yaml')];
  expect((await settle(words, { cwd })).json.run_dir).toContain(join(folder, 'out/'));
  const env = { SETTLE_OUT: 'here' };
  expect((await settle(words, { cwd, env })).json.run_dir).toContain(join(cwd, 'here/'));
  expect((await settle([...words, '--out', 'there'], { cwd, env })).json.run_dir).toContain(join(cwd, 'there/'));
});

test('the exports that diff asks "what if" of are its own, and no setting', DEEP, async () => {
  const cwd = place('input: exports\n');
  const { run_id } = (await settle(RUN, { cwd })).json;
  const { exit, json } = await settle(['diff', run_id, 'latest', '--json'], { cwd });
  expect([exit, json.total]).toMatchObject([0, { delta: '0.00' }]);
  expect((await settle(['diff', run_id, '--json'], { cwd })).json.error.message).toContain('nothing to compare');
});

test('no settings are looked for above the current directory', async () => {
  const folder = place('input: exports\n');
  const { exit, json } = await settle(RUN, { cwd: join(folder, 'exports') });
  expect([exit, json.error.message]).toEqual([2, "required option '--input <dir>' not specified"]);
});

describe('settings that are broken', () => {
  const BROKEN = 'input: exports\noutput: out\n';

  test.each([
    [['files']],
    [['runs']],
    [['load', 'exports']],
    [['run', '--policy', SAMPLE_POLICY, '--input', 'exports', '--out', 'o', '--warehouse', 'w']],
    [['close', 'x', '--by', 'y']],
    [['diff', 'closed', 'latest']],
    [['explain', 'x', '--anchor', 'y']],
    [['nightly', '--date', '2023-11-30']],
  ])('%j: exit 2, with line and key, and nothing is made', async (words) => {
    const cwd = place(BROKEN);
    const { exit, json, stderr } = await settle([...words, '--json'], { cwd });
    expect(exit).toBe(2);
    expect(json.error).toMatchObject({ code: 'usage', file: 'settle.yaml', line: 2, key: 'output' });
    expect(stderr).toContain('settle.yaml:2: output: unknown key; did you mean out?');
    expect(existsSync(join(cwd, 'settlement.duckdb'))).toBe(false);
  });

  test('verify, policy check, init and help have no settings', async () => {
    const cwd = place(BROKEN);
    expect((await settle(['policy', 'check', SAMPLE_POLICY], { cwd })).exit).toBe(0);
    expect((await settle(['init', 'new'], { cwd })).exit).toBe(0);
    expect((await settle(['files', '--help'], { cwd })).stdout).toContain('--config <file>');
    expect((await settle(['verify', 'exports', '--json'], { cwd })).json.error.message).toContain('not a run folder');
  });

  test('a link that leads nowhere, and a folder', async () => {
    const cwd = workspace();
    symlinkSync('nowhere', join(cwd, 'settle.yaml'));
    expect((await settle(['files', '--json'], { cwd })).json.error.message).toContain('there is no such file');
    mkdirSync(join(cwd, 'folder'));
    const { exit, json } = await settle(['files', '--config', 'folder', '--json'], { cwd });
    expect([exit, json.error.message]).toEqual([2, 'folder: this is a folder']);
  });
});

test('load without a folder is wrong use where no setting gives it', async () => {
  const { exit, json } = await settle(['load', '--json'], { cwd: workspace() });
  expect([exit, json.error.message]).toEqual([2, "missing required argument 'dir'"]);
});
