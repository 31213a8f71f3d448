import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { parseAst } from 'rolldown/parseAst';
import { describe, expect, test } from 'vitest';
import { commandsOf } from '../../src/bin/program.js';
import { Call } from '../../src/bin/session.js';
import { INCENTIVE_ZH } from '../../src/programmes/content-incentive/words/zh.js';
import { withValues } from '../../src/words/said.js';
import { say } from '../../src/words/say.js';
import { HELP_ZH } from '../../src/words/zh/help.js';
import { ZH } from '../../src/words/zh/zh.js';
import { filesIn, REPOSITORY } from '../support/workspace.js';

/** Whatever is said has its words in both languages: the type checker refuses what lacks, these tests what is left over. */

const SOURCE = join(REPOSITORY, 'src');
const OWN = 'programmes/content-incentive/';

/** Every text in the sources, the catalogues themselves aside. */
function textsIn(wanted: (path: string) => boolean): Set<string> {
  const texts = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'Literal' && 'value' in node && typeof node.value === 'string')
      texts.add(node.value);
    for (const below of Object.values(node)) walk(below);
  };
  const paths = filesIn(SOURCE).filter(
    (path) => path.endsWith('.ts') && !/(^|\/)words\/(zh\/|zh\.ts)/.test(path) && wanted(path),
  );
  for (const path of paths) walk(parseAst(readFileSync(join(SOURCE, path), 'utf8'), { lang: 'ts' }));
  return texts;
}

const CATALOGUES = [
  ['the program', ZH, (path: string) => !path.startsWith(OWN)],
  ['the content incentive', INCENTIVE_ZH, (path: string) => path.startsWith(OWN)],
] as const;

describe.each(CATALOGUES)('the words of %s', (_name, words, wanted) => {
  const entries = Object.entries(words);

  test('are all said somewhere', () => {
    const texts = textsIn(wanted);
    expect(entries.length).toBeGreaterThan(9);
    expect(Object.keys(words).filter((english) => !texts.has(english))).toEqual([]);
  });

  test('name the same values in both languages', () => {
    const names = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    for (const [english, chinese] of entries) expect(names(chinese), english).toEqual(names(english));
  });

  test('are Chinese as it is written, with its own marks', () => {
    const bare = (text: string): string => text.replace(/\{\w+\}/g, '');
    const unsaid = entries.filter(
      ([english, chinese]) => /[a-z]/i.test(bare(english)) && !/[\p{Script=Han}\d]/u.test(chinese),
    );
    expect(unsaid).toEqual([]);
    const HALF = /\p{Script=Han}\s*[,;:!?()]|[,;:!?()]\p{Script=Han}|[，。；：、？）」（「] | [，。；：、？）」（「]/u;
    expect(
      entries.filter(([, chinese]) => HALF.test(chinese.replace(/\n */g, ''))).map(([, chinese]) => chinese),
    ).toEqual([]);
  });
});

test('faults and hints have their fix in Chinese, each as in English', () => {
  const caseIn = (file: string, macro: string): (string | undefined)[] => {
    const text = readFileSync(join(REPOSITORY, 'sql/dialects/duckdb', file), 'utf8');
    const [body = ''] = new RegExp(`MACRO ${macro}\\([\\s\\S]*?\\nEND;`).exec(text) ?? [];
    return [...body.matchAll(/^ {2}WHEN '(\w+)'/gm)].map(([, code]) => code);
  };
  for (const macro of ['fix_of_hint', 'fix_of_code']) {
    const english = caseIn('fault_words.sql', macro);
    expect(english.length).toBeGreaterThan(15);
    expect(caseIn('fault_words_zh.sql', `${macro}_zh`)).toEqual(english);
  }
});

/** What nobody translates: the stranger's few, and what is said before the program is there. */
const ENGLISH_ALONE = /^(programmes\/[\w-]+\/)?verify\/|^bin\/(settle|node-version|start)\.ts$/;

test('what a failure says, and how to fix it, is said in both languages', () => {
  const bare: string[] = [];
  const isText = (node: Node | undefined): boolean =>
    node?.type === 'TemplateLiteral' || typeof node?.value === 'string';
  const walk = (path: string, node: Node): void => {
    if (node.type === 'NewExpression' && node.callee?.name === 'SettleError' && isText(node.arguments?.[1]))
      bare.push(`${path}: message`);
    if (node.type === 'Property' && node.key?.name === 'mend' && isText(node.value as Node)) bare.push(`${path}: mend`);
    for (const below of Object.values(node)) for (const each of [below].flat()) if (isNode(each)) walk(path, each);
  };
  const paths = filesIn(SOURCE).filter((path) => path.endsWith('.ts') && !ENGLISH_ALONE.test(path));
  for (const path of paths) walk(path, parseAst(readFileSync(join(SOURCE, path), 'utf8'), { lang: 'ts' }) as never);
  expect(bare).toEqual([]);
});

interface Node {
  type: string;
  name?: string;
  value?: unknown;
  callee?: Node;
  key?: Node;
  arguments?: Node[];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

test('every command, flag and argument has its help in Chinese, and nothing else stands there', () => {
  const program = commandsOf(new Call(['--lang', 'en']), async () => undefined, '0.0.0', []);
  const texts = new Set([
    'Usage:',
    'Options:',
    'Commands:',
    'Arguments:',
    'display help for command',
    'print this help',
  ]);
  const take = (command: Command): void => {
    texts.add(command.description());
    for (const { description } of [...command.options, ...command.registeredArguments]) texts.add(description);
    command.commands.forEach(take);
  };
  take(program);
  expect([...texts].filter((text) => !Object.hasOwn(HELP_ZH, text))).toEqual([]);
  expect(Object.keys(HELP_ZH).filter((text) => !texts.has(text))).toEqual([]);
});

test('a value is put where its name stands, itself in the language, and what it holds is no name', () => {
  const run = say('{run} is the id of {count} runs', { run: '{count}', count: 2 });
  expect(run.in('zh')).toBe('有 2 个批次的批次号是 {count}');
  expect(String(run)).toBe('{count} is the id of 2 runs');
  expect(withValues('{a}, {b}', { a: ['x', 'y'], b: say('none') }, 'zh')).toBe('x、y, 无');
  expect(JSON.stringify({ run })).toBe('{"run":"{count} is the id of 2 runs"}');
});
