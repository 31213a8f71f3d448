import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Amount, decimal, fixed, ZERO } from '../../src/core/money.js';
import type { AnchorMonth } from '../../src/programmes/content-incentive/months/month.js';
import { ChangeSum, PARTS_OF_CHANGE, partsOf } from '../../src/programmes/content-incentive/months/parts.js';
import { DEEP } from '../support/deep.js';

/** A change of an anchor's total, taken apart: what each factor comes to, and that nothing is left. */

type Session = readonly [dwell: string, price: string, index: string];
interface Given {
  sessions: readonly Session[];
  withheld?: string;
  attendance?: string;
  newcomer?: string;
  forfeited?: string;
}

function month({ sessions, withheld = '0', attendance = '0', newcomer = '0', forfeited = '0' }: Given): AnchorMonth {
  const sum = (of: (session: Session) => Amount): Amount =>
    sessions.reduce((total, each) => total.plus(of(each)), ZERO);
  const gross = sum(([dwell, price, index]) =>
    decimal(fixed(decimal(dwell).times(decimal(price)).times(decimal(index)), 2)),
  );
  const bonuses = { attendance_bonus: decimal(attendance), newcomer_bonus: decimal(newcomer) };
  const earned = bonuses.attendance_bonus.plus(bonuses.newcomer_bonus);
  return {
    ...{ nickname: '', agency: '', gross, bonuses, withheld: decimal(withheld), forfeited: decimal(forfeited) },
    dwell: sum(([dwell]) => decimal(dwell)),
    priced: sum(([dwell, price]) => decimal(dwell).times(decimal(price))),
    weighted: sum(([dwell, price, index]) => decimal(dwell).times(decimal(price)).times(decimal(index))),
    total: gross.minus(decimal(withheld)).plus(earned).minus(decimal(forfeited)),
  };
}

/** The parts that aren't nought. */
function parts(a: Given | undefined, b: Given | undefined): Record<string, string> {
  const [one, other] = [a && month(a), b && month(b)];
  const sum = new ChangeSum();
  sum.add(one, other, partsOf(one, other));
  const { parts: all } = sum.change();
  return Object.fromEntries(Object.entries(all).filter(([, amount]) => amount !== '0.00'));
}

const ONE: Given = { sessions: [['100.00', '0.020000', '1.000']] };

test.each<[string, Given, Given, Record<string, string>]>([
  ['the same', ONE, ONE, {}],
  ['more dwell', ONE, { sessions: [['150.00', '0.020000', '1.000']] }, { volume: '1.00' }],
  ['another price', ONE, { sessions: [['100.00', '0.030000', '1.000']] }, { price: '1.00' }],
  ['another index', ONE, { sessions: [['100.00', '0.020000', '1.500']] }, { index: '1.00' }],
  [
    'all three: what changes together counts with the later',
    ONE,
    { sessions: [['200.00', '0.030000', '2.000']] },
    { volume: '2.00', price: '2.00', index: '6.00' },
  ],
  [
    'less of each',
    { sessions: [['200.00', '0.030000', '2.000']] },
    ONE,
    { volume: '-6.00', price: '-2.00', index: '-2.00' },
  ],
  [
    'a mix of prices',
    {
      sessions: [
        ['100.00', '0.020000', '1.000'],
        ['100.00', '0.040000', '1.000'],
      ],
    },
    { sessions: [['100.00', '0.040000', '1.000']] },
    { volume: '-3.00', price: '1.00' },
  ],
  [
    'the rounding of each session',
    { sessions: [['0.50', '0.010000', '1.000']] },
    {
      sessions: [
        ['0.50', '0.010000', '1.000'],
        ['0.50', '0.010000', '1.000'],
      ],
    },
    { volume: '0.01' },
  ],
  [
    'what rounding leaves',
    { sessions: [['0.40', '0.010000', '1.000']] },
    {
      sessions: [
        ['1.20', '0.010000', '1.000'],
        ['0.40', '0.010000', '1.000'],
      ],
    },
    { volume: '0.01' },
  ],
  [
    'half a fen, away from zero',
    { sessions: [['1.50', '0.010000', '1.000']] },
    { sessions: [['1.00', '0.010000', '1.000']] },
    { volume: '-0.01' },
  ],
  [
    'no dwell before: all is volume',
    { sessions: [] },
    { sessions: [['100.00', '0.030000', '1.500']] },
    { volume: '4.50' },
  ],
  [
    'no price before: what volume leaves is price',
    { sessions: [['100.00', '0.000000', '1.000']] },
    { sessions: [['200.00', '0.030000', '1.500']] },
    { price: '9.00' },
  ],
  [
    'no index before',
    { sessions: [['100.00', '0.020000', '0.000']] },
    { sessions: [['100.00', '0.020000', '1.000']] },
    { index: '2.00' },
  ],
  ['no dwell after', ONE, { sessions: [] }, { volume: '-2.00' }],
  [
    'caps, bonuses and what is forfeited, with the sign of the total',
    { ...ONE, withheld: '1.00', attendance: '10.00', forfeited: '11.00' },
    { ...ONE, withheld: '1.50', newcomer: '5.00', forfeited: '5.50' },
    { caps: '-0.50', attendance_bonus: '-10.00', newcomer_bonus: '5.00', forfeited: '5.50' },
  ],
])('%s', (_what, a, b, expected) => {
  expect(parts(a, b)).toEqual(expected);
});

test('an anchor that is new, and one that is gone', () => {
  expect(parts(undefined, { ...ONE, attendance: '10.00' })).toEqual({ new: '12.00' });
  expect(parts({ ...ONE, attendance: '10.00' }, undefined)).toEqual({ gone: '-12.00' });
});

test('parts are named once, and have words in both languages', () => {
  const names = PARTS_OF_CHANGE.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { words } of PARTS_OF_CHANGE) expect(words[1]).toMatch(/\p{Script=Han}/u);
});

const digits = (whole: number, fraction: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: 10 ** whole - 1 }), fc.integer({ min: 0, max: 10 ** fraction - 1 }))
    .map(([left, right]) => `${left}.${String(right).padStart(fraction, '0')}`);
const given = fc.record({
  sessions: fc.array(fc.tuple(digits(5, 2), digits(1, 6), digits(1, 3)), { maxLength: 5 }),
  withheld: digits(3, 2),
  attendance: digits(3, 2),
  newcomer: digits(3, 2),
  forfeited: digits(3, 2),
});

test('whatever the months, the parts are the change to the fen, and rounding is small', DEEP, () => {
  fc.assert(
    fc.property(fc.option(given, { nil: undefined }), fc.option(given, { nil: undefined }), (a, b) => {
      const [one, other] = [a && month(a), b && month(b)];
      const sum = new ChangeSum();
      sum.add(one, other, partsOf(one, other));
      const { delta, parts: all } = sum.change();
      const total = Object.values(all).reduce((left, right) => left.plus(decimal(right)), ZERO);
      expect(fixed(total, 2)).toBe(delta);
      const sessions = (a?.sessions.length ?? 0) + (b?.sessions.length ?? 0);
      expect(
        decimal(all.rounding ?? '0')
          .abs()
          .toNumber(),
      ).toBeLessThanOrEqual(0.005 * (sessions + 3) + 1e-9);
    }),
    { numRuns: 2000 },
  );
});
