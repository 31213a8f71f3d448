import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM } from '../support/program.js';

/** A place that somebody may read and not write, and who that is. */

const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;

/** Who may only read: mode bits stop root from nothing, so there it is another user; else the test's own, for whom the bits are enough. */
export const READER = isRoot ? NOBODY : undefined;

/** Whether that user reaches the program at all, wherever it lies. */
export function isReachable(): boolean {
  try {
    execFileSync(process.execPath, [PROGRAM, '--version'], { ...READER, cwd: '/', stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Gives a tree to the reader's group, readable and no more, as a umask of 0027 leaves it. */
export function makeReadable(folder: string): void {
  for (const path of [folder, ...below(folder)]) {
    const isFolder = lstatSync(path).isDirectory();
    if (READER === undefined) chmodSync(path, isFolder ? 0o550 : 0o440);
    else {
      chmodSync(path, isFolder ? 0o750 : 0o640);
      chownSync(path, 0, READER.gid);
    }
  }
}

/** So that it can be taken away again. */
export function makeWritable(folder: string): void {
  chmodSync(folder, 0o750);
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) makeWritable(join(folder, entry.name));
}

/** A folder that the reader may write to: for what the program spills. */
export function ownFolder(path: string): string {
  mkdirSync(path, { mode: 0o777 });
  chmodSync(path, 0o777);
  return path;
}

/** Everything below a folder as it stands: names, modes, times, bytes. */
export function stateOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    below(folder).map((path) => {
      const { mode, mtimeMs, ctimeMs, size } = lstatSync(path);
      const content = lstatSync(path).isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
      return [path, [mode.toString(8), mtimeMs, ctimeMs, size, content].join(' ')];
    }),
  );
}

function below(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .sort();
}
