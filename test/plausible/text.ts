import { anchorsCsv, SESSIONS_HEADER, sessionLine, sessionsCsv } from '../support/exports.js';

/** Exports as texts, and what may happen to them. The figures of sessions are those of test/exports.ts. */

export const lines = (...all: string[]): string => `${all.join('\n')}\n`;

/** A table without the columns whose name is given, the first alone. */
export function without(text: string, column: string): string {
  const rows = text.trimEnd().split('\n');
  const at = (rows[0] as string).split(',').indexOf(column);
  return lines(...rows.map((row) => row.split(',').toSpliced(at, 1).join(',')));
}

/** A table with one more column; rows without a cell have a blank one. */
export function withColumn(text: string, header: string, ...cells: string[]): string {
  const [first, ...rows] = text.trimEnd().split('\n');
  return lines(`${first},${header}`, ...rows.map((row, at) => `${row},${cells[at] ?? ''}`));
}

/** A session of an hour, or from one time to another, at 0.01 CNY a minute: 10.00 where nothing else is said. */
export interface Told {
  id: string;
  anchor?: string;
  from?: string;
  to?: string;
  dwell?: string;
  /** Blank: the policy's rate, which is 0.01 too. */
  price?: string;
  track?: string;
  /** Blank: that of the scarcity table. */
  index?: string;
}

export function session(told: Told): string {
  const { id, anchor = 'a1', from = '2023-11-05 20:00:00', to = '2023-11-05 21:00:00', dwell = '1000.00' } = told;
  const { price = '0.010000', track = '文化', index = '1.000' } = told;
  return [id, anchor, from, to, 'Y', '2', track, dwell, price, index].join(',');
}

export function sessions(...all: Told[]): string {
  return lines(SESSIONS_HEADER, ...all.map(session));
}

/** Sessions of an hour, one on each of these days of November: 10.00 each. */
export function onDays(prefix: string, days: readonly number[], anchor = 'a1'): string {
  const rows = days.map((day) => sessionLine({ id: `${prefix}${day}`, anchor, day: `2023-11-${two(day)}` }));
  return lines(SESSIONS_HEADER, ...rows);
}

export const daysTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

function two(number: number): string {
  return String(number).padStart(2, '0');
}

export const PENALTIES_HEADER = 'penalty_id,anchor_id,agency_id,session_id,kind,penalized_at';

export function penalties(...rows: string[]): string {
  return lines(PENALTIES_HEADER, ...rows);
}

/** Anchors by their cells: anchor, agency, account kind, first broadcast. */
export function anchors(...rows: string[]): string {
  return lines('anchor_id,agency_id,account_kind,first_live_on', ...rows);
}

export function scarcity(...rows: string[]): string {
  return lines('track,effective_from,scarcity_index', ...rows);
}

/** 母婴 in GBK, which is valid UTF-8 for ĸӤ. */
export function inGbk(text: string): Buffer {
  const [first, ...rest] = text.split('母婴').map((part) => Buffer.from(part));
  return Buffer.concat([first as Buffer, ...rest.flatMap((part) => [Buffer.from('c4b8d3a4', 'hex'), part])]);
}

/** Two anchors with a session each: 10.00 and 20.00. */
export const ANCHORS = anchorsCsv('a1', 'a2');
export const TWO_SESSIONS = sessionsCsv({ id: 's1' }, { id: 's2', anchor: 'a2', day: '2023-11-06', dwell: '2000.00' });
export const TWO = { 'anchors.csv': ANCHORS, 'sessions.csv': TWO_SESSIONS };
