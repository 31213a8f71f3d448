import { existsSync } from 'node:fs';
import { isDate, isTime } from '../beijing.js';
import { SettleError } from '../errors.js';
import { literal, type Warehouse } from '../warehouse.js';

/** A history is read from a warehouse that is there; none is made for it. */
export function refuseMissing(file: string): void {
  if (existsSync(file)) return;
  throw new SettleError('usage', `there is no warehouse ${file}`, {
    file,
    mend: 'Give the warehouse with --warehouse, or the folder beside it with --out.',
  });
}

/**
 * The last load that counts: that of the given number, or the last one done by a time (Beijing; a date to its end).
 * Undefined means the last of all; 0 that nothing is loaded.
 */
export async function lastKnownLoad(warehouse: Warehouse, knownAt: string | undefined): Promise<number> {
  const last = await warehouse.count('SELECT coalesce(max(load_no), 0) FROM load');
  if (knownAt === undefined) return last;
  if (/^\d{1,9}$/.test(knownAt)) return loadOfNumber(Number(knownAt), last);
  const until = isDate(knownAt) ? `${knownAt} 23:59:59` : knownAt.replace('T', ' ');
  if (!isTime(until)) {
    throw new SettleError('usage', `--known-at ${knownAt} is neither the number of a load nor a time`, {
      mend: 'Give a number that "settle files" shows, a date (to its end) or a time YYYY-MM-DD HH:MM:SS, Beijing.',
    });
  }
  const found = await warehouse.count(
    `SELECT coalesce(max(load_no), 0) FROM load WHERE loaded_at <= ${literal(until)}`,
  );
  if (found > 0) return found;
  const first = (await warehouse.rows('SELECT loaded_at FROM load WHERE load_no = 1'))[0]?.loaded_at;
  throw new SettleError('usage', `at ${until} the warehouse held nothing yet`, {
    mend: first === undefined ? 'Nothing was ever loaded.' : `The first load was at ${first}.`,
  });
}

function loadOfNumber(number: number, last: number): number {
  if (number >= 1 && number <= last) return number;
  throw new SettleError('usage', `there is no load ${number}`, {
    mend: last === 0 ? 'Nothing was ever loaded.' : `Loads are numbered from 1 to ${last}; see "settle files".`,
  });
}
