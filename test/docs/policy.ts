import { expect, test } from 'vitest';
import { z } from 'zod';
import { policyShape } from '../../src/programmes/content-incentive/policy/schema.js';
import { codeIn, page, rows, section, shown } from './pages.js';

/** reference/policy.md has every key of the policy file. */

const PAGE = 'docs/reference/policy.md';
const TABLES = rows(page(PAGE).tokens);
const ANYWHERE = ['clause', 'note', 'dated', 'from', 'value']; // of any mapping, and of a value that is dated

interface Shape {
  properties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
}

/** The paths of a shape's keys: down to a list, and in it no path but names. */
function keysOf(shape: Shape, path: string): { paths: string[]; names: string[] } {
  const parts = [shape, ...(shape.anyOf ?? [])];
  const lists = parts.flatMap(({ items }) => (items === undefined ? [] : [items]));
  const found = parts.flatMap(({ properties = {} }) => Object.entries(properties));
  const below = found
    .filter(([key]) => !['clause', 'note'].includes(key))
    .map(([key, value]) => ({ key, ...keysOf(value, path === '' ? key : `${path}.${key}`) }));
  const inLists = lists.flatMap((items) => {
    const { paths, names } = keysOf(items, '');
    return [...paths, ...names].flatMap((each) => each.split('.'));
  });
  return {
    paths: below.length === 0 && path !== '' ? [path] : below.flatMap(({ paths }) => paths),
    names: [...below.flatMap(({ names }) => names), ...inLists],
  };
}

const { paths, names } = keysOf(z.toJSONSchema(policyShape, { unrepresentable: 'any', io: 'input' }) as Shape, '');

test('keys are found', () => {
  expect(paths).toEqual(expect.arrayContaining(['id', 'period.from', 'newcomer_bonus.window_days']));
  expect(names).toEqual(expect.arrayContaining(['unit_price', 'max_level', 'valid_days', 'forfeits']));
});

test('every key stands in the table', () => {
  const said = TABLES.flatMap(([first = []]) => codeIn(first));
  // A condition is a row of its own: its keys stand in the words beside it.
  const standing = (path: string): boolean =>
    said.some(
      (key) => path === key || (path.startsWith(`${key}.`) && wordsOf(key).includes(path.split('.').at(-1) ?? '')),
    );
  const keys = paths.map((path) => path.replace(/\.dated$/, ''));
  expect(keys.filter((path) => !standing(path))).toEqual([]);
});

/** The code in the row of a key. */
function wordsOf(key: string): string[] {
  return TABLES.filter(([first = []]) => codeIn(first).includes(key)).flatMap((row) =>
    row.flatMap((cell) => codeIn(cell)),
  );
}

test('every key within a list is explained', () => {
  const spans = page(PAGE).spans.flatMap((span) => span.split(/\W+/));
  expect(names.filter((name) => !ANYWHERE.includes(name) && !spans.includes(name))).toEqual([]);
});

test('no key stands there that is none', () => {
  const known = [...paths, ...names, ...paths.map((path) => path.split('.').slice(0, -1).join('.'))];
  expect(TABLES.flatMap(([first = []]) => codeIn(first)).filter((key) => !known.includes(key))).toEqual([]);
});

test('every key has its clause, and the rulebook names the key under it', () => {
  const rulebook = page('docs/rulebook.md');
  for (const [first = [], , clauses = []] of TABLES.filter((row) => row.length === 3)) {
    const named = shown(clauses).match(/\b[CPDVKT]\d+/g) ?? [];
    for (const clause of named) {
      const heading = rulebook.tokens.find((token) => token.type === 'heading' && token.text.startsWith(`${clause} `));
      const below = section(rulebook, (heading as { text: string }).text);
      const keys = codeIn(first);
      expect([clause, keys.filter((key) => !codeIn(below).includes(key))]).toEqual([clause, []]);
    }
  }
});
