import { Sum } from '../../../../book/sum.js';
import { type Book, rowsIn } from '../../book/read.js';

/** What the daily caps do, of some days. Amounts are CNY. */
export interface Capped {
  days: number;
  /** Of which so many reach their cap. */
  capped: number;
  gross: string;
  withheld: string;
  watch_time: string;
}

export interface CapFigures {
  /** By the day's highest quality level, and by date, both ascending. */
  byLevel: Map<string, Capped>;
  byDate: Map<string, Capped>;
}

class Adding {
  #days = 0;
  #capped = 0;
  readonly #sums = { gross: new Sum(), withheld: new Sum(), watch_time: new Sum() };

  add({ gross = '0', withheld = '0', watch_time = '0' }: Record<string, string>): void {
    this.#days++;
    if (withheld !== '0.00') this.#capped++;
    this.#sums.gross.add(gross);
    if (withheld !== '0.00') this.#sums.withheld.add(withheld);
    this.#sums.watch_time.add(watch_time);
  }

  result(): Capped {
    const { gross, withheld, watch_time } = this.#sums;
    const sums = { gross: gross.text(2), withheld: withheld.text(2), watch_time: watch_time.text(2) };
    return { days: this.#days, capped: this.#capped, ...sums };
  }
}

/** From days.csv. */
export async function capFigures({ run, isMeant }: Book): Promise<CapFigures> {
  const [levels, dates] = [new Map<string, Adding>(), new Map<string, Adding>()];
  for await (const row of rowsIn(run.dir, 'days.csv')) {
    if (!isMeant(row)) continue;
    const { top_level = '', date = '' } = row;
    grown(levels, top_level.padStart(2, '0')).add(row);
    grown(dates, date).add(row);
  }
  return {
    byLevel: new Map(ascending(levels).map(([level, sums]) => [level.replace(/^0/, ''), sums.result()])),
    byDate: new Map(ascending(dates).map(([date, sums]) => [date, sums.result()])),
  };
}

function grown(map: Map<string, Adding>, key: string): Adding {
  const found = map.get(key) ?? new Adding();
  map.set(key, found);
  return found;
}

function ascending<T>(map: Map<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
