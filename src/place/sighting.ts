import { join } from 'node:path';
import { addDays } from '../core/beijing.js';
import { makeFolders } from '../disk/folders.js';
import { removeLeft } from '../disk/scratch.js';
import { writeWhole } from '../disk/writing.js';
import { literal, type Value, type Warehouse } from '../engine/duckdb/warehouse.js';
import type { Lowered, Notice } from '../notices/notice.js';

/** When notices of the place were seen (Beijing), and by whom. */
export interface Sighting {
  at: string;
  by: 'nightly' | 'run';
  notices: readonly Notice[];
}

/** Beside the runs: what was seen last. */
export const PLACE_FILE = 'notices-place.csv';

/** With the severities that the settings leave them, in the order of the file; the same one once. */
export function arranged(notices: readonly Notice[], lowered: readonly Lowered[]): Notice[] {
  const severities = new Map(lowered.map(({ code, severity }) => [code, severity]));
  const each = new Map(
    notices.map((notice) => [
      keysOf(notice).join('\0'),
      {
        ...notice,
        severity: notice.severity === 'info' ? notice.severity : (severities.get(notice.code) ?? notice.severity),
      },
    ]),
  );
  return [...each.values()].sort((a, b) => inOrder(keysOf(a), keysOf(b)));
}

function keysOf({ code, file, subject, value, message }: Notice): string[] {
  return [code, file, subject, value, message];
}

function inOrder(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((text, place) => text !== b[place]);
  return at < 0 ? 0 : Buffer.compare(Buffer.from(a[at] as string), Buffer.from(b[at] as string));
}

const DAYS_KEPT = 366;

/** Adds a sighting in the open transaction; those of more than a year before it go. */
export async function addSighting(warehouse: Warehouse, { at, by, notices }: Sighting): Promise<void> {
  const oldest = `${addDays(at.slice(0, 10), -DAYS_KEPT)} 00:00:00`;
  const no = await warehouse.count('SELECT coalesce(max(sighting_no), 0) + 1 FROM place_sighting');
  await warehouse.run(`
    DELETE FROM place_notice WHERE sighting_no IN (SELECT sighting_no FROM place_sighting WHERE seen_at < ${literal(oldest)});
    DELETE FROM place_sighting WHERE seen_at < ${literal(oldest)};
    INSERT INTO place_sighting (sighting_no, seen_at, seen_by) VALUES (${no}, ${literal(at)}, ${literal(by)})`);
  await insert(
    warehouse,
    notices.map(({ code, severity, file, subject, count, value, message }) => [
      ...[no, code, severity, file, subject],
      ...[count, value, message],
    ]),
  );
}

const ROWS_A_STATEMENT = 1000;

async function insert(warehouse: Warehouse, rows: Value[][]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    const values = rows.slice(at, at + ROWS_A_STATEMENT).map((row) => `(${row.map(literal).join(', ')})`);
    await warehouse.run(
      `INSERT INTO place_notice (sighting_no, code, severity, file, subject, count, value, message) VALUES ${values.join(', ')}`,
    );
  }
}

/** Writes the file beside the runs, whole, and takes away what a killed run left of it. */
export function writePlaceFile(out: string, notices: readonly Notice[]): void {
  makeFolders(out);
  removeLeft(out, new RegExp(`^\\.${PLACE_FILE.replace('.', '\\.')}\\.new-(\\d+)$`));
  const lines = notices.map(({ code, severity, file, subject, count, value, message }) =>
    [
      code,
      severity,
      quoted(file),
      quoted(subject),
      count ?? '',
      quoted(guarded(value)),
      quoted(guarded(message)),
    ].join(),
  );
  writeWhole(join(out, PLACE_FILE), `${['code,severity,file,subject,count,value,message', ...lines].join('\n')}\n`);
}

/** A text that a spreadsheet would take for a formula gets an apostrophe (contract, "Outputs"). */
function guarded(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
