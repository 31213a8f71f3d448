import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Severity } from '../programmes/interface/notices.js';
import type { Notice } from './notice.js';

export const NOTICES = 'notices.csv';

/** The notices that a run folder holds, as they stand there; undefined in the folder of a build that wrote none. */
export function noticesIn(runDir: string): Notice[] | undefined {
  const path = join(runDir, NOTICES);
  return existsSync(path) ? noticesOf(readFileSync(path, 'utf8')) : undefined;
}

/** The notices of a file's text. */
export function noticesOf(text: string): Notice[] {
  const rows: Record<string, string>[] = parse(text, { columns: true });
  return rows.map(({ code = '', severity, file = '', subject = '', count = '', value = '', message = '' }) => ({
    code,
    severity: severity as Severity,
    file,
    subject,
    count: count === '' ? null : Number(count),
    value,
    message,
  }));
}
