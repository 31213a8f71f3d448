import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PAYMENT_SQL } from '../../src/payments/make.js';
import { sqlFile, sqlFilesIn } from '../../src/program/sql-files.js';
import { PART_NAMES } from '../../src/programmes/content-incentive/policy/parts.js';
import { CONTENT_INCENTIVE } from '../../src/programmes/content-incentive/programme.js';
import { readSteps, type Step, stepsIn } from '../../src/rules/rules.js';
import { bare } from '../support/shared-sql.js';
import { casesOf } from '../support/steps/case-file.js';
import { allRelations, SAMPLE_POLICY } from '../support/steps/relations.js';
import { filesIn, REPOSITORY } from '../support/workspace.js';

/** The conventions of sql/README.md. */

const steps = [...readSteps(CONTENT_INCENTIVE), ...readSteps(PAYMENT_SQL)];
const since = stepsIn(CONTENT_INCENTIVE.sql.since);
const rules = steps.filter(({ sql }) => sql.startsWith('-- rule: '));
const notices = steps.filter(({ writes }) => writes.startsWith('notice_'));
/** What decides about money. */
const deciding = steps.filter(({ path }) => /^([\w-]+\/(session|day|anchor|signs)|run)\//.test(path));
const byPath = (some: readonly Step[]) => some.map((step) => [step.path, step] as const);

const clauses = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, at) => `C${first + at}`);
const CLAUSES = [...clauses(1, 16), 'P6'];

/** Calls of the functions named, which are patterns with spaces between them. */
const calls = (names: string): RegExp => new RegExp(`(?<![.\\w])(${names.replaceAll(' ', '|')})\\s*\\(`, 'i');

/** What makes a binary float of an exact figure, or rounds to even. */
const INEXACT = [/\//, calls('avg mean median round_even power sqrt'), /\b(DOUBLE|FLOAT|REAL)\b/i];

/** How the first line of a step's header looks. */
function headOf(path: string): RegExp {
  if (rules.some((rule) => rule.path === path))
    return /^-- rule: \w+ {6}clause: [CPDVKT]\d+(, [CPDVKT]\d+)* {6}grain: \S.*$/;
  if (notices.some((notice) => notice.path === path))
    return /^-- notice: \w+ {6}clause: (contract|[CPDVKT]\d+(, [CPDVKT]\d+)*) {6}grain: \S.*$/;
  return /^-- what: .+ {6}grain: \S.*$/;
}

describe.each(byPath([...steps, ...since]))('%s', (path, step) => {
  test('begins with its header', () => {
    const [first = '', second = '', third = '', ...others] = step.sql.split('\n');
    expect(first).toMatch(headOf(path));
    expect(second).toMatch(/^-- reads: \w+(, \w+)* {6}writes: \w+ \((table|view)\)$/);
    expect(third).toMatch(/^-- why: .+$/);
    const statement = others.slice(others.findIndex((line) => !line.startsWith('--')));
    expect(
      statement.filter((line) => line.startsWith('--')),
      'comments stand above the statement',
    ).toEqual([]);
  });

  test('is one statement', () => {
    expect(bare(step.sql)).not.toContain(';');
    expect(bare(step.sql).trim()).toMatch(/^(SELECT|WITH)\b/);
  });
});

describe.each(byPath(deciding))('%s', (_, { sql }) => {
  test('holds no number but 0 and 1', () => expect(numbers(sql)).toEqual([]));
  test('keeps to exact figures', () => expect(inexact(sql)).toEqual([]));
});

describe('the searches themselves', () => {
  test.each([
    ['SELECT 30', ['30']],
    ["SELECT '30', '2023-02-01'", ["'30'", "'2023-02-01'"]],
    ['SELECT 0.2, ROUND(x, 3), x2, 1e3', ['0.2', '3', '1e3']],
    ['SELECT f(x, 2), ROUND(f(x, 2), 2)', ['2', '2']],
    ["-- 30 days\nSELECT 0, 1, CAST(ROUND(f(x), 2) AS DECIMAL(38, 2)), INTERVAL '1' MONTH, 'red'", []],
  ])('%s: numbers', (sql, found) => expect(numbers(sql)).toEqual(found));

  test.each(['a / b', 'CAST(a AS DOUBLE)', 'avg(a)', 'round_even(a, b)'])('%s is found', (sql) => {
    expect(inexact(sql)).toHaveLength(1);
  });
  test('words are no functions', () => expect(inexact("SELECT 'avg(x) / y', s.avg, a - b -- a / b")).toEqual([]));
});

describe('what is put into a table', () => {
  const files = ['src', 'sql', 'test'].flatMap((folder) =>
    filesIn(join(REPOSITORY, folder))
      .filter((file) => /\.(ts|mjs|sql)$/.test(file) && file !== 'tidy/sql.test.ts')
      .map((file) => ({ path: `${folder}/${file}`, text: readFileSync(join(REPOSITORY, folder, file), 'utf8') })),
  );

  test('stands under the names of its columns', () => {
    const nameless = files.flatMap(({ path, text }) => withoutNames(text).map((found) => `${path}: ${found}`));
    expect(nameless).toEqual([]);
    expect(files.filter(({ text }) => text.includes('INSERT INTO')).length).toBeGreaterThan(10);
  });

  test.each([
    ['INSERT INTO t SELECT a, b FROM u', 1],
    ["INSERT INTO t\n  VALUES (1, 'x')", 1],
    [`INSERT INTO \${kind.table} SELECT \${all}`, 1],
    [`INSERT INTO \${into} VALUES \${values}`, 1],
    ['insert into t from u', 1],
    ['INSERT INTO t (a, b) SELECT a, b FROM u; INSERT INTO t (a) VALUES (1)', 0],
    [`INSERT INTO \${kind.table} BY NAME SELECT \${all}`, 0],
    [`INSERT INTO \${t} (\${names.join()}) VALUES`, 0],
  ])('%s', (text, found) => expect(withoutNames(text)).toHaveLength(found));

  test('and stars are put below each other by the names of what they stand for', () => {
    const starred = files
      .filter(({ path }) => path.startsWith('sql/'))
      .flatMap(({ path, text }) => starsInUnion(path, text));
    expect(starred).toEqual([]);
    expect(starsInUnion('x', 'SELECT a.* FROM a UNION ALL SELECT b.* FROM b')).toHaveLength(1);
    expect(starsInUnion('x', 'SELECT a.*\nFROM a\nUNION ALL BY NAME\nSELECT b.* FROM b')).toEqual([]);
    expect(starsInUnion('x', 'SELECT a, b * c FROM a UNION ALL SELECT count(*), d FROM b')).toEqual([]);
  });
});

test.each(byPath(rules))('%s is named after its rule', (path, { name }) => {
  expect(path).toMatch(new RegExp(`/(session|day|anchor)/${name}\\.sql$`));
});

test.each(byPath(notices))('%s is named after its code, and its notices are told', (path, { sql, writes }) => {
  const code = /^-- notice: (\w+)/.exec(sql)?.[1];
  const folder = path.startsWith('notices/') ? 'notices' : 'content-incentive/notices';
  expect([path, writes]).toEqual([`${folder}/${code}.sql`, `notice_${code}`]);
  expect(sql).toContain(`SELECT '${code}' AS code,`);
  const all = folder === 'notices' ? 'file_notice' : 'notice';
  expect(steps.find((step) => step.writes === all)?.reads).toContain(writes);
});

test.each(byPath([...steps, ...since]).filter(([path]) => !rules.some((rule) => rule.path === path)))(
  '%s is named after what it writes',
  (path, { writes }) => {
    const name = path.split('/').at(-1);
    expect([
      `${writes}.sql`,
      `${writes.replace(/^notice_/, '')}.sql`,
      ...(writes === 'notice' ? ['all_notices.sql'] : []),
    ]).toContain(name);
  },
);

test('no name of a file has a number: what runs when follows from what it reads', () => {
  const numbered = filesIn(join(REPOSITORY, 'sql')).filter((file) => /(^|\/)\d/.test(file));
  expect(numbered.filter((file) => !file.startsWith('warehouse/migrations/'))).toEqual([]);
});

test('every file in the folders of the steps has a header', () => {
  const folders = new Set(steps.map(({ path }) => path.slice(0, path.lastIndexOf('/'))));
  const known = steps.map(({ path }) => path);
  // Beside the files of a run stand the steps that have their columns.
  const only = [...folders].filter((folder) => !folder.endsWith('/emit'));
  expect(only.flatMap(sqlFilesIn).filter((path) => !known.includes(path))).toEqual([]);
});

describe('clauses', () => {
  const headed = (step: Step): string[] =>
    /clause: ([CPDVKT]\d+(?:, [CPDVKT]\d+)*)/.exec(step.sql)?.[1]?.split(', ') ?? [];
  const inCases = (step: Step): string[] => casesOf(step.path)?.cases.flatMap(({ clause }) => clause) ?? [];

  test('each has a rule', () => {
    expect(CLAUSES.filter((clause) => !rules.flatMap(headed).includes(clause))).toEqual([]);
  });

  test('each has a case of a rule', () => {
    expect(CLAUSES.filter((clause) => !rules.flatMap(inCases).includes(clause))).toEqual([]);
  });

  test.each(byPath(rules))('%s has cases for the clauses of its header, and for no other', (_, step) => {
    expect([...new Set(inCases(step))].sort()).toEqual(headed(step).sort());
  });

  test.each(byPath(steps))('the cases of %s name clauses that exist', (_, step) => {
    expect(inCases(step).filter((clause) => clause !== 'contract' && !CLAUSES.includes(clause))).toEqual([]);
  });

  test('each that has a parameter is named in the shipped policy', () => {
    const policy = readFileSync(SAMPLE_POLICY, 'utf8');
    expect(clauses(1, 14).filter((clause) => !new RegExp(`\\b${clause}\\b`).test(policy))).toEqual([]);
  });
});

/** A bonus more is a column more of the totals, and no line more here. */
const PARTS: readonly string[] = PART_NAMES;

describe('columns.md', async () => {
  const relations = await allRelations();
  const text = sqlFile('columns.md');
  const described = [...text.matchAll(/^\| `(\w+|<part>)` \| ([A-Z]\w*(?:\(\d+, \d+\)|\[\])?) \|/gm)].map(
    ([, name = '', type = '']) => ({ name, type }),
  );
  const written = steps.map(({ writes }) => writes);
  const policy = [...relations.keys()].filter((name) => name.startsWith('policy_'));
  const ofAPart = (name: string, column: string): boolean => name === 'run_total' && PARTS.includes(column);
  const columns = [...written, ...policy].flatMap((name) =>
    [...(relations.get(name) ?? [])].map(
      ([column, type]) => [ofAPart(name, column) ? '<part>' : column, type] as const,
    ),
  );

  test('describes every column once, with its type, and no other', () => {
    const found = new Set(columns.map(([name, type]) => `${name} ${type.replace(',', ', ')}`));
    expect(described.map(({ name, type }) => `${name} ${type}`).sort()).toEqual([...found].sort());
  });

  test('gives every column a meaning', () => {
    const rows =
      text
        .split('## Columns')[1]
        ?.split('\n')
        .filter((line) => line.startsWith('| `')) ?? [];
    expect(rows.filter((row) => !/^(\|[^|]*){4}\| [^| ][^|]* \|$/.test(row))).toEqual([]);
    expect(rows).toHaveLength(described.length);
  });

  test('lists every relation of the policy', () => {
    expect(policy.filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
  });

  test.each(byPath([...steps, ...since]))('%s states a grain of its own columns', (_, { sql, writes }) => {
    const grain = /\bgrain: (.*)$/m.exec(sql)?.[1] ?? '';
    const known = ['one row', ...(relations.get(writes)?.keys() ?? [])];
    expect(grain.split(', ').filter((column) => !known.includes(column))).toEqual([]);
  });
});

/** What is inserted without the columns that it is for. */
function withoutNames(text: string): string[] {
  return text.match(/INSERT INTO\s+[\w.${}]+\s+(?!\(|BY NAME\b)\S+/gi) ?? [];
}

/** A union of all columns of two relations that goes by their places. */
function starsInUnion(path: string, text: string): string[] {
  const star = String.raw`SELECT\s+(?:\w+\.)?\*`;
  const union = new RegExp(
    String.raw`${star}[^()]*(?:\([^)]*\)[^()]*)*?\bUNION(?: ALL)?\s+(?!ALL\b|BY NAME)${star}`,
    'gi',
  );
  return (bare(text).match(union) ?? []).map((found) => `${path}: ${found}`);
}

/** Numbers, and texts with digits, that belong in the policy. */
function numbers(sql: string): string[] {
  const code = sql.replace(/'(?:[^']|'')*'|--[^\n]*/g, (found) => (found.startsWith('--') ? '' : found));
  return [...code.matchAll(/'(?:[^']|'')*'|(?<![\w.])\d[\w.]*/g)]
    .filter(({ 0: found, index }) => {
      if (found.startsWith("'")) return /\d/.test(found) && !/^'[01]'$/.test(found);
      return !['0', '1'].includes(found) && !isAllowed(code, found, index);
    })
    .map(({ 0: found }) => found);
}

/** Digits of a type, and the places of a fen. */
function isAllowed(code: string, found: string, at: number): boolean {
  const opened = openedBy(code, at);
  if (/\bDECIMAL$/i.test(opened)) return true;
  return found === '2' && /\bROUND$/i.test(opened) && /^2\s*\)/.test(code.slice(at)) && /,\s*$/.test(code.slice(0, at));
}

/** The code before the parenthesis that is open at a place. */
function openedBy(code: string, at: number): string {
  let depth = 0;
  for (let place = at - 1; place >= 0; place -= 1) {
    if (code[place] === ')') depth += 1;
    if (code[place] === '(' && depth === 0) return code.slice(0, place);
    if (code[place] === '(') depth -= 1;
  }
  return '';
}

function inexact(sql: string): string[] {
  const code = bare(sql);
  return INEXACT.filter((pattern) => pattern.test(code)).map(String);
}
