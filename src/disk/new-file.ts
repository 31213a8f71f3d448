import { linkSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SettleError } from '../core/errors.js';
import { say } from '../words/say.js';
import { sync, writeNew } from './writing.js';

/** Files that somebody asked for: each new, and there whole or not at all. */

/** Where such a file is written before it gets its name. */
export function draftBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.new-${process.pid}`);
}

/** Gives a draft its name; a file that is in the way stays as it is. */
export function publishNew(draft: string, path: string): void {
  sync(draft);
  linkNew(draft, path);
}

/** The same while other work goes on: of many files that are written one after the other, each waits for the disk. */
export async function publishNewMeanwhile(draft: string, path: string): Promise<void> {
  const handle = await open(draft, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  linkNew(draft, path);
}

function linkNew(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw fileIsThere(path);
    throw error;
  }
}

/** What is asked for never takes the place of another file. */
export function fileIsThere(path: string): SettleError {
  return new SettleError('usage', say('{path} is there already, and is not replaced', { path }), {
    file: path,
    mend: say('Give another name with --out, or move the file away.'),
  });
}

export function writeNewFile(path: string, content: string): void {
  const draft = draftBeside(path);
  rmSync(draft, { force: true });
  try {
    writeNew(draft, content);
    publishNew(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}
