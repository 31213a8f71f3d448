import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Differences } from '../differences.js';
import { isTime } from '../forms.js';
import { readFields } from './tables.js';

/** A review, where there is one, is of just this, and another person's. */
export function checkReview(
  path: string,
  { of, sha256, by }: { of: 'batch' | 'close'; sha256: string; by: string },
  differences: Differences,
): void {
  if (!existsSync(path)) return;
  const file = basename(path);
  const fields = readFields(path)?.fields ?? {};
  differences.compare(file, 'of', '', String(fields.of), of);
  differences.compare(file, 'sha256', '', String(fields.sha256), sha256);
  const name = String(fields.reviewed_by ?? '');
  const plain = (text: string): string =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\p{C}]/gu, '');
  if (plain(name) === '' || plain(name) === plain(by))
    differences.add(file, 'reviewed_by', '', name, 'another person than who made it');
  if (!isTime(String(fields.reviewed_at)))
    differences.add(file, 'reviewed_at', '', String(fields.reviewed_at), 'a time');
}
