import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLEAN_MONTH } from '../support/exports.js';
import { SAMPLE_POLICY, settle, workspace, write } from '../support/workspace.js';
import { POLICY_ID } from './place.js';

/** In a container every run may have the same process id: what a killed one left is not taken for a living one's. */

test('drafts that a killed run of this process id left are written anew', async () => {
  const folder = workspace();
  const input = join(folder, 'exports');
  const out = join(folder, 'out');
  mkdirSync(input);
  write(input, CLEAN_MONTH);
  const run = (words: object) =>
    settle({ policy: SAMPLE_POLICY, input, out, warehouse: join(folder, 'w.duckdb'), ...words });
  const runId = (await settle({ policy: SAMPLE_POLICY, input, out: join(folder, 'other') })).manifest.run_id;
  const { pid } = process;
  write(folder, {
    [`.w.duckdb.new-${pid}`]: 'half',
    [`.w.duckdb.new-${pid}.wal`]: 'half',
    [`w.duckdb.head.new-${pid}`]: '{',
  });
  mkdirSync(join(out, POLICY_ID, `.staged-${runId}-${pid}`, 'inputs'), { recursive: true });
  const { exit, manifest } = await run({});
  expect([exit, manifest.totals.total]).toEqual([0, '30.00']);
  expect(readdirSync(folder).sort()).toEqual(['exports', 'other', 'out', 'w.duckdb', 'w.duckdb.head']);
  expect(readdirSync(join(out, POLICY_ID))).toEqual([runId]);
});
