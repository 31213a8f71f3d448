import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifySlice } from '../../src/programmes/content-incentive/verify/slice/verify-slice.js';
import type { PacketData } from '../../src/verify/packet/packet-data.js';
import type { Trusted } from '../../src/verify/packet/trust.js';
import { verifyPacket } from '../../src/verify/packet/verify-packet.js';
import { deepUnless } from '../support/deep.js';
import { CHANGES } from './changes.js';
import { cell, recordsOf, reseal } from './forging.js';
import { dataIn, type PacketMonth, packetMonth } from './month.js';

/** One change at a time: where it is found, and where it would be found if the forger hung all of it on another root. */

let month: PacketMonth;
let sound: PacketData;
beforeAll(async () => {
  month = await packetMonth();
  sound = dataIn((await month.packets(month.closed)).get('agency-MCN-02') as string);
});
afterAll(() => month.leave());

const ROOT = 'packet|close|root';

async function placesOf(data: PacketData, trusted: Trusted | undefined): Promise<string[]> {
  const { differences } = await verifyPacket(data, trusted, verifySlice);
  return differences.map(({ file, key, column }) => `${file}|${key}|${column}`);
}

test('nothing is found in a packet that nobody changed, whatever it is held against', async () => {
  const close = readFileSync(join(month.closed, 'close.json'), 'utf8');
  const { packets } = JSON.parse(close);
  for (const trusted of [undefined, { root: packets.root }, { close }])
    expect(await placesOf(sound, trusted)).toEqual([]);
  expect(CHANGES.length).toBeGreaterThanOrEqual(80);
});

test('a dispute that is none, or is answered by halves, is told by its column', async () => {
  const asked: [column: string, value: string][] = [
    ['received_at', 'yesterday'],
    ['run_id', 'x'],
    ['anchor_id', 'A1008'],
    ['session_id', ''],
    ['date', '2023-11-10'],
    ['claim', ''],
    ['answered_by', ''],
    ['answered_at', 'x'],
    ['answer', ''],
    ['accepted', 'yes'],
    ['paying_run_id', '2023-11-30-0000000000000000'],
  ];
  for (const [column, value] of asked) {
    const data = structuredClone(sound);
    cell(data, recordsOf(data, 'A1009', 'disputes.csv'), 'disputes.csv', 'gezählt', column, value);
    reseal(data);
    const id = recordsOf(data, 'A1009', 'disputes.csv')[0]?.split(',')[0];
    const at = column === 'date' ? 'session_id' : column;
    expect(await placesOf(data, undefined), column).toContain(`disputes.csv|${id}|${at}`);
  }
  const later = dataIn((await month.packets(month.restated)).get('agency-MCN-02') as string);
  for (const [column, value] of [
    ['paying_run_id', ''],
    ['answered_at', ''],
  ] as const) {
    const data = structuredClone(later);
    cell(data, recordsOf(data, 'A1007', 'disputes.csv'), 'disputes.csv', 'appeal', column, value);
    const id = recordsOf(data, 'A1007', 'disputes.csv')[0]?.split(',')[0];
    const at = column === 'answered_at' ? 'answered_by' : column;
    expect(await placesOf(data, undefined), column).toContain(`disputes.csv|${id}|${at}`);
  }
});

const numbered = CHANGES.map((row, at) => [...row, at] as const);
for (const [name, change, sealed, forged, at] of numbered)
  describe(name, deepUnless(at % 20 === 0), () => {
    test('is found', async () => {
      const data = structuredClone(sound);
      change(data);
      expect(await placesOf(data, undefined)).toContain(sealed);
    });

    test.skipIf(name.includes('path') || /key|seal|hash|size|index|root/.test(name))(
      'is found on another root',
      async () => {
        const data = structuredClone(sound);
        change(data);
        reseal(data);
        const found = await placesOf(data, undefined);
        if (forged === null) expect(found).toEqual([]);
        else expect(found).toContain(forged);
        expect(await placesOf(data, { root: sound.close?.root as string })).toContain(ROOT);
      },
    );
  });
