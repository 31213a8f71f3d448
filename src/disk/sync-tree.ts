import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sync } from './writing.js';

/** From so many files on, one call for the whole file system is many times as quick as one for each file. */
const MANY_FILES = 500;

/** Brings everything in a folder to the disk; where the system can't do it at once, or says that it failed, file by file. */
export function syncTree(folder: string): void {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  if (entries.length > MANY_FILES && syncFileSystem(folder)) return;
  for (const entry of entries) sync(join(entry.parentPath, entry.name));
  sync(folder);
}

/** Linux's `sync -f` waits until the file system has written all it holds, and says whether it could. */
function syncFileSystem(folder: string): boolean {
  return process.platform === 'linux' && spawnSync('sync', ['-f', folder], { stdio: 'ignore' }).status === 0;
}
