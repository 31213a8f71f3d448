import { type Amount, decimal, ZERO } from '../money.js';
import { figure, holds, isFigure, money } from './figures.js';
import { copied } from './rows.js';
import type { Terms } from './terms.js';

/** Indexes that are remembered: in a real month, all. Prices are too many to gain by it. */
const MOST_INDEXES = 1000;

const HALF_FEN = decimal('0.005');
const MINUS_HALF_FEN = HALF_FEN.negated();

/** C6: a scarcity index, and whether it meets the condition of each bonus (C10, C11). */
export interface Index {
  value: Amount;
  forAttendance: boolean;
  forNewcomer: boolean;
}

/** What a session pays, in a decimal and as its cell must show it. */
export interface Pay {
  amount: Amount;
  text: string;
}

export const NO_PAY: Pay = { amount: ZERO, text: '0.00' };

/** C7: dwell × price × index, rounded half up once. */
export class PayCheck {
  private readonly indexes = new Map<string, Index>();

  constructor(private readonly terms: Terms) {}

  /** The index that a cell says; undefined where it has another form. */
  index(text: string): Index | undefined {
    const known = this.indexes.get(text);
    if (known !== undefined) return known;
    const value = figure(text, 'index');
    if (value === undefined) return undefined;
    const { newcomer, attendance } = this.terms;
    const index = {
      value,
      forAttendance: holds(value, attendance.index.op, attendance.index.value),
      forNewcomer: holds(value, newcomer.index.op, newcomer.index.value),
    };
    if (this.indexes.size < MOST_INDEXES) this.indexes.set(copied(text), index);
    return index;
  }

  /**
   * What the cells of a valid session make; dwell and price are in their forms. An amount is right where the exact
   * product lies from half a fen below it, included, to half a fen above it: that costs less than to round the product,
   * which only a wrong one needs.
   */
  pay(dwell: string, price: string, index: Index, found: string): Pay {
    const product = index.value.times(price).times(dwell);
    const amount = figure(found, 'money');
    if (amount !== undefined) {
      const beyond = product.minus(amount);
      const right = beyond.isNegative() ? beyond.greaterThanOrEqualTo(MINUS_HALF_FEN) : beyond.lessThan(HALF_FEN);
      if (right) return { amount, text: found };
    }
    const text = money(product);
    return { amount: decimal(text), text };
  }
}

/** The amount that a row gives itself, where its factors can't be read. */
export function ownPay(found: string): Pay {
  return isFigure(found, 'money') ? { amount: decimal(found), text: found } : NO_PAY;
}
