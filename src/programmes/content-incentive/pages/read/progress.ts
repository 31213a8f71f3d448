import { addDays } from '../../../../core/beijing.js';
import { decimal } from '../../../../core/money.js';
import { type Book, type CsvRow, rowsIn } from '../../book/read.js';
import { BONUSES, type BonusName } from '../../policy/parts.js';
import { type Operator, valueOn } from '../../policy/policy.js';

/** How far an anchor has come towards the tiers of a bonus (C10, C11): valid days, and seconds of valid duration. */
export interface TierProgress {
  days: number;
  seconds: number;
}

const HOLDS: Record<Operator, (compared: number) => boolean> = {
  '=': (compared) => compared === 0,
  '>=': (compared) => compared >= 0,
  '>': (compared) => compared > 0,
  '<=': (compared) => compared <= 0,
  '<': (compared) => compared < 0,
};

/** The dates of a bonus, both included. */
interface Span {
  from: string;
  to: string;
}

/**
 * Counts the sessions of one anchor after the other, as sessions.csv has them. A bonus has valid days of its own: over the
 * valid sessions alone whose index passes its test.
 */
export class ProgressCounter {
  readonly #book: Book;
  readonly #windows: ReadonlyMap<string, Span>;
  readonly #passes: Record<BonusName, Map<string, boolean>>;
  readonly #least = new Map<string, number>();
  readonly #found = new Map<string, Record<BonusName, Map<string, number>>>();

  private constructor(book: Book, windows: ReadonlyMap<string, Span>) {
    this.#book = book;
    this.#windows = windows;
    this.#passes = emptyOfEach<string, boolean>();
  }

  static async of(book: Book): Promise<ProgressCounter> {
    return new ProgressCounter(book, await newcomerWindows(book));
  }

  add({ anchor_id = '', settlement_date = '', scarcity_index = '', effective_seconds = '0', valid }: CsvRow): void {
    if (valid !== 'Y') return;
    for (const { name } of BONUSES) {
      const span = this.#spanOf(name, anchor_id);
      if (span === undefined || settlement_date < span.from || settlement_date > span.to) continue;
      if (!this.#counts(name, scarcity_index)) continue;
      const dates = this.#datesOf(anchor_id)[name];
      dates.set(settlement_date, (dates.get(settlement_date) ?? 0) + Number(effective_seconds));
    }
  }

  /** Undefined where the bonus is none for the anchor. */
  progress(bonus: BonusName, anchor: string): TierProgress | undefined {
    if (this.#spanOf(bonus, anchor) === undefined) return undefined;
    const dates = this.#found.get(anchor)?.[bonus] ?? new Map<string, number>();
    let [days, seconds] = [0, 0];
    for (const [date, each] of dates) {
      if (each >= this.#leastOn(date)) days++;
      seconds += each;
    }
    return { days, seconds };
  }

  #spanOf(bonus: BonusName, anchor: string): Span | undefined {
    return bonus === 'newcomer_bonus' ? this.#windows.get(anchor) : this.#book.policy.period;
  }

  #datesOf(anchor: string): Record<BonusName, Map<string, number>> {
    const found = this.#found.get(anchor) ?? emptyOfEach<string, number>();
    this.#found.set(anchor, found);
    return found;
  }

  #counts(bonus: BonusName, index: string): boolean {
    const known = this.#passes[bonus].get(index);
    if (known !== undefined) return known;
    const { op, value } = this.#book.policy[bonus].scarcity_index;
    const passes = index !== '' && HOLDS[op](decimal(index).comparedTo(decimal(value)));
    this.#passes[bonus].set(index, passes);
    return passes;
  }

  /** C5, in seconds. */
  #leastOn(date: string): number {
    const least = this.#least.get(date) ?? valueOn(this.#book.policy.valid_day.min_minutes, date) * 60;
    this.#least.set(date, least);
    return least;
  }
}

/** C9: by the certification in the period, from the day on that it has come. */
async function newcomerWindows({ run, policy }: Book): Promise<Map<string, Span>> {
  const windows = new Map<string, Span>();
  const { from, to } = policy.period;
  const last = run.as_of < to ? run.as_of : to;
  for await (const { anchor_id = '', newcomer_certified_on: day = '' } of rowsIn(run.dir, 'inputs/anchors.csv'))
    if (day >= from && day <= last)
      windows.set(anchor_id, { from: day, to: addDays(day, policy.newcomer_bonus.window_days) });
  return windows;
}

/** An empty map for every bonus. */
function emptyOfEach<K, V>(): Record<BonusName, Map<K, V>> {
  return Object.fromEntries(BONUSES.map(({ name }) => [name, new Map()])) as Record<BonusName, Map<K, V>>;
}
