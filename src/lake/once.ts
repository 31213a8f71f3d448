import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sync, writeNew } from '../disk/writing.js';

/**
 * What is decided once, whoever asks for it: a folder with a record in it, which appears whole by one rename. A rename onto
 * a folder that holds something fails on every file system that machines share, so the first one counts.
 */

const RECORD = 'record.json';
const DRAFT = '.new-';

/** Publishes a record unless there is one; gives the one that counts. */
export function publishOnce<T>(folder: string, record: T, more: (draft: string) => void = () => undefined): T {
  const draft = join(dirname(folder), `${DRAFT}${basename(folder)}-${randomUUID()}`);
  try {
    mkdirSync(draft);
    writeNew(join(draft, RECORD), `${JSON.stringify(record)}\n`);
    more(draft);
    sync(join(draft, RECORD));
    sync(draft);
    renameSync(draft, folder);
    sync(dirname(folder));
  } catch (error) {
    // Over a network the answer to a rename that was done may be lost, and asked for again it fails.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return readRecord(folder) as T;
}

/** A record that was published; undefined where there is none yet. */
export function readRecord<T>(folder: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, RECORD), 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  return JSON.parse(text) as T;
}

/** Takes away what killed processes had begun in a folder, and is older than so many milliseconds. */
export function sweepDrafts(folder: string, age: number): void {
  for (const name of readdirSync(folder).filter((each) => each.startsWith(DRAFT))) {
    const path = join(folder, name);
    const begun = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - begun >= age) rmSync(path, { recursive: true, force: true });
  }
}
