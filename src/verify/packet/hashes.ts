import { createHash, createHmac } from 'node:crypto';
import type { PacketFileRows } from './packet-data.js';

/** The construction of docs/packet.md, as whoever is given a packet recomputes it. */

const NAME = 'settle packet 1';

function sha256(...parts: (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function sha256Hex(text: string): string {
  return sha256(text).toString('hex');
}

const leaf = (...data: (string | Uint8Array)[]): Buffer => sha256('\u0000', ...data);
const node = (left: Uint8Array, right: Uint8Array): Buffer => sha256('\u0001', left, right);

/** RFC 9162, 2.1.1: the larger part, of a power of two, lies left. */
function treeHash(leaves: readonly Buffer[], from = 0, to = leaves.length): Buffer {
  if (to - from === 1) return leaves[from] as Buffer;
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
  const key = createHmac('sha256', Buffer.from(unitKey, 'hex')).update(`${NAME} group\n${anchor}\n`).digest();
  const leaves: Buffer[] = [];
  const number = Buffer.alloc(8);
  for (const { file, records } of files)
    for (const record of records) {
      number.writeBigUInt64BE(BigInt(leaves.length));
      const salt = createHmac('sha256', key).update(number).digest();
      leaves.push(leaf(salt, `${file}\n${record}`));
    }
  return { root: leaves.length === 0 ? '' : treeHash(leaves).toString('hex'), rows: leaves.length };
}

/** The leaf of a unit in the run's tree, from the roots of its groups in their order. */
export function unitLeaf(
  kind: string,
  id: string,
  groups: readonly { anchor: string; root: string; rows: number }[],
): Buffer {
  const entries = groups.map(({ anchor, root, rows }) => leaf(`${NAME} group\n${anchor}\n${rows}\n${root}\n`));
  return leaf(`${NAME} unit\n${kind}\n${id}\n${entries.length}\n${treeHash(entries).toString('hex')}\n`);
}

/** RFC 9162, 2.1.3.2; undefined where a path has not the length that it must have. */
export function rootByPath(of: Buffer, index: number, size: number, path: readonly Buffer[]): Buffer | undefined {
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
