import { type Amount, decimal, decimalIn, fixed } from '../core/money.js';

/** Exact figures: the forms in which the outputs write them, and what the clauses do with them. */

/** The decimals that the contract gives money and prices in every output. */
export const PLACES = { money: 2, price: 6 } as const;

/**
 * The outputs' one form of each kind of figure, with the digits before the point that a session's may have (contract,
 * "Inputs"). With these widths, and sums of money far wider, nothing comes near the digits that the decimals keep.
 */
const FORMS = {
  money: /^(?:0|[1-9]\d{0,59})\.\d{2}$/,
  dwell: /^(?:0|[1-9]\d{0,12})\.\d{2}$/,
  price: /^(?:0|[1-9]\d{0,5})\.\d{6}$/,
  index: /^(?:0|[1-9]\d{0,3})\.\d{3}$/,
} as const;

/** A policy's decimals have fewer digits by far; with more, a product with a count would no longer be exact. */
const MOST_DIGITS = 40;

export type FigureKind = keyof typeof FORMS;

/** A figure in the outputs' one form, never negative; undefined where the cell has another. */
export function figure(text: string, kind: FigureKind): Amount | undefined {
  return decimalIn(FORMS[kind], text);
}

/** Whether a cell is a figure in the outputs' one form. */
export function isFigure(text: string, kind: FigureKind): boolean {
  return FORMS[kind].test(text);
}

/**
 * The whole number of its last places that a figure in the outputs' form says: 12.34 are 1234 fen. There are millions of
 * sessions, and whole numbers of any length are several times as quick as decimals.
 */
export function units(text: string): bigint {
  return BigInt(text.replace('.', ''));
}

/** Fen as the outputs write money; never negative. */
export function moneyOfFen(fen: bigint): string {
  const digits = String(fen).padStart(PLACES.money + 1, '0');
  return `${digits.slice(0, -PLACES.money)}.${digits.slice(-PLACES.money)}`;
}

/** An amount as the outputs write it. */
export function money(amount: Amount): string {
  return fixed(amount, PLACES.money);
}

/** The exact decimal that a policy's quoted text says; undefined where it says none. */
export function exact(text: string): Amount | undefined {
  if (!/^\d+(?:\.\d+)?$/.test(text)) return undefined;
  const value = decimal(text);
  return value.precision() <= MOST_DIGITS ? value : undefined;
}

export type Operator = '=' | '>=' | '>' | '<=' | '<';
export const OPERATORS: readonly Operator[] = ['=', '>=', '>', '<=', '<'];

/** Whether `left <op> right` holds. */
export function holds(left: Amount, op: Operator, right: Amount): boolean {
  switch (op) {
    case '=':
      return left.equals(right);
    case '>=':
      return left.greaterThanOrEqualTo(right);
    case '>':
      return left.greaterThan(right);
    case '<=':
      return left.lessThanOrEqualTo(right);
    case '<':
      return left.lessThan(right);
  }
}

/** Whether `part / whole <op> share` holds, multiplied out: a quotient would have to be rounded. */
export function shareHolds(part: number, whole: number, op: Operator, share: Amount): boolean {
  return holds(decimal(String(part)), op, share.times(whole));
}
