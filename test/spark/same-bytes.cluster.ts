import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { CASES, filesIn, SAMPLE_POLICY, SAMPLES, settle, workspace } from '../support/workspace.js';
import { ALL, expectSame, NO_CLUSTER, publishedIn, sparkIn } from './on-spark.js';

/** What is settled on Spark is what the warehouse's own database settles, to the byte. */

const settling = readdirSync(CASES)
  .filter((name) => existsSync(join(CASES, name, 'expected/settlement.csv')))
  .sort();
/** Figures at their extremes, every reason, faults of form and of settlement, supersession, the limits of the rules. */
const FIRST = /^(10|11|30|31|35|36)-/;
const SECOND = /^(04|07|16|20|23|34)-/;
const wanted = settling.filter(
  (name) => ALL || FIRST.test(name) || (process.env.SPARK_CASES !== '6' && SECOND.test(name)),
);

describe.skipIf(NO_CLUSTER)('on Spark', () => {
  test('the sample month has the same bytes and verifies; the same files again bring nothing into the lake', async () => {
    const folder = workspace();
    const spark = sparkIn(folder);
    const month = { policy: SAMPLE_POLICY, input: join(SAMPLES, '2023-11') };
    const here = await settle({ ...month, out: join(folder, 'here') });
    const there = await settle({ ...month, out: join(folder, 'there'), engine: 'spark', spark });
    expect(publishedIn(there.runDir)).toEqual(publishedIn(here.runDir));
    expect((await verifyRun(there.runDir)).differences).toEqual([]);
    const rows = filesIn(spark.lake);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((path) => !path.startsWith('rows/'))).toEqual([]);
    const again = await settle({ ...month, out: join(folder, 'again'), statements: false, engine: 'spark', spark });
    expect(again.manifest.totals).toEqual(here.manifest.totals);
    expect(filesIn(spark.lake)).toEqual(rows);
  });

  test('a month of faulty files has the same bytes', async () => {
    await expectSame({ policy: SAMPLE_POLICY, input: join(SAMPLES, '2023-11-faulty'), encoding: 'gb18030' });
  });

  test.each(wanted)('case %s has the same bytes', async (name) => {
    const words = readFileSync(join(CASES, name, 'args'), 'utf8').split('\n');
    const flag = (word: string): string | undefined =>
      words.includes(word) ? words[words.indexOf(word) + 1] : undefined;
    const given = { asOf: flag('--as-of'), encoding: flag('--encoding'), strict: words.includes('--strict') };
    await expectSame({ policy: join(CASES, name, 'policy.json'), input: join(CASES, name, 'input'), ...given });
  });
});
