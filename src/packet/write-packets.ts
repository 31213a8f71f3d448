import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { draftBeside, publishNewMeanwhile } from '../disk/new-file.js';
import { sha256OfFile } from '../disk/pieces.js';
import { removeLeft } from '../disk/scratch.js';
import { PieceWriter, sync } from '../disk/writing.js';
import type { Packets } from '../programmes/interface/packets.js';
import type { Policy } from '../programmes/interface/policy.js';
import { PACKET_FORMAT, type PacketClose, type PacketData, type PacketShared } from '../verify/packet/packet-data.js';
import { type PacketHead, packetText, pageAround, recordsOfFiles } from './packet-file.js';
import { cellsIn, type UnitRows, unitKey } from './rows/share-out.js';
import type { RunShares } from './run-shares.js';
import { checkpointOf, proofText } from './tree/proof.js';
import { groupsOf, type HashedUnit, type RunTree } from './tree/run-tree.js';

/** What the packets of a run have in common. */
export interface PacketRun extends RunShares {
  program: PacketData['program'];
  packets: Packets;
  policy: Policy;
  close: PacketClose | null;
  /** undefined: nothing to hang the rows on. */
  tree: RunTree | undefined;
}

const PIECE = 1 << 16;

/** `2023-11_2023-11-30-0123456789abcdef_agency-MCN-01.html`: an id holds nothing that a file's name may not. */
export function packetName({ manifest }: Pick<PacketRun, 'manifest'>, { unit }: Pick<UnitRows, 'unit'>): string {
  const policy = manifest.policy.id.replace(/[/\\:]/g, '-');
  return `${policy}_${manifest.run_id}_${unit.kind}-${unit.id}.html`;
}

/** What killed calls left. */
const LEFT = /^\..+\.html\.new-(\d+)$/;

/** Packets that wait for the disk while others are made. */
const WAITING = 16;

/**
 * Writes packets into a folder, each a new file, whole; one that is there already must be the same. Gives their paths in the
 * order of the units. `breathe` is called between them.
 */
export async function writePackets(
  run: PacketRun,
  units: readonly UnitRows[],
  folder: string,
  breathe: (done: number, total: number) => Promise<void>,
): Promise<string[]> {
  removeLeft(folder, LEFT);
  const paths: string[] = [];
  const waiting: Promise<void>[] = [];
  try {
    for (const rows of units) {
      const path = join(folder, packetName(run, rows));
      const draft = draftBeside(path);
      rmSync(draft, { force: true });
      writeDraft(run, rows, draft);
      const publishing = publishSame(draft, path);
      publishing.catch(() => undefined); // it is told of when its turn comes
      waiting.push(publishing);
      paths.push(path);
      if (waiting.length >= WAITING) await waiting.shift();
      await breathe(paths.length, units.length);
    }
    await Promise.all(waiting);
    sync(folder);
    return paths;
  } finally {
    await Promise.allSettled(waiting);
  }
}

/** A file of the name that holds the same is as good as the draft. */
async function publishSame(draft: string, path: string): Promise<void> {
  try {
    await publishNewMeanwhile(draft, path);
  } catch (error) {
    const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
    if (!isFile || (await sha256OfFile(draft)) !== (await sha256OfFile(path))) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDraft(run: PacketRun, rows: UnitRows, draft: string): void {
  const hashed = run.tree?.units.get(unitKey(rows.unit));
  const groups = groupsOf(rows).map(([anchor, pieces], at) => ({
    anchor,
    root: hashed?.roots[at]?.toString('hex') ?? null,
    pieces,
  }));
  const shown = recordsOfFiles(groups, run.packets.shown, run.reader);
  const head = headOf(run, rows, hashed, (file) => (shown.get(file) ?? []).map(cellsIn));
  const page = run.packets.page(
    { ...head, groups: [{ anchor: '', root: null, files: [...shown].map(([file, records]) => ({ file, records })) }] },
    run.policy,
  );
  const { before, behind } = pageAround(page, run.policy.rules);
  const writer = new PieceWriter(draft);
  try {
    let text = before;
    for (const piece of packetText(head, groups, run.reader)) {
      text += piece;
      if (text.length < PIECE) continue;
      writer.write(Buffer.from(text));
      text = '';
    }
    writer.write(Buffer.from(text));
    writer.write(bytesOf(behind));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    writer.close();
  }
}

let last = { text: '', bytes: Buffer.alloc(0) };

/** What stands behind the rows, nearly all of it the script, is the same in every packet. */
function bytesOf(text: string): Buffer {
  if (text !== last.text) last = { text, bytes: Buffer.from(text) };
  return last.bytes;
}

function headOf(
  run: PacketRun,
  { unit }: UnitRows,
  hashed: HashedUnit | undefined,
  rows: (file: string) => string[][],
): PacketHead {
  const { program, packets, close, tree, manifest } = run;
  const proof = (of: HashedUnit | undefined): string | null => {
    if (of === undefined || tree === undefined) return null;
    const { index, path } = tree.place(of);
    return proofText(index, path, checkpointOf(tree, manifest.run_id));
  };
  return {
    format: PACKET_FORMAT,
    program,
    unit,
    cover: packets.cover(rows, manifest.restates !== undefined),
    close,
    key: hashed?.key.toString('hex') ?? null,
    proof: proof(hashed),
    shared: sharedOf(run, proof(tree?.shared)),
  };
}

function sharedOf({ tree, shared }: PacketRun, proof: string | null): PacketShared {
  return {
    key: tree?.shared.key.toString('hex') ?? null,
    proof,
    root: tree?.shared.roots[0]?.toString('hex') ?? null,
    files: shared.map(({ file, records }) => ({ file, records: [...records] })),
  };
}
