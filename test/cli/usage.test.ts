import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { variations } from '../support/deep.js';
import { CLEAN_MONTH } from '../support/exports.js';
import { settle } from '../support/program.js';
import { filesIn, REPOSITORY, SAMPLE_POLICY, workspace, write } from '../support/workspace.js';

/** Exit 2: wrong use of flags, configuration or policy. Nothing is made, and the message says how it is done. */

const RUN = ['run', '--policy', 'policy.yaml', '--input', 'exports'];

const WRONG: [what: string, words: string[], message: RegExp][] = [
  ['an unknown command', ['frobnicate'], /unknown command 'frobnicate'/],
  ['an unknown flag', [...RUN, '--frobnicate'], /unknown option '--frobnicate'/],
  ['a flag of another command', ['verify', 'x', '--strict'], /unknown option '--strict'/],
  ['a flag without its value', [...RUN, '--out'], /'--out <dir>' argument missing/],
  ['a flag where a value must be', [...RUN, '--out', '--strict'], /--out/],
  ['no policy', ['run', '--input', 'exports'], /'--policy <file>' not specified/],
  ['a misspelt flag that is needed', ['run', '--polcy', 'policy.yaml'], /unknown option '--polcy'/],
  ['nobody who closes', ['close', 'nowhere'], /'--by <name>' not specified/],
  ['no input', ['run', '--policy', 'policy.yaml'], /'--input <dir>' not specified/],
  ['a folder given twice', [...RUN, '--input', 'exports'], /--input was given twice/],
  ['a folder given twice, with =', [...RUN, '--input=exports'], /--input was given twice/],
  ['a flag given twice of another command', ['files', '--out', 'x', '--out', 'y'], /--out was given twice/],
  ['no command about policies', ['policy'], /settle policy needs a command/],
  ['an unknown command about policies', ['policy', 'chekc', 'policy.yaml'], /unknown command 'chekc'/],
  ['a word too many', [...RUN, 'more'], /too many arguments/],
  ['a date that does not exist', [...RUN, '--as-of', '2023-11-31'], /--as-of 2023-11-31 is not a valid date/],
  ['a date of another form', [...RUN, '--as-of', '15/11/2023'], /--as-of 15\/11\/2023 is not a valid date/],
  ['an evaluation before the period', [...RUN, '--as-of', '2023-10-31'], /before the period's first day, 2023-11-01/],
  ['an unknown encoding', [...RUN, '--encoding', 'big5'], /--encoding big5 is not known/],
  ['no such input folder', ['run', '--policy', 'policy.yaml', '--input', 'nowhere'], /nowhere doesn't exist/],
  ['a file as input folder', ['run', '--policy', 'policy.yaml', '--input', 'policy.yaml'], /policy.yaml is a file/],
  ['no such policy', ['run', '--policy', 'nowhere.yaml', '--input', 'exports'], /nowhere.yaml/],
  ['a policy without its keys', ['run', '--policy', 'faulty.yaml', '--input', 'exports'], /timezone/],
  ['a faulty policy to check', ['policy', 'check', 'faulty.yaml'], /timezone/],
  ['no policy to check', ['policy', 'check'], /missing required argument 'file'/],
  ['a run folder that is none', ['verify', 'exports'], /exports is not a run folder/],
  ['no run folder', ['verify', 'nowhere'], /nowhere is not a run folder/],
  ['a workspace that is not empty', ['init', 'exports'], /exports already exists and is not empty/],
  ['a workspace that is a file', ['init', 'policy.yaml'], /policy.yaml already exists/],
];

function place(): string {
  const folder = workspace();
  mkdirSync(join(folder, 'exports'));
  write(join(folder, 'exports'), CLEAN_MONTH);
  write(folder, {
    'policy.yaml': readFileSync(SAMPLE_POLICY),
    'faulty.yaml': 'id: half-a-policy\nperiod: { from: 2023-11-01, to: 2023-11-30 }\n',
  });
  return folder;
}

variations(
  WRONG,
  0,
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
)('%s', async (_what, words, message) => {
  const folder = place();
  const before = filesIn(folder);

  const { exit, stderr, json } = await settle(words.toSpliced(words[1] === 'check' ? 2 : 1, 0, '--json'), {
    cwd: folder,
  });
  expect(exit).toBe(2);
  expect(json.error.message).toMatch(message);
  expect(['usage', 'policy']).toContain(json.error.code);
  expect(json.error.mend).not.toBe('');
  expect(stderr).toContain(json.error.message);
  expect(filesIn(folder)).toEqual(before);
});

test('no command', async () => {
  const { exit, stdout, stderr } = await settle([], { cwd: workspace() });
  expect(exit).toBe(2);
  expect(stdout).toBe('');
  const commands = /no command was given\nCommands: (.*)\. See settle --help\.$/m.exec(stderr)?.[1]?.split(', ');
  const known = [
    'run',
    'nightly',
    'load',
    'files',
    'runs',
    'accept',
    'close',
    'diff',
    'explain',
    'verify',
    'policy',
    'init',
  ];
  expect(commands).toEqual(expect.arrayContaining([...known, 'prune', 'rebuild', 'backup']));
});

test('settle policy alone lists its own commands', async () => {
  const { exit, stderr } = await settle(['policy'], { cwd: workspace() });
  expect([exit, stderr]).toEqual([
    2,
    'error: settle policy needs a command\nCommands: check. See settle policy --help.\n',
  ]);
});

test('a flag without a value may be given twice, and one that takes several values', async () => {
  const cwd = place();
  expect((await settle([...RUN, '--no-statements', '--no-statements', '--json', '--json'], { cwd })).exit).toBe(0);
  const { json } = await settle(['accept', 'x', '--by', 'x', '--only', 'a', '--only', 'b', '--json'], { cwd });
  expect(json.error.message).toBe('there is no run x');
});

test('an unknown variable of the environment', async () => {
  const cwd = place();
  const { exit, json } = await settle([...RUN, '--json'], { cwd, env: { SETTLE_THREAD: '2' } });
  expect([exit, json.error.code]).toEqual([2, 'usage']);
  expect(json.error.message).toContain('SETTLE_THREAD is unknown; did you mean SETTLE_THREADS?');
  expect((await settle(['policy', 'check', 'policy.yaml'], { cwd, env: { SETTLE_THREAD: '2' } })).exit).toBe(0);
});

test('a policy fault names its line and key', async () => {
  const folder = place();
  write(folder, { 'policy.yaml': 'id: x\nperiod: { from: 2023-11-01, to: 2023-11-30 }\ncolour: blue\n' });
  const { exit, json } = await settle(['policy', 'check', 'policy.yaml', '--json'], { cwd: folder });
  expect(exit).toBe(2);
  expect(json.error).toMatchObject({ code: 'policy', file: 'policy.yaml' });
  expect(json.error.message).toMatch(/3.*colour/);
});

test('help and version are answers, not errors', async () => {
  const cwd = workspace();
  for (const words of [['--help'], ['run', '--help'], ['policy', 'check', '--help']]) {
    const { exit, stdout, stderr } = await settle(words, { cwd });
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: settle /);
  }
  const { exit, stdout, stderr } = await settle(['--version'], { cwd });
  expect([exit, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+ \(build [0-9a-f]{16}\)\n$/);
});

test.each([
  ['--version', '--json'],
  ['--json', '--version'],
])('%s %s says in a line of JSON which program and database these are', async (...words) => {
  const { exit, stdout, stderr, json } = await settle(words, { cwd: workspace() });
  expect([exit, stderr]).toEqual([0, '']);
  const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
  const build = expect.stringMatching(/^[0-9a-f]{16}$/);
  expect(json).toEqual({
    name: 'settlement',
    version,
    build,
    database: expect.stringMatching(/^DuckDB \d+\.\d+\.\d+$/),
    packet_scripts: { 'content-incentive': expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect(stdout).toMatch(/^\{.*\}\n$/);
});
