import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLEAN_MONTH } from '../exports.js';
import { workspace, write } from '../workspace.js';
import { killedAt } from './killed-at.js';
import { THOROUGH } from './month.js';
import { Place } from './place.js';

/** Whoever takes the warehouse's file away wants a new one, whatever its head says that was left behind. */

test.runIf(THOROUGH)('the file is gone and its head is there: a new warehouse is made', async () => {
  const place = await taken();
  const { exit, json } = await place.run(['--json', '--out', 'again']);
  expect([exit, json.totals?.total]).toEqual([0, '30.00']);
  expect(place.headText()).toMatch(/"load_no":1,/);
});

test('and the run that makes it is killed: the next one makes nothing of the old head', async () => {
  const place = await taken();
  await killedAt(place, { when: 'after', call: 'linkSync', about: '.new-' });
  const { exit, json } = await place.run(['--json', '--out', 'again']);
  expect([exit, json.totals?.total]).toEqual([0, '30.00']);
});

async function taken(): Promise<Place> {
  const folder = workspace();
  write(folder, CLEAN_MONTH);
  const place = new Place(join(folder, 'place'), folder);
  expect((await place.run(['--json'])).exit).toBe(0);
  write(folder, { 'scarcity.csv': 'track,effective_from,scarcity_index\n文化,2023-11-01,1.000\n' });
  expect((await place.run(['--json'])).exit).toBe(0);
  expect(place.headText()).toMatch(/"load_no":2,/);
  rmSync(place.warehouse);
  return place;
}
