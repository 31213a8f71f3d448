import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sync } from '../disk/writing.js';
import { type FoundClose, foldersIn } from './close-file.js';

/**
 * Beside the run folder while a close is between its file and the warehouse. A close that the warehouse lacks was killed
 * there if its mark stands, and nothing can have been paid of it; if not, the warehouse is an older one.
 */
const MARK = /^\.closing-[0-9a-f]{64}$/;

/** Marks a close that is about to be written, by the hash of its file. */
export function markClosing(runDir: string, sha256: string): void {
  const path = markOf(runDir, sha256);
  writeFileSync(path, '');
  sync(dirname(path));
}

export function wasBeingClosed({ path, sha256 }: FoundClose): boolean {
  return existsSync(markOf(dirname(path), sha256));
}

/** Takes every mark away: once folder and warehouse agree on the closes, a mark that is left says nothing. */
export function removeMarks(out: string): void {
  for (const policy of foldersIn(out))
    for (const name of readdirSync(join(out, policy)))
      if (MARK.test(name)) rmSync(join(out, policy, name), { force: true });
}

function markOf(runDir: string, sha256: string): string {
  return join(dirname(runDir), `.closing-${sha256}`);
}
