import { sqlFile } from './sql-files.js';

/** Grows when a table of the warehouse changes its shape. */
export const FORMAT = '4';

/** Of each older format that is known, what carries it over to the next. */
const MIGRATIONS: Record<string, string> = {
  '2': '00_warehouse/migrations/03_what_was_seen.sql',
  '3': '00_warehouse/migrations/04_closes.sql',
};
const OLDER = Object.keys(MIGRATIONS);

/** Whether a warehouse of that format can be carried over to this one. */
export function canCarryOver(format: string): boolean {
  return OLDER.includes(format);
}

/** SQL that carries a warehouse over from an older format. */
export function migrationFrom(format: string): string {
  return OLDER.slice(OLDER.indexOf(format))
    .map((older) => sqlFile(MIGRATIONS[older] as string))
    .join(';');
}
