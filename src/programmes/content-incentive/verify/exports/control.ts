import { isFigure, units } from '../../../../verify/figures.js';
import { isDay, isId, isWhole } from '../../../../verify/forms.js';
import { copied } from '../../../../verify/reading/copied.js';
import type { Rows } from '../../../../verify/rows.js';
import { HEADERS } from '../columns.js';
import { cellForm, type InputContext, isBlankOr, reportForms, reportOrder } from './inputs.js';

/** What a row of the control desk's list says of its session or date; blank: nothing. */
export interface Counted {
  sessions: string;
  dwell: string;
  amount: string;
}

/** What stands in sessions.csv of what the list names, and what of it the list doesn't name. It passes between threads. */
export interface Held {
  /** Of a date that the list has: how many sessions, and their figures in the last places. */
  days: Map<string, { sessions: number; dwell: bigint; amount: bigint }>;
  /** Of a session that the list has: how its figures are written. */
  sessions: Map<string, { dwell: string; amount: string }>;
  /** Sessions of a date that the list names, and the ids of those that it doesn't; nothing where it names none at all. */
  named: Map<string, number>;
  unnamed: Map<string, string[]>;
}

export function nothingHeld(): Held {
  return { days: new Map(), sessions: new Map(), named: new Map(), unnamed: new Map() };
}

const COLUMNS = HEADERS['sessions.csv'].split(',');
const [ID, DATE, DWELL, AMOUNT] = ['session_id', 'settlement_date', 'rec_dwell_minutes', 'amount'].map((column) =>
  COLUMNS.indexOf(column),
) as [number, number, number, number];

/** inputs/control.csv: what the control desk counted of the period. No figure follows from it, but notices do. */
export class Control {
  readonly ofSession = new Map<string, Counted>();
  readonly ofDay = new Map<string, Counted>();

  constructor(private readonly context: InputContext) {}

  async read(rows: Rows): Promise<void> {
    const { terms, asOf, differences, sources } = this.context;
    const isMoney = isBlankOr((text) => isFigure(text, 'money'));
    const forms = [
      cellForm(0, 'session_id', isBlankOr(isId), 'an id or blank'),
      cellForm(0, 'session_id', (id, row) => (id === '') !== (row[1] === ''), 'a session or a date'),
      cellForm(
        1,
        'date',
        isBlankOr((date) => isDay(date) && date >= terms.from && date <= asOf),
        `a date from ${terms.from} to ${asOf}`,
      ),
      cellForm(2, 'sessions', isBlankOr(isWhole), 'a number or blank'),
      cellForm(
        3,
        'rec_dwell_minutes',
        isBlankOr((text) => isFigure(text, 'dwell')),
        'a figure of 2 decimals or blank',
      ),
      cellForm(4, 'amount', isMoney, 'an amount or blank'),
    ];
    let before: string | undefined;
    await rows.each((row) => {
      const [id = '', date = '', sessions = '', dwell = '', amount = '', sourceFile = '', sourceLine = ''] = row;
      const key = `${id},${date}`;
      reportForms(differences, rows.file, id || date, row, forms);
      reportOrder(differences, rows.file, key, before);
      before = key;
      sources.take(rows.file, id || date, 'control', sourceFile, sourceLine);
      if (id === '') this.ofDay.set(date, { sessions, dwell, amount });
      else this.ofSession.set(id, { sessions, dwell, amount });
    });
  }

  /** Takes a row of sessions.csv into what is held against the list. */
  take(row: readonly string[], held: Held): void {
    if (this.ofDay.size + this.ofSession.size === 0) return;
    const [id = '', date = '', dwell = '', amount = ''] = [row[ID], row[DATE], row[DWELL], row[AMOUNT]];
    if (this.ofDay.has(date)) addUp(held, date, dwell, amount);
    if (this.ofSession.size === 0) return;
    if (this.ofSession.has(id)) {
      held.sessions.set(copied(id), { dwell: copied(dwell), amount: copied(amount) });
      held.named.set(date, (held.named.get(date) ?? 0) + 1);
      return;
    }
    const others = held.unnamed.get(date);
    if (others === undefined) held.unnamed.set(copied(date), [copied(id)]);
    else others.push(copied(id));
  }
}

function addUp({ days }: Held, date: string, dwell: string, amount: string): void {
  const day = days.get(date) ?? { sessions: 0, dwell: 0n, amount: 0n };
  if (day.sessions === 0) days.set(copied(date), day);
  day.sessions += 1;
  if (isFigure(dwell, 'dwell')) day.dwell += units(dwell);
  if (isFigure(amount, 'money')) day.amount += units(amount);
}

/** Takes in what another part's reader found. */
export function addHeld(held: Held, other: Held): void {
  for (const [date, { sessions, dwell, amount }] of other.days) {
    const day = held.days.get(date) ?? { sessions: 0, dwell: 0n, amount: 0n };
    held.days.set(date, {
      sessions: day.sessions + sessions,
      dwell: day.dwell + dwell,
      amount: day.amount + amount,
    });
  }
  for (const [id, figures] of other.sessions) held.sessions.set(id, figures);
  for (const [date, count] of other.named) held.named.set(date, (held.named.get(date) ?? 0) + count);
  for (const [date, ids] of other.unnamed) held.unnamed.set(date, [...(held.unnamed.get(date) ?? []), ...ids]);
}
