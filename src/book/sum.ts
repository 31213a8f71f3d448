import { type Amount, decimal, fixed, ZERO } from '../core/money.js';

/** An exact sum of decimals that come as texts. */
export class Sum {
  #value: Amount = ZERO;

  add(text: string): void {
    this.#value = this.#value.plus(decimal(text));
  }

  subtract(text: string): void {
    this.#value = this.#value.minus(decimal(text));
  }

  /** With so many places, which its parts must not exceed. */
  text(places: number): string {
    return fixed(this.#value, places);
  }
}

/** Decimals added up: two places unless others are meant. */
export function sumOf(texts: Iterable<string>, places = 2): string {
  const sum = new Sum();
  for (const text of texts) sum.add(text);
  return sum.text(places);
}
