import type { Differences } from '../../../../verify/differences.js';
import type { DayLine } from './days.js';

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
      this.differences.add(FILE, key, '', 'a row', 'no row, or only one', 'C3');
      return;
    }
    const { validSessions, validSeconds, validDay, topLevel, cap, gross, withheld, watchTime } = line;
    const cells = [
      this.anchorId,
      date,
      validSessions,
      validSeconds,
      validDay,
      topLevel,
      cap,
      gross,
      withheld,
      watchTime,
    ];
    for (let i = 0; i < cells.length; i += 1) {
      const column = COLUMNS[i] ?? '';
      this.differences.compare(FILE, key, column, row[i] ?? '', cells[i] ?? '', CLAUSES[column]);
    }
  }

  end(): void {
    for (const date of this.open.keys()) {
      this.differences.add(FILE, `${this.anchorId} ${date}`, '', 'no row', 'a row', 'C5');
    }
  }
}
