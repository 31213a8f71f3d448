import { checkpointOf, proofText } from '../../src/packet/tree/proof.js';
import { hmac } from '../../src/packet/tree/secret.js';
import { leafHash, levelsOf, pathOf } from '../../src/packet/tree/tree.js';
import { recordText } from '../../src/verify/csv.js';
import { cellsOfRecord } from '../../src/verify/packet/facts.js';
import { groupRoot, unitLeaf } from '../../src/verify/packet/hashes.js';
import type { PacketData, PacketFileRows } from '../../src/verify/packet/packet-data.js';

/** What somebody may do to a packet, and how they would hide it. */

export function filesOf(data: PacketData, anchor: string): PacketFileRows[] {
  const group = data.groups.find((each) => each.anchor === anchor);
  if (group === undefined) throw new Error(`no group ${anchor}`);
  return group.files;
}

export function recordsOf(data: PacketData, anchor: string, file: string): string[] {
  const found = filesOf(data, anchor).find((each) => each.file === file);
  if (found === undefined) throw new Error(`no ${file} of ${anchor}`);
  return found.records;
}

export function sharedRecords(data: PacketData, file: string): string[] {
  const found = data.shared.files.find((each) => each.file === file);
  if (found === undefined) throw new Error(`no shared ${file}`);
  return found.records;
}

/** Writes another cell into the first record whose text holds `which`. */
export function cell(
  data: PacketData,
  records: string[],
  file: string,
  which: string,
  column: string,
  value: string,
): void {
  const at = records.findIndex((record) => record.includes(which));
  if (at < 0) throw new Error(`no record with ${which}`);
  const place = cellsOfRecord(sharedRecords(data, file)[0] as string).indexOf(column);
  if (place < 0) throw new Error(`no column ${column}`);
  const cells = cellsOfRecord(records[at] as string);
  if (cells[place] === value) throw new Error(`${column} of ${which} is ${value} already`);
  cells[place] = value;
  records[at] = recordText(cells);
}

/** Writes another value of a fact of the run. */
export function fact(data: PacketData, name: string, value: string): void {
  const records = sharedRecords(data, 'run');
  const at = records.findIndex((record) => record.startsWith(`${name},`));
  if (at < 0) throw new Error(`no fact ${name}`);
  records[at] = recordText([name, value]);
}

/** Hangs whatever the packet says now on a root of the forger's own, as only somebody with no root from elsewhere believes. */
export function reseal(data: PacketData): PacketData {
  const { key, shared, close } = data;
  if (key === null || shared.key === null || close === null) throw new Error('no seal to forge');
  const hang = (unitKey: string, groups: { anchor: string; root: string | null; files: PacketFileRows[] }[]) =>
    groups.map((group) => {
      const found = groupRoot(unitKey, group.anchor, group.files);
      group.root = found.root;
      return { anchor: group.anchor, ...found };
    });
  const own = unitLeaf(data.unit.kind, data.unit.id, hang(key, data.groups));
  const everybody = { anchor: '', root: shared.root, files: shared.files };
  const all = unitLeaf('shared', '', hang(shared.key, [everybody]));
  shared.root = everybody.root;
  const pads = Array.from({ length: 1022 }, (_, at) => leafHash(hmac(Buffer.from('forger'), String(at))));
  const levels = levelsOf([Buffer.from(own), Buffer.from(all), ...pads]);
  const root = levels.at(-1)?.[0] as Buffer;
  const runId = sharedRecords(data, 'run')[0]?.split(',')[1] ?? '';
  const checkpoint = checkpointOf({ size: 1024, root }, runId);
  data.proof = proofText(0, pathOf(levels, 0), checkpoint);
  shared.proof = proofText(1, pathOf(levels, 1), checkpoint);
  close.root = root.toString('hex');
  return data;
}
