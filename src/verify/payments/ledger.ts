import { type Amount, decimal, fixed, ZERO } from '../../core/money.js';

/** What is paid to whom, worked out anew: plain lists, line by line. */

/** Something that a payee is due, or owes. */
export interface Item {
  payee: string;
  /** `close:anchor:date:part` */
  line: string;
  close: number;
  anchor: string;
  date: string;
  part: string;
  amount: Amount;
  /** The batch that carried it over; undefined of a line of this one's closes. */
  since: number | undefined;
  revision: number;
}

/** The amounts of a line of payments.csv, and its remarks but for those on accounts. */
export interface Paid {
  due: string;
  paid_later: string;
  taken_back: string;
  carried_in: string;
  to_pay: string;
  carried_out: string;
  remarks: string[];
}

/** What is worked out of the items of a payee: its line, and its lines of withheld.csv, each as the text of its cells. */
export interface Settled {
  paid: Paid;
  withheld: string[];
}

const text = (amount: Amount): string => fixed(amount, 2);
const sum = (items: readonly Item[]): Amount => items.reduce((all, { amount }) => all.plus(amount), ZERO);

/** Settles the items of one payee in the batch of that number. */
export function settlePayee(items: readonly Item[], batch: number, minimum: string): Settled {
  const own = [...items].sort(byAge);
  const fresh = own.filter(({ since }) => since === undefined);
  const balance = sum(own);
  const isPaid = balance.greaterThan(ZERO) && balance.greaterThanOrEqualTo(decimal(minimum));
  const later = fresh.filter(({ revision }) => revision > 1);
  const { told, left } = matched(own, batch);
  for (const { item, amount } of left) {
    const waits = !isPaid && !amount.isZero() && !balance.isZero();
    if (!waits && item.since === undefined) continue;
    const reason = amount.isNegative() ? 'owed' : 'below_minimum';
    told.push(cells(item, amount, reason, batch, !waits, ''));
  }
  const owes = balance.isNegative();
  const remarks = [
    ...(owes ? ['owes'] : []),
    ...(!isPaid && balance.greaterThan(ZERO) ? ['below_minimum'] : []),
    ...(told.some((row) => /,owed,\d+,\d+,/.test(row)) ? ['recovered'] : []),
    ...(told.some((row) => /,below_minimum,\d+,\d+,/.test(row)) ? ['released'] : []),
  ];
  return {
    paid: {
      due: text(sum(fresh.filter(({ revision }) => revision === 1))),
      paid_later: text(sum(later.filter(({ amount }) => amount.greaterThan(ZERO)))),
      taken_back: text(sum(later.filter(({ amount }) => amount.isNegative()))),
      carried_in: text(sum(own.filter(({ since }) => since !== undefined))),
      to_pay: text(isPaid ? balance : ZERO),
      carried_out: text(isPaid ? ZERO : balance),
      remarks,
    },
    withheld: told,
  };
}

/** The oldest money recovers the oldest debt, until one of the two is used up. */
function matched(own: readonly Item[], batch: number): { told: string[]; left: { item: Item; amount: Amount }[] } {
  const told: string[] = [];
  const left = own.map((item) => ({ item, amount: item.amount }));
  const debts = left.filter(({ amount }) => amount.isNegative());
  let oldest = 0;
  for (const credit of left.filter(({ amount }) => amount.greaterThan(ZERO))) {
    for (let debt = debts[oldest]; debt !== undefined && !credit.amount.isZero(); debt = debts[oldest]) {
      const owed = debt.amount.negated();
      const part = credit.amount.lessThan(owed) ? credit.amount : owed;
      credit.amount = credit.amount.minus(part);
      debt.amount = debt.amount.plus(part);
      told.push(cells(credit.item, part, 'offset', batch, true, debt.item.line));
      told.push(cells(debt.item, part.negated(), 'owed', batch, true, credit.item.line));
      if (debt.amount.isZero()) oldest += 1;
    }
  }
  return { told, left: left.filter(({ amount }) => !amount.isZero()) };
}

function cells(item: Item, amount: Amount, reason: string, batch: number, released: boolean, against: string): string {
  const { payee, close, anchor, date, part, since } = item;
  const when = [String(since ?? batch), released ? String(batch) : ''];
  return [payee, String(close), anchor, date, part, text(amount), reason, ...when, against].join();
}

const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Closes in their order, and the lines of each by anchor, date and part; those of no date first. */
function byAge(a: Item, b: Item): number {
  return a.close - b.close || before(a.anchor, b.anchor) || before(a.date, b.date) || before(a.part, b.part);
}
