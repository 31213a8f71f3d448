import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { close } from '../../src/commands/close.js';
import type { NightlyResult } from '../../src/night/night.js';
import { nightlyText } from '../../src/report/night.js';
import { fromCsv, sealRun, toCsv } from '../support/case-run.js';
import { DEEP } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { NightPlace } from '../support/night-place.js';

// @module-tag deep

/** `nightly --verify`: the second implementation is asked about every run of the night before it says done. */

let place: NightPlace;
let log: string;
beforeEach(() => {
  place = new NightPlace().put({
    'anchors.csv': anchorsCsv('a1', 'a2'),
    'sessions-11.csv': sessionsCsv({ id: 's1', day: '2023-11-05' }, { id: 's2', anchor: 'a2', day: '2023-11-20' }),
  });
  log = join(place.folder, 'log.jsonl');
  onTestFinished(() => place.remove());
});

/** The run with another amount of a session, and everything else made to fit: hashes too. What it was, to put back. */
function falsify({ periods }: NightlyResult, at = 0): () => void {
  const dir = periods[at]?.run_dir as string;
  const files = ['sessions.csv', 'days.csv', 'settlement.csv', 'manifest.json'].map((name) => join(dir, name));
  const before = files.map((file) => readFileSync(file));
  const [header = [], ...rows] = fromCsv(readFileSync(join(dir, 'days.csv'), 'utf8'));
  const gross = header.indexOf('gross');
  writeFileSync(join(dir, 'days.csv'), toCsv([header, ...rows.map((row) => row.with(gross, '11.00'))]));
  sealRun(dir);
  return () => {
    for (const [each, file] of files.entries()) writeFileSync(file, before[each] as Buffer);
  };
}

const events = (): Record<string, unknown>[] =>
  readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('every run is right: the night says that it was asked', DEEP, async () => {
  const night = await place.nightly('2023-11-30', { verify: true, log });
  expect(night).toMatchObject({ exit: 0, failures: [], periods: [{ exit: 0, verified: true }] });
  expect(events().find(({ event }) => event === 'settled')).toMatchObject({ verified: true });
  expect((await place.nightly('2023-11-30', { verify: true })).periods).toMatchObject([
    { verified: true, already_there: true },
  ]);
  expect((await place.nightly('2023-11-30')).periods).toMatchObject([{ verified: null }]);
});

test('one differs: exit 6, told in text, answer and log; the others are settled, and nothing of it can be closed', async () => {
  const first = await place.nightly('2023-11-30');
  const mend = falsify(first);
  const late = { 'sessions-12.csv': sessionsCsv({ id: 's3', day: '2023-12-01' }) };
  const night = await place.put(late).nightly('2023-12-01', { verify: true, log });
  expect(night).toMatchObject({ exit: 0, periods: [{ policy: 'content-live-2023-12' }] }); // November isn't concerned
  const again = await place.nightly('2023-11-30', { verify: true, log });
  expect(again.exit).toBe(0); // another run: it knows one file more

  const wrong = falsify(again);
  const found = await place.nightly('2023-11-30', { verify: true, log });
  const run = found.periods[0];
  expect(found).toMatchObject({
    exit: 6,
    failures: [{ code: 'differs' }],
    periods: [{ exit: 6, verified: false, run_id: again.periods[0]?.run_id, error: { code: 'differs' } }],
  });
  expect(run?.error?.message).toMatch(
    /differ from what they should be \(\d+ differences; the first: days\.csv, .* is 11\.00, and should be 10\.00\)/,
  );
  expect(run?.error?.mend).toContain(`settle verify ${run?.run_dir}`);
  const [line] = nightlyText(found, (path) => path).split('\n');
  expect(line).toMatch(/ {2}FAILED \(differs\): the figures of .* differ from what they should be/);
  expect(events().at(-2)).toMatchObject({
    event: 'failed',
    level: 'error',
    verified: false,
    error: { code: 'differs' },
  });
  expect(events().at(-1)).toMatchObject({ event: 'end', exit: 6 });

  const options = { out: place.out, warehouse: place.warehouse, by: 'Wang Li' };
  const closing = (): Promise<unknown> => close(run?.run_id as string, options, place.after('2023-12-01').context);
  await expect(closing()).rejects.toMatchObject({ exit: 6, message: expect.stringMatching(/differ from what they/) });
  wrong();
  mend();
  expect((await place.nightly('2023-11-30', { verify: true })).exit).toBe(0);
  expect(await closing()).toMatchObject({ exit: 0 });
});

test('without it nobody notices before the close', DEEP, async () => {
  falsify(await place.nightly('2023-11-30'));
  expect(await place.nightly('2023-11-30')).toMatchObject({ exit: 0, periods: [{ verified: null }] });
});

test('a difference comes before a broken policy and before rows, and behind a machine that fails', DEEP, async () => {
  falsify(await place.nightly('2023-11-30'));
  place.put({ 'notes.txt': '' });
  writeFileSync(join(place.policies, 'policy-2023-10.yaml'), 'id: x\n');
  const metrics = join(place.folder, 'none/settle.prom');
  expect((await place.nightly('2023-11-30', { verify: true })).exit).toBe(6);
  expect((await place.nightly('2023-11-30', { verify: true, metrics })).exit).toBe(1);
  expect((await place.nightly('2023-11-30')).exit).toBe(2);
});
