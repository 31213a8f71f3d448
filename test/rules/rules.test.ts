import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { Row } from '../../src/engine/duckdb/warehouse.js';
import { PAYMENT_SQL } from '../../src/payments/make.js';
import { CONTENT_INCENTIVE } from '../../src/programmes/content-incentive/programme.js';
import { readSteps, type Step, stepsIn } from '../../src/rules/rules.js';
import { OTHERS, type OtherProgramme } from '../support/programmes.js';
import { type CaseFile, type Cell, casePath, casesOf, tablesOf } from '../support/steps/case-file.js';
import { allRelations, emptyDatabase } from '../support/steps/relations.js';
import { runStep } from '../support/steps/run-step.js';

const own = [
  ...readSteps(CONTENT_INCENTIVE),
  ...stepsIn(CONTENT_INCENTIVE.sql.since),
  ...stepsIn(CONTENT_INCENTIVE.sql.unheeded?.steps ?? []),
  ...readSteps(PAYMENT_SQL),
];
const tried = [
  { steps: own, relations: await allRelations() },
  ...(await Promise.all(
    OTHERS.map(async (other) => ({ steps: stepsOnlyOf(other), relations: await allRelations(other) })),
  )),
];
const steps = tried.flatMap((each) => each.steps);
const database = await emptyDatabase();
afterAll(() => database.close());

/** The steps of another programme that aren't tried already. */
function stepsOnlyOf({ programme: { sql } }: OtherProgramme): Step[] {
  const known = new Set(own.map(({ path }) => path));
  return [...readSteps({ sql }), ...stepsIn(sql.since)].filter(
    ({ path }) => !known.has(path) && (OTHERS[0]?.programme.sql === sql || !path.startsWith('records/')),
  );
}

const cases = tried.flatMap((each) => each.steps.map((step) => ({ step, relations: each.relations })));
describe.each(cases.map(({ step, relations }) => [step.path, step, relations] as const))('%s', (_, step, relations) => {
  test('reads the relations that its header names, all of them and no other', () => readsWhatItSays(step, relations));

  const file = casesOf(step.path);
  if (file !== undefined) runCases(step, file, relations);
  // What has changed since an earlier run is tried on whole loads: test/nightly/concern.test.ts.
  else if (!/^(staging|since|[\w-]+\/since)\//.test(step.path)) {
    test('has cases', () => expect.unreachable(`write them in sql/${casePath(step.path)}`));
  }
});

test('every file of cases belongs to a step', () => {
  const root = fileURLToPath(new URL('../../sql/', import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cases.yaml'));
  const known = steps.map(({ path }) => casePath(path));
  expect(files.filter((name) => !known.includes(name))).toEqual([]);
});

type Relations = Awaited<ReturnType<typeof allRelations>>;

function runCases(step: Step, file: CaseFile, relations: Relations): void {
  test('names each case once', () => {
    const names = file.cases.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) < at)).toEqual([]);
  });

  for (const example of file.cases) {
    test(`${example.clause.join(', ')}: ${example.name}`, async () => {
      const rows = await runStep(database, step, relations, tablesOf(file, example));
      expect(inOrder(rows.map((row) => named(row, example.expect)))).toEqual(inOrder(example.expect.map(asText)));
      expect(twice(step, rows), 'rows of the same grain').toEqual([]);
    });
  }
}

/** With just these relations there the step runs; with any of them gone it can't. */
async function readsWhatItSays(step: Step, relations: Relations): Promise<void> {
  const tables = new Map([...relations].filter(([name]) => step.reads.includes(name)));
  expect([...tables.keys()].sort(), 'relations that nothing writes').toEqual([...step.reads].sort());
  await runStep(database, step, tables, {});
  for (const name of step.reads) {
    const others = new Map([...tables].filter(([other]) => other !== name));
    await expect(runStep(database, step, others, {}), `${name} is never read`).rejects.toThrow(name);
  }
}

/** Of a row, the columns that the case names: the same in each of its rows. */
function named(row: Row, expected: Record<string, Cell>[]): Row {
  const [first = {}, ...others] = expected.map((cells) => Object.keys(cells).sort());
  for (const columns of others) expect(columns, 'a case names the same columns in every row').toEqual(first);
  const columns = expected.length === 0 ? Object.keys(row) : Object.keys(expected[0] ?? {});
  return Object.fromEntries(
    columns.map((column) => [column, row[column] === undefined ? `no column ${column}` : row[column]]),
  );
}

function asText(row: Record<string, Cell>): Row {
  return Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, cell === null ? null : String(cell)]));
}

function inOrder(rows: Row[]): Row[] {
  const key = (row: Row): string => JSON.stringify(Object.entries(row).sort());
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Rows that have their grain, as the header states it, in common with an earlier one. */
function twice({ sql }: Step, rows: Row[]): Row[] {
  const grain = /\bgrain: (.*)$/m.exec(sql)?.[1] ?? '';
  const key = (row: Row): string =>
    grain === 'one row' ? '' : JSON.stringify(grain.split(', ').map((column) => row[column]));
  return rows.filter((row, at) => rows.findIndex((other) => key(other) === key(row)) < at);
}
