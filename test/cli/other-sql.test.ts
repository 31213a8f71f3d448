import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { settle } from '../support/program.js';
import { filesIn } from '../support/workspace.js';
import { CopyOfProgram } from './other-program.js';

/** Code and SQL of one program belong together: where one of the two is another's, the program says so and does nothing. */

let copy: CopyOfProgram;
beforeEach(() => {
  copy = new CopyOfProgram();
});

const RULE = 'sql/content-incentive/session/valid_session.sql';
const RUN = ['run', '--policy', 'data-samples/policy-2023-11.yaml', '--input', 'data-samples/2023-11', '--json'];

describe('a program whose SQL', () => {
  test.each<[string, (at: (path: string) => string) => void]>([
    ['has changed', (at) => appendFileSync(at(RULE), '\n-- another word')],
    ['has a step more', (at) => writeFileSync(at('sql/content-incentive/session/more.sql'), 'SELECT 1')],
    ['lacks a step', (at) => rmSync(at(RULE))],
    ['has a step under another name', (at) => renameSync(at(RULE), at(`${RULE}.sql`))],
    ['is gone', (at) => rmSync(at('sql'), { recursive: true })],
  ])('%s says so, and how to fix it, and does nothing', async (_what, change) => {
    change((path) => join(copy.folder, path));
    const before = filesIn(copy.folder);
    for (const words of [RUN, ['--version', '--json'], ['files', '--json'], ['close', 'x', '--by', 'Li', '--json']]) {
      const { exit, json, stderr } = await settle(words, { cwd: copy.folder, program: copy.program });
      expect([exit, json.error.code], words[0]).toEqual([1, 'machine']);
      expect(json.error.message).toContain(`was built with other SQL than ${join(copy.folder, 'sql')} holds`);
      expect(json.error.mend).toContain('npm run build');
      expect(stderr).toContain('npm run build');
    }
    expect(filesIn(copy.folder)).toEqual(before);
  });
});

test('other line ends, words about the SQL and cases make it no other', async () => {
  const rule = join(copy.folder, RULE);
  writeFileSync(rule, readFileSync(rule, 'utf8').replaceAll('\n', '\r\n'));
  appendFileSync(join(copy.folder, 'sql/README.md'), 'another word');
  rmSync(join(copy.folder, 'sql/content-incentive/session/valid_session.cases.yaml'));
  expect((await settle(RUN, { cwd: copy.folder, program: copy.program })).exit).toBe(0);
});

test('what reads no SQL works with any: help, version, verify', DEEP, async () => {
  const { json } = await settle(RUN, { cwd: copy.folder, program: copy.program });
  rmSync(join(copy.folder, 'sql'), { recursive: true });
  for (const words of [['--help'], ['--version'], ['verify', json.run_dir]])
    expect((await settle(words, { cwd: copy.folder, program: copy.program })).exit, words[0]).toBe(0);
});
