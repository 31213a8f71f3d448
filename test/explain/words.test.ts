import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LABELS, SENTENCES, TESTS, THINGS } from '../../src/explain/words-en.js';
import { LABELS_ZH, SENTENCES_ZH, TESTS_ZH, THINGS_ZH } from '../../src/explain/words-zh.js';
import { filesIn, REPOSITORY } from '../workspace.js';

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

test.each(Object.entries(SENTENCES))('%s gives every value in both languages', (name, english) => {
  expect(values(SENTENCES_ZH[name as keyof typeof SENTENCES])).toEqual(values(english));
});

test.each(Object.entries(THINGS_ZH))('%s gives its count', (_, text) => expect(values(text)).toEqual(['count']));

test('nothing in the catalogue is never said', () => {
  const rooms = filesIn(join(REPOSITORY, 'src/explain')).filter((file) => !file.startsWith('words-'));
  const code = rooms.map((file) => readFileSync(join(REPOSITORY, 'src/explain', file), 'utf8')).join('\n');
  const names = [SENTENCES, THINGS, TESTS, LABELS].flatMap((catalogue) => Object.keys(catalogue));
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
});
