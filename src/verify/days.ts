import type { Differences } from './differences.js';
import { holds, money } from './figures.js';
import type { SessionFacts } from './sessions.js';
import type { DayTerms, IndexCondition, Terms } from './terms.js';

const FILE = 'days.csv';
const COLUMNS = [
  ...(['anchor_id', 'date', 'valid_sessions', 'valid_seconds', 'valid_day', 'top_level', 'cap', 'gross'] as const),
  ...(['withheld', 'watch_time'] as const),
];
const CLAUSES: Record<string, string> = {
  valid_sessions: 'C3',
  valid_seconds: 'C4',
  valid_day: 'C5',
  top_level: 'C8',
  cap: 'C8',
  gross: 'C7',
  withheld: 'C8',
  watch_time: 'C8',
};

/** The valid sessions of one anchor and settlement date, added up. */
class Day {
  validSessions = 0;
  validSeconds = 0;
  topLevel = 0;
  gross = 0n;
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
  get cap(): bigint | undefined {
    return this.terms.caps.find((row) => this.topLevel <= row.maxLevel)?.fen;
  }

  get withheld(): bigint {
    const { cap } = this;
    return cap === undefined || this.gross <= cap ? 0n : this.gross - cap;
  }
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
    const { lowLevel, index: attendanceIndex } = this.terms.attendance;
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
    day.gross += session.amount;
    if (passes(session, attendanceIndex)) count(day.attendance, session);
    const { window } = this;
    if (window === undefined || session.date < window.from || session.date > window.to) return;
    if (passes(session, this.terms.newcomer.index)) count(day.newcomer, session);
  }

  /** The days in date order. */
  private ordered(): Day[] {
    const days = [...this.days.values()];
    return days.sort((a, b) => (a.date < b.date ? -1 : 1));
  }

  lines(): DayLine[] {
    return this.ordered().map((day) => {
      const { cap, withheld } = day;
      return {
        date: day.date,
        validSessions: String(day.validSessions),
        validSeconds: String(day.validSeconds),
        validDay: day.validDay ? 'Y' : 'N',
        topLevel: String(day.topLevel),
        cap: cap === undefined ? '' : money(cap),
        gross: money(day.gross),
        withheld: money(withheld),
        watchTime: money(day.gross - withheld),
      };
    });
  }

  /** C3 to C5, C7, C8 over all days. */
  sums(): { validSessions: number; validSeconds: number; validDays: number; gross: bigint; withheld: bigint } {
    const sums = { validSessions: 0, validSeconds: 0, validDays: 0, gross: 0n, withheld: 0n };
    for (const day of this.days.values()) {
      sums.validSessions += day.validSessions;
      sums.validSeconds += day.validSeconds;
      sums.validDays += day.validDay ? 1 : 0;
      sums.gross += day.gross;
      sums.withheld += day.withheld;
    }
    return sums;
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

function passes(session: SessionFacts, condition: IndexCondition): boolean {
  return session.index !== undefined && holds(session.index, 1000n, condition.op, condition.value);
}

function count(counted: { sessions: number; seconds: number }, session: SessionFacts): void {
  counted.sessions += 1;
  counted.seconds += session.effectiveSeconds;
}

/** Compares one anchor's rows of days.csv, as they come, with the days that its sessions give. */
export class DaysComparison {
  private readonly open: Map<string, DayLine>;
  private before = '';

  constructor(
    private readonly anchorId: string,
    expected: readonly DayLine[],
    private readonly differences: Differences,
  ) {
    this.open = new Map(expected.map((line) => [line.date, line]));
  }

  row(row: readonly string[]): void {
    const date = row[1] ?? '';
    const key = `${this.anchorId} ${date}`;
    if (date <= this.before) this.differences.add(FILE, key, 'date', `after ${this.before}`, 'each date once, sorted');
    this.before = date;
    const line = this.open.get(date);
    this.open.delete(date);
    if (line === undefined) {
      this.differences.add(FILE, key, '', 'a row', 'no row, or one alone', 'C3');
      return;
    }
    const cells = [this.anchorId, ...Object.values(line)];
    COLUMNS.forEach((column, i) => {
      this.differences.compare(FILE, key, column, row[i] ?? '', cells[i] ?? '', CLAUSES[column]);
    });
  }

  end(): void {
    for (const date of this.open.keys()) {
      this.differences.add(FILE, `${this.anchorId} ${date}`, '', 'no row', 'a row', 'C5');
    }
  }
}
