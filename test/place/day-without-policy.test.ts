import { expect, test } from 'vitest';
import { daysWithoutPolicy, type ProgrammeDays } from '../../src/place/day-without-policy.js';
import { type Loaded, warehouseOf } from './memory.js';

/** Days between and around the policies on which sessions ended, and that none of them covers. */

const NOVEMBER = { from: '2023-11-05', to: '2023-11-28' };
const sessions = (...rows: [string, string][]): Loaded => ({ at: '2023-12-01 00:00:00', kind: 'sessions', rows });

async function found(periods: Partial<ProgrammeDays>[], ...loads: Loaded[]): Promise<[string, number | null][]> {
  const { warehouse } = await warehouseOf(...loads);
  const of = periods.map((days) => ({ programme: 'live', ...days }) as ProgrammeDays);
  return (await daysWithoutPolicy(warehouse, of)).map(({ subject, count }) => [subject, count]);
}

test('the days of a policy’s month that it doesn’t cover, to the second; not those of other months', async () => {
  const ends = [
    ...[
      '2023-10-31 23:59:59',
      '2023-11-01 00:00:00',
      '2023-11-04 23:59:59',
      '2023-11-04 12:00:00',
      '2023-11-05 00:00:00',
    ],
    ...['2023-11-28 23:59:59', '2023-11-29 00:00:00', '2023-11-30 23:59:59', '2023-12-01 00:00:00'],
  ];
  const rows = ends.map((end, at): [string, string] => [`s${at}`, end]);
  expect(await found([NOVEMBER], sessions(...rows))).toEqual([
    ['2023-11-01', 1],
    ['2023-11-04', 2],
    ['2023-11-29', 1],
    ['2023-11-30', 1],
  ]);
});

test('the months between two policies too', async () => {
  const periods = [
    { from: '2024-02-01', to: '2024-02-29' },
    { from: '2023-11-01', to: '2023-11-30' },
  ];
  const rows: [string, string][] = [
    ['a', '2023-10-31 12:00:00'],
    ['b', '2023-12-15 12:00:00'],
    ['c', '2024-01-31 12:00:00'],
    ['d', '2024-03-01 12:00:00'],
  ];
  expect(await found(periods, sessions(...rows))).toEqual([
    ['2023-12-15', 1],
    ['2024-01-31', 1],
  ]);
});

test('whole months side by side, and no policy at all, leave no day', async () => {
  const periods = [
    { from: '2023-11-01', to: '2023-11-30' },
    { from: '2023-12-01', to: '2023-12-31' },
  ];
  expect(await found(periods, sessions(['a', '2023-11-30 12:00:00'], ['b', '2023-12-01 12:00:00']))).toEqual([]);
  expect(await found([], sessions(['a', '2023-11-30 12:00:00']))).toEqual([]);
});

test('a session that a later file moved counts where it stands; one of a file that was replaced nowhere', async () => {
  const first = sessions(['a', '2023-11-02 12:00:00'], ['b', '2023-11-03 12:00:00']);
  expect(await found([NOVEMBER], first, sessions(['a', '2023-11-29 12:00:00'], ['b', '2023-11-10 12:00:00']))).toEqual([
    ['2023-11-29', 1],
  ]);
  expect(await found([NOVEMBER], { ...first, replaced: true })).toEqual([]);
});

test('what it says', async () => {
  const { warehouse } = await warehouseOf(sessions(['a', '2023-11-02 12:00:00']));
  expect(await daysWithoutPolicy(warehouse, [{ programme: 'live', ...NOVEMBER }])).toEqual([
    {
      ...{ code: 'day_without_policy', severity: 'attention', file: '', subject: '2023-11-02', count: 1, value: '' },
      message:
        "1 session ended on 2023-11-02, a day that no policy of the folder covers: nobody is paid for that day. Correct a policy's period, or add the policy of that day.",
    },
  ]);
});

test('each programme is judged by its own policies, and named where the folder has several', async () => {
  const live = { programme: 'live', ...NOVEMBER };
  const whole = { programme: 'mall', from: '2023-11-01', to: '2023-11-30' };
  const part = { ...whole, to: '2023-11-27' };
  const december = { programme: 'mall', from: '2023-12-01', to: '2023-12-31' };
  const ended = sessions(['a', '2023-11-02 12:00:00'], ['b', '2023-11-29 12:00:00'], ['c', '2023-12-05 12:00:00']);
  expect(await found([live, whole, december], ended)).toEqual([
    ['2023-11-02', 1],
    ['2023-11-29', 1],
  ]);
  expect(await found([{ ...live, from: '2023-11-01', to: '2023-11-30' }, december], ended)).toEqual([]);
  const { warehouse } = await warehouseOf(ended);
  const messages = (await daysWithoutPolicy(warehouse, [live, part])).map(({ message }) => message);
  expect(messages[0]).toContain(
    'that no policy of live in the folder covers: nobody is paid for that day by that programme.',
  );
  expect(messages[1]).toContain(
    'of live and mall in the folder covers: nobody is paid for that day by those programmes.',
  );
});
