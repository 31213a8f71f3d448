import { expect, test } from 'vitest';
import { readSteps } from '../../src/rules/rules.js';
import { OTHERS } from '../support/programmes.js';
import { casesOf } from '../support/steps/case-file.js';

/** The conventions of sql/README.md, of programmes besides the incentive. */

const NUMBER = /(?<![\w.'-])(?!0\b|1\b)\d+/g;

test.each(OTHERS.map((other) => [other.programme.name, other] as const))('%s', (name, { programme, clauses }) => {
  const steps = readSteps(programme).filter(({ path }) => path.startsWith(`${name}/`));
  const rules = steps.filter(({ sql }) => sql.startsWith('-- rule: '));
  const headed = rules.map(({ path, sql }) => ({
    path,
    named: /^-- rule: (\w+) {6}clause: ([A-Z]\d+(?:, [A-Z]\d+)*) {6}grain: \S/.exec(sql),
  }));
  expect(headed.filter(({ path, named }) => !path.endsWith(`/${named?.[1]}.sql`)).map(({ path }) => path)).toEqual([]);
  const served = headed.flatMap(({ named }) => named?.[2]?.split(', ') ?? []);
  expect(clauses.filter((clause) => !served.includes(clause))).toEqual([]);
  expect(served.filter((clause) => !clauses.includes(clause))).toEqual([]);
  const tried = rules.flatMap(({ path }) => casesOf(path)?.cases.flatMap(({ clause }) => clause) ?? []);
  expect(clauses.filter((clause) => !tried.includes(clause))).toEqual([]);
  const heads =
    /^-- (rule|notice|what): .+ {6}grain: \S.*\n-- reads: \w+(, \w+)* {6}writes: \w+ \((table|view)\)\n-- why: .+\n/;
  expect(steps.filter(({ sql }) => !heads.test(sql)).map(({ path }) => path)).toEqual([]);
  const bare = (sql: string): string =>
    sql
      .replace(/--.*$/gm, '')
      .replace(/DECIMAL\(\d+, \d+\)/g, '')
      .replace(/'[^']*'/g, '');
  expect(rules.filter(({ sql }) => bare(sql).match(NUMBER) !== null).map(({ path }) => path)).toEqual([]);
  expect(steps.filter(({ sql }) => /\b(DOUBLE|FLOAT|avg\(|\/)/i.test(bare(sql))).map(({ path }) => path)).toEqual([]);
});
