import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimal } from '../../src/core/money.js';
import { readBook } from '../../src/programmes/content-incentive/book/read.js';
import { sessionFigures } from '../../src/programmes/content-incentive/pages/read/sessions.js';
import { BONUSES } from '../../src/programmes/content-incentive/policy/parts.js';
import { shownRun } from '../../src/runs/shown/shown-run.js';
import { DEEP } from '../support/deep.js';
import { month } from '../support/random/month.js';
import { EXAMPLES, exportsOf, PATIENCE, withPlace } from '../support/random/settled.js';
import { SAMPLE_POLICY, SAMPLES, settle, workspace } from '../support/workspace.js';

/** The days and seconds by which a page says who is near a tier are those by which the rules have paid. */
async function paidByProgress(runDir: string): Promise<number> {
  const { shown } = await shownRun('out', runDir);
  const book = await readBook(shown, { language: 'en', agency: undefined, against: undefined });
  const { progress } = await sessionFigures(book);
  let compared = 0;
  for (const row of book.anchors.filter(({ status }) => status !== 'out_of_scope')) {
    for (const { name } of BONUSES) {
      const has = progress.progress(name, row.anchor_id as string);
      const reached = book.policy[name].tiers.filter(
        ({ valid_days, valid_minutes }) =>
          has !== undefined && has.days >= valid_days && has.seconds >= valid_minutes * 60,
      );
      const most = reached.map(({ amount }) => decimal(amount)).reduce((a, b) => (a.lessThan(b) ? b : a), decimal('0'));
      expect([row.anchor_id, name, most.toFixed(2)]).toEqual([row.anchor_id, name, row[name]]);
      compared++;
    }
  }
  return compared;
}

test('of the sample month', async () => {
  const { runDir } = await settle({ policy: SAMPLE_POLICY, input: `${SAMPLES}/2023-11`, out: workspace() });
  expect(await paidByProgress(runDir)).toBe(26);
});

test('of a month that isn’t over', DEEP, async () => {
  const { runDir } = await settle({
    ...{ policy: SAMPLE_POLICY, input: `${SAMPLES}/2023-11`, out: workspace() },
    asOf: '2023-11-20',
  });
  expect(await paidByProgress(runDir)).toBeGreaterThan(20);
});

test('of months at random', { ...DEEP, timeout: PATIENCE }, async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(month({ repeats: false }), async (each) => {
      compared += await withPlace(each, async (place) => {
        const { result } = await place.settle(exportsOf(each));
        return paidByProgress(result.runDir);
      });
    }),
    EXAMPLES,
  );
  expect(compared).toBeGreaterThan(0);
});
