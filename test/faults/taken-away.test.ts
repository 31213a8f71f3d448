import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { CLEAN_MONTH } from '../support/exports.js';
import { contentOf, workspace, write } from '../support/workspace.js';
import { Place } from './place.js';

/** Where the warehouse's file is gone, its head and the runs say that there was one: no new one is begun in its place. */

test('the file is gone: nothing is settled on a new one, and nothing is changed', async () => {
  const place = await taken();
  const [head, out] = [place.headText(), contentOf(place.out)];
  for (const words of [['--json'], ['--json', '--out', 'again']]) {
    const { exit, json } = await place.run(words);
    expect([exit, json.error.code, json.error.file]).toEqual([6, 'differs', place.warehouse]);
    expect(json.error.mend).toContain('settle rebuild');
  }
  expect([place.headText(), contentOf(place.out), place.leftovers()]).toEqual([head, out, []]);
});

test('without its head, a new one is made for an output folder of its own', DEEP, async () => {
  const place = await taken();
  rmSync(place.head);
  const { exit, json } = await place.run(['--json', '--out', 'again']);
  expect([exit, json.totals?.total]).toEqual([0, '30.00']);
  expect(readFileSync(place.head, 'utf8')).toMatch(/"load_no":1,/);
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
