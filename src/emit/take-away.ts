import { lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sync } from '../disk/writing.js';

/** What taking a run folder away gives back. */
export interface Freed {
  files: number;
  /** On the disk; what other runs have in common with it stays. */
  bytes: number;
}

/** Counts, folder by folder, what is given back once all folders that were counted so far are gone. */
export class Room {
  /** Of files with several names, how many names of each were counted. */
  readonly #names = new Map<string, number>();

  count(folder: string): Freed {
    const freed = { files: 0, bytes: lstatSync(folder).blocks * BLOCK };
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const { nlink, blocks, ino, dev } = lstatSync(join(entry.parentPath, entry.name));
      if (!entry.isDirectory()) freed.files += 1;
      if (entry.isDirectory() || this.#isLastName(`${dev} ${ino}`, nlink)) freed.bytes += blocks * BLOCK;
    }
    return freed;
  }

  #isLastName(file: string, names: number): boolean {
    if (names === 1) return true;
    const counted = (this.#names.get(file) ?? 0) + 1;
    this.#names.set(file, counted);
    return counted === names;
  }
}

/** In which a file's room is counted, whatever the file system's own blocks are. */
const BLOCK = 512;

/**
 * Takes a published run folder away. One rename hides it first, so that it is there whole or not at all; what a kill
 * leaves of it goes with the next run or prune.
 */
export function takeAway(runDir: string): void {
  const policyDir = dirname(runDir);
  const hidden = join(policyDir, `.pruned-${basename(runDir)}-${process.pid}`);
  rmSync(hidden, { recursive: true, force: true });
  renameSync(runDir, hidden);
  sync(policyDir);
  rmSync(hidden, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
}
