import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REPOSITORY } from '../support/workspace.js';
import { commandsIn, settleCalls, shellCommands } from './calls.js';
import { faultOfCall } from './commander.js';
import { PAGES, page } from './pages.js';

/** Every command that a page shows is one, with flags that it has. What is run besides is in runs.test.ts. */

const { scripts, version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));

/** What a shell of the pages calls besides `settle`. */
const SYSTEM = ['awk', 'cat', 'cd', 'cp', 'install', 'node', 'podman', 'systemctl', 'useradd'];
const OF_NPM = ['ci', 'install', 'pack', 'test'];

function faultOf(words: readonly string[]): string | undefined {
  const [program = '', first = '', second = ''] = words;
  if (program === 'settle') return faultOfCall(words.slice(1));
  if (program === 'npx') return first === 'vitest' && second === 'run' ? undefined : words.join(' ');
  if (program === 'npm') {
    const known = first === 'run' ? second in scripts : OF_NPM.includes(first);
    return known ? undefined : words.join(' ');
  }
  return SYSTEM.includes(program) || /^(findings\/[\w-]+\.sh|deploy\/spark\/cluster)$/.test(program)
    ? undefined
    : words.join(' ');
}

const asRows = PAGES.map((each) => [each.path, each] as const);

test.each(asRows)('%s: every call of the program is a command with known flags', (_path, each) => {
  expect(settleCalls(each).flatMap((words) => faultOfCall(words) ?? [])).toEqual([]);
});

test.each(asRows)('%s: every command of a shell is known', (_path, each) => {
  expect(shellCommands(each).flatMap((words) => faultOf(words) ?? [])).toEqual([]);
});

test.each(asRows)('%s: every npm script that it names is there', (_path, { spans }) => {
  const named = spans.flatMap((span) => /^npm run ([\w:]+)/.exec(span)?.[1] ?? []);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('calls are found where there are some', () => {
  const commands = new Set(PAGES.flatMap(settleCalls).map(([first]) => first));
  for (const name of ['run', 'nightly', 'verify', 'close', 'explain', 'backup', 'rebuild', 'policy'])
    expect([name, commands.has(name)]).toEqual([name, true]);
  expect(settleCalls(page('docs/operate.md')).map(([first]) => first)).toEqual(
    expect.arrayContaining(['prune', 'compact', 'backup', 'nightly']), // of crontab
  );
});

test('the package that is installed has this version', () => {
  const named = PAGES.flatMap(({ blocks }) =>
    blocks.flatMap(({ text }) => text.match(/settlement-[\d.]+\.tgz/g) ?? []),
  );
  expect(named.length).toBeGreaterThan(1);
  expect(new Set(named)).toEqual(new Set([`settlement-${version}.tgz`]));
});

describe('found is', () => {
  test.each([
    ['a command that is none', 'settle frobnicate', 'settle frobnicate is no command'],
    ['a flag that is none', 'cd x && settle run --policy p --strikt', 'settle run has no flag --strikt'],
    ['a flag of another command', 'settle verify --all --strict', 'settle verify has no flag --strict'],
    ['a flag of a command below', 'settle policy check --all x', 'settle policy check has no flag --all'],
    ['a script that is none', 'npm run tset', 'npm run tset'],
    ['a program that nobody has', 'frob x', 'frob x'],
  ])('%s', (_what, line, fault) => {
    expect(commandsIn(line).flatMap((words) => faultOf(words) ?? [])).toEqual([fault]);
  });

  test('nothing in what is right', () => {
    for (const line of ['settle --version --json', 'settle policy check p.yaml # all', 'settle close x --by "a && b"'])
      expect(commandsIn(line).flatMap((words) => faultOf(words) ?? [])).toEqual([]);
  });
});
