import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadInto } from '../lake/lake-place.js';
import { filesIn, SAMPLE_POLICY, SAMPLES, settle, workspace } from '../support/workspace.js';
import { NO_CLUSTER, publishedIn, sparkIn } from './on-spark.js';

/** Exports that were loaded into a lake are settled on Spark from where they lie. */

describe.skipIf(NO_CLUSTER)('on Spark, from a lake', () => {
  test('the sample months have the same bytes, and no row of theirs is written again', async () => {
    const folder = workspace();
    const spark = sparkIn(folder);
    const lake = spark.lake;
    expect(await loadInto(lake, join(SAMPLES, '2023-11'))).toMatchObject({ load: 1 });
    expect(await loadInto(lake, join(SAMPLES, '2023-11-faulty'), { encoding: 'gb18030' })).toMatchObject({ load: 2 });
    const rows = filesIn(lake);
    const common = { policy: SAMPLE_POLICY, input: undefined, lake };
    const here = await settle({ ...common, out: join(folder, 'here') });
    const there = await settle({ ...common, out: join(folder, 'there'), engine: 'spark', spark });
    expect(there.manifest.database).toMatch(/^Spark 4\.\d/);
    expect(publishedIn(there.runDir)).toEqual(publishedIn(here.runDir));
    expect(filesIn(lake)).toEqual(rows);
  });
});
