import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SettleError } from '../../core/errors.js';
import { say } from '../../words/say.js';
import type { Examined } from '../examine.js';
import type { ExportFile } from '../folder.js';
import { unusable } from '../unusable.js';

/** What tells, without reading a file, that not a byte of it has been written. */

/** Whether not a byte of a file has been written since it was loaded, so that none needs reading. */
export function isKnown({ path }: ExportFile, held: { stamp: string } | undefined): boolean {
  return held !== undefined && stampOf(path) === held.stamp;
}

/** What was read must be what was looked through. */
export function refuseChanged({ file, stamp }: Pick<Examined, 'file' | 'stamp'>): void {
  if (stampOf(file.path) === stamp) return;
  throw changed(file.name);
}

export function changed(name: string): SettleError {
  return unusable(
    name,
    say('changed while it was being read'),
    say('Run again when the export has been written completely.'),
  );
}

/**
 * The file's size, times and number: whoever writes to it changes its time of change, which is nobody's to set. Of a folder
 * those of all that lies in it.
 */
export function stampOf(path: string): string {
  return stampBy(path, ({ size, mtimeNs, ctimeNs, ino, dev }) => `${size} ${mtimeNs} ${ctimeNs} ${dev} ${ino}`);
}

/** The same as every machine sees it that shares the folder. */
export function sharedStampOf(path: string): string {
  return stampBy(path, ({ size, mtimeNs, ctimeNs }) => `${size} ${mtimeNs} ${ctimeNs}`);
}

interface Found {
  size: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
  ino: bigint;
  dev: bigint;
}

function stampBy(path: string, written: (found: Found) => string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  if (found === undefined) return 'gone';
  if (!found.isDirectory()) return written(found);
  const entries = readdirSync(path).sort();
  const lines = entries.map((name) => {
    const entry = statSync(join(path, name), { throwIfNoEntry: false, bigint: true });
    return `${name} ${entry === undefined ? 'gone' : written(entry)}`;
  });
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** A file system's clock may tick as seldom as every other second. */
const TICK_MS = 3000;

/**
 * The stamp by which a file may be known again without reading it: none where it was written just now, for then it
 * could be written once more within the same tick of the clock.
 */
export function lastingStamp({ file, stamp }: Pick<Examined, 'file' | 'stamp'>, now: number): string {
  const found = statSync(file.path, { throwIfNoEntry: false });
  return found !== undefined && now - found.ctimeMs > TICK_MS ? stamp : '';
}
