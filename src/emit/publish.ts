import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolders, removeEmpty } from '../folders.js';
import { isRunning } from '../scratch.js';

/** A run folder in the making; its name begins with a dot and ends in the writer's process id. */
export interface Stage {
  dir: string;
  /** The folders that had to be made for it, outermost first. */
  made: string[];
}

const STAGED = /^\.staged-.+-(\d+)$/;

/** Makes the staging folder beside the place where the run folder will appear, and takes away what killed runs left. */
export function openStage(policyDir: string, runId: string): Stage {
  const made = makeFolders(policyDir);
  for (const name of readdirSync(policyDir)) {
    const pid = STAGED.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(policyDir, name), { recursive: true, force: true });
  }
  const dir = join(policyDir, `.staged-${runId}-${process.pid}`);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, 'inputs'), { recursive: true, mode: 0o755 });
  return { dir, made };
}

/** Every byte is on the disk before the folder gets its name, by one rename: it appears whole or not at all. */
export function publish(stage: Stage, runDir: string): void {
  syncTree(stage.dir);
  renameSync(stage.dir, runDir);
  sync(dirname(runDir));
}

/** Takes the staging folder away, and the folders that were made for it where they are empty. */
export function abandon(stage: Stage): void {
  // What is being written at this moment may come to be while the folder goes.
  rmSync(stage.dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  removeEmpty(stage.made);
}

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else sync(path);
  }
  sync(folder);
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
