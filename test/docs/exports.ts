import { expect, test } from 'vitest';
import { PENALTY_KINDS } from '../../src/programmes/exports/words.js';
import { KINDS as ALL, PROGRAMMES } from '../../src/programmes/registry.js';
import { codeIn, page, rows, section, shown } from './pages.js';

/** reference/exports.md has every column of every kind, by both of its names. */

const PAGE = 'docs/reference/exports.md';
/** What a programme that pays nobody reads stands on its own page (lists.ts). */
const elsewhere = PROGRAMMES.filter(({ pays }) => pays === false).flatMap(({ kinds }) => kinds);
const KINDS = ALL.filter((kind) => !elsewhere.includes(kind));
const columnsOf = (kind: string): string[][] => rows(section(page(PAGE), kind)).map((row) => row.map(shown));

test.each(KINDS.map((kind) => [kind.name, kind] as const))('%s', (name, { columns, key }) => {
  const said = columnsOf(name);
  expect(said.map(([column, chinese]) => [column, chinese])).toEqual(columns.map((each) => [each.name, each.chinese]));
  expect(said.filter(([, , , blank]) => blank === 'required').map(([column]) => column)).toEqual(
    columns.filter(({ required }) => required).map((each) => each.name),
  );
  expect(said.filter(([, , form]) => form?.includes('key')).length).toBeGreaterThan(0);
  expect(key).toContain(said.find(([, , form]) => form?.includes('key'))?.[0]);
});

test('every kind of penalty', () => {
  const cell = rows(section(page(PAGE), 'penalties')).find(([first = []]) => shown(first) === 'kind')?.[2] ?? [];
  expect(codeIn(cell)).toEqual(Object.keys(PENALTY_KINDS));
  for (const word of Object.values(PENALTY_KINDS)) expect(shown(cell)).toContain(word);
});

test('every kind of file', () => {
  const { slugs } = page(PAGE);
  for (const { name } of KINDS) expect(slugs).toContain(name);
});
