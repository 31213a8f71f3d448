import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { PacketFileRows } from './packet-data.js';

/** The construction of docs/packet.md, as whoever is given a packet recomputes it. */

const NAME = 'settle packet 1';

type Hash = Uint8Array;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

const leaf = (...data: Uint8Array[]): Hash => sha256(concatBytes(LEAF, ...data));
const leafOf = (text: string): Hash => leaf(utf8ToBytes(text));
const node = (left: Hash, right: Hash): Hash => sha256(concatBytes(NODE, left, right));

/** RFC 9162, 2.1.1: the larger part, of a power of two, lies left. */
function treeHash(leaves: readonly Hash[], from = 0, to = leaves.length): Hash {
  if (to - from === 1) return leaves[from] as Hash;
  let left = 1;
  while (2 * left < to - from) left *= 2;
  return node(treeHash(leaves, from, from + left), treeHash(leaves, from + left, to));
}

/** The root of an anchor's rows, and how many they are. */
export function groupRoot(
  unitKey: string,
  anchor: string,
  files: readonly PacketFileRows[],
): { root: string; rows: number } {
  const key = hmac(sha256, hexToBytes(unitKey), utf8ToBytes(`${NAME} group\n${anchor}\n`));
  const leaves: Hash[] = [];
  const number = new DataView(new ArrayBuffer(8));
  for (const { file, records } of files)
    for (const record of records) {
      number.setBigUint64(0, BigInt(leaves.length));
      const salt = hmac(sha256, key, new Uint8Array(number.buffer));
      leaves.push(leaf(salt, utf8ToBytes(`${file}\n${record}`)));
    }
  return { root: leaves.length === 0 ? '' : bytesToHex(treeHash(leaves)), rows: leaves.length };
}

/** The leaf of a unit in the run's tree, from the roots of its groups in their order. */
export function unitLeaf(
  kind: string,
  id: string,
  groups: readonly { anchor: string; root: string; rows: number }[],
): Uint8Array {
  const entries = groups.map(({ anchor, root, rows }) => leafOf(`${NAME} group\n${anchor}\n${rows}\n${root}\n`));
  return leafOf(`${NAME} unit\n${kind}\n${id}\n${entries.length}\n${bytesToHex(treeHash(entries))}\n`);
}

/** RFC 9162, 2.1.3.2; undefined where a path has not the length that it must have. */
export function rootByPath(of: Hash, index: number, size: number, path: readonly Hash[]): Hash | undefined {
  let [place, last] = [index, size - 1];
  let hash = of;
  for (const beside of path) {
    if (last === 0) return undefined;
    if (place % 2 === 1 || place === last) {
      hash = node(beside, hash);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else {
      hash = node(hash, beside);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
}
