import type { Differences } from '../../../../verify/differences.js';
import { moneyOfFen, units } from '../../../../verify/figures.js';
import { isDay } from '../../../../verify/forms.js';
import { cellsOfRecord } from '../../../../verify/packet/facts.js';
import type { Slice } from '../../../../verify/packet/slice.js';
import { HEADERS } from '../columns.js';
import { BONUSES } from '../parts.js';
import type { SliceRows } from './slice-rows.js';

const FILE = 'adjustments.csv';
const MONEY = /^-?(?:0|[1-9]\d{0,59})\.\d{2}$/;
const SETTLEMENT = HEADERS['settlement.csv'].split(',');

function signed(fen: bigint): string {
  return fen < 0n ? `-${moneyOfFen(-fen)}` : moneyOfFen(fen);
}

/**
 * The lines of a restated period: each is the difference of what was closed, which stands in the packet of that close, and
 * what the unit's rows say now. Gives their sum; undefined where the period was not closed before.
 */
export function checkAdjustments(rows: SliceRows, { facts }: Slice, differences: Differences): string | undefined {
  const lines = rows.records(FILE);
  const restates = facts.get('restates') ?? '';
  if (restates === '') {
    if (lines.length > 0) differences.add(FILE, '', '', 'lines', 'none, as the run restates nothing');
    return undefined;
  }
  const now = figuresNow(rows);
  const seen = new Set<string>();
  let sum = 0n;
  for (const { record } of lines) {
    const cells = cellsOfRecord(record);
    const [anchor = '', , date = '', part = '', closed = '', restated = '', delta = '', causes = ''] = cells;
    const key = [anchor, date, part].filter((cell) => cell !== '').join(' ');
    const add = (column: string, found: string, expected: string): void =>
      differences.add(FILE, key, column, found, expected);
    if (seen.has(key) && part !== 'transfer') add('', 'another line', 'each once');
    seen.add(key);
    if (![closed, restated, delta].every((cell) => MONEY.test(cell))) {
      add('', record, 'three amounts of 2 decimals');
      continue;
    }
    if (part === 'watch_time' ? !isDay(date) : date !== '')
      add('date', date, part === 'watch_time' ? 'a date' : 'a blank cell');
    differences.compare(FILE, key, 'delta', delta, signed(units(restated) - units(closed)));
    sum += units(delta);
    if (part === 'transfer') {
      if ((closed === '0.00') === (restated === '0.00')) add('restated', restated, 'all moved to or from the unit');
    } else if (![...BONUSES, 'watch_time', 'forfeited'].includes(part)) add('part', part, 'a part');
    else differences.compare(FILE, key, 'restated', restated, now.get(`${anchor},${date},${part}`) ?? '0.00');
    const caused = causes.split(';').map((cause) => /:(-?\d+\.\d{2})$/.exec(cause)?.[1]);
    const all = caused.reduce((total, amount) => total + (amount === undefined ? 0n : units(amount)), 0n);
    if (caused.includes(undefined) || signed(all) !== delta) add('causes', causes, `amounts that add up to ${delta}`);
  }
  return signed(sum);
}

/** What the rows say now, by anchor, date and part, as it counts in the total. */
function figuresNow(rows: SliceRows): Map<string, string> {
  const now = new Map<string, string>();
  for (const { record } of rows.records('days.csv')) {
    const cells = cellsOfRecord(record);
    now.set(`${cells[0]},${cells[1]},watch_time`, cells[9] ?? '');
  }
  for (const { record } of rows.records('settlement.csv')) {
    const cells = cellsOfRecord(record);
    const anchor = cells[SETTLEMENT.indexOf('anchor_id')];
    for (const bonus of BONUSES) now.set(`${anchor},,${bonus}`, cells[SETTLEMENT.indexOf(bonus)] ?? '');
    const forfeited = cells[SETTLEMENT.indexOf('forfeited')] ?? '';
    now.set(`${anchor},,forfeited`, forfeited === '0.00' ? forfeited : `-${forfeited}`);
  }
  return now;
}
