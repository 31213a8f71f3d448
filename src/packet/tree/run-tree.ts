import type { PacketUnit } from '../../verify/packet/packet-data.js';
import type { RowReader } from '../rows/row-reader.js';
import type { Piece, UnitRows, UnitShares } from '../rows/share-out.js';
import { hmac } from './secret.js';
import { hashOf, leafHash, levelsOf, pathOf, rootOf } from './tree.js';

/** The tree of a run (docs/packet.md): of rows, of an anchor's rows, of a unit's anchors, of all units. */

const NAME = 'settle packet 1';
/** At least so many leaves, so that how many units there are isn't told. */
const LEAST_SIZE = 1024;

/** A unit, and those that are nobody's: what everybody is given, what nobody is given. */
type TreeUnit = PacketUnit | { kind: 'shared' | 'rest'; id: '' };

/** Rows that every packet holds, by file. */
export type SharedRows = readonly { file: string; records: readonly string[] }[];

export interface HashedUnit {
  key: Buffer;
  /** The roots of its groups, in their order. */
  roots: Buffer[];
  leaf: Buffer;
}

export interface RunTree {
  size: number;
  root: Buffer;
  units: Map<string, HashedUnit>;
  shared: HashedUnit;
  place: (unit: HashedUnit) => { index: number; path: Buffer[] };
}

export function keyOf(secret: Buffer, runId: string, { kind, id }: TreeUnit): Buffer {
  return hmac(secret, `${NAME} unit\n${runId}\n${kind}\n${id}\n`);
}

/** The groups of a unit in their order: by id, as bytes, so that the rows of no anchor come first. */
export function groupsOf({ groups }: Pick<UnitRows, 'groups'>): [anchor: string, pieces: readonly Piece[]][] {
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)); // ids are ASCII
}

/** Hashes a group's rows one by one: each is salted by its place. */
class GroupHash {
  readonly leaves: Buffer[] = [];
  private buffer = Buffer.alloc(1 << 12);
  private readonly inner = Buffer.alloc(64 + 8, 0x36);
  private readonly outer = Buffer.alloc(64 + 32, 0x5c);

  constructor(key: Buffer) {
    // HMAC (RFC 2104) of eight bytes, a million times: the two padded keys are made once.
    for (const [at, byte] of key.entries()) {
      this.inner[at] = byte ^ 0x36;
      this.outer[at] = byte ^ 0x5c;
    }
  }

  add(file: Uint8Array, bytes: Buffer, from: number, to: number): void {
    this.inner.writeBigUInt64BE(BigInt(this.leaves.length), 64);
    hashOf(this.inner).copy(this.outer, 64);
    const length = 1 + 32 + file.length + to - from;
    if (length > this.buffer.length) this.buffer = Buffer.alloc(2 * length);
    this.buffer[0] = 0;
    hashOf(this.outer).copy(this.buffer, 1);
    this.buffer.set(file, 33);
    bytes.copy(this.buffer, 33 + file.length, from, to);
    this.leaves.push(hashOf(this.buffer.subarray(0, length)));
  }
}

function groupEntry(anchor: string, hash: GroupHash, roots: Buffer[]): Buffer {
  const root = rootOf(hash.leaves);
  roots.push(root);
  return leafHash(Buffer.from(`${NAME} group\n${anchor}\n${hash.leaves.length}\n${root.toString('hex')}\n`));
}

function unitEntry({ kind, id }: TreeUnit, entries: readonly Buffer[]): Buffer {
  const root = rootOf(entries).toString('hex');
  return leafHash(Buffer.from(`${NAME} unit\n${kind}\n${id}\n${entries.length}\n${root}\n`));
}

const groupKey = (key: Buffer, anchor: string): Buffer => hmac(key, `${NAME} group\n${anchor}\n`);

function hashUnit(unit: TreeUnit, rows: Pick<UnitRows, 'groups'>, key: Buffer, reader: RowReader): HashedUnit {
  const roots: Buffer[] = [];
  const entries = groupsOf(rows).map(([anchor, pieces]) => {
    const hash = new GroupHash(groupKey(key, anchor));
    for (const piece of pieces) {
      const file = Buffer.from(`${reader.nameOf(piece)}\n`);
      reader.each(piece, (bytes, from, to) => hash.add(file, bytes, from, to));
    }
    return groupEntry(anchor, hash, roots);
  });
  return { key, roots, leaf: unitEntry(unit, entries) };
}

function hashShared(shared: SharedRows, key: Buffer): HashedUnit {
  const roots: Buffer[] = [];
  const hash = new GroupHash(groupKey(key, ''));
  for (const { file, records } of shared)
    for (const record of records) {
      const bytes = Buffer.from(record);
      hash.add(Buffer.from(`${file}\n`), bytes, 0, bytes.length);
    }
  return { key, roots, leaf: unitEntry({ kind: 'shared', id: '' }, [groupEntry('', hash, roots)]) };
}

/** `breathe` is called between units. */
export async function runTree(
  { units, rest }: UnitShares,
  shared: SharedRows,
  { secret, runId, reader }: { secret: Buffer; runId: string; reader: RowReader },
  breathe: (done: number, total: number) => Promise<void>,
): Promise<RunTree> {
  const hashed = new Map<string, HashedUnit>();
  for (const [key, rows] of units) {
    hashed.set(key, hashUnit(rows.unit, rows, keyOf(secret, runId, rows.unit), reader));
    await breathe(hashed.size, units.size);
  }
  const everybody = hashShared(shared, keyOf(secret, runId, { kind: 'shared', id: '' }));
  const leaves = [everybody.leaf, ...[...hashed.values()].map(({ leaf }) => leaf)];
  if (rest.length > 0) {
    const nobody = { kind: 'rest', id: '' } as const;
    leaves.push(hashUnit(nobody, { groups: new Map([['', rest]]) }, keyOf(secret, runId, nobody), reader).leaf);
  }
  const size = sizeFor(leaves.length);
  for (let pad = 0; leaves.length < size; pad += 1)
    leaves.push(leafHash(hmac(secret, `${NAME} pad\n${runId}\n${pad}\n`)));
  leaves.sort(Buffer.compare);
  const levels = levelsOf(leaves);
  const places = new Map(leaves.map((leaf, index) => [leaf.toString('latin1'), index]));
  return {
    size,
    root: levels.at(-1)?.[0] as Buffer,
    units: hashed,
    shared: everybody,
    place: ({ leaf }) => {
      const index = places.get(leaf.toString('latin1')) as number;
      return { index, path: pathOf(levels, index) };
    },
  };
}

function sizeFor(leaves: number): number {
  let size = LEAST_SIZE;
  while (size < leaves) size *= 2;
  return size;
}
