import { afterAll, describe, expect, test } from 'vitest';
import { CONTENT_INCENTIVE } from '../../src/programmes/content-incentive/programme.js';
import { readSteps } from '../../src/rules/rules.js';
import { readCases, tablesOf } from '../support/steps/case-file.js';
import { allRelations, emptyDatabase } from '../support/steps/relations.js';
import { runStep } from '../support/steps/run-step.js';

const relations = await allRelations();
const database = await emptyDatabase();
afterAll(() => database.close());

const scope = readSteps(CONTENT_INCENTIVE).find(({ name }) => name === 'scope');
if (scope === undefined) throw new Error('no rule scope');
const run = (given: Parameters<typeof runStep>[3]) => runStep(database, scope, relations, given);

describe('a file of cases', () => {
  const CASE = '{ name: A case says what is paid., clause: C1, expect: [] }';

  test('is read with what each case leaves out', () => {
    const file = readCases(`
      defaults: { t: { a: 1, b: x } }
      given: { t: [{}], u: [{ c: true }] }
      cases: [${CASE}, { name: Another one gives its own., clause: [C1, C2], given: { t: [{ b: y }] }, expect: [] }]`);
    const [first, second] = file.cases.map((example) => tablesOf(file, example));
    expect(first).toEqual({ t: [{ a: 1, b: 'x' }], u: [{ c: true }] });
    expect(second).toEqual({ t: [{ a: 1, b: 'y' }], u: [{ c: true }] });
  });

  test.each([
    ['expects nothing without saying so', CASE.replace(', expect: []', ''), 'say []'],
    ['expects nothing at all', CASE.replace('[]', ''), 'say []'],
    ['has a name that is no sentence', CASE.replace('A case says what is paid.', 'threshold'), 'a sentence'],
    ['holds a binary float', CASE.replace('[]', '[{ amount: 0.01 }]'), 'quoted text'],
    ['has a key that means nothing', CASE.replace('expect', 'expects'), 'expects'],
  ])('is refused where a case %s', (_, example, message) => {
    expect(() => readCases(`cases: [${example}]`)).toThrow(message);
  });
});

describe('given tables', () => {
  test.each([
    ['a table that the step does not read', { policy_run: [] }, 'policy_run is given'],
    ['a column that the table does not have', { standing_anchor: [{ anchor: 'a1' }] }, 'no column anchor'],
    ['a number for a text', { standing_anchor: [{ anchor_id: 1 }] }, 'standing_anchor.anchor_id is VARCHAR'],
    ['a list for a text', { standing_anchor: [{ anchor_id: ['a1'] }] }, 'standing_anchor.anchor_id is VARCHAR'],
    ['a time for a date', { standing_anchor: [{ first_live_on: '2023-02-01 00:00:00' }] }, 'first_live_on is DATE'],
  ])('are refused with %s', async (_, given, message) => {
    await expect(run(given)).rejects.toThrow(message);
  });

  test('leave nothing behind', async () => {
    const policy = { policy_scope: [{ first_live_on_or_after: '2023-02-01' }] };
    expect(await run({ ...policy, standing_anchor: [{ anchor_id: 'a1' }] })).toHaveLength(1);
    expect(await run(policy)).toEqual([]);
  });
});
