import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToHex } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { keyOf } from '../../src/packet/tree/run-tree.js';
import { verifySlice } from '../../src/programmes/content-incentive/verify/slice/verify-slice.js';
import { groupRoot, unitLeaf } from '../../src/verify/packet/hashes.js';
import { verifyPacket } from '../../src/verify/packet/verify-packet.js';
import { REPOSITORY } from '../support/workspace.js';
import { dataIn } from './month.js';

/** The packet of the fixtures is the one that docs/packet.md gives hashes of; it was made by the release before packets changed. */

const FOLDER = join(REPOSITORY, 'test/fixtures/packets');
const data = dataIn(join(FOLDER, 'agency-MCN-03.html'));
const page = readFileSync(join(REPOSITORY, 'docs/packet.md'), 'utf8');

test('the hashes of the page are those of the packet', () => {
  const key = data.key as string;
  const groups = data.groups.map(({ anchor, files }) => ({ anchor, ...groupRoot(key, anchor, files) }));
  const shared = [{ anchor: '', ...groupRoot(data.shared.key as string, '', data.shared.files) }];
  const hashes = [
    ...[key, data.shared.key, data.close?.root, ...groups.map(({ root }) => root), shared[0]?.root],
    bytesToHex(unitLeaf('agency', data.unit.id, groups)),
    bytesToHex(unitLeaf('shared', '', shared)),
  ];
  expect(hashes.filter((hash) => !page.includes(hash as string))).toEqual([]);
  expect(groups.map(({ rows }) => rows)).toEqual([2, 45, 37]);
  const secret = Buffer.from(readFileSync(join(FOLDER, 'packet-secret'), 'latin1').trim(), 'hex');
  expect(keyOf(secret, '2023-11-30-bd0fe75d016896b3', data.unit).toString('hex')).toBe(key);
});

test('the packet verifies against its close, and against no other root', async () => {
  const close = readFileSync(join(FOLDER, 'close.json'), 'utf8');
  expect(await verifyPacket(data, { close }, verifySlice)).toMatchObject({
    ...{ seal: 'trusted', count: 0, anchors: 2, sessions: 39, due: '0.00', provisional: false },
    unit: { kind: 'agency', id: 'MCN-03' },
  });
  const other = await verifyPacket(data, { root: '0'.repeat(64) }, verifySlice);
  expect(other.differences).toEqual([
    { file: 'packet', key: 'close', column: 'root', found: data.close?.root, expected: '0'.repeat(64) },
  ]);
});
