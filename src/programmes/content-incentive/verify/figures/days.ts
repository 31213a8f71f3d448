import { type Amount, decimal } from '../../../../core/money.js';
import { moneyOfFen } from '../../../../verify/figures.js';
import { NO_PAY, type Pay } from './pay.js';
import type { SessionFacts } from './sessions.js';
import type { Cap, DayTerms, Terms } from './terms.js';

/** The valid sessions of one anchor and settlement date, added up. */
class Day {
  validSessions = 0;
  validSeconds = 0;
  topLevel = 0;
  /** C7: the sum of the amounts, in fen. */
  private sum = 0n;
  /** C11, C10: those that pass each bonus's index condition. */
  readonly attendance = { sessions: 0, seconds: 0 };
  readonly newcomer = { sessions: 0, seconds: 0 };

  constructor(
    readonly date: string,
    readonly terms: DayTerms,
  ) {}

  get validDay(): boolean {
    return this.validSeconds >= this.terms.validDaySeconds;
  }

  /** C8: the cap of the day's highest valid level; undefined where it has none. */
  get cap(): Cap | undefined {
    return this.terms.caps.find((row) => this.topLevel <= row.maxLevel);
  }

  pay({ fen }: Pay): void {
    this.sum += fen;
  }

  /** The day's sums and its line; amounts that stand in it twice are written once. */
  close(): ClosedDay {
    const { cap, sum: gross } = this;
    const text = moneyOfFen(gross);
    const capped = cap !== undefined && gross > cap.fen;
    const withheld = capped ? gross - cap.fen : 0n;
    const line = {
      date: this.date,
      validSessions: String(this.validSessions),
      validSeconds: String(this.validSeconds),
      validDay: this.validDay ? 'Y' : 'N',
      topLevel: String(this.topLevel),
      cap: cap === undefined ? '' : cap.text,
      gross: text,
      withheld: capped ? moneyOfFen(withheld) : NO_PAY.text,
      watchTime: capped ? cap.text : text,
    };
    return { gross, withheld, line };
  }
}

/** C8: a day's sum before the cap and what the cap withholds, in fen, and its line of days.csv. */
interface ClosedDay {
  gross: bigint;
  withheld: bigint;
  line: DayLine;
}

/** One line of days.csv as the sessions give it, without the anchor's id. */
export interface DayLine {
  date: string;
  validSessions: string;
  validSeconds: string;
  validDay: string;
  topLevel: string;
  cap: string;
  gross: string;
  withheld: string;
  watchTime: string;
}

/** An anchor's sums over its days. */
export interface DaySums {
  validSessions: number;
  validSeconds: number;
  validDays: number;
  gross: Amount;
  withheld: Amount;
}

/** C10, C11: the days and seconds that a bonus counts. */
export interface BonusCount {
  validDays: number;
  validSeconds: number;
}

/** One anchor's sessions, added up as they come: its days, and what the bonuses and the share count. */
export class AnchorDays {
  private readonly days = new Map<string, Day>();
  sessions = 0;
  /** C11: sessions long enough to be counted, and those of them at a low level. */
  counted = 0;
  low = 0;

  constructor(
    private readonly terms: Terms,
    /** C9: the newcomer window's dates, both included; undefined where there is none. */
    private readonly window: { from: string; to: string } | undefined,
  ) {}

  get hasNewcomerWindow(): boolean {
    return this.window !== undefined;
  }

  add(session: SessionFacts): void {
    const { lowLevel } = this.terms.attendance;
    this.sessions += 1;
    if (session.durationSeconds >= lowLevel.minSeconds) {
      this.counted += 1;
      if (session.level <= lowLevel.maxLevel) this.low += 1;
    }
    if (!session.valid) return;
    const day = this.days.get(session.date) ?? new Day(session.date, session.day);
    this.days.set(session.date, day);
    day.validSessions += 1;
    day.validSeconds += session.effectiveSeconds;
    day.topLevel = Math.max(day.topLevel, session.level);
    day.pay(session.pay);
    if (session.index?.forAttendance) count(day.attendance, session);
    const { window } = this;
    if (window === undefined || session.date < window.from || session.date > window.to) return;
    if (session.index?.forNewcomer) count(day.newcomer, session);
  }

  /** C3 to C5, C7, C8: the lines of the days in date order, and the sums over all of them; no session comes after. */
  close(): { lines: DayLine[]; sums: DaySums } {
    const counts = { validSessions: 0, validSeconds: 0, validDays: 0 };
    let [gross, withheld] = [0n, 0n];
    const lines = [];
    for (const day of [...this.days.values()].sort((a, b) => (a.date < b.date ? -1 : 1))) {
      const closed = day.close();
      lines.push(closed.line);
      counts.validSessions += day.validSessions;
      counts.validSeconds += day.validSeconds;
      counts.validDays += day.validDay ? 1 : 0;
      gross += closed.gross;
      withheld += closed.withheld;
    }
    const sums = { ...counts, gross: decimal(moneyOfFen(gross)), withheld: decimal(moneyOfFen(withheld)) };
    return { lines, sums };
  }

  /** Days by the valid-day rule over the bonus's own sessions alone, and those sessions' seconds. */
  bonusCount(bonus: 'attendance' | 'newcomer'): BonusCount {
    const total = { validDays: 0, validSeconds: 0 };
    for (const day of this.days.values()) {
      const { sessions, seconds } = day[bonus];
      total.validSeconds += seconds;
      if (sessions > 0 && seconds >= day.terms.validDaySeconds) total.validDays += 1;
    }
    return total;
  }
}

function count(counted: { sessions: number; seconds: number }, session: SessionFacts): void {
  counted.sessions += 1;
  counted.seconds += session.effectiveSeconds;
}
