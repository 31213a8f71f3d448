import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { buildRun, fromCsv, read, readManifest, remove, sealRun, settlingCases, toCsv } from '../support/case-run.js';

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

test('a quarantined row of a file that is named in capitals is one of the sessions', async () => {
  run = buildRun('43-names-in-any-case');
  const manifest = readManifest(run);
  const input = manifest.inputs.find(({ file }) => file === 'SESSIONS-1.csv');
  Object.assign(input ?? {}, { rows: (input?.rows ?? 0) + 1, quarantined: 1 });
  const { rows_read: read0 = 0, ...others } = manifest.accounting;
  manifest.accounting = { rows_read: read0 + 1, ...others, quarantined: 1 };
  const faults = fromCsv(read(join(run, 'quarantine.csv')));
  writeFileSync(join(run, 'quarantine.csv'), toCsv([...faults, ['SESSIONS-1.csv', '9', 'track', 'missing', '', 'x']]));
  const unsettled = fromCsv(read(join(run, 'unsettled.csv')));
  const line = ['SESSIONS-1.csv', '9', '', '', '', '', 'missing', ''];
  writeFileSync(join(run, 'unsettled.csv'), toCsv([...unsettled, line]));
  sealRun(run, manifest);
  expect((await verifyRun(run)).differences).toEqual([]);
});
