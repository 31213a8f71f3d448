import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Amount, decimal, fixed, ZERO } from '../../src/core/money.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { DEEP } from '../support/deep.js';
import { month, type Row } from '../support/random/month.js';
import { EXAMPLES, exportsOf, PATIENCE, type Settled, withPlace } from '../support/random/settled.js';
import { contentOf, filesIn } from '../support/workspace.js';

/** What holds of the figures of any month. */

test(
  'the SQL and the second implementation agree, statements included',
  async () => {
    await fc.assert(
      fc.asyncProperty(month({ repeats: true }), (one) =>
        withPlace(one, async (place) => {
          const { result } = await place.settle(exportsOf(one), { statements: true });
          expect((await verifyRun(result.runDir)).differences).toEqual([]);
        }),
      ),
      EXAMPLES,
    );
  },
  PATIENCE,
);

const rowsOf = ({ result }: Settled, file: string): Row[] =>
  parse(readFileSync(join(result.runDir, file)), { columns: true });

/** The sum of a column for each key. */
function sums(rows: readonly Row[], column: string, key: (row: Row) => string): Record<string, string> {
  const found = new Map<string, Amount>();
  for (const row of rows) found.set(key(row), (found.get(key(row)) ?? ZERO).plus(decimal(row[column] as string)));
  return Object.fromEntries([...found].map(([name, sum]) => [name, fixed(sum, 2)]));
}

const anchorOf = (row: Row): string => row.anchor_id as string;
const whole = (): string => 'month';
const withoutZeros = (amounts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== '0.00'));

test('the sessions make the days, the days the anchors, and the anchors the totals, to the fen', {
  ...DEEP,
  timeout: PATIENCE,
}, async () => {
  await fc.assert(
    fc.asyncProperty(month({ repeats: true }), (one) =>
      withPlace(one, async (place) => {
        const settled = await place.settle(exportsOf(one));
        const [sessions, days, anchors] = ['sessions.csv', 'days.csv', 'settlement.csv'].map((file) =>
          rowsOf(settled, file),
        ) as [Row[], Row[], Row[]];
        const day = (row: Row): string => `${row.anchor_id} ${row.settlement_date ?? row.date}`;
        const valid = sessions.filter((row) => row.valid === 'Y');
        expect(sums(valid, 'amount', day)).toEqual(sums(days, 'gross', day));
        const of = (column: string): Record<string, string> => withoutZeros(sums(days, column, anchorOf));
        const at = (column: string): Record<string, string> => withoutZeros(sums(anchors, column, anchorOf));
        expect(at('watch_time_gross')).toEqual(of('gross'));
        expect(at('cap_withheld')).toEqual(of('withheld'));
        expect(at('watch_time')).toEqual(of('watch_time'));
        const { totals } = settled.result.manifest;
        const money = ['watch_time_gross', 'cap_withheld', 'watch_time', 'attendance_bonus', 'newcomer_bonus'];
        for (const column of [...money, 'forfeited', 'total']) {
          expect(sums(anchors, column, whole).month ?? '0.00', column).toBe(totals[column]);
        }
        for (const row of anchors) {
          const amount = (column: string): Amount => decimal(row[column] as string);
          const earned = amount('watch_time').plus(amount('attendance_bonus')).plus(amount('newcomer_bonus'));
          expect(fixed(earned.minus(amount('forfeited')), 2)).toBe(row.total);
          expect(amount('total').isNegative()).toBe(false);
        }
      }),
    ),
    EXAMPLES,
  );
});

test('the same work again is there already, byte for byte, and no file is written again', {
  ...DEEP,
  timeout: PATIENCE,
}, async () => {
  await fc.assert(
    fc.asyncProperty(month({ repeats: true }), (one) =>
      withPlace(one, async (place) => {
        const { warehouse } = place;
        const first = await place.settle(exportsOf(one), { warehouse, statements: true });
        const { runDir } = first.result;
        const state = () => ({
          content: contentOf(runDir),
          times: filesIn(runDir).map((file) => statSync(join(runDir, file)).mtimeMs),
        });
        const before = state();
        const again = await place.settle(exportsOf(one), { warehouse, statements: true });
        expect(again.result).toMatchObject({ alreadyThere: true, runDir, exit: first.result.exit });
        expect(state()).toEqual(before);
      }),
    ),
    EXAMPLES,
  );
});
