import { existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SettleError } from '../core/errors.js';
import { makeFolders, refuseLink, removeEmpty } from '../disk/folders.js';
import { removeLeft } from '../disk/scratch.js';
import { syncTree } from '../disk/sync-tree.js';
import { sync, writeNew } from '../disk/writing.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { say } from '../words/say.js';
import { type Files, keepFiles } from './kept.js';

/** What killed commands leave is taken away by the next. */
const STAGED = /^\.staged-pay-(\d+)$/;

/** Files that appear together: those of one new folder, or a single one beside others. */
interface Appearing {
  /** The place of what appears, below the output folder. */
  at: string;
  isFolder: boolean;
  files: Files;
}

/**
 * Puts files into the output folder and into the warehouse: the folder first, then the commit. What can't be committed is
 * taken back, and what is killed between the two stands in the folder, whole, and is taken in by the next command.
 */
export async function writePayment(warehouse: Warehouse, out: string, files: Files): Promise<void> {
  const appearing = appearingOf(out, files);
  const written: string[] = [];
  await warehouse.run('BEGIN TRANSACTION');
  try {
    await keepFiles(warehouse, files);
    for (const each of appearing) {
      appear(out, each);
      written.push(join(out, each.at));
    }
    await warehouse.run('COMMIT');
  } catch (error) {
    for (const path of written) rmSync(path, { recursive: true, force: true });
    await warehouse.run('ROLLBACK').catch(() => undefined); // a failed statement may have ended it
    throw error;
  }
  await warehouse.checkpoint().catch(() => undefined); // what can't be written into the file now stands in its log
}

/** Writes files that the output folder has lost. */
export function writeAgain(out: string, files: Files): void {
  for (const each of appearingOf(out, files)) appear(out, each);
}

/** Files of a folder that isn't there yet appear with it. */
function appearingOf(out: string, files: Files): Appearing[] {
  const folders = new Map<string, Files>();
  for (const [path, content] of files) {
    const folder = dirname(path);
    folders.set(folder, (folders.get(folder) ?? new Map()).set(path, content));
  }
  return [...folders].flatMap(([at, inIt]): Appearing[] => {
    if (/^\d+$/.test(basename(at)) && !existsSync(join(out, at))) return [{ at, isFolder: true, files: inIt }];
    return [...inIt].map(([path, content]) => ({ at: path, isFolder: false, files: new Map([[path, content]]) }));
  });
}

/** Nobody else may have put something there meanwhile. */
function appear(out: string, { at, isFolder, files }: Appearing): void {
  const place = join(out, at);
  const above = dirname(place);
  for (let folder = above; folder !== out && folder !== dirname(folder); folder = dirname(folder)) refuseLink(folder);
  const made = makeFolders(above);
  const root = join(out, ...at.split('/').slice(0, 2)); // the programme's: nothing is staged within a batch
  removeLeft(root, STAGED);
  const staged = join(root, `.staged-pay-${process.pid}`);
  rmSync(staged, { recursive: true, force: true });
  try {
    mkdirSync(staged, { mode: 0o755 });
    for (const [path, content] of files) writeNew(join(staged, basename(path)), content, 0o444);
    syncTree(staged);
    if (isFolder) renameSync(staged, place);
    else linkSync(join(staged, basename(at)), place);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new SettleError(
      'differs',
      say('{place} was made by somebody else at this moment; nothing was changed', { place }),
      {
        file: place,
        mend: say('See settle payments list. If it is not what you meant, run again.'),
      },
    );
  } finally {
    rmSync(staged, { recursive: true, force: true });
    removeEmpty(made); // what has something in it stays
  }
  for (const folder of [above, ...made.map(dirname)]) if (existsSync(folder)) sync(folder);
}
