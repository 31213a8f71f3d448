import { describe, expect, test } from 'vitest';
import { overdueExports } from '../../src/place/overdue-export.js';
import { warehouseOf } from './memory.js';

/** How long after the last new export of a kind the next is overdue, in Beijing's days. */

const SESSIONS = { at: '2023-11-05 23:59:59', kind: 'sessions' };

describe.each([
  ['daily', '2023-11-06', '2023-11-07', 2],
  ['weekly', '2023-11-12', '2023-11-13', 8],
  ['monthly', '2023-12-06', '2023-12-07', 32],
] as const)('%s', (pace, last, first, days) => {
  test(`not on the night of ${last}, but on that of ${first}`, async () => {
    const { warehouse } = await warehouseOf(SESSIONS);
    expect(await overdueExports(warehouse, { sessions: pace }, last)).toEqual([]);
    expect(await overdueExports(warehouse, { sessions: pace }, first)).toEqual([
      {
        ...{ code: 'overdue_export', severity: 'attention', file: '', subject: 'sessions', count: days, value: '' },
        message: expect.stringContaining(
          `no new export of sessions for ${days} days: the last came on 2023-11-05, and settle.yaml expects one ${pace}`,
        ),
      },
    ]);
  });
});

test('each kind for itself; what isn’t expected is never overdue', async () => {
  const { warehouse } = await warehouseOf(
    SESSIONS,
    { at: '2023-11-08 01:00:00', kind: 'anchors' },
    { ...SESSIONS, kind: 'scarcity' },
  );
  const found = await overdueExports(warehouse, { anchors: 'daily', sessions: 'daily' }, '2023-11-09');
  expect(found.map(({ subject, count }) => [subject, count])).toEqual([['sessions', 4]]);
  expect(await overdueExports(warehouse, {}, '2024-11-09')).toEqual([]);
});

test('a file that was replaced since came all the same, and the last one counts', async () => {
  const { warehouse } = await warehouseOf(
    { ...SESSIONS, replaced: true },
    { at: '2023-11-08 01:00:00', kind: 'sessions' },
  );
  expect(await overdueExports(warehouse, { sessions: 'daily' }, '2023-11-09')).toEqual([]);
  expect(await overdueExports(warehouse, { sessions: 'daily' }, '2023-11-10')).toMatchObject([{ count: 2 }]);
});

test('a file that was read again is not new', async () => {
  const same = { ...SESSIONS, sha256: 'same' };
  const { warehouse } = await warehouseOf({ ...same, replaced: true }, { ...same, at: '2023-11-09 01:00:00' });
  expect(await overdueExports(warehouse, { sessions: 'daily' }, '2023-11-09')).toMatchObject([{ count: 4 }]);
});

test('a kind that never came counts from the first load of all; without any load nothing can be overdue', async () => {
  const { warehouse } = await warehouseOf(SESSIONS, { at: '2023-11-09 01:00:00', kind: 'sessions' });
  expect(await overdueExports(warehouse, { penalties: 'weekly' }, '2023-11-12')).toEqual([]);
  expect(await overdueExports(warehouse, { penalties: 'weekly' }, '2023-11-13')).toMatchObject([
    {
      subject: 'penalties',
      count: 8,
      message: expect.stringContaining('none has come since 2023-11-05, the first load'),
    },
  ]);
  const { warehouse: empty } = await warehouseOf();
  expect(await overdueExports(empty, { sessions: 'daily' }, '2023-11-13')).toEqual([]);
});

test('a night of the past, whose files were loaded after it', async () => {
  const { warehouse } = await warehouseOf(SESSIONS);
  expect(await overdueExports(warehouse, { sessions: 'daily' }, '2022-01-01')).toEqual([]);
});
