import { Decimal } from 'decimal.js';

/**
 * The one door by which decimals come in. Amounts are CNY; no binary float ever holds one.
 * 80 digits hold every sum and product that the contract's column widths allow; half up is C7's rounding.
 */
const Exact = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -90, toExpPos: 90 });

export type Amount = Decimal;

const FORM = /^-?\d+(\.\d+)?$/;

/** The exact decimal that a text of digits with at most one point says; anything else is a defect of the caller. */
export function decimal(text: string): Amount {
  if (!FORM.test(text)) throw new TypeError(`not a decimal: ${JSON.stringify(text)}`);
  return new Exact(text);
}

/** The decimal of a text in a given form, which admits digits with at most one point alone; undefined in another. */
export function decimalIn(form: RegExp, text: string): Amount | undefined {
  return form.test(text) ? new Exact(text) : undefined;
}

export const ZERO: Amount = new Exact(0);

/** Rounded half up to a number of places and written with all of them: `round(x, 2)` is C7's fen. */
export function fixed(value: Amount, places: number): string {
  const text = value.toFixed(places, Decimal.ROUND_HALF_UP);
  return text.startsWith('-') && /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/** What is left of an amount of CNY when another is taken off. */
export function difference(amount: string, other: string): string {
  return fixed(decimal(amount).minus(decimal(other)), 2);
}

/** An amount as people read it: 1,234,567.80 */
export function readable(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
