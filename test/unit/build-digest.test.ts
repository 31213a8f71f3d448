import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { buildOf, codeDigest, sqlDigest } from '../../src/program/build-digest.js';
import { PROGRAM } from '../../src/program/version.js';
import { variations } from '../support/deep.js';
import { filesIn, REPOSITORY, temporaryFolder } from '../support/workspace.js';

// @module-tag deep

/** Which changes of the sources make another build, and which don't. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const copy = join(folder, 'copy');
const build = (): string => buildOf(codeDigest(copy), sqlDigest(join(copy, 'sql')));
const change = (file: string, text = '\n'): void => appendFileSync(join(copy, file), text);

beforeEach(() => {
  rmSync(copy, { recursive: true, force: true });
  for (const part of ['src', 'sql', 'package-lock.json', 'package.json'])
    cpSync(join(REPOSITORY, part), join(copy, part), { recursive: true });
});

test('is 16 hexadecimal digits, the same from any folder', () => {
  expect(PROGRAM.build).toMatch(/^[0-9a-f]{16}$/);
  expect(build()).toBe(PROGRAM.build);
});

test('is the same with the line ends of another system', () => {
  const texts = filesIn(copy).filter((file) => /\.(ts|sql|json)$/.test(file));
  expect(texts.length).toBeGreaterThan(200);
  for (const file of texts) {
    const text = readFileSync(join(copy, file), 'utf8');
    writeFileSync(join(copy, file), text.replaceAll('\n', '\r\n'));
  }
  expect(build()).toBe(PROGRAM.build);
});

describe('is another', () => {
  variations(
    [
      ['a rule', 'sql/content-incentive/day/daily_cap.sql'],
      ['a macro', 'sql/dialects/duckdb/cells.sql'],
      ['a step', 'sql/content-incentive/day/anchor_day.sql'],
      ['an audit', 'sql/content-incentive/audits/days_make_anchors.sql'],
      ['a file that is written', 'sql/content-incentive/emit/days.sql'],
      ['a notice', 'sql/content-incentive/notices/all_notices.sql'],
      ['how exports are read', 'src/load/csv/strict-csv.ts'],
      ['how policies are read', 'src/programmes/content-incentive/policy/schema.ts'],
      ['how YAML is read', 'src/yaml/document.ts'],
      ['the order of the steps', 'src/rules/rules.ts'],
      ['what is written', 'src/emit/tables.ts'],
      ['the causes', 'src/compare/causes.ts'],
      ['the evaluation date', 'src/settle/evaluation-date.ts'],
      ['how a period is settled', 'src/settle/settle-period.ts'],
      ['exact figures', 'src/core/money.ts'],
      ['days', 'src/core/beijing.ts'],
    ],
    0,
    3,
  )('where %s changed', (_what, file) => {
    change(file);
    expect(build()).not.toBe(PROGRAM.build);
  });

  test('where a step came, went or has another name', () => {
    const builds = new Set([build()]);
    change('sql/content-incentive/day/more_rule.sql', 'SELECT 1');
    builds.add(build());
    rmSync(join(copy, 'sql/content-incentive/day/more_rule.sql'));
    expect(builds.has(build())).toBe(true);
    cpSync(join(copy, 'sql/content-incentive/emit/days.sql'), join(copy, 'sql/content-incentive/emit/dates.sql'));
    builds.add(build());
    rmSync(join(copy, 'sql/content-incentive/emit/days.sql'));
    builds.add(build());
    expect(builds.size).toBe(4);
  });

  test('where two files changed places', () => {
    const [days, sessions] = ['days', 'sessions'].map((name) =>
      join(copy, `sql/content-incentive/emit/${name}.sql`),
    ) as [string, string];
    const text = readFileSync(days);
    cpSync(sessions, days);
    writeFileSync(sessions, text);
    expect(build()).not.toBe(PROGRAM.build);
  });

  variations(['csv-parse', 'decimal.js', 'luxon', 'yaml', 'zod'])('where another version of %s is locked', (name) => {
    const path = join(copy, 'package-lock.json');
    const lock = JSON.parse(readFileSync(path, 'utf8'));
    lock.packages[`node_modules/${name}`].version = '99.0.0';
    writeFileSync(path, JSON.stringify(lock));
    expect(build()).not.toBe(PROGRAM.build);
  });
});

describe('is the same', () => {
  variations(
    [
      ['words about the SQL', 'sql/README.md'],
      ['what columns mean', 'sql/columns.md'],
      ['the cases of a rule', 'sql/content-incentive/day/daily_cap.cases.yaml'],
      ['the cases of a step', 'sql/content-incentive/day/anchor_day.cases.yaml'],
      ['words of an explanation', 'src/programmes/content-incentive/explain/words/words-en.ts'],
      ['the verification', 'src/programmes/content-incentive/verify/figures/pay.ts'],
      ['the summary', 'src/report/run.ts'],
      ['flags', 'src/bin/program.ts'],
      ['the terminal', 'src/text/terminal.ts'],
      ['the version', 'package.json'],
    ],
    0,
    3,
  )('where %s changed', (_what, file) => {
    change(file);
    expect(build()).toBe(PROGRAM.build);
  });

  test('where another database is locked, which the manifest names', () => {
    const path = join(copy, 'package-lock.json');
    const text = readFileSync(path, 'utf8');
    const other = text.replaceAll('1.5.6-r.1', '1.9.9-r.1');
    expect(other).not.toBe(text);
    writeFileSync(path, other);
    expect(build()).toBe(PROGRAM.build);
  });
});

test('isn’t made where nobody said whether a folder decides', () => {
  mkdirSync(join(copy, 'src/tax'));
  change('src/tax/rate.ts');
  expect(build).toThrow('src/tax/rate.ts');
});
