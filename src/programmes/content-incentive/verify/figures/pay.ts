import { figure, holds, isFigure, moneyOfFen, units } from '../../../../verify/figures.js';
import { copied } from '../../../../verify/reading/copied.js';
import type { Terms } from './terms.js';

/** Indexes that are remembered: in a real month, all. Prices are too many to gain by it. */
const MOST_INDEXES = 1000;

/** Dwell, price and index have 2, 6 and 3 places (contract, "Inputs"), their product 11: so many of it are a fen. */
const A_FEN = 10n ** 9n;
const HALF_FEN = A_FEN / 2n;

/** C6: a scarcity index, and whether it meets the condition of each bonus (C10, C11). */
export interface Index {
  /** In thousandths. */
  units: bigint;
  forAttendance: boolean;
  forNewcomer: boolean;
}

/** What a session pays, in fen and as its cell must show it. */
export interface Pay {
  fen: bigint;
  text: string;
}

export const NO_PAY: Pay = { fen: 0n, text: '0.00' };

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
      units: units(text),
      forAttendance: holds(value, attendance.index.op, attendance.index.value),
      forNewcomer: holds(value, newcomer.index.op, newcomer.index.value),
    };
    if (this.indexes.size < MOST_INDEXES) this.indexes.set(copied(text), index);
    return index;
  }

  /** What the cells of a valid session make; all three are in their forms. */
  pay(dwell: string, price: string, index: Index): Pay {
    const product = index.units * units(price) * units(dwell);
    const fen = (product + HALF_FEN) / A_FEN; // none is negative, so this is half up
    return { fen, text: moneyOfFen(fen) };
  }
}

/** The amount that a row gives itself, where its factors can't be read. */
export function ownPay(found: string): Pay {
  return isFigure(found, 'money') ? { fen: units(found), text: found } : NO_PAY;
}
