import { join, resolve, sep } from 'node:path';
import type { Notice } from '../notices/notice.js';
import { type Look, lookOf } from './looks-like.js';

/**
 * Entries of the folder of exports that are none: what somebody put there counts for nothing, and nothing else says so.
 * `own` are paths of this program (the warehouse, the output, settings, policies), which may lie there too.
 */
export function filesIgnored(folder: string, others: readonly string[], own: readonly string[]): Notice[] {
  const paths = own.map((path) => resolve(path));
  return others
    .filter((name) => !paths.some((path) => isWithin(path, resolve(join(folder, name)))))
    .map((name) => noticeOf(name, lookOf(folder, name)));
}

function isWithin(path: string, entry: string): boolean {
  return path === entry || path.startsWith(`${entry}${sep}`);
}

function noticeOf(file: string, { what, fix, harmless }: Look): Notice {
  return {
    code: 'file_ignored',
    severity: harmless === true ? 'info' : 'attention',
    file,
    subject: '',
    count: null,
    value: '',
    message: `${file} ${what}: it is not loaded, and nothing in it counts. ${fix}`,
  };
}
