import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explain } from '../../src/commands/explain.js';
import type { NightlyPeriod } from '../../src/night/night.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { closeAccepted } from '../support/accepting.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { NightPlace } from '../support/night-place.js';
import { SAMPLE_POLICY } from '../support/workspace.js';
import { loadInto, publishedFiles } from './lake-place.js';

// @module-tag deep

/** What a month goes through, from a lake as from a folder: nights, a close, a restatement, and what is asked of them. */

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

function only({ periods }: { periods: NightlyPeriod[] }): string {
  expect(periods.map(({ error }) => error)).toEqual([undefined]);
  return periods[0]?.run_dir as string;
}

/** By way of the night itself, or of a load beforehand. */
test.each(['loads the folder into the lake', 'takes what was loaded before'] as const)(
  'a night that %s',
  async (how) => {
    const itself = how === 'loads the folder into the lake';
    const here = new NightPlace({ 'policy-2023-11.yaml': readFileSync(SAMPLE_POLICY, 'utf8') }).put(FIRST);
    const place = new NightPlace(here);
    const lake = join(place.folder, 'lake');
    const night = async (date: string) => {
      if (!itself) await loadInto(lake, place.exports);
      return place.nightly(date, { lake, ...(itself ? {} : { input: undefined }) });
    };
    const first = await night('2023-11-30');
    expect(first).toMatchObject({ load: 1, loaded: [{ file: 'anchors.csv' }, { file: 'sessions.csv' }] });
    expect(publishedFiles(only(first))).toEqual(publishedFiles(only(await here.nightly('2023-11-30'))));
    for (const { folder, out, warehouse, context } of [here, place])
      await closeAccepted(
        only(await (folder === here.folder ? here.nightly('2023-11-30') : night('2023-11-30'))),
        { out, warehouse, by: 'Wang Li' },
        context,
      );
    here.put(LATE);
    place.put(LATE);
    const [restated, other] = [only(await night('2023-12-05')), only(await here.nightly('2023-12-05'))];
    const lines = (run: string) => readFileSync(join(run, 'adjustments.csv'), 'utf8');
    expect(lines(restated).split('\n').length).toBeGreaterThan(2);
    expect(lines(restated)).toBe(lines(other));
    expect((await verifyRun(restated)).differences).toEqual([]);
    const { out, warehouse } = place;
    const explained = await explain(restated, { out, warehouse, anchor: 'a2' }, place.context);
    expect(JSON.stringify(explained.answer)).toContain('s2');
  },
);
