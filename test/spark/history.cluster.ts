import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/commands/explain.js';
import type { NightlyPeriod } from '../../src/night/night.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { closeAccepted } from '../support/accepting.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { NightPlace } from '../support/night-place.js';
import { month } from '../support/random/month.js';
import { exportsOf, withPlace } from '../support/random/settled.js';
import { SAMPLE_POLICY, workspace } from '../support/workspace.js';
import { ALL, NO_CLUSTER, publishedIn, sparkIn } from './on-spark.js';

/** What a month goes through, on Spark as in the warehouse: nights, a close, a restatement; and months of any kind. */

const FIRST = {
  'anchors.csv': anchorsCsv('a1', 'a2'),
  'sessions.csv': sessionsCsv({ id: 's1' }, { id: 's2', anchor: 'a2', day: '2023-11-06', dwell: '2000.00' }),
};
const LATE = {
  'sessions-late.csv': sessionsCsv(
    { id: 's3', dwell: '350.00' },
    { id: 's2', anchor: 'a2', day: '2023-11-06', dwell: '100.00' },
  ),
};

/** The run of the only period of a night. */
function only({ periods }: { periods: NightlyPeriod[] }): string {
  expect(periods.map(({ error }) => error)).toEqual([undefined]);
  return periods[0]?.run_dir as string;
}

describe.skipIf(NO_CLUSTER)('on Spark', () => {
  test('nights settle, and restate what is closed, as in the warehouse; what came of it verifies and is explained', async () => {
    const spark = { engine: 'spark', spark: sparkIn(workspace()) };
    const policies = { 'policy-2023-11.yaml': readFileSync(SAMPLE_POLICY, 'utf8') };
    const here = new NightPlace(policies).put(FIRST);
    const place = new NightPlace(here);
    const first = [only(await here.nightly('2023-11-30')), only(await place.nightly('2023-11-30', spark))];
    expect(publishedIn(first[1] as string)).toEqual(publishedIn(first[0] as string));
    const { out, warehouse } = place;
    await closeAccepted(first[1] as string, { out, warehouse, by: 'Wang Li' }, place.context);
    // A close holds the manifest, in which the engine stands: both restate the same one.
    const other = new NightPlace(place.put(LATE));
    const runs = [only(await place.nightly('2023-12-05', spark)), only(await other.nightly('2023-12-05'))];
    expect(publishedIn(runs[0] as string)).toEqual(publishedIn(runs[1] as string));
    expect(readFileSync(`${runs[0]}/adjustments.csv`, 'utf8').split('\n').length).toBeGreaterThan(2);
    for (const run of [first[1] as string, ...runs]) expect((await verifyRun(run)).differences).toEqual([]);
    const explained = await explain(runs[0] as string, { out, warehouse, anchor: 'a2' }, place.context);
    expect(JSON.stringify(explained.answer)).toContain('a2');
  });

  const seeds = Array.from({ length: ALL ? 20 : 5 }, (_, at) => 1 + at);

  test.each(seeds)('the random month of seed %i has the same bytes and verifies', async (seed) => {
    const [one] = fc.sample(month({ repeats: true }), { seed, numRuns: 1 });
    await withPlace(one as NonNullable<typeof one>, async (place) => {
      const exports = exportsOf(one as NonNullable<typeof one>);
      const here = await place.settle(exports, { statements: true });
      const spark = sparkIn(workspace());
      const out = `${place.folder}/there`;
      const there = await place.settle(exports, { statements: true, out, engine: 'spark', spark });
      expect(publishedIn(there.result.runDir)).toEqual(publishedIn(here.result.runDir));
      expect((await verifyRun(there.result.runDir)).differences).toEqual([]);
    });
  });
});
