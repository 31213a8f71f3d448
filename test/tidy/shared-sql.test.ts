import { describe, expect, test } from 'vitest';
import { sqlFile, sqlFilesIn } from '../../src/program/sql-files.js';
import { CONTENT_INCENTIVE } from '../../src/programmes/content-incentive/programme.js';
import { readSteps } from '../../src/rules/rules.js';
import { allSql, definedIn, EXAMPLES, foreignForms, STAYS, sharedSql } from '../support/shared-sql.js';

/** SQL that several engines run (sql/README.md, "Several engines"). */

const shared = sharedSql();

test.each(shared)('%s says nothing in the way of one engine', (path) => {
  expect(foreignForms(sqlFile(path))).toEqual([]);
});

test('every step is shared but those that the programme says stay in the warehouse', () => {
  const steps = readSteps(CONTENT_INCENTIVE).map(({ path }) => path);
  const others = steps.filter((path) => !shared.includes(path)).map((path) => path.slice(0, path.lastIndexOf('/')));
  expect([...new Set(others)].sort()).toEqual([...CONTENT_INCENTIVE.sql.inWarehouse].sort());
  expect(shared.length).toBeGreaterThan(50);
});

test('a shared step reads none that is not shared', () => {
  const steps = readSteps(CONTENT_INCENTIVE);
  const others = steps.filter(({ path }) => !shared.includes(path)).map(({ writes }) => writes);
  const readers = steps.filter(
    ({ path, reads }) => shared.includes(path) && reads.some((name) => others.includes(name)),
  );
  expect(readers.map(({ path }) => path)).toEqual([]);
});

describe.each(Object.entries(STAYS))('%s stays in the SQL of the warehouse, for it %s', (place) => {
  const files = allSql().filter((path) => path === place || path.startsWith(`${place}/`));
  test('and needs to', () => expect(files.flatMap((path) => foreignForms(sqlFile(path)))).not.toEqual([]));
});

describe('the functions that engines say each in its own way', () => {
  const engines = ['duckdb', 'spark'].map((engine) => `dialects/${engine}/portable.sql`);
  const names = engines.map((path) => [...definedIn(path)].sort());

  test('are the same on each, and given as much', () => {
    expect(names[0]?.length).toBeGreaterThan(5);
    expect(names[1]).toEqual(names[0]);
  });

  test('are defined by nothing else', () => {
    const twice = sqlFilesIn('dialects/duckdb').flatMap((path) => [...definedIn(path).keys()]);
    expect(twice.filter((name, at) => twice.indexOf(name) !== at)).toEqual([]);
  });

  test.each((names[0] ?? []).map(([name]) => name))(
    '%s is called by a shared file and asked for by the probe',
    (name) => {
      const called = new RegExp(`\\b${name}\\(`);
      expect(shared.some((path) => called.test(sqlFile(path)))).toBe(true);
      expect(sqlFile('dialects/probe.yaml')).toMatch(called);
    },
  );
});

describe('the search itself', () => {
  test.each(EXAMPLES)('%s is found, once', (sql) => expect(foreignForms(sql)).toHaveLength(1));

  test.each([
    'SELECT s.* EXCLUDE (a), shown(x) FROM t AS s',
    "SELECT 'a\\d' || concat_ws(a)",
    'lag(a) OVER (w ROWS UNBOUNDED PRECEDING), array_agg(a)',
  ])('%s is found, for two things', (sql) => expect(foreignForms(sql)).toHaveLength(2));

  test.each([
    "SELECT 'list(x) / y::DATE \"', s.list, a - b -- hash(x)",
    "SELECT in_order(array_agg('a:' || x)), u.cells['anchor_id'], -d.gross, d.gross - c.cap, n.window_days",
    'SELECT LAG(a) OVER later, MAX(b) OVER (PARTITION BY a ORDER BY b) FROM t WINDOW later AS (PARTITION BY a)',
    "SELECT TRIM(LEADING ';' FROM a), CAST(a AS DECIMAL(38, 2)), a.settlement_date BETWEEN b AND c",
  ])('%s is not', (sql) => expect(foreignForms(sql)).toEqual([]));
});
