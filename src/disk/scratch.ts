import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A run's own directory: links to the inputs, unpacked copies, what DuckDB spills. */
export interface Scratch {
  dir: string;
  remove: () => void;
}

const OURS = /^settle-(\d+)-\w+$/;

/** Makes the directory, and takes away those of runs that were killed. Its name carries the process id. */
export function openScratch(): Scratch {
  removeLeft(tmpdir(), OURS);
  const dir = mkdtempSync(join(tmpdir(), `settle-${process.pid}-`));
  return { dir, remove: () => remove(dir) };
}

/** Takes away what killed runs left in a folder; the first group of the name's pattern is the process id. */
export function removeLeft(folder: string, pattern: RegExp): void {
  for (const name of readdirSync(folder)) {
    const pid = pattern.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) remove(join(folder, name));
  }
}

/** Whether a process of this id runs, whoever owns it. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Another run may clean up at the same time, or the directory may be another user's: neither stops this one. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  } catch {
    // it stays until its owner's next run
  }
}
