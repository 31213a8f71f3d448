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
  for (const name of readdirSync(tmpdir())) {
    const pid = OURS.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) remove(join(tmpdir(), name));
  }
  const dir = mkdtempSync(join(tmpdir(), `settle-${process.pid}-`));
  return { dir, remove: () => remove(dir) };
}

/** Whether a process of this id runs, whoever owns it. */
export function isRunning(pid: number): boolean {
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
