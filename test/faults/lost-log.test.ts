import { rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/workspace.js';
import { killedAt } from './killed-at.js';
import { expectSameAfterRerun, few, placeAsBefore, type Reference, STARTS, THOROUGH, undisturbed } from './month.js';
import { Place } from './place.js';

/** What a run that was killed between COMMIT and CHECKPOINT left in the log alone, and what if the log is lost. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(few(STARTS, 1))('%s', (start) => {
  let reference: Reference;
  let killed: Place;
  let log: number;

  beforeAll(async () => {
    reference = await undisturbed(start);
    killed = placeAsBefore(folder, reference);
    await killedAt(killed, { when: 'after', call: 'renameSync', about: '.head.new-' });
    log = statSync(`${killed.warehouse}.wal`).size;
  });

  const cuts = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99, 0.999, 1];
  test.each(few(cuts, 5))('cut to %f of it', async (part) => {
    const place = new Place(join(folder, `${start}-${part}`), reference.input, killed);
    truncateSync(`${place.warehouse}.wal`, Math.min(log - 1, Math.ceil(part * log)));
    await expectRefused(place);
  });

  test('removed', async () => {
    const place = new Place(join(folder, `${start}-removed`), reference.input, killed);
    rmSync(`${place.warehouse}.wal`);
    await expectRefused(place);
  });

  test.runIf(THOROUGH)('whole', async () => {
    await expectSameAfterRerun(new Place(join(folder, `${start}-whole`), reference.input, killed), reference);
  });

  async function expectRefused(place: Place): Promise<void> {
    const { exit, json } = await place.run(['--json']);
    expect([exit, json.error?.code, json.error?.file]).toEqual([1, 'warehouse', place.warehouse]);
    expect(json.error.message).toContain(place.warehouse);
    expect(place.published()).toEqual(reference.before?.published() ?? {});
  }
});
