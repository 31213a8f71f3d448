/**
 * Exact figures as whole numbers of their smallest unit: fen, hundredths of a dwell minute, millionths of a yuan per
 * minute, thousandths of an index. Whole numbers of any length keep C7's product exact without a decimal library.
 */

/** The decimals that the contract gives each kind of figure in every output. */
export const PLACES = { money: 2, dwell: 2, price: 6, index: 3 } as const;

/** Digits before the point that a session's figures may have, at most (contract, "Inputs"). */
const WIDTHS = {
  dwell: /^(?:0|[1-9]\d{0,12})\.\d{2}$/,
  price: /^(?:0|[1-9]\d{0,5})\.\d{6}$/,
  index: /^(?:0|[1-9]\d{0,3})\.\d{3}$/,
} as const;

const MONEY = /^(?:0|[1-9]\d*)\.\d{2}$/;
const HALF_FEN = 500_000_000n;
const FEN = 1_000_000_000n;

/** The units of a figure in the outputs' one form; undefined where the cell has another. */
export function units(text: string, kind: 'dwell' | 'price' | 'index'): bigint | undefined {
  return WIDTHS[kind].test(text) ? BigInt(text.replace('.', '')) : undefined;
}

/** The fen of an amount in the outputs' one form, never negative; undefined where the cell has another. */
export function fenOf(text: string): bigint | undefined {
  return MONEY.test(text) ? BigInt(text.replace('.', '')) : undefined;
}

/** Fen as the outputs write them, with two decimals. */
export function money(fen: bigint): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** C7: dwell × price × index in fen, rounded half up once. The product counts in 10^-11 yuan. */
export function amountFen(dwell: bigint, price: bigint, index: bigint): bigint {
  return (dwell * price * index + HALF_FEN) / FEN;
}

/** A decimal of the policy: `digits` × 10^-`places`. */
export interface Exact {
  digits: bigint;
  places: number;
}

/** The exact decimal that a policy's quoted text says; undefined where it says none. */
export function exact(text: string): Exact | undefined {
  if (!/^\d{1,40}(?:\.\d{1,40})?$/.test(text)) return undefined;
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), places: fraction.length };
}

/** A decimal in units of 10^-`places`; undefined where it doesn't fit without rounding. */
export function inUnits(value: Exact, places: number): bigint | undefined {
  if (value.places <= places) return value.digits * 10n ** BigInt(places - value.places);
  const beyond = 10n ** BigInt(value.places - places);
  return value.digits % beyond === 0n ? value.digits / beyond : undefined;
}

export type Operator = '=' | '>=' | '>' | '<=' | '<';
export const OPERATORS: readonly Operator[] = ['=', '>=', '>', '<=', '<'];

/** Whether `numerator / denominator <op> value` holds, compared exactly by multiplying out. */
export function holds(numerator: bigint, denominator: bigint, op: Operator, value: Exact): boolean {
  const left = numerator * 10n ** BigInt(value.places);
  const right = value.digits * denominator;
  switch (op) {
    case '=':
      return left === right;
    case '>=':
      return left >= right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '<':
      return left < right;
  }
}
