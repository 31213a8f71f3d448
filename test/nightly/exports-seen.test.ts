import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { nightlyText } from '../../src/report/night.js';
import { DEEP } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { NightPlace } from '../support/night-place.js';

// @module-tag deep

/** What a night tells of the folder of exports as a whole. */

let place: NightPlace;
beforeEach(() => {
  place = new NightPlace();
  onTestFinished(() => place.remove());
});

const FIRST = { 'anchors.csv': anchorsCsv('a1'), 'sessions-5.csv': sessionsCsv({ id: 's1', day: '2023-11-05' }) };
const NOTHING_NEW = 'no new file among the exports';
const noFileFor = (date: string): string => `no file for ${date}: no session of any export ended on that day`;

/** What the mail says besides the lines of periods. */
async function told(date: string): Promise<string[]> {
  const text = nightlyText(await place.nightly(date), (path) => path).replaceAll(place.exports, 'exports');
  return text.split('\n').filter((line) => line !== '' && !/^content-live/.test(line));
}
const remove = (...names: string[]): void => {
  for (const name of names) rmSync(join(place.exports, name));
};

test('an empty folder; and one in which no export lies', async () => {
  expect(await told('2023-11-05')).toEqual(['exports is empty', noFileFor('2023-11-05')]);
  place.put({ '.DS_Store': '' });
  expect(await told('2023-11-05')).toEqual([
    'no export lies in exports',
    noFileFor('2023-11-05'),
    'ignored: .DS_Store',
  ]);
});

test('all known files are gone: of an empty folder, and where others came', async () => {
  place.put(FIRST);
  expect(await told('2023-11-05')).toEqual([]);
  remove('anchors.csv');
  expect(await told('2023-11-05')).toEqual([NOTHING_NEW]);
  remove('sessions-5.csv');
  const gone =
    'all 2 files that were loaded before are gone from exports: is it the right folder? What was loaded still counts';
  expect(await told('2023-11-05')).toEqual(['exports is empty', gone]);
  place.put({ 'sessions-6.csv': sessionsCsv({ id: 's2', day: '2023-11-06' }) });
  const moved = ['New tonight:', '  content-live-2023-11: the total moved by +10.00 CNY'];
  expect(await told('2023-11-06')).toEqual([gone, ...moved]);
  expect(await told('2023-11-06')).toEqual([NOTHING_NEW]); // one that is known lies there again
  expect(await place.nightly('2023-11-06')).toMatchObject({ exit: 0, exports: { files: 1, gone: 0, for_date: true } });
});

test('a known name with new content is not gone', DEEP, async () => {
  place.put({ 'sessions-5.csv': FIRST['sessions-5.csv'] });
  await place.nightly('2023-11-05');
  place.put({ 'sessions-5.csv': sessionsCsv({ id: 's1', day: '2023-11-05', dwell: '2.00' }) });
  expect((await place.nightly('2023-11-05')).exports).toMatchObject({ files: 1, gone: 0 });
});

test('no file for the date: no row that ended on it, in whatever file, and no new file of sessions', DEEP, async () => {
  place.put(FIRST);
  await place.nightly('2023-11-05');
  expect(await told('2023-11-06')).toEqual([NOTHING_NEW, noFileFor('2023-11-06')]);
  place.put({ 'anchors-6.csv': anchorsCsv('a2') });
  expect(await told('2023-11-06')).toEqual([noFileFor('2023-11-06')]);
  place.put({ 'sessions-6.csv': sessionsCsv({ id: 's2', day: '2023-11-06', dwell: 'x' }) });
  const faults = await told('2023-11-06'); // its one row is quarantined, and its file is there
  expect(faults.slice(0, 2)).toEqual(['New tonight:', '  sessions-6.csv: 1 row quarantined, bad_number']);
  expect(faults.join()).not.toContain('no file for');
  const [again, open] = await told('2023-11-06');
  expect([again, open]).toEqual([
    NOTHING_NEW,
    'Still open from earlier nights: 1 notice and 1 quarantined row (file_all_out)',
  ]);
  place.put({ 'sessions-8.csv': sessionsCsv({ id: 's3', day: '2023-11-08' }) });
  expect(await told('2023-11-07')).not.toContain(noFileFor('2023-11-07'));
  expect((await told('2023-11-07')).slice(0, 2)).toEqual([NOTHING_NEW, noFileFor('2023-11-07')]);
});
