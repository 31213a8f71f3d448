import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { settle } from '../support/program.js';
import { CopyOfProgram } from './other-program.js';

// @module-tag deep

/** What a program that settles wrongly does: one whose SQL was changed in one place, in a copy. */

test('a settlement that fails its own audit is not published, and says which; the mended program settles the same warehouse', async () => {
  const copy = new CopyOfProgram();
  const { folder, program } = copy;
  const step = 'content-incentive/day/anchor_day.sql';
  const days = copy.sql(step);
  copy.replace(step, 'SUM(s.amount)', 'SUM(s.amount) + 0.01');
  await settle(['init', 'month'], { cwd: folder, program });
  const cwd = join(folder, 'month');
  const run = ['run', '--policy', 'policy-2023-11.yaml', '--input', 'exports', '--out', 'out'];

  const wrong = await settle([...run, '--json'], { cwd, program });
  expect(wrong.exit).toBe(6);
  expect(wrong.json.error).toMatchObject({ code: 'differs', audits: expect.arrayContaining(['sessions_make_days']) });
  expect(wrong.stderr).toContain('nothing was published');
  expect(wrong.stderr).toContain("the sessions' amounts must be the days' gross");
  expect(existsSync(join(cwd, 'out'))).toBe(false);

  copy.build(step, days);
  expect((await settle(run, { cwd, program })).exit).toBe(0);
});

test(
  'what no audit can see, nightly --verify does: exit 6, and the run is not closed, neither by that program nor by the mended one',
  DEEP,
  async () => {
    const copy = new CopyOfProgram();
    const { folder, program } = copy;
    const rule = 'content-incentive/session/watch_time.sql';
    const right = copy.sql(rule);
    copy.replace(rule, 'CASE WHEN s.valid THEN watch_time_fen(', 'CASE WHEN s.valid THEN 0.01 + watch_time_fen(');
    await settle(['init', 'month'], { cwd: folder, program });
    const cwd = join(folder, 'month');
    const night = ['nightly', '--date', '2023-11-30', '--log', 'log.jsonl', '--json'];

    const unasked = await settle(night, { cwd, program });
    expect(unasked.exit).toBe(4);
    const asked = await settle([...night, '--verify'], { cwd, program });
    const [period] = asked.json.periods as [{ run_id: string; error: { code: string; differences: number } }];
    expect([asked.exit, asked.json.error.code, period.error.code]).toEqual([6, 'differs', 'differs']);
    expect(period.error.differences).toBeGreaterThan(100);
    expect(asked.stderr).toMatch(/^error: the figures of .* differ from what they should be .*; the first: /m);
    expect(asked.stderr).toContain('Pay and close nothing by it.');
    const lines = readFileSync(join(cwd, 'log.jsonl'), 'utf8').trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line));
    expect(events.find(({ event }) => event === 'failed')).toMatchObject({ verified: false, run_id: period.run_id });
    expect(events.at(-1)).toMatchObject({ event: 'end', exit: 6 });

    await settle(['accept', period.run_id, '--by', 'Wang Li', '--all'], { cwd, program });
    await settle(['accept', '--place', '--by', 'Wang Li', '--all'], { cwd, program });
    for (const sql of [undefined, right]) {
      if (sql !== undefined) copy.build(rule, sql);
      const { exit, json } = await settle(['close', period.run_id, '--by', 'Wang Li', '--json'], { cwd, program });
      expect([exit, json.error.message]).toEqual([6, expect.stringContaining('differ from what they should be')]);
    }
  },
);
