import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  read,
  renameSync,
  rmSync,
  statfsSync,
  write,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { asFailure, NoRoom } from '../../core/errors.js';
import { sync } from '../../disk/writing.js';

const readSome = promisify(read);
const writeSome = promisify(write);
const PIECE = 1 << 22;

/** A copy is made where there is room for so many: what comes after it needs room too. */
const TIMES = 2;

/**
 * Copies an open file where there is room, whole or not at all: under another name first, and to the disk before it has its
 * own. `handle` reads it. `isStopped` is asked again and again; once it says so, the copy is given up. Gives why there is no
 * room, or nothing where it was copied.
 */
export async function copyWhereRoom(
  handle: number,
  copy: string,
  isStopped: () => boolean,
): Promise<string | undefined> {
  const { size } = fstatSync(handle);
  const { bavail, bsize } = statfsSync(dirname(copy));
  const lacking = `a copy takes ${megabytes(size)}, and there is room for ${megabytes(bavail * bsize)}`;
  if (bavail * bsize < TIMES * size) return lacking;
  try {
    await copyWhole(handle, copy, isStopped);
    return undefined;
  } catch (error) {
    if (asFailure(error) instanceof NoRoom) return lacking;
    throw error;
  }
}

async function copyWhole(handle: number, copy: string, isStopped: () => boolean): Promise<void> {
  const draft = join(dirname(copy), `.${basename(copy)}.new-${process.pid}`);
  rmSync(draft, { force: true });
  try {
    await copyPieces(handle, draft, isStopped);
    renameSync(draft, copy);
    sync(dirname(copy));
  } finally {
    rmSync(draft, { force: true });
  }
}

async function copyPieces(handle: number, draft: string, isStopped: () => boolean): Promise<void> {
  const to = openSync(draft, 'wx', 0o600);
  try {
    fchmodSync(to, fstatSync(handle).mode & 0o777);
    const piece = Buffer.alloc(PIECE);
    for (let at = 0; ; ) {
      if (isStopped()) throw new Error('the copy was stopped');
      const { bytesRead } = await readSome(handle, piece, 0, PIECE, at);
      if (bytesRead === 0) break;
      for (let done = 0; done < bytesRead; )
        done += (await writeSome(to, piece, done, bytesRead - done, at + done)).bytesWritten;
      at += bytesRead;
    }
    fsyncSync(to);
  } finally {
    closeSync(to);
  }
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
