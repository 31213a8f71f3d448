import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, settle } from '../support/program.js';
import { noSmallDisk, SmallDisk } from '../support/small-disk.js';
import { filesIn, SAMPLE_POLICY, temporaryFolder } from '../support/workspace.js';
import {
  expectNothingHalf,
  expectSameAfterRerun,
  few,
  type Reference,
  STARTS,
  TEST_MS,
  THOROUGH,
  undisturbed,
  undisturbedOf,
} from './month.js';
import { Place, POLICY_ID } from './place.js';

// @module-tag deep

/** The disk is full at any step: exit 1, and a message that says so and where; with room again, the work is the same. */

const reason = noSmallDisk();
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * How much room there is: parts of what the undisturbed run left behind, which isn't all that it needed meanwhile. Where
 * there is more than one, each is too little room after the one before it.
 */
const PARTS = [[0.01, 0.2, 0.5, 0.8, 0.95], [0.05, 0.3, 0.6, 0.85], [0.1, 0.4, 0.7, 0.9], [0.5], [0.95]];

let disk: SmallDisk | undefined;
afterEach(() => disk?.unmount());

const NEED =
  /^Make room: loading and settling these exports \(\d+ MB\) takes (at least|up to) \d+ MB; then run again\.$/;

function expectNoSpace({ exit, json, stderr }: Ended, path: string, mend = NEED): void {
  expect([exit, json.error?.code]).toEqual([1, 'machine']);
  expect(json.error.message).toMatch(/^there is no space left/);
  expect(json.error.message).toContain(path);
  expect(json.error.mend).toMatch(mend);
  expect(stderr).toContain(path);
}

describe.skipIf(reason !== undefined).each(few(STARTS, 0))(`%s ${reason ?? ''}`, (start) => {
  let reference: Reference;
  let room: { before: number; after: number };
  beforeAll(async () => {
    reference = await undisturbed(start);
    const { before, after } = reference;
    room = { before: before === undefined ? 0 : roomOf(before.folder), after: roomOf(after.folder) };
  });

  test.each(few(PARTS, 3, 4).map((parts) => ({ parts })))(
    'a disk with room for $parts of what a run leaves there',
    async ({ parts }) => {
      const path = join(folder, `${start}-${parts}`);
      disk = new SmallDisk(path, room.before);
      const place = new Place(path, reference.input, reference.before);
      for (const part of parts) {
        disk.makeRoom(room.before + part * (room.after - room.before));
        const ended = await place.run(['--json']);
        expectNoSpace(ended, path);
        told(ended);
        expect(expectNothingHalf(place, reference)).toBe(false);
        expect(place.leftovers().filter((name) => name !== 'settlement.duckdb.wal')).toEqual([]);
      }
      disk.makeRoom();
      await expectSameAfterRerun(place, reference);
    },
    TEST_MS,
  );
});

test.skipIf(reason !== undefined).each([
  ['load', () => []],
  ['nightly', () => ['--date', '2023-11-30', '--policies', dirname(SAMPLE_POLICY), '--input']],
])(`%s says the need too ${reason ?? ''}`, async (command, words) => {
  const { input } = await undisturbed('a new warehouse');
  const path = join(folder, command);
  disk = new SmallDisk(path, 1 << 20);
  const ended = await settle([command, ...words(), input, '--json'], { cwd: path, env: { TMPDIR: folder } });
  expectNoSpace(ended, path);
  expect(filesIn(path).filter((name) => !/^settlement\.duckdb(\.head|\.wal)?$/.test(name))).toEqual([]);
});

// So many pages are left: none for the file, or one, and none for the warehouse's log.
test.skipIf(reason !== undefined).each([0, 1])(
  `no room for a close: %i pages ${reason ?? ''}`,
  async (pages) => {
    const path = join(folder, `closing-${pages}`);
    disk = new SmallDisk(path, 1 << 30);
    const { after, input } = await undisturbed('a new warehouse');
    const place = new Place(path, input, after);
    const close = ['close', readdirSync(join(place.out, POLICY_ID))[0] as string, '--by', 'finance', '--json'];
    const asItWas = place.published();
    const accept = ['accept', close[1] as string, '--by', 'finance', '--all'];
    expect((await settle(accept, { cwd: path, env: { TMPDIR: folder } })).exit).toBe(0);
    writeFileSync(join(path, 'left'), Buffer.alloc(pages * PAGE));
    disk.makeRoom(roomOf(path));
    fillUp(join(path, 'filling'));
    rmSync(join(path, 'left'));
    const { exit, json } = await settle(close, { cwd: path, env: { TMPDIR: folder } });
    expect([exit, json.error?.code]).toEqual([1, 'machine']);
    expect(json.error.message).toMatch(
      pages === 0 ? /^there is no space left: .*packet-secret\.new-\d+'$/ : /^there is no space left/,
    );
    expect(json.error.mend).toMatch(/^Make room/);
    rmSync(join(path, 'filling'));
    expect(place.published()).toEqual(asItWas);
    // The secret of packets is made before the close, and stays for it.
    const kept = ['settlement.duckdb.wal', ...(pages === 0 ? [] : ['packet-secret'])];
    expect(place.leftovers().filter((name) => !kept.includes(name))).toEqual([]);
    disk.makeRoom();
    expect((await settle(close, { cwd: path })).exit).toBe(0);
  },
  TEST_MS,
);

describe.skipIf(reason !== undefined)(`what is only needed meanwhile ${reason ?? ''}`, () => {
  /** A month whose files are larger than a page, and whose figures don't fit into 64 MB. */
  let large: Reference;
  beforeAll(async () => {
    if (!THOROUGH) return;
    const place = join(folder, 'large');
    mkdirSync(place);
    large = await undisturbedOf(place, 'a new warehouse', 40_000);
  }, TEST_MS);

  test.runIf(THOROUGH)('no room for an unpacked export', async () => {
    const { input } = large;
    const packed = join(folder, 'packed');
    cpSync(input, packed, { recursive: true });
    const name = 'sessions-2023-11-15.csv';
    writeFileSync(join(packed, `${name}.gz`), gzipSync(readFileSync(join(packed, name))));
    rmSync(join(packed, name));
    const path = join(folder, 'unpacking');
    disk = new SmallDisk(join(path, 'temp'), statSync(join(input, name)).size / 2);
    const place = new Place(path, packed);
    expectNoSpace(await place.run(['--json']), place.temp);
    expect(place.leftovers()).toEqual([]);
    expect(filesIn(path)).toEqual([]);
    disk.makeRoom();
    const { exit, json } = await place.run(['--json']);
    expect([exit, json.accounting?.quarantined]).toEqual([0, 0]);
  });

  test.runIf(THOROUGH)(
    'no room for what the database spills',
    async () => {
      const path = join(folder, 'spilling');
      disk = new SmallDisk(join(path, 'temp'), 64 * 1024);
      const place = new Place(path, large.input);
      const ended = await place.run(['--json', '--threads', '1', '--memory-limit', '64MB']);
      expectNoSpace(ended, place.temp, /^Make room there, or set TMPDIR/);
      expect(place.published()).toEqual({});
      disk.makeRoom();
      await expectSameAfterRerun(place, large);
    },
    TEST_MS,
  );
});

const PAGE = 4096;

/** Takes whatever room is left. */
function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(PAGE));
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  } finally {
    closeSync(file);
  }
}

/** What a folder takes of a file system in memory. */
function roomOf(path: string): number {
  const files = filesIn(path).map((file) => statSync(join(path, file)).size);
  return files.reduce((sum, size) => sum + Math.ceil(size / PAGE) * PAGE, 0);
}

function told({ json }: Ended): void {
  if (THOROUGH) console.log(json.error.message.slice(0, 250));
}
