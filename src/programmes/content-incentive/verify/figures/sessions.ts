import { monthsLater, secondsOf } from '../../../../verify/calendar.js';
import type { Differences } from '../../../../verify/differences.js';
import { isFigure } from '../../../../verify/figures.js';
import { isFlag, isGuardedText, isId, isLevel, wholeOf } from '../../../../verify/forms.js';
import { HEADERS, SESSION_REASONS } from '../columns.js';
import type { Ineligible } from '../exports/ineligible.js';
import type { AnchorRecord, ScarcityTable } from '../exports/inputs.js';
import type { Penalties } from '../exports/penalties.js';
import { type Index, NO_PAY, ownPay, type Pay, PayCheck } from './pay.js';
import type { DayTerms, Terms } from './terms.js';

const FILE = 'sessions.csv';
/** Tracks that are remembered once they were found sound: in a real month, all. */
const MOST_TRACKS = 1000;

/** The places of the columns. Rows are read by place, as there are millions of them. */
const COLUMNS = HEADERS[FILE].split(',');
const at = (column: string): number => COLUMNS.indexOf(column);
const AT = {
  ...{ id: at('session_id'), anchor: at('anchor_id'), date: at('settlement_date') },
  ...{ startedAt: at('started_at'), endedAt: at('ended_at'), duration: at('duration_seconds') },
  ...{ effective: at('effective_seconds'), replay: at('replay_deleted_at'), level: at('quality_level') },
  ...{ track: at('track'), dwell: at('rec_dwell_minutes'), price: at('unit_price'), index: at('scarcity_index') },
  ...{ valid: at('valid'), reasons: at('reasons'), amount: at('amount') },
} as const;

/** The reasons in their order, each with the place of its flag, if it is one. */
const REASONS = SESSION_REASONS.map(({ reason, flag }) => ({
  reason,
  place: flag === undefined ? -1 : at(flag.column),
  valid: flag?.valid ?? '',
}));
const FLAGS = REASONS.filter(({ place }) => place >= 0);

/** A row of sessions.csv, of as many cells as the header. */
type Row = readonly string[];

/** What a session brings to its day and its anchor's bonuses. */
export interface SessionFacts {
  date: string;
  day: DayTerms;
  /** Seconds since 1970, by the clock in Beijing. */
  ended: number;
  durationSeconds: number;
  effectiveSeconds: number;
  level: number;
  valid: boolean;
  /** Undefined where the session has no index that can be read. */
  index: Index | undefined;
  pay: Pay;
}

function and(reasons: string, reason: string): string {
  return reasons === '' ? reason : `${reasons};${reason}`;
}

/** Checks the rows of sessions.csv one by one: C1 to C7, and what a session's cells must be by themselves. */
export class SessionCheck {
  private readonly soundTracks = new Set<string>();
  private readonly payCheck: PayCheck;
  /** Rows are sorted by date within an anchor, so most ask for the terms that were asked for last. */
  private last: { date: string; day: DayTerms | undefined } = { date: '', day: undefined };

  constructor(
    private readonly terms: Terms,
    private readonly asOf: string,
    private readonly penalties: Penalties,
    private readonly scarcity: ScarcityTable,
    private readonly ineligible: Ineligible,
    private readonly differences: Differences,
  ) {
    this.payCheck = new PayCheck(terms);
  }

  /** What the clauses make of a row; undefined where its date can't be settled. */
  check(row: Row, anchor: AnchorRecord | undefined): SessionFacts | undefined {
    const id = row[AT.id] ?? '';
    const date = row[AT.date] ?? '';
    const ended = secondsOf(row[AT.endedAt] ?? '');
    const day = this.day(row, ended);
    if (day === undefined) return undefined;
    const durationSeconds = this.duration(row, ended);
    const effectiveSeconds = this.effective(row, durationSeconds);
    this.forms(row);
    const reasons = this.reasons(row, anchor, day, durationSeconds);
    const valid = reasons === '';
    this.same(id, 'reasons', row[AT.reasons] ?? '', reasons, 'C3');
    this.same(id, 'valid', row[AT.valid] ?? '', valid ? 'Y' : 'N', 'C3');
    const level = Number(row[AT.level] ?? '') || 0;
    const hasPrice = this.price(row, day.rates.get(level), valid);
    const index = this.index(row, valid);
    const pay = this.pay(row, valid, hasPrice, index);
    return { date, day, ended, durationSeconds, effectiveSeconds, level, valid, index, pay };
  }

  private form(id: string, column: string, found: string, expected: string, clause?: string): void {
    this.differences.add(FILE, id, column, found, expected, clause);
  }

  private same(id: string, column: string, found: string, expected: string, clause: string): void {
    if (found !== expected) this.differences.add(FILE, id, column, found, expected, clause);
  }

  /** C2: the session's day is the date of its end, and lies in the period, up to the evaluation date. */
  private day(row: Row, ended: number): DayTerms | undefined {
    const id = row[AT.id] ?? '';
    const date = row[AT.date] ?? '';
    if (ended < 0) {
      this.form(id, 'ended_at', row[AT.endedAt] ?? '', 'a time', 'C2');
      return undefined;
    }
    const isEnd = date.length === 10 && (row[AT.endedAt] ?? '').startsWith(date);
    if (!isEnd) this.form(id, 'settlement_date', date, (row[AT.endedAt] ?? '').slice(0, 10), 'C2');
    if (date === this.last.date) return this.last.day;
    const day = date <= this.asOf ? this.terms.onDate.get(date) : undefined;
    if (day !== undefined) this.last = { date, day };
    if (day === undefined && isEnd) {
      this.form(id, 'settlement_date', date, `${this.terms.from} to ${this.asOf}`, 'C2');
    }
    return day;
  }

  /** C3: from start to end. */
  private duration(row: Row, ended: number): number {
    const startedAt = row[AT.startedAt] ?? '';
    const started = secondsOf(startedAt);
    if (started < 0) {
      this.form(row[AT.id] ?? '', 'started_at', startedAt, 'a time', 'C2');
      return 0;
    }
    const seconds = ended - started;
    if (wholeOf(row[AT.duration] ?? '') !== seconds) {
      this.form(row[AT.id] ?? '', 'duration_seconds', row[AT.duration] ?? '', String(seconds), 'C3');
    }
    if (seconds < 0) this.form(row[AT.id] ?? '', 'ended_at', row[AT.endedAt] ?? '', `not before ${startedAt}`, 'C2');
    return seconds;
  }

  /** C4: given, and at most the duration. */
  private effective(row: Row, durationSeconds: number): number {
    const text = row[AT.effective] ?? '';
    const seconds = wholeOf(text);
    if (seconds >= 0 && seconds <= durationSeconds) return seconds;
    this.form(row[AT.id] ?? '', 'effective_seconds', text, `seconds, at most ${durationSeconds}`, 'C4');
    return Math.max(seconds, 0);
  }

  /** The form of the cells that are given and not computed. */
  private forms(row: Row): void {
    const id = row[AT.id] ?? '';
    const replay = row[AT.replay] ?? '';
    const track = row[AT.track] ?? '';
    if (!isId(id)) this.form(id, 'session_id', id, 'an id');
    for (const { place } of FLAGS) {
      const cell = row[place] ?? '';
      if (!isFlag(cell)) this.form(id, COLUMNS[place] ?? '', cell, 'Y or N');
    }
    if (replay !== '' && secondsOf(replay) < 0) this.form(id, 'replay_deleted_at', replay, 'a time or blank');
    if (!isLevel(row[AT.level] ?? '')) this.form(id, 'quality_level', row[AT.level] ?? '', '1 to 99');
    if (this.soundTracks.has(track)) return;
    if (!isGuardedText(track, 64)) this.form(id, 'track', track, 'text of at most 64 characters');
    else if (this.soundTracks.size < MOST_TRACKS) this.soundTracks.add(track);
  }

  /** C1, C3: every reason that applies, in the contract's order. */
  private reasons(row: Row, anchor: AnchorRecord | undefined, day: DayTerms, durationSeconds: number): string {
    let reasons = '';
    for (const { reason, place, valid } of REASONS) {
      if (place < 0) reasons = this.judged(reason, reasons, row, anchor, day, durationSeconds);
      else if ((row[place] === 'Y') !== (valid === 'Y')) reasons = and(reasons, reason);
    }
    return reasons;
  }

  /** The reasons with one that no flag tells, if it applies. */
  private judged(
    reason: string,
    reasons: string,
    row: Row,
    anchor: AnchorRecord | undefined,
    day: DayTerms,
    durationSeconds: number,
  ): string {
    switch (reason) {
      case 'out_of_scope':
        return anchor !== undefined && !anchor.inScope ? and(reasons, reason) : reasons;
      case 'too_short':
        return durationSeconds < day.minSeconds ? and(reasons, reason) : reasons;
      case 'punished':
        return this.punished(reasons, row, anchor, day);
      case 'replay_deleted': {
        const replay = row[AT.replay] ?? '';
        const early = replay !== '' && replay < monthsLater(row[AT.endedAt] ?? '', day.retentionMonths);
        return early ? and(reasons, reason) : reasons;
      }
      default:
        return this.isHeld(reason, row, day) ? and(reasons, reason) : reasons;
    }
  }

  /** P6: by a cause that the policy lists on the session's date. */
  private isHeld(cause: string, row: Row, { ineligible }: DayTerms): boolean {
    const anchor = row[AT.anchor] ?? '';
    if (!this.ineligible.concerns(anchor) || !ineligible.has(cause)) return false;
    const started = secondsOf(row[AT.startedAt] ?? '');
    return this.ineligible.holds(anchor, cause, started, (row[AT.endedAt] ?? '').slice(0, 10));
  }

  private punished(reasons: string, row: Row, anchor: AnchorRecord | undefined, day: DayTerms): string {
    const id = row[AT.id] ?? '';
    if (!this.penalties.mayConcern(id)) return reasons;
    const owner = { anchor: row[AT.anchor] ?? '', agency: anchor?.agency ?? '' };
    const kinds = this.penalties.punishing(id, owner, day.invalidating, this.differences);
    return [...kinds].reduce((all, kind) => and(all, `punished:${kind}`), reasons);
  }

  /**
   * C7: the cell is the export's price or the rate of the level; blank only where there is none and none is needed.
   * Whether there is a price that can be read.
   */
  private price(row: Row, rate: string | undefined, valid: boolean): boolean {
    const text = row[AT.price] ?? '';
    if (isFigure(text, 'price')) return true;
    if (text === '') this.blank(row, 'unit_price', rate, valid, 'C7');
    else this.form(row[AT.id] ?? '', 'unit_price', text, 'a price of 6 decimals', 'C7');
    return false;
  }

  /** C6: the cell is the export's index or the table's; blank only where there is none and none is needed. */
  private index(row: Row, valid: boolean): Index | undefined {
    const text = row[AT.index] ?? '';
    const index = this.payCheck.index(text);
    if (index !== undefined) return index;
    if (text === '') {
      const inTable = this.scarcity.inForce(row[AT.track] ?? '', row[AT.date] ?? '');
      this.blank(row, 'scarcity_index', inTable, valid, 'C6');
    } else {
      this.form(row[AT.id] ?? '', 'scarcity_index', text, 'an index of 3 decimals', 'C6');
    }
    return undefined;
  }

  /** A blank cell: neither rate nor table gives a value, and the session is invalid for another reason. */
  private blank(row: Row, column: string, rateOrTable: string | undefined, valid: boolean, clause: string): void {
    if (rateOrTable !== undefined) this.form(row[AT.id] ?? '', column, '', rateOrTable, clause);
    else if (valid) this.form(row[AT.id] ?? '', column, '', 'a value, as the session is valid', clause);
  }

  /** C7: what a valid session pays. Where a factor can't be read, which is reported, the row's own amount stands in. */
  private pay(row: Row, valid: boolean, hasPrice: boolean, index: Index | undefined): Pay {
    const id = row[AT.id] ?? '';
    const found = row[AT.amount] ?? '';
    const dwell = row[AT.dwell] ?? '';
    const hasDwell = isFigure(dwell, 'dwell');
    if (!hasDwell) this.form(id, 'rec_dwell_minutes', dwell, 'minutes of 2 decimals', 'C7');
    if (!valid) {
      this.same(id, 'amount', found, NO_PAY.text, 'C3');
      return NO_PAY;
    }
    if (!hasDwell || !hasPrice || index === undefined) return ownPay(found);
    const pay = this.payCheck.pay(dwell, row[AT.price] ?? '', index);
    this.same(id, 'amount', found, pay.text, 'C7');
    return pay;
  }
}
