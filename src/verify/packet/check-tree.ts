import { bytesToHex } from '@noble/hashes/utils.js';
import type { Differences } from '../differences.js';
import { groupRoot, rootByPath, unitLeaf } from './hashes.js';
import type { PacketData } from './packet-data.js';
import { type Proof, readProof } from './proof.js';

/** Where a difference of the packet itself lies, beside those of its rows. */
export const PACKET_PLACE = 'packet';

/** Every row hangs on the root that the close says: by its group, its unit and the unit's path. */
export function checkTree(
  { unit, key, proof, close, shared, groups }: PacketData,
  runId: string,
  differences: Differences,
): void {
  const root = close?.root ?? null;
  const parts = { key, proof, 'shared.key': shared.key, 'shared.proof': shared.proof, 'shared.root': shared.root };
  for (const [name, value] of Object.entries(parts)) checkThere(name, value, root, differences);
  for (const group of groups) checkThere(`groups ${group.anchor}`, group.root, root, differences);
  if (root === null) return;
  const own = hangs({ ...unit, key, proof, groups, name: '' }, { root, runId }, differences);
  const everybody = { kind: 'shared', id: '', key: shared.key, proof: shared.proof, name: 'shared.' };
  const all = hangs({ ...everybody, groups: [{ anchor: '', ...shared }] }, { root, runId }, differences);
  if (own === undefined || all === undefined) return;
  if (own.size !== all.size) differences.add(PACKET_PLACE, 'shared.proof', 'size', String(all.size), String(own.size));
}

function checkThere(name: string, value: string | null, root: string | null, differences: Differences): void {
  if ((value === null) === (root === null)) return;
  const [found, expected] =
    root === null ? ['given', 'nothing, as no root is given'] : ['nothing', 'given, as a root is'];
  differences.add(PACKET_PLACE, name, '', found, expected);
}

interface Hanging {
  kind: string;
  id: string;
  key: string | null;
  proof: string | null;
  groups: PacketData['groups'];
  /** Before the names of its places. */
  name: string;
}

function hangs(
  { kind, id, key, proof: text, groups, name }: Hanging,
  { root, runId }: { root: string; runId: string },
  differences: Differences,
): Proof | undefined {
  if (key === null || text === null) return undefined;
  const found = groups.map(({ anchor, files }) => ({ anchor, ...groupRoot(key, anchor, files) }));
  for (const [at, group] of groups.entries()) {
    const place = name === '' ? `groups ${group.anchor}` : 'shared';
    differences.compare(PACKET_PLACE, place, 'root', found[at]?.root ?? '', group.root ?? '');
  }
  const proof = readProof(text);
  const place = `${name}proof`;
  if (proof === undefined) {
    differences.add(PACKET_PLACE, place, '', 'another form', "the form of C2SP's tlog-proof");
    return undefined;
  }
  differences.compare(PACKET_PLACE, place, 'origin', proof.origin, `settle-packet/${runId}`);
  differences.compare(PACKET_PLACE, place, 'root', bytesToHex(proof.root), root);
  const reached =
    found.length === 0 || found.some(({ rows }) => rows === 0)
      ? undefined
      : rootByPath(unitLeaf(kind, id, found), proof.index, proof.size, proof.path);
  differences.compare(
    PACKET_PLACE,
    place,
    'path',
    reached === undefined ? 'no root' : bytesToHex(reached),
    bytesToHex(proof.root),
  );
  return proof;
}
