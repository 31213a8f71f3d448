import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ProgressLine, painter } from '../../src/text/terminal.js';
import { variations } from '../support/deep.js';
import { CLEAN_MONTH } from '../support/exports.js';
import { settle } from '../support/program.js';
import { SAMPLE_POLICY, workspace, write } from '../support/workspace.js';

/** What goes to which stream; `settle()` itself looks at every call for control characters and stack traces. */

function place(): string {
  const folder = workspace();
  mkdirSync(join(folder, 'exports'));
  write(join(folder, 'exports'), CLEAN_MONTH);
  return folder;
}

const RUN = ['run', '--policy', SAMPLE_POLICY, '--input', 'exports', '--warehouse', ':memory:'];

test('the summary is on standard output, the progress on standard error', async () => {
  const cwd = place();
  const { exit, stdout, stderr } = await settle(RUN, { cwd });
  expect(exit).toBe(0);
  expect(stdout).toMatch(/Total payable +30\.00 +CNY/);
  expect(stdout).toMatch(/^Next +settle verify out\/content-live-2023-11\/2023-11-30-[0-9a-f]{16}$/m);
  expect(stderr.split('\n')[0]).toBe('Opening the warehouse ...');
  expect(stderr).toContain('Settling ...\n');
});

test('--quiet is silent where all is well, and still says what is wrong', async () => {
  const cwd = place();
  const { exit, stdout, stderr } = await settle([...RUN, '--quiet'], { cwd });
  expect([exit, stdout, stderr]).toEqual([0, '', '']);
  const wrong = await settle([...RUN, '--quiet', '--as-of', 'yesterday'], { cwd });
  expect([wrong.exit, wrong.stdout]).toEqual([2, '']);
  expect(wrong.stderr).toMatch(/^error: --as-of yesterday is not a valid date\n/);
});

test('--json and --quiet together: the line of JSON and nothing else', async () => {
  const { exit, json, stderr } = await settle([...RUN, '--quiet', '--json'], { cwd: place() });
  expect([exit, stderr]).toEqual([0, '']);
  expect(json.totals.total).toBe('30.00');
});

variations([{ NO_COLOR: '1' }, { FORCE_COLOR: '1' }, { TERM: 'dumb' }])(
  'off a terminal nothing is coloured, with %o too',
  async (env) => {
    const { exit, stdout } = await settle(RUN, { cwd: place(), env });
    expect(exit).toBe(0);
    expect(stdout).toContain('Total payable');
  },
);

const ESCAPE = '\u001b';

test('on a terminal the summary is coloured, but not with NO_COLOR', () => {
  const screen = { isTTY: true, columns: 80, write: () => true };
  expect(painter(screen, { TERM: 'xterm' })('bold', 'x')).toContain(ESCAPE);
  expect(painter(screen, { TERM: 'xterm', NO_COLOR: '1' })('bold', 'x')).toBe('x');
  expect(painter(screen, { TERM: 'dumb' })('bold', 'x')).toBe('x');
});

test('on a terminal the progress is one line, drawn over and taken away', () => {
  let drawn = '';
  const screen = {
    isTTY: true,
    columns: 40,
    write: (text: string) => {
      drawn += text;
    },
  };
  const line = new ProgressLine(screen, { TERM: 'xterm' });
  line.show('load', `sessions-${'x'.repeat(100)}.csv`, 1, 4);
  line.show('settle', 'daily_cap', 0, 0);
  line.end();
  expect(drawn).not.toContain('\n');
  expect(drawn).toContain('Loading  25 %  sessions-');
  expect(drawn.endsWith(`\r${ESCAPE}[K`)).toBe(true);
  for (const text of drawn.split(`\r${ESCAPE}[K`)) expect(text.length).toBeLessThan(40);
});

test("a statement's percent is asked for where somebody looks, and nowhere else", () => {
  let drawn = '';
  const screen = (isTTY: boolean) => ({ isTTY, columns: 40, write: (text: string) => (drawn += text) });
  expect(new ProgressLine(screen(false)).watch(() => 41)).toBe(false);
  expect(new ProgressLine(screen(true), { TERM: 'dumb' }).watch(() => 41)).toBe(false);
  const line = new ProgressLine(screen(true), { TERM: 'xterm' });
  expect(line.watch(() => 41.7)).toBe(true);
  line.show('settle', 'daily_cap', 0, 0);
  line.end();
  expect(drawn).toContain('Settling  daily_cap (41 %)');
});
