import { afterEach, expect, test } from 'vitest';
import { verifyRun } from '../../src/verify/verify.js';
import { buildRun, readManifest, remove, settlingCases } from './verify-fixture.js';

let run = '';
afterEach(() => remove(run));

test('there are cases', () => {
  expect(settlingCases().length).toBeGreaterThanOrEqual(39);
});

for (const name of settlingCases()) {
  test(`case ${name} verifies`, async () => {
    run = buildRun(name);
    const report = await verifyRun(run);
    expect(report.differences).toEqual([]);
    const manifest = readManifest(run);
    expect(report).toMatchObject({
      run_id: manifest.run_id,
      anchors: manifest.totals.anchors,
      sessions: manifest.totals.sessions,
      statements: manifest.totals.anchors,
      count: 0,
    });
  });

  test(`case ${name} verifies without statements`, async () => {
    run = buildRun(name, { statements: false });
    expect(await verifyRun(run)).toMatchObject({ differences: [], statements: 0 });
  });
}
