import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SettleError } from '../core/errors.js';
import type { Differences } from './differences.js';
import { byteOrder } from './forms.js';
import { fileRows } from './reading/file-rows.js';
import type { Range } from './reading/lines.js';
import type { Rows } from './rows.js';

/** Folders that may be there with nothing in them: a settlement of no session at all has no statement. */
const MAY_BE_EMPTY = new Set(['anchors', 'inputs']);
/** Where statements begin. */
const STATEMENTS = 'anchors/';
/** A file that is read whole (manifest, policy, a statement) is never larger in a sound folder. */
const LARGEST_WHOLE = 1 << 26;

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function readWhole(path: string): Buffer {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = fstatSync(fd);
    if (size > LARGEST_WHOLE) throw new RangeError(`${size} bytes`);
    const data = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const got = readSync(fd, data, filled, size - filled, null);
      if (got === 0) break;
      filled += got;
    }
    return data.subarray(0, filled);
  } finally {
    closeSync(fd);
  }
}

/** The run folder as it lies on the disk: which files it has, and each of them once. */
export class Folder {
  /** Regular files that nothing has asked for yet; what is left at the end is in excess. */
  private readonly unasked = new Set<string>();

  constructor(
    readonly root: string,
    private readonly differences: Differences,
  ) {
    let entries = 0;
    try {
      if (!statSync(root).isDirectory()) throw new TypeError('no folder');
      entries = this.list('');
    } catch (cause) {
      throw this.noRun(cause);
    }
    if (entries === 0 || !(this.has('manifest.json') || this.has('settlement.csv'))) throw this.noRun();
  }

  has(file: string): boolean {
    return this.unasked.has(file);
  }

  /** A small file's bytes; undefined, and a difference, where it is missing or can't be read. */
  whole(file: string): Buffer | undefined {
    return this.ask(file) ? this.bytes(file) : undefined;
  }

  /** The same once more, of a file that was asked for. */
  bytes(file: string): Buffer | undefined {
    try {
      return readWhole(join(this.root, file));
    } catch (error) {
      this.differences.add(file, '', '', String(error), 'a file that can be read');
      return undefined;
    }
  }

  /** A CSV file's rows; undefined, and a difference, where it is missing or can't be opened. */
  rows(file: string, header: string, range?: Range): Rows | undefined {
    if (!this.ask(file)) return undefined;
    return this.again(file, header, this.differences, range);
  }

  /** Whether a file's bytes begin so. */
  begins(file: string, text: string): boolean {
    try {
      const handle = openSync(join(this.root, file), 'r');
      try {
        const bytes = Buffer.alloc(Buffer.byteLength(text));
        return readSync(handle, bytes, 0, bytes.length, 0) === bytes.length && bytes.toString('utf8') === text;
      } finally {
        closeSync(handle);
      }
    } catch {
      return false; // whoever reads it says what is wrong
    }
  }

  /** A CSV file's rows once more, for a check that needs another pass. */
  again(file: string, header: string, differences: Differences, range?: Range): Rows | undefined {
    try {
      return fileRows(join(this.root, file), file, header, differences, range);
    } catch (error) {
      differences.add(file, '', '', String(error), 'a file that can be read');
      return undefined;
    }
  }

  /** Counts a file as asked for that another part's reading asked for. */
  claim(file: string): void {
    this.ask(file);
  }

  /** Reports every file that the manifest doesn't name and settlement.csv doesn't imply. */
  reportExcess(): void {
    const excess = [...this.unasked].sort(byteOrder);
    for (const file of excess) this.differences.add(file, '', '', 'a file', 'no such file');
  }

  /** Whether statements were written, as far as the files tell. */
  hasStatements(): boolean {
    for (const file of this.unasked) if (file.startsWith(STATEMENTS)) return true;
    return false;
  }

  private ask(file: string): boolean {
    if (this.unasked.delete(file)) return true;
    this.differences.add(file, '', '', 'no such file', 'a file');
    return false;
  }

  private list(folder: string): number {
    const entries = readdirSync(join(this.root, folder), { withFileTypes: true });
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) {
        this.unasked.add(path);
      } else if (!entry.isDirectory()) {
        const found = entry.isSymbolicLink() ? 'a symbolic link' : 'neither a file nor a folder';
        this.differences.add(path, '', '', found, 'files and folders only');
      } else if (this.list(path) === 0 && !MAY_BE_EMPTY.has(path)) {
        this.differences.add(path, '', '', 'an empty folder', 'no such folder');
      }
    }
    return entries.length;
  }

  private noRun(cause?: unknown): SettleError {
    const mend = 'Give the folder that holds manifest.json: settle verify OUT/POLICY_ID/RUN_ID';
    return new SettleError('usage', `${this.root} is not a run folder`, { file: this.root, mend }, { cause });
  }
}
