import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Of a write that fails Node doesn't say which file it was; a person who is to make room must know. */
function naming<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    if (failure.code !== undefined && failure.path === undefined) failure.message += ` '${path}'`;
    throw failure;
  }
}

/** Writes a file that isn't there yet; `mode` is less what the umask takes. */
export function writeNew(path: string, content: string | Uint8Array, mode = 0o644): void {
  naming(path, () => writeFileSync(path, content, { flag: 'wx', mode }));
}

/** Writes a file under another name and gives it its own at once: whoever looks sees the old content or the new, whole. */
export function writeWhole(path: string, content: string): void {
  const draft = join(dirname(path), `.${basename(path)}.new-${process.pid}`);
  rmSync(draft, { force: true });
  try {
    writeNew(draft, content);
    sync(draft);
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** What was written to a file or done in a folder is on the disk afterwards. */
export function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    naming(path, () => fsyncSync(handle));
  } finally {
    closeSync(handle);
  }
}

/** A file that is written piece by piece; each is written when the call returns, so that its failure is the caller's. */
export class PieceWriter {
  readonly #path: string;
  readonly #handle: number;

  constructor(path: string) {
    this.#path = path;
    this.#handle = openSync(path, 'w');
  }

  write(piece: Uint8Array): void {
    naming(this.#path, () => writeFileSync(this.#handle, piece));
  }

  close(): void {
    closeSync(this.#handle);
  }
}
