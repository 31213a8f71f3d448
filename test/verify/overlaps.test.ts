import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Overlaps } from '../../src/programmes/content-incentive/verify/notices/overlaps.js';

/** Sessions of one anchor that ran at the same time: how many, and which two are told. */

type Session = [id: string, start: number, end: number];

const overlaps = new Overlaps();

/** What one anchor's sessions come to, as `count value`; the same object serves all anchors. */
function told(...sessions: Session[]): string {
  for (const session of sessions) overlaps.add(...session);
  const overlap = overlaps.close();
  return overlap === undefined ? 'none' : `${overlap.count} ${overlap.value}`;
}

test.each<[string, Session[], string]>([
  ['none at all', [], 'none'],
  ['one', [['a', 0, 10]], 'none'],
  [
    'a second before the end',
    [
      ['a', 0, 10],
      ['b', 9, 20],
    ],
    '1 a;b',
  ],
  [
    'touching',
    [
      ['a', 0, 10],
      ['b', 10, 20],
    ],
    'none',
  ],
  [
    'a second after the end',
    [
      ['a', 0, 10],
      ['b', 11, 20],
    ],
    'none',
  ],
  [
    'rows in another order than time',
    [
      ['b', 10, 20],
      ['a', 0, 10],
      ['c', 30, 40],
    ],
    'none',
  ],
  [
    'the same, with an overlap',
    [
      ['b', 9, 20],
      ['a', 0, 10],
      ['c', 30, 40],
    ],
    '1 a;b',
  ],
  [
    'one within another',
    [
      ['b', 3, 4],
      ['a', 0, 10],
    ],
    '1 a;b',
  ],
  [
    'all within one, which ends last',
    [
      ['b', 3, 4],
      ['c', 5, 6],
      ['d', 6, 9],
      ['a', 0, 10],
    ],
    '3 a;b',
  ],
  [
    'the latest end is not the last session’s',
    [
      ['a', 0, 10],
      ['b', 2, 4],
      ['c', 5, 6],
    ],
    '2 a;b',
  ],
  [
    'of equal starts the smaller id comes first',
    [
      ['b', 0, 5],
      ['a', 0, 9],
    ],
    '1 a;b',
  ],
  [
    'the same times',
    [
      ['a', 0, 10],
      ['b', 0, 10],
    ],
    '1 a;b',
  ],
  [
    'the same times, the larger id first',
    [
      ['b', 0, 10],
      ['a', 0, 10],
    ],
    '1 a;b',
  ],
  [
    'the same times three times',
    [
      ['c', 0, 10],
      ['b', 0, 10],
      ['a', 0, 10],
    ],
    '2 a;b',
  ],
  [
    'the same times come first',
    [
      ['a', 0, 10],
      ['b', 5, 20],
      ['c', 30, 40],
      ['d', 30, 40],
    ],
    '2 c;d',
  ],
  [
    'equal starts alone don’t',
    [
      ['a', 0, 10],
      ['b', 5, 20],
      ['c', 30, 40],
      ['d', 30, 41],
    ],
    '2 a;b',
  ],
  [
    'equal ends alone don’t',
    [
      ['a', 0, 10],
      ['b', 5, 20],
      ['c', 30, 40],
      ['d', 31, 40],
    ],
    '2 a;b',
  ],
  [
    'the same times with one between',
    [
      ['a', 0, 10],
      ['b', 0, 11],
      ['c', 0, 10],
    ],
    '2 a;c',
  ],
  [
    'no seconds at an end',
    [
      ['a', 0, 10],
      ['b', 10, 10],
      ['c', 10, 20],
    ],
    'none',
  ],
  [
    'no seconds, which a smaller id contains',
    [
      ['b', 10, 10],
      ['a', 10, 20],
    ],
    '1 a;b',
  ],
  [
    'no seconds twice',
    [
      ['a', 10, 10],
      ['b', 10, 10],
    ],
    'none',
  ],
])('%s', (_, sessions, expected) => {
  expect(told(...sessions)).toBe(expected);
});

test('one anchor’s sessions are nothing to the next', () => {
  expect(told(['a', 0, 10])).toBe('none');
  expect(told(['b', 5, 20])).toBe('none');
  expect(told(['c', 0, 10], ['d', 5, 20])).toBe('1 c;d');
  expect(told(['e', 6, 7])).toBe('none');
});

/** The contract's words, one session after the other. */
function plainly(sessions: readonly Session[]): string {
  const sorted = [...sessions].sort(([a, s], [b, t]) => s - t || (a < b ? -1 : 1));
  const such = sorted.flatMap(([id, start, end], i) => {
    const earlier = sorted.slice(0, i);
    const latest = Math.max(...earlier.map(([, , last]) => last));
    if (!(start < latest)) return [];
    const twin = earlier.find(([, s, e]) => s === start && e === end)?.[0];
    return [{ id, other: earlier.find(([, , last]) => last === latest)?.[0], twin }];
  });
  const twins = such.find(({ twin }) => twin !== undefined);
  if (twins !== undefined) return `${such.length} ${twins.twin};${twins.id}`;
  return such[0] === undefined ? 'none' : `${such.length} ${such[0].other};${such[0].id}`;
}

describe('as the contract says it', () => {
  const sessions = (most: number) =>
    fc
      .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 999 }), fc.nat(most), fc.nat(most)), {
        selector: ([id]) => id,
        maxLength: 60,
      })
      .map((all) => all.map(([id, at, seconds]): Session => [`s${id}`, at, at + (seconds % 7)]));

  test('of sessions that often meet, and of few that do', () => {
    for (const most of [5, 40, 3000]) {
      const agree = fc.property(sessions(most), (all) => {
        expect(told(...all)).toBe(plainly(all));
      });
      fc.assert(agree, { numRuns: 300 });
    }
  });

  test('of more than most anchors have, in an order that takes long to sort', () => {
    const backwards = Array.from({ length: 6000 }, (_, i): Session => [`s${i}`, 60_000 - 10 * i, 60_010 - 10 * i]);
    expect(told(...backwards)).toBe('none');
    expect(told(...backwards, ['x', 55_555, 55_556])).toBe(plainly([...backwards, ['x', 55_555, 55_556]]));
    expect(told(...backwards, ['x', 0, 99_999])).toBe('6000 x;s5999');
  });
});
