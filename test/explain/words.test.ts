import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { termZh } from '../../src/programmes/content-incentive/explain/words/terms-zh.js';
import { LABELS, SENTENCES, TESTS, THINGS } from '../../src/programmes/content-incentive/explain/words/words-en.js';
import {
  LABELS_ZH,
  SENTENCES_ZH,
  STATES_ZH,
  TESTS_ZH,
  THINGS_ZH,
} from '../../src/programmes/content-incentive/explain/words/words-zh.js';
import { KINDS, PROGRAMMES } from '../../src/programmes/registry.js';
import { ANCHOR_REASONS, QUARANTINE_CODES, SESSION_REASONS } from '../support/contract-words.js';
import { filesIn, REPOSITORY } from '../support/workspace.js';

/** The two catalogues say the same things. */

const values = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string).sort();

describe.each([
  ['sentences', SENTENCES, SENTENCES_ZH],
  ['things', THINGS, THINGS_ZH],
  ['tests', TESTS, TESTS_ZH],
  ['labels', LABELS, LABELS_ZH],
] as [string, Record<string, unknown>, Record<string, string>][])('%s', (_, en, zh) => {
  test('have the same keys in both languages', () => expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort()));

  test('are Chinese in Chinese, where they are more than values', () => {
    const foreign = Object.values(zh).filter(
      (text) => text.replace(/\{\w+\}/g, '').trim() !== '' && !/\p{Script=Han}/u.test(text),
    );
    expect(foreign.filter((text) => !/^\W*\{\w+\}(\W*\{\w+\})*\W*$/.test(text))).toEqual([]);
  });
});

test('marks are full-width in Chinese, but for places in files', () => {
  const texts = [SENTENCES_ZH, THINGS_ZH, TESTS_ZH, LABELS_ZH, STATES_ZH].flatMap((each) => Object.values(each).flat());
  expect(
    texts
      .map((text) => text.replace('{file}:{line}', '').replace('00:00:00', '').replace('HH:MM:SS', ''))
      .filter((text) => /[(),:;]/.test(text)),
  ).toEqual([]);
});

test.each(Object.entries(SENTENCES))('%s gives every value in both languages', (name, english) => {
  expect(values(SENTENCES_ZH[name as keyof typeof SENTENCES])).toEqual(values(english));
});

test.each(Object.entries(THINGS_ZH))('%s gives its count', (_, text) => expect(values(text)).toEqual(['count']));

describe('Chinese words for names and codes', () => {
  /** Where money is sent is explained nowhere, and what a programme reads that pays nobody by its own words. */
  const elsewhere = PROGRAMMES.filter(({ pays }) => pays === false).flatMap(({ kinds }) => kinds);
  const headers = KINDS.filter((kind) => kind.secret !== true && !elsewhere.includes(kind)).flatMap(
    ({ columns }) => columns,
  );

  test.each(headers.map(({ name, chinese }) => [name, chinese]))('%s is the header %s', (name, chinese) => {
    expect(termZh(name, 'column')).toBe(chinese);
  });

  /** The words that a column of the exports takes in both languages, in the order in which its form lists them. */
  const wordsOf = (column: string): [string, string][] => {
    const words = headers.find(({ name }) => name === column)?.form.split('|') ?? [];
    return words.flatMap((chinese, at) =>
      /^\p{Script=Han}+$/u.test(chinese) ? [[words[at - 1] ?? '', chinese] as [string, string]] : [],
    );
  };

  test.each([
    ['kind', 'kind', 8],
    ['account_kind', 'account', 1],
    ['compliance_code', 'compliance', 3],
  ] as const)('%s has the words of the exports', (column, vocabulary, count) => {
    const words = wordsOf(column);
    expect(words).toHaveLength(count);
    expect(words.map(([english]) => termZh(english, vocabulary))).toEqual(words.map(([, chinese]) => chinese));
  });

  const told = [
    ...SESSION_REASONS.map((code) => [code, 'reason'] as const),
    ...ANCHOR_REASONS.filter((code) => !code.includes('-')).map((code) => [code, 'reason'] as const),
    ...[...QUARANTINE_CODES, 'outside_period', 'superseded'].map((code) => [code, 'fault'] as const),
  ];
  test.each(told)('%s has one as a %s', (code, vocabulary) => {
    expect(termZh(code, vocabulary)).toMatch(/\p{Script=Han}/u);
    expect(termZh(code, vocabulary)).not.toMatch(/[a-z_:]/);
  });

  test.each(['vulgar-3', 'agency:agency-clustering', 'constructor'])(
    '%s, a rule of a policy, stands as it is',
    (id) => {
      expect(termZh(id, 'reason')).toBe(id);
    },
  );
});

test('nothing in the catalogue is never said', () => {
  const room = join(REPOSITORY, 'src/programmes/content-incentive');
  const files = filesIn(join(room, 'explain')).filter((file) => !file.startsWith('words/'));
  // A flag is tested under the name of its column, which stands with its reason.
  const paths = [...files.map((file) => `explain/${file}`), 'policy/reasons.ts'];
  const code = paths.map((path) => readFileSync(join(room, path), 'utf8')).join('\n');
  const names = [SENTENCES, THINGS, TESTS, LABELS].flatMap((catalogue) => Object.keys(catalogue));
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
});
