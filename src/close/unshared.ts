import { copyFileSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncTree } from '../disk/sync-tree.js';
import { sync } from '../disk/writing.js';

/**
 * Gives a run folder files of its own where it shares some with other runs, so that nothing that is done to those can
 * change it. Each file is at any moment the shared one or its whole copy.
 */
export function unshare(runDir: string): void {
  const entries = readdirSync(runDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const shared = entries.map((entry) => join(entry.parentPath, entry.name)).filter((path) => lstatSync(path).nlink > 1);
  if (shared.length === 0) return;
  // The name is one of a staged folder's: what a kill leaves of it goes with the next run.
  const copies = join(dirname(runDir), `.staged-own-${process.pid}`);
  rmSync(copies, { recursive: true, force: true });
  mkdirSync(copies, { mode: 0o755 });
  try {
    for (const [at, path] of shared.entries()) copyFileSync(path, join(copies, String(at)));
    syncTree(copies);
    for (const [at, path] of shared.entries()) renameSync(join(copies, String(at)), path);
    for (const folder of new Set(shared.map(dirname))) sync(folder);
  } finally {
    rmSync(copies, { recursive: true, force: true });
  }
}
