import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { OTHERS } from '../support/programmes.js';
import { listed, page, rows, section, shown } from './pages.js';

/** Each programme that pays nobody has a page in two languages with all of its exports, lists, codes, keys and clauses. */

/** The names of a shape's keys, however deep, but for remarks. */
function keysOf(shape: unknown): string[] {
  if (typeof shape !== 'object' || shape === null) return [];
  const { properties = {}, ...others } = shape as { properties?: Record<string, unknown> };
  const own = Object.keys(properties).filter((key) => key !== 'clause' && key !== 'note');
  return [
    ...own,
    ...own.flatMap((key) => keysOf(properties[key])),
    ...Object.values(others).flatMap((each) => [each].flat().flatMap(keysOf)),
  ];
}

describe.each(OTHERS.map(({ own, clauses }) => [own.name, own, clauses] as const))('%s', (name, own, clauses) => {
  const english = `docs/programmes/${name}.md`;
  const chinese = `docs/programmes/${name}.zh.md`;

  test.each([english, chinese])('%s has every export, each column by both of its names', (path) => {
    for (const { name: kind, columns } of own.kinds) {
      const said = rows(section(page(path), kind)).map((row) => row.map(shown));
      expect(
        said.map(([column, zh]) => [column, zh]),
        kind,
      ).toEqual(columns.map((each) => [each.name, each.chinese]));
      const required = said
        .filter(([, , , blank]) => blank === 'required' || blank === '必填')
        .map(([column]) => column);
      expect(required, kind).toEqual(columns.filter((each) => each.required).map((each) => each.name));
    }
  });

  test.each([english, chinese])('%s has every list with its columns', (path) => {
    for (const { file, columns } of own.lists)
      expect(listed(path, file), file).toEqual(columns.map((each) => each.name));
  });

  test('every code has its clause and its words in both languages', () => {
    const codes = Object.entries(own.codes).filter(([, { clause }]) => clause !== '');
    const of = (path: string, heading: string): string[][] =>
      rows(section(page(path), heading)).map((row) => row.map(shown));
    expect(of(english, 'Codes').map(([code, clause]) => [code, clause])).toEqual(
      codes.map(([code, { clause }]) => [code, clause]),
    );
    expect(of(chinese, '代码').map(([code, clause, words]) => [code, clause, words])).toEqual(
      codes.map(([code, { clause, words }]) => [code, clause, words[1]]),
    );
  });

  test.each([english, chinese])('%s has every key of the policy and every clause', (path) => {
    const { spans, text } = page(path);
    const keys = keysOf(z.toJSONSchema(own.policy.shape, { unrepresentable: 'any', io: 'input' }));
    expect(keys.length).toBeGreaterThan(5);
    const said = new Set(spans.flatMap((span) => span.split(/\W+/)));
    expect(
      keys.filter((key) => !said.has(key) && !['id', 'rules', 'programme', 'period', 'from', 'to'].includes(key)),
    ).toEqual([]);
    expect(clauses.filter((clause) => !new RegExp(`\\b${clause}\\b`).test(text))).toEqual([]);
  });
});
