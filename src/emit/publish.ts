import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolders, removeEmpty } from '../disk/folders.js';
import { removeLeft } from '../disk/scratch.js';
import { syncTree } from '../disk/sync-tree.js';
import { sync } from '../disk/writing.js';

/** A run folder in the making; its name begins with a dot and ends in the writer's process id. */
export interface Stage {
  dir: string;
  /** The folders that had to be made for it, outermost first. */
  made: string[];
}

/** Run folders that were never published, and such as `settle prune` was taking away. */
const LEFT = /^\.(?:staged|pruned)-.+-(\d+)$/;

/** Takes away what killed runs and prunes left beside the run folders. */
export function removeUnpublished(policyDir: string): void {
  removeLeft(policyDir, LEFT);
}

/** Makes the staging folder beside the place where the run folder will appear, and takes away what killed runs left. */
export function openStage(policyDir: string, runId: string): Stage {
  const made = makeFolders(policyDir);
  removeUnpublished(policyDir);
  const dir = join(policyDir, `.staged-${runId}-${process.pid}`);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, 'inputs'), { recursive: true, mode: 0o755 });
  return { dir, made };
}

/**
 * Every byte is on the disk before the folder gets its name, by one rename: it appears whole or not at all.
 * False where another run, with a warehouse of its own, has published the same work meanwhile.
 */
export function publish(stage: Stage, runDir: string): boolean {
  syncTree(stage.dir);
  try {
    renameSync(stage.dir, runDir);
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
  for (const folder of [runDir, ...stage.made]) sync(dirname(folder));
  return true;
}

/** Takes the staging folder away, and the folders that were made for it where they are empty. */
export function abandon(stage: Stage): void {
  // What is being written at this moment may come to be while the folder goes.
  rmSync(stage.dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  removeEmpty(stage.made);
}
