import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { removeLeft } from '../disk/scratch.js';
import { sync, writeNew } from '../disk/writing.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { type KeptFiles, keepCopies, keptFiles } from '../engine/kept-files.js';
import { CLOSE_SIGNATURE, PACKETS_SIGNATURE, PACKETS_TEXT } from '../verify/signature/signed-close.js';
import { CLOSE } from './close-file.js';

/** What a close is signed with, in its run folder and in the warehouse: each is the other's copy. */

/** In the order in which they are written. The last says that the close is signed. */
const SIGNED_FILES = [PACKETS_TEXT, PACKETS_SIGNATURE, CLOSE_SIGNATURE] as const;

/** By name within the run folder. */
export type Signatures = ReadonlyMap<string, string>;

const OF_CLOSES = /^[^/]+\/[^/]+\/(?:close\.json\.sig|packets\.txt|packets\.txt\.sig)$/;

/** What killed signings left. */
const STAGED_SIGNATURE = /^\.staged-signature-(\d+)$/;

export function signaturesIn(runDir: string): Signatures {
  const there = SIGNED_FILES.filter((file) => existsSync(join(runDir, file)));
  return new Map(there.map((file) => [file, readFileSync(join(runDir, file), 'utf8')]));
}

/** Each whole; what a killed call left of them is replaced. */
export function writeSignatures(runDir: string, files: Signatures): void {
  const policyDir = dirname(runDir);
  removeLeft(policyDir, STAGED_SIGNATURE);
  const draft = join(policyDir, `.staged-signature-${process.pid}`);
  for (const file of SIGNED_FILES) {
    const content = files.get(file);
    if (content === undefined) continue;
    rmSync(draft, { force: true });
    try {
      writeNew(draft, content, 0o444);
      sync(draft);
      renameSync(draft, join(runDir, file));
    } finally {
      rmSync(draft, { force: true });
    }
  }
  sync(runDir);
}

/** Takes back what was written just now and can't be kept, or what signs a close that never came to be. */
export function takeSignaturesBack(runDir: string): void {
  for (const file of [...SIGNED_FILES].reverse()) rmSync(join(runDir, file), { force: true });
  sync(runDir);
}

/** A close that was killed before its file was there leaves signatures of nothing. */
export function removeUnclosed(runDir: string): void {
  if (!existsSync(join(runDir, CLOSE)) && signaturesIn(runDir).size > 0) takeSignaturesBack(runDir);
}

/** The same by their paths below the output folder, as the warehouse has them. */
export function pathsOf(out: string, runDir: string, files: Signatures): KeptFiles {
  const folder = relative(out, runDir).replaceAll('\\', '/');
  return new Map([...files].map(([file, content]) => [`${folder}/${file}`, content]));
}

/** Keeps what a run folder is signed with, in the open transaction. */
export async function keepSignatures(warehouse: Warehouse, out: string, runDir: string): Promise<void> {
  if (warehouse.file !== ':memory:') await keepCopies(warehouse, pathsOf(out, runDir, signaturesIn(runDir)));
}

/** All signatures that the warehouse has. */
export function keptSignatures(warehouse: Warehouse): Promise<KeptFiles> {
  return keptFiles(warehouse, OF_CLOSES);
}
