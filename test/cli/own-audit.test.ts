import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REPOSITORY, workspace } from '../workspace.js';
import { settle } from './program.js';

/** What a program that settles wrongly does: one whose SQL was changed in one place, in a copy. */

function copyOfProgram(): string {
  const copy = join(workspace(), 'copy');
  for (const part of ['dist', 'sql', 'data-samples', 'package.json'])
    cpSync(join(REPOSITORY, part), join(copy, part), { recursive: true });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

test('a settlement that fails its own audit is not published, and says which; the mended program settles the same warehouse', async () => {
  const copy = copyOfProgram();
  const program = join(copy, 'dist/bin/settle.js');
  const step = join(copy, 'sql/30_settlement/20_anchor_day.sql');
  const days = readFileSync(step, 'utf8');
  expect(days).toContain('SUM(s.amount)');
  writeFileSync(step, days.replace('SUM(s.amount)', 'SUM(s.amount) + 0.01'));
  await settle(['init', 'month'], { cwd: copy, program });
  const cwd = join(copy, 'month');
  const run = ['run', '--policy', 'policy-2023-11.yaml', '--input', 'exports', '--out', 'out'];

  const wrong = await settle([...run, '--json'], { cwd, program });
  expect(wrong.exit).toBe(6);
  expect(wrong.json.error).toMatchObject({ code: 'differs', audits: expect.arrayContaining(['sessions_make_days']) });
  expect(wrong.stderr).toContain('nothing was published');
  expect(wrong.stderr).toContain("the sessions' amounts must be the days' gross");
  expect(existsSync(join(cwd, 'out'))).toBe(false);

  writeFileSync(step, days);
  expect((await settle(run, { cwd, program })).exit).toBe(0);
});
