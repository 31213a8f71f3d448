import { hash } from 'node:crypto';

/** Merkle trees as RFC 9162 (2.1.1) has them, of SHA-256: a byte 0 before a leaf's data, a byte 1 before two hashes. */

const LEAF = Buffer.from([0]);

export function leafHash(data: Uint8Array): Buffer {
  return hashOf(Buffer.concat([LEAF, data]));
}

/** Of what is in the buffer, of which a leaf's first byte is a part already. */
export function hashOf(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** All levels, from the leaves to the root: a hash without a neighbour goes up as it is. */
export function levelsOf(leaves: readonly Buffer[]): (readonly Buffer[])[] {
  const levels = [leaves];
  const pair = Buffer.alloc(65);
  pair[0] = 1;
  for (let level = leaves; level.length > 1; level = levels.at(-1) as Buffer[]) {
    const above: Buffer[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at] as Buffer, level[at + 1]];
      if (right === undefined) {
        above.push(left);
        continue;
      }
      left.copy(pair, 1);
      right.copy(pair, 33);
      above.push(hashOf(pair));
    }
    levels.push(above);
  }
  return levels;
}

export function rootOf(leaves: readonly Buffer[]): Buffer {
  return levelsOf(leaves).at(-1)?.[0] as Buffer;
}

/** The hashes beside a leaf's way to the root, from below. */
export function pathOf(levels: readonly (readonly Buffer[])[], index: number): Buffer[] {
  return levels.flatMap((level, height) => level[(index >> height) ^ 1] ?? []);
}
