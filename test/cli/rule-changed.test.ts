import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Program } from '../../src/program/version.js';
import { settle } from '../support/program.js';
import { CopyOfProgram } from './other-program.js';

// @module-tag deep

/** A rule that changed under a version that didn't: other rules never have the id of a run of these. */

test('another rule under the same version has another build, publishes a run of its own, and the first stands', async () => {
  const copy = new CopyOfProgram();
  const { folder, program } = copy;
  await settle(['init', 'month'], { cwd: folder, program });
  const cwd = join(folder, 'month');
  const words = ['run', '--policy', 'policy-2023-11.yaml', '--input', 'exports', '--out', 'out', '--json'];

  const first = (await settle(words, { cwd, program })).json;
  const text = readFileSync(join(first.run_dir, 'manifest.json'));
  const rule = 'content-incentive/session/valid_session.sql';
  const asItWas = copy.sql(rule);
  copy.replace(rule, 'AND NOT t.suspended', '');

  const other = (await settle(words, { cwd, program })).json;
  const [before, after] = [first.program, other.program] as [Program, Program];
  expect(after.version).toBe(before.version);
  expect(after.build).not.toBe(before.build);
  expect(other.run_id).not.toBe(first.run_id);
  expect(other.totals.total).not.toBe(first.totals.total);
  expect(readFileSync(join(first.run_dir, 'manifest.json'))).toEqual(text);
  const seen = (await settle(['--version', '--json'], { cwd, program })).json;
  expect([seen.build, seen.database]).toEqual([after.build, other.database]);

  copy.build(rule, asItWas);
  const again = await settle(words, { cwd, program });
  expect(again.json).toMatchObject({ run_id: first.run_id, program: first.program, finished_at: first.finished_at });
  expect((await settle(['verify', first.run_dir], { cwd, program })).exit).toBe(0);
});
