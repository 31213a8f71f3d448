import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandsOf } from '../../src/bin/program.js';
import { Call } from '../../src/bin/session.js';
import { completion } from '../../src/commands/completion.js';
import { man } from '../../src/commands/man.js';
import { declaredShape } from '../../src/shell/declared.js';
import { commandsBelow } from '../../src/shell/shape.js';
import { COMMANDS, flagsOf } from '../docs/commander.js';
import { settle } from '../support/program.js';
import { REPOSITORY, workspace, write } from '../support/workspace.js';

/** What a shell completes, and the manual: both have every command with every flag. */

const shape = declaredShape(commandsOf(new Call([]), async () => undefined, '0.0.0', []));
const script = (shell: string): string => completion(shell, shape).text();
const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

test('the shape has every command and flag as they are declared', () => {
  const below = new Map(commandsBelow(shape).map(({ words, command }) => [words, command]));
  expect([...below.keys()].sort()).toEqual([...COMMANDS.keys()].sort());
  for (const [words, command] of COMMANDS)
    expect([
      words,
      below
        .get(words)
        ?.flags.map(({ long }) => long)
        .sort(),
    ]).toEqual([words, flagsOf(command).sort()]);
});

test.each(['bash', 'zsh', 'fish'])('the script for %s names them all', (shell) => {
  const text = script(shell);
  for (const { words, command } of commandsBelow(shape)) {
    expect(text).toContain(words.split(' ').at(-1));
    for (const { long } of command.flags) expect(text).toContain(shell === 'fish' ? `-l ${long.slice(2)} ` : long);
  }
});

/** What bash makes of a line whose last word is being typed, in a folder. */
function inBash(words: readonly string[], cwd: string): string[] {
  const set = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const bash = `${script('bash')}
COMP_WORDS=(${set}); COMP_CWORD=${words.length - 1}; _settle
((\${#COMPREPLY[@]})) && printf '%s\\n' "\${COMPREPLY[@]}"; true`;
  return execFileSync('bash', ['--norc', '-c', bash], { cwd, encoding: 'utf8' }).split('\n').filter(Boolean);
}

describe.skipIf(!has('bash'))('in bash', () => {
  const cwd = (): string => {
    const folder = write(workspace(), { 'policy a.yaml': '', "it's*.csv": '', po$HOME: '' });
    mkdirSync(join(folder, 'policies'));
    return folder;
  };

  test.each<[string, string[], string[]]>([
    ['a command', ['settle', 'cl'], ['close']],
    ['one of several', ['settle', 'com'], ['compact', 'completion']],
    ['a command of a command', ['settle', 'policy', ''], ['check']],
    ['a flag', ['settle', 'run', '--pol'], ['--policy']],
    ['a flag behind others', ['settle', 'diff', 'a', 'b', '--exi'], ['--exit-code']],
    ['a flag of a command of a command', ['settle', 'policy', 'check', '--js'], ['--json']],
    ['no flag of another command', ['settle', 'files', '--pol'], []],
    ['a flag of the program', ['settle', '--ver'], ['--version']],
    ['a word', ['settle', 'book', 'x', '--lang', ''], ['en', 'zh']],
    ['a word behind =', ['settle', 'book', 'x', '--lang', '=', 'z'], ['zh']],
    ['a word behind = at once', ['settle', 'book', 'x', '--lang', '='], ['en', 'zh']],
    ['a shell', ['settle', 'completion', 'z'], ['zsh']],
    ['a file with a space', ['settle', 'run', '--policy', 'policy'], ['policy a.yaml']],
    ['a folder alone where one is wanted', ['settle', 'run', '--input', 'po'], ['policies']],
    ['a file with marks, as it is', ['settle', 'policy', 'check', 'it'], ["it's*.csv"]],
    ['what looks like a variable, as it is', ['settle', 'policy', 'check', 'po$'], ['po$HOME']],
    ['a run by its folder', ['settle', 'explain', 'poli'], ['policies', 'policy a.yaml']],
    ['nothing for a date', ['settle', 'run', '--as-of', ''], []],
    ['nothing behind a command that there isn’t', ['settle', 'clsoe', '--js'], []],
  ])('%s', (_what, words, expected) => {
    expect(inBash(words, cwd()).sort()).toEqual(expected.sort());
  });

  test('an interactive shell takes the script', () => {
    const file = join(workspace(), 'c.bash');
    writeFileSync(file, script('bash'));
    const said = execFileSync('bash', ['--norc', '-c', `source '${file}'; complete -p settle`], { encoding: 'utf8' });
    expect(said).toBe('complete -F _settle settle\n');
  });
});

describe.skipIf(!has('zsh'))('in zsh', () => {
  test('the script is sound', () => {
    expect(spawnSync('zsh', ['-n'], { input: script('zsh'), encoding: 'utf8' }).stderr).toBe('');
  });
});

describe.skipIf(!has('fish'))('in fish', () => {
  test('the script is sound', () => {
    expect(spawnSync('fish', ['-n'], { input: script('fish'), encoding: 'utf8' }).stderr).toBe('');
  });
});

test('quotes, brackets and colons of descriptions end nothing', () => {
  const odd = {
    ...shape,
    commands: [{ name: 'x', description: "it's [a]: \\b", flags: [], arguments: [], commands: [] }],
  };
  expect(completion('fish', odd).text()).toContain("-d 'it\\'s [a]: \\\\b'");
  expect(completion('zsh', odd).text()).toContain("'x:it'\\''s [a]: \\b'");
});

test('another shell is refused, with those that there are', () => {
  expect(() => completion('tcsh', shape)).toThrow('no completion for tcsh');
  expect(() => completion('toString', shape)).toThrow('no completion for toString');
});

describe('the manual', () => {
  const page = man(shape).text();

  test('has every command and flag, variables and exit codes', () => {
    const plain = page.replaceAll('\\-', '-');
    for (const { words, command } of commandsBelow(shape).filter(({ command }) => command.commands.length === 0)) {
      const part = plain.split(`.SS "${words}"`)[1]?.split('.SS ')[0] ?? '';
      for (const { long } of command.flags) expect([words, part.includes(`\\fB${long}\\fR`)]).toEqual([words, true]);
    }
    for (const words of ['SETTLE_WAREHOUSE', 'settle.yaml', '.B 6']) expect(plain).toContain(words);
  });

  test('no line of text is taken for a request', () => {
    const requests = page.split('\n').filter((line) => /^[.']/.test(line));
    expect(requests.filter((line) => !/^\.(TH|SH|SS|TP|PP|B|I)\b/.test(line))).toEqual([]);
  });

  test.skipIf(!has('groff'))('groff has nothing to warn of', () => {
    const { stderr, stdout } = spawnSync('groff', ['-man', '-Tutf8', '-ww'], { input: page, encoding: 'utf8' });
    expect([stderr, stdout.length > 10_000]).toEqual(['', true]);
  });

  test('is the one in the package', () => {
    const { man: file, files } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
    expect([file, files.includes('man')]).toEqual(['man/settle.1', true]);
    expect(existsSync(join(REPOSITORY, file))).toBe(true);
    expect(readFileSync(join(REPOSITORY, file), 'utf8')).toBe(page);
  });
});

describe('the program', () => {
  test.each([
    [['clsoe'], 'close'],
    [['help', 'clsoe'], 'close'],
    [['run', '--polcy', 'x'], '--policy'],
    [['policy', 'chekc'], 'check'],
  ])('%s: says what may be meant', async (words, meant) => {
    const { exit, stderr } = await settle(words, { cwd: workspace() });
    expect([exit, stderr.toLowerCase()]).toEqual([2, expect.stringContaining(`did you mean ${meant}?`)]);
  });

  test.each([
    [['diff', 'a', 'b', '--agianst', 'x'], '--against is a flag of settle book, settle report'],
    [['runs', '--policy=x'], '--policy is a flag of settle run, settle diff'],
  ])('%s: says whose flag it is', async (words, said) => {
    const { exit, stderr } = await settle(words, { cwd: workspace() });
    expect([exit, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  test('prints scripts and manual, also as JSON', async () => {
    const { exit, stdout } = await settle(['completion', 'bash'], { cwd: workspace() });
    expect([exit, stdout]).toEqual([0, script('bash')]);
    const { json } = await settle(['completion', 'fish', '--json'], { cwd: workspace() });
    expect(json).toEqual({ shell: 'fish', script: script('fish') });
    expect((await settle(['man'], { cwd: workspace() })).stdout).toBe(man(shape).text());
  });
});
