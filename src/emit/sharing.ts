import { chmodSync, linkSync, lstatSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sha256OfFile } from '../disk/pieces.js';
import { writeNew } from '../disk/writing.js';

/** Published files are for reading alone: a program that saves in place would change every run that has the file. */
const READING = 0o444;

/**
 * What a run has in common with one that was published before it: a file that is byte for byte one of that run's is a
 * hard link to it and takes no room again. Where the file system has no links, or no more of them, it is written like
 * any other.
 */
export class Sharing {
  readonly #earlier: string | undefined;
  readonly #mode = READING & ~process.umask();

  /** `earlier` is the other run's folder; undefined where there is none to share with. */
  constructor(earlier: string | undefined) {
    this.#earlier = earlier;
  }

  /** Writes a file of the run, `path` below its folder, as `target`. */
  write(target: string, path: string, content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const other = this.#candidate(path, bytes.length);
    if (other !== undefined && isEqual(other, bytes) && linked(other, target)) return;
    writeNew(target, bytes, READING);
  }

  /** The same of a file that is written already, with this sha256. */
  async take(target: string, path: string, sha256: string): Promise<void> {
    const { mode, size } = statSync(target);
    chmodSync(target, mode & READING);
    const other = this.#candidate(path, size);
    if (other === undefined || (await hashOf(other)) !== sha256) return;
    const beside = `${target}.shared`;
    if (!linked(other, beside)) return;
    try {
      renameSync(beside, target);
    } finally {
      rmSync(beside, { force: true });
    }
  }

  /** The other run's file of that path, if it may be the same: of this size, and as readable as one of this run's. */
  #candidate(path: string, size: number): string | undefined {
    if (this.#earlier === undefined) return undefined;
    const other = join(this.#earlier, path);
    try {
      const found = lstatSync(other, { throwIfNoEntry: false });
      return found?.isFile() && found.size === size && (found.mode & 0o777) === this.#mode ? other : undefined;
    } catch {
      return undefined; // below what is no folder there
    }
  }
}

/** What can't be read isn't the same. */
function isEqual(other: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(other).equals(bytes);
  } catch {
    return false;
  }
}

async function hashOf(file: string): Promise<string | undefined> {
  try {
    return await sha256OfFile(file);
  } catch {
    return undefined;
  }
}

/** False where no link can be made; whatever the reason, writing the file will show what is really wrong. */
function linked(other: string, target: string): boolean {
  try {
    linkSync(other, target);
    return true;
  } catch {
    return false;
  }
}
