import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/commands/run.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { sealRun } from '../support/case-run.js';
import { sessionsCsv } from '../support/exports.js';
import { withIneligible } from '../support/policy-sample.js';

import { SAMPLE_POLICY, SILENT, temporaryFolder, write } from '../support/workspace.js';

/** What was found of one session, and no session of the anchor starts in that second: verify holds the notice to it. */

let folder: string;
let runDir: string;
let told: string;
const notices = (): string => join(runDir, 'notices.csv');

afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'exports'));
  write(folder, { 'policy.yaml': withIneligible(readFileSync(SAMPLE_POLICY, 'utf8')) });
  const host = (anchor: string, time: string, clause: string): string =>
    `${anchor},${time},${time},unadmitted_digital_host,${clause}`;
  write(join(folder, 'exports'), {
    'anchors.csv': 'anchor_id,account_kind,first_live_on\na1,content,2023-03-01\na2,content,2023-03-01\n',
    'sessions.csv': sessionsCsv({ id: 's1', day: '2023-11-19' }, { id: 't1', anchor: 'a2', day: '2023-11-05' }),
    'ineligible.csv': `${[
      'anchor_id,from,to,cause,clause',
      host('a1', '2023-11-10 20:00:00', 'D2'),
      host('a1', '2023-11-10 20:00:00', 'D5'),
      host('a1', '2023-11-11 20:00:00', 'D5'),
      host('a1', '2023-11-30 00:00:00', 'D5'),
      host('nobody', '2023-11-11 20:00:00', 'D5'),
      'a2,2023-11-10 20:00:00,2023-11-17 19:59:59,frozen,D6',
    ].join('\n')}\n`,
  });
  const places = { out: join(folder, 'out'), warehouse: ':memory:', input: join(folder, 'exports') };
  const settled = await run(
    { policy: join(folder, 'policy.yaml'), ...places, strict: false, statements: false },
    SILENT,
  );
  ({ runDir } = settled);
  told = readFileSync(notices(), 'utf8');
});

/** What verify says of notices.csv with this text in it. */
async function found(text: string): Promise<string[]> {
  rmSync(notices());
  writeFileSync(notices(), text);
  sealRun(runDir);
  const { differences } = await verifyRun(runDir);
  return differences.map(({ file, key, column }) => `${file} ${key} ${column}`.trim());
}

test('it is told by the anchor, each second once', async () => {
  const lines = told.split('\n').filter((line) => line.startsWith('ineligible_no_session'));
  expect(lines).toEqual([
    expect.stringMatching(/^ineligible_no_session,attention,,a1,2,,"?no session of a1 that is settled/),
  ]);
  expect(await found(told)).toEqual([]);
});

test('one that lacks is found, and so is another count and one of an anchor that nothing is told of', async () => {
  const [line = ''] = told.split('\n').filter((each) => each.startsWith('ineligible_no_session'));
  expect(await found(told.replace(`${line}\n`, ''))).toContain('notices.csv ineligible_no_session a1');
  expect(await found(told.replace(line, line.replace(',a1,2,', ',a1,1,')))).not.toEqual([]);
  expect(await found(told.replace(line, `${line}\n${line.replaceAll('a1', 'a2')}`))).not.toEqual([]);
});
