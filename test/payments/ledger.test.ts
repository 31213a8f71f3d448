import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decimal, fixed, ZERO } from '../../src/core/money.js';
import { type Row, Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { insertRows } from '../../src/engine/table.js';
import { emptyPaymentTables } from '../../src/payments/lines.js';
import { settlePayments } from '../../src/payments/make.js';
import { type Item, settlePayee } from '../../src/verify/payments/ledger.js';
import { DEEP } from '../support/deep.js';
import { temporaryFolder } from '../support/workspace.js';

// @module-tag deep

/**
 * Any sequence of closes, revisions and batches: what was paid and what is carried is what was closed with all its lines, per
 * payee and in total; nobody pays; no line is in two batches; and a second implementation says the same of every line.
 */

let warehouse: Warehouse;
const scratch = temporaryFolder();
beforeAll(async () => {
  warehouse = await Warehouse.open({ file: ':memory:', scratch, folders: [] });
});
afterAll(() => {
  warehouse.close();
  rmSync(scratch, { recursive: true, force: true });
});

interface Line {
  payee_type: 'agency' | 'anchor';
  payee_id: string;
  close_no: number;
  revision: number;
  anchor_id: string;
  settlement_date: string | null;
  part: string;
  amount: string;
}

/** An anchor's total of a first close, or a line of a later revision, of payees few enough to meet again. */
const LINE = fc.record({
  payee_type: fc.constantFrom('agency' as const, 'anchor' as const),
  payee_id: fc.constantFrom('12', 'M-1', 'a.2'),
  anchor_id: fc.constantFrom('12', 'a1', 'a-2', 'Z'),
  settlement_date: fc.constantFrom(null, '2023-11-05', '2023-11-30'),
  part: fc.constantFrom('watch_time', 'forfeited', 'transfer'),
  fen: fc.oneof(fc.integer({ min: -500, max: 500 }), fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n })),
});

const STEP = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('close' as const),
      first: fc.boolean(),
      lines: fc.array(LINE, { maxLength: 8 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('batch' as const), minimum: fc.constantFrom('0.00', '1.00', '3.33') }),
  },
);

type Step = typeof STEP extends fc.Arbitrary<infer T> ? T : never;

const amountOf = (fen: number | bigint): string => fixed(decimal(String(fen)).div(100), 2);
const sumOf = (amounts: readonly string[]): string =>
  fixed(
    amounts.reduce((sum, amount) => sum.plus(decimal(amount)), ZERO),
    2,
  );
const keyOf = ({ payee_type, payee_id }: { payee_type?: string | null; payee_id?: string | null }): string =>
  `${payee_type},${payee_id}`;

/** A close's lines, each of its grain once; of a first close they are totals, which are never negative. */
function linesOf(step: Step & { kind: 'close' }, closeNo: number): Line[] {
  const lines = step.lines.map(({ fen, ...line }): Line => {
    const first = { settlement_date: null, part: 'total', amount: amountOf(fen < 0 ? -fen : fen) };
    const whole = { ...line, amount: amountOf(fen) };
    return { close_no: closeNo, revision: step.first ? 1 : 2, ...whole, ...(step.first ? first : {}) };
  });
  const grain = (line: Line): string => [keyOf(line), line.anchor_id, line.settlement_date, line.part].join();
  return lines.filter((line, at) => lines.findIndex((other) => grain(other) === grain(line)) === at);
}

/** What is so after every batch of a history; the next batch begins with what the last one carries over. */
class Ledger {
  readonly all: Line[] = [];
  waiting: Line[] = [];
  carried: Row[] = [];
  readonly paid = new Map<string, string[]>();
  batches = 0;

  async batch(minimum: string): Promise<void> {
    this.batches += 1;
    await emptyPaymentTables(warehouse, { batch_no: this.batches, minimum, knows_payees: false });
    await warehouse.run(insertRows('payment_line', this.waiting as never));
    await warehouse.run(
      insertRows(
        'carried_line',
        this.carried.map(
          ({ payee_type, payee_id, close_no, anchor_id, settlement_date, part, amount, withheld_in }) => ({
            payee_type,
            payee_id,
            close_no,
            anchor_id,
            settlement_date,
            part,
            amount,
            withheld_in,
          }),
        ) as never,
      ),
    );
    await settlePayments(warehouse);
    const payments = await warehouse.rows('SELECT * FROM payment');
    const withheld = await warehouse.rows('SELECT * FROM withheld_line');
    this.expectSame(payments, withheld, minimum);
    for (const row of payments) {
      expect(row.to_pay?.startsWith('-'), 'money is taken from nobody').toBe(false);
      this.paid.set(keyOf(row), [...(this.paid.get(keyOf(row)) ?? []), row.to_pay as string]);
    }
    for (const row of withheld)
      expect(Number(row.withheld_in)).toBeLessThanOrEqual(Number(row.released_in ?? this.batches));
    this.carried = withheld.filter(({ released_in }) => released_in === null);
    this.waiting = [];
    this.expectWhole(payments);
  }

  /** The stranger works it out from the same lines. */
  private expectSame(payments: Row[], withheld: Row[], minimum: string): void {
    const items = [
      ...this.waiting.map((line) => itemOf(line, line.revision, undefined)),
      ...this.carried.map((row) => itemOf(row as never, 0, Number(row.withheld_in))),
    ].filter(({ amount }) => !amount.isZero());
    const payees = [...new Set(items.map(({ payee }) => payee))].sort();
    expect(payments.map(keyOf).sort()).toEqual(payees);
    const all: string[] = [];
    for (const payee of payees) {
      const { paid, withheld: own } = settlePayee(
        items.filter((item) => item.payee === payee),
        this.batches,
        minimum,
      );
      const { remarks, ...amounts } = paid;
      expect(payments.find((row) => keyOf(row) === payee)).toMatchObject({ ...amounts, remark: remarks.join(';') });
      all.push(...own);
    }
    const cells = withheld.map((row) =>
      [
        'payee_type',
        'payee_id',
        'close_no',
        'anchor_id',
        'settlement_date',
        'part',
        'amount',
        'reason',
        'withheld_in',
        'released_in',
        'against',
      ]
        .map((name) => row[name] ?? '')
        .join(),
    );
    expect(cells.sort()).toEqual(all.sort());
  }

  /** paid + carried = closed + all lines. */
  private expectWhole(payments: readonly Row[]): void {
    const closed = new Map<string, string[]>();
    for (const line of this.all) closed.set(keyOf(line), [...(closed.get(keyOf(line)) ?? []), line.amount]);
    const open = new Map<string, string[]>();
    for (const row of this.carried) open.set(keyOf(row), [...(open.get(keyOf(row)) ?? []), row.amount as string]);
    for (const payee of closed.keys())
      expect(sumOf([...(this.paid.get(payee) ?? []), ...(open.get(payee) ?? [])]), payee).toBe(
        sumOf(closed.get(payee) ?? []),
      );
    expect(sumOf([...[...this.paid.values()].flat(), ...[...open.values()].flat()])).toBe(
      sumOf(this.all.map(({ amount }) => amount)),
    );
    for (const row of payments) expect(row.carried_out).toBe(sumOf(open.get(keyOf(row)) ?? []));
  }
}

function itemOf(line: Omit<Line, 'revision'>, revision: number, since: number | undefined): Item {
  const { close_no, anchor_id: anchor, settlement_date, part, amount } = line;
  const date = settlement_date ?? '';
  return {
    payee: keyOf(line),
    line: `${close_no}:${anchor}:${date}:${part}`,
    close: Number(close_no),
    anchor,
    date,
    part,
    amount: decimal(amount),
    since,
    revision,
  };
}

async function holds(histories: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { minLength: 2, maxLength: 14 }), async (steps) => {
      const ledger = new Ledger();
      let closes = 0;
      for (const step of [...steps, { kind: 'batch' as const, minimum: '0.00' }]) {
        if (step.kind === 'batch') await ledger.batch(step.minimum);
        else {
          closes += 1;
          const lines = linesOf(step, closes);
          ledger.all.push(...lines);
          ledger.waiting.push(...lines);
        }
      }
      expect(
        ledger.carried.filter(({ reason }) => reason !== 'owed'),
        'without a minimum only debts are carried',
      ).toEqual([]);
    }),
    { numRuns: histories },
  );
}

test('paid + carried = closed + all lines, after a dozen histories', () => holds(12));
test('the same after hundreds', { ...DEEP, timeout: 600_000 }, () => holds(300));
