import { type Amount, fixed, ZERO } from '../../../core/money.js';
import type { MonthChange, NameOfChange } from '../../interface/months.js';
import { BONUSES } from '../policy/parts.js';
import type { AnchorMonth } from './month.js';

/**
 * The parts of a change, in the order in which they are shown. Watch time before its caps is dwell × price × index; the
 * three are replaced one after the other, in this order, by the later month's, and each is held against what was there before:
 *   volume    B's dwell at A's price and A's index, less A
 *   price     B's dwell and price at A's index, less that
 *   index     B, less that
 * Price and index are those of all valid sessions together: price weighted by dwell, index by dwell × price. Each part is
 * rounded half up to the fen; `rounding` is what is left to the change of the published amounts, which are rounded per session.
 */
export const PARTS_OF_CHANGE: readonly NameOfChange[] = [
  { name: 'volume', words: ['Volume (dwell)', '停留时长变动'] },
  { name: 'price', words: ['Price', '单价变动'] },
  { name: 'index', words: ['Scarcity index', '稀缺度指数变动'] },
  { name: 'rounding', words: ['Rounding', '取整差额'] },
  { name: 'caps', words: ['Daily caps', '封顶扣减变动'] },
  ...BONUSES.map(({ name, head }) => ({ name, words: head })),
  { name: 'forfeited', words: ['Forfeited', '不予发放变动'] },
  { name: 'new', words: ['New anchors', '新增主播'] },
  { name: 'gone', words: ['Gone anchors', '减少主播'] },
  { name: 'moved', words: ['Change of agency', '转机构'] },
];

export const DWELL: NameOfChange = { name: 'dwell', words: ['Dwell (min)', '推荐有效用户停留时长（分钟）'] };

/** A part of a change by its name, CNY. */
export type PartAmounts = Map<string, Amount>;

/** Why an anchor's total is another than in the month before; together the parts are the difference. */
export function partsOf(a: AnchorMonth | undefined, b: AnchorMonth | undefined): PartAmounts {
  if (a === undefined) return new Map([['new', b?.total ?? ZERO]]);
  if (b === undefined) return new Map([['gone', a.total.negated()]]);
  const { volume, price, index } = factors(a, b);
  const factored = volume.plus(price).plus(index);
  return new Map([
    ['volume', volume],
    ['price', price],
    ['index', index],
    ['rounding', b.gross.minus(a.gross).minus(factored)],
    ['caps', a.withheld.minus(b.withheld)],
    ...BONUSES.map(({ name }): [string, Amount] => [name, b.bonuses[name].minus(a.bonuses[name])]),
    ['forfeited', a.forfeited.minus(b.forfeited)],
  ]);
}

/**
 * What lacks in A to compare with counts as unchanged by the factors that come before it: without dwell in A there is no
 * price, and all is volume; without a price there is no index, and what volume leaves is price.
 */
function factors(a: AnchorMonth, b: AnchorMonth): { volume: Amount; price: Amount; index: Amount } {
  const withVolume = a.dwell.isZero() ? b.weighted : a.weighted.times(b.dwell).dividedBy(a.dwell);
  const priced = a.priced.isZero() ? b.weighted : a.weighted.times(b.priced).dividedBy(a.priced);
  const withPrice = a.dwell.isZero() ? b.weighted : priced;
  return {
    volume: fen(withVolume.minus(a.weighted)),
    price: fen(withPrice.minus(withVolume)),
    index: fen(b.weighted.minus(withPrice)),
  };
}

function fen(amount: Amount): Amount {
  return amount.toDecimalPlaces(2);
}

/** Adds up changes of the same kind. */
export class ChangeSum {
  #a = ZERO;
  #b = ZERO;
  #dwell = { a: ZERO, b: ZERO };
  readonly #parts: PartAmounts = new Map();

  add(a: AnchorMonth | undefined, b: AnchorMonth | undefined, parts: PartAmounts): void {
    this.#a = this.#a.plus(a?.total ?? ZERO);
    this.#b = this.#b.plus(b?.total ?? ZERO);
    this.#dwell = { a: this.#dwell.a.plus(a?.dwell ?? ZERO), b: this.#dwell.b.plus(b?.dwell ?? ZERO) };
    for (const [name, amount] of parts) this.#parts.set(name, (this.#parts.get(name) ?? ZERO).plus(amount));
  }

  change(): MonthChange {
    const money = (amount: Amount): string => fixed(amount, 2);
    return {
      a: money(this.#a),
      b: money(this.#b),
      delta: money(this.#b.minus(this.#a)),
      parts: Object.fromEntries(PARTS_OF_CHANGE.map(({ name }) => [name, money(this.#parts.get(name) ?? ZERO)])),
      measures: { [DWELL.name]: { a: money(this.#dwell.a), b: money(this.#dwell.b) } },
    };
  }
}
