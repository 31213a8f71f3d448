import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system in memory that is full after so many bytes; for whoever may mount one. */
export class SmallDisk {
  constructor(
    readonly path: string,
    bytes: number,
  ) {
    mkdirSync(path, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes(bytes)}`, 'tmpfs', path], { stdio: 'ignore' });
  }

  /** For so many bytes in all, or for whatever may come. */
  makeRoom(bytes = 1 << 30): void {
    execFileSync('mount', ['-o', `remount,size=${kilobytes(bytes)}`, this.path], { stdio: 'ignore' });
  }

  unmount(): void {
    execFileSync('umount', ['-l', this.path], { stdio: 'ignore' });
  }
}

function kilobytes(bytes: number): string {
  return `${Math.max(4, Math.ceil(bytes / 1024))}k`;
}

/** Why there can't be one here, or undefined. */
export function noSmallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'settlement-disk-'));
  try {
    new SmallDisk(folder, 4096).unmount();
    return undefined;
  } catch {
    return 'no file system may be mounted here';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
