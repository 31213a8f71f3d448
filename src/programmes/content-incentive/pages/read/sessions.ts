import { daysFrom } from '../../../../core/beijing.js';
import { type Book, rowsIn } from '../../book/read.js';
import { ProgressCounter } from './progress.js';

/** What the sessions of a run say, each read once. */
export interface SessionFigures {
  sessions: number;
  valid: number;
  /** By settlement date, ascending: how many, and how many of them are valid. */
  byDate: Map<string, { sessions: number; valid: number }>;
  /** Monday to Sunday, each by the 24 hours of the clock in Beijing at the end of a session. */
  byHour: number[][];
  /** Sessions by the reason for which they are invalid; one with several counts under each. */
  byReason: Map<string, number>;
  progress: ProgressCounter;
}

/** A Monday. */
const MONDAY = '2024-01-01';

/** From sessions.csv. */
export async function sessionFigures(book: Book): Promise<SessionFigures> {
  const byDate = new Map<string, { sessions: number; valid: number }>();
  const byHour = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  const byReason = new Map<string, number>();
  const progress = await ProgressCounter.of(book);
  const weekdays = new Map<string, number>();
  for await (const row of rowsIn(book.run.dir, 'sessions.csv')) {
    if (!book.isMeant(row)) continue;
    const { settlement_date = '', ended_at = '', valid, reasons = '' } = row;
    const day = byDate.get(settlement_date) ?? { sessions: 0, valid: 0 };
    byDate.set(settlement_date, day);
    day.sessions++;
    if (valid === 'Y') day.valid++;
    const weekday = weekdays.get(settlement_date) ?? weekdayOf(settlement_date);
    weekdays.set(settlement_date, weekday);
    const hours = byHour[weekday] as number[];
    const hour = Number(ended_at.slice(11, 13));
    hours[hour] = (hours[hour] ?? 0) + 1;
    for (const reason of reasons === '' ? [] : reasons.split(';'))
      byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
    progress.add(row);
  }
  const dates = [...byDate].sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = (of: 'sessions' | 'valid'): number => dates.reduce((total, [, day]) => total + day[of], 0);
  return { sessions: sum('sessions'), valid: sum('valid'), byDate: new Map(dates), byHour, byReason, progress };
}

/** 0 is Monday. */
function weekdayOf(date: string): number {
  const days = daysFrom(MONDAY, date) % 7;
  return days < 0 ? days + 7 : days;
}
