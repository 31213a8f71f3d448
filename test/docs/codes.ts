import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { causesOf } from '../../src/compare/causes.js';
import { EXIT, EXIT_OF } from '../../src/core/errors.js';
import { NOTICE_CODES } from '../../src/notices/codes.js';
import { CONTENT_INCENTIVE } from '../../src/programmes/content-incentive/programme.js';
import { ANCHOR_REASONS, QUARANTINE_CODES, SESSION_REASONS } from '../support/contract-words.js';
import { REPOSITORY } from '../support/workspace.js';
import { codeIn, listed, page, rows, section, shown } from './pages.js';

/** reference/codes.md has every code and reason, and no other. */

const PAGE = 'docs/reference/codes.md';
const table = (heading: string): string[][] => rows(section(page(PAGE), heading)).map((row) => row.map(shown));
const sql = (path: string): string => readFileSync(join(REPOSITORY, 'sql', path), 'utf8');

/** A reason with a parameter stands there once: `punished:<kind>`. Penalty rules are the policy's own. */
const form = (reason: string): string =>
  reason.includes('-') ? reason.replace(/[\w-]+$/, '<rule id>') : reason.replace(/^punished:.*/, 'punished:<kind>');

test('every exit code', () => {
  const said = table('Exit codes').flatMap(([first = '']) => (/^\d/.test(first) ? first.split(', ') : []));
  expect(said.map(Number)).toEqual([...new Set(Object.values(EXIT))].sort((a, b) => a - b));
});

test('every error code, with its exit code', () => {
  const said = table('Error codes').map(([code, exit]) => [code, Number(exit)]);
  expect(said.sort()).toEqual(Object.entries(EXIT_OF).sort());
});

describe('every session reason', () => {
  test('in the order in which they are listed', () => {
    const known = [...new Set(SESSION_REASONS.map(form))];
    expect(table('Session reasons').map(([first]) => first)).toEqual(known);
  });

  test('that the rule gives', () => {
    const given = [...sql('content-incentive/session/valid_session.sql').matchAll(/';(\w+)'/g)].map(([, word]) => word);
    expect(given.length).toBeGreaterThan(4);
    expect(listed(PAGE, 'Session reasons')).toEqual(expect.arrayContaining(given));
  });
});

test('every anchor reason', () => {
  const known = [
    ...new Set(ANCHOR_REASONS.map((each) => form(each).replace(/^compliance_code:.*/, 'compliance_code:<code>'))),
  ];
  expect(
    table('Anchor reasons')
      .map(([first]) => first)
      .sort(),
  ).toEqual(known.sort());
});

test('every quarantine code', () => {
  const said = listed(PAGE, 'Quarantine codes');
  expect(said).toEqual(QUARANTINE_CODES);
  const macro = /wrong_words\([\s\S]*?^END;/m.exec(sql('dialects/duckdb/fault_words.sql'))?.[0] ?? '';
  expect([...macro.matchAll(/^ {2}WHEN '(\w+)'/gm)].map(([, code]) => code).sort()).toEqual(said.sort());
});

test('every notice code, with its severity and whether it is of the place', () => {
  const said = rows(section(page(PAGE), 'Notice codes')).flatMap(([codes = [], severity = [], when = []]) =>
    codeIn(codes).map((code) => [code, shown(severity), shown(when).startsWith('place.')]),
  );
  const known = Object.entries(NOTICE_CODES).map(([code, { severity, scope }]) => [code, severity, scope === 'place']);
  expect(said).toEqual(known);
});

test('every cause of a difference, in its order', () => {
  expect(listed(PAGE, 'Causes of a difference').slice(0, causesOf(CONTENT_INCENTIVE).length)).toEqual([
    ...causesOf(CONTENT_INCENTIVE),
  ]);
});

test('every clause that it names stands in the rulebook', () => {
  const named = new Set(page(PAGE).text.match(/\bC\d+\b/g));
  for (const clause of named)
    expect(page('docs/rulebook.md').slugs.join()).toMatch(new RegExp(`\\b${clause.toLowerCase()}-`));
});

describe('in Chinese', () => {
  test.each([
    ['场次原因', 'Session reasons'],
    ['主播原因', 'Anchor reasons'],
  ])('%s are the same', (chinese, english) => {
    const said = rows(section(page('docs/finance.zh.md'), chinese)).map(([first = []]) => shown(first));
    expect(said).toEqual(table(english).map(([first]) => first));
  });
});
