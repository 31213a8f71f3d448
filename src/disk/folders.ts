import { lstatSync, mkdirSync, readlinkSync, rmdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { SettleError } from '../core/errors.js';
import { say } from '../words/say.js';

/** A folder that results go to may be missing, but no file stands in its place or above it. */
export function refuseFile(folder: string): void {
  let at = folder;
  while (!isThere(at)) at = dirname(at);
  if (statSync(at).isDirectory()) return;
  throw new SettleError('machine', say('{at} is not a folder, and a folder is needed there', { at }), {
    file: at,
    mend: say('Give another place with --out or --warehouse.'),
  });
}

/** Whether something is there. A folder above it that may not be searched is told of, and is no 'no'. */
export function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw error;
  }
}

/** Makes a folder and those above it; gives what had to be made, outermost first. */
export function makeFolders(folder: string): string[] {
  refuseFile(folder);
  const first = mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (first === undefined) return [];
  const made = [folder];
  for (let at = folder; at !== first; at = dirname(at)) made.unshift(dirname(at));
  return made;
}

/** Takes away folders that were made for nothing, innermost first; one that isn't empty by now stays. */
export function removeEmpty(made: readonly string[]): void {
  for (const folder of made.toReversed()) {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
  }
}

/** A place where results are written, below a folder that a person chose, leads nowhere else. */
export function refuseLink(path: string): void {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const target = readlinkSync(path);
  throw new SettleError(
    'machine',
    say(
      '{path} is a symbolic link to {target}; nothing was written, for what is published there could be changed or lost without anybody who looks after the output folder seeing it',
      { path, target },
    ),
    {
      file: path,
      mend: say(
        'Take the link away and put the folder that it leads to in its place. To keep results elsewhere, let all of them be there: the folder given with --out may be a link itself.',
      ),
    },
  );
}
