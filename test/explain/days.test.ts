import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/workspace.js';
import { type Answer, Place, type Row, sessions, testOf } from './place.js';

/** A date: its valid duration and its cap, with their margins. */

const DURATIONS = [
  ['1799', false, '1 s short of 30 minutes', '1 more second'],
  ['1800', true, 'exactly 30 minutes', null],
  ['1801', true, '1 s above 30 minutes', null],
  ['1200', false, '10 min short of 30 minutes', '10 min more'],
] as const;

const LEVEL_3 = 'a valid session of level 3 on that date';
const CAPS = [
  ['2', '37240.00', false, '212.40 CNY above the level-2 cap', LEVEL_3],
  ['2', '16001.00', false, '0.01 CNY above the level-2 cap', LEVEL_3],
  ['2', '16000.00', true, 'exactly the level-2 cap', null],
  ['1', '15999.00', true, '0.01 CNY below the level-2 cap', null],
  ['3', '320001.00', false, '0.01 CNY above the level-3 cap', 'a valid session of level 4 on that date'],
  ['4', '99999999.00', true, 'level 4 has no cap', null],
] as const;

/** A date for each. */
const on = (number: number): string => `2023-11-${String(number).padStart(2, '0')}`;

const ROWS: Row[] = [
  ...DURATIONS.map(([effective], at) => ({ id: `d${at}`, day: on(1 + at), effective })),
  ...CAPS.map(([level, dwell], at) => ({ id: `c${at}`, day: on(11 + at), level, dwell })),
  { id: 'e1', day: on(21), settleable: 'N', optedOut: 'Y' },
  { id: 'e2', day: on(21), settleable: 'N' },
  { id: 'f1', day: on(22), settleable: 'N', optedOut: 'Y' },
  { id: 'g1', day: on(23), dwell: '333.33', price: '0.012345', index: '1.250' },
  { id: 'g2', day: on(23), optedOut: 'Y' },
  { id: 'h1', day: on(24), dwell: '17000.00' },
  { id: 'h2', day: on(24), level: '4', settleable: 'N' },
];

let folder: string;
let place: Place;
let all: Answer;

beforeAll(async () => {
  folder = temporaryFolder();
  place = new Place(folder);
  await place.settle({ 'sessions.csv': sessions(...ROWS) });
  all = (await place.explain()).answer;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function day(number: number): Answer['days'][number] {
  const found = all.days.find(({ date }) => date === on(number));
  if (found === undefined) throw new Error(`no day ${number}`);
  return found;
}

describe('C5: a valid day', () => {
  test.each(DURATIONS.map((row, at) => [1 + at, ...row] as const))(
    '%s November, %s effective seconds: %s',
    (number, effective, holds, margin, change) => {
      const found = { clause: 'C5', value: effective, threshold: '1800', holds, margin, change };
      expect(testOf(day(number).tests, 'valid_seconds')).toMatchObject(found);
      expect(day(number).valid_day).toBe(holds);
    },
  );

  test('without a valid session, one that a single fact would turn is named', () => {
    expect(testOf(day(21).tests, 'valid_seconds')).toMatchObject({
      holds: false,
      margin: 'no valid session',
      change: 'session e2: settleable = Y',
    });
  });

  test('where none is, any valid session is', () => {
    expect(testOf(day(22).tests, 'valid_seconds').change).toBe('a valid session on that date');
  });

  test('a session whose index does not count leaves the bonus without the day', () => {
    expect(day(23).valid_day).toBe(true);
    expect(testOf(day(23).counts, 'attendance_seconds')).toMatchObject({
      value: '0',
      holds: false,
      change: '30 min more of sessions that count for it',
    });
  });
});

describe('C8: the cap', () => {
  test.each(CAPS.map((row, at) => [11 + at, ...row] as const))(
    '%s November, level %s, %s minutes: %s %s',
    (number, _level, _dwell, holds, margin, change) => {
      expect(testOf(day(number).tests, 'daily_cap')).toMatchObject({ clause: 'C8', holds, margin, change });
    },
  );

  test('follows the highest level of the valid sessions alone', () => {
    const figures = { top_level: 2, cap: '160.00', gross: '170.00', withheld: '10.00', watch_time: '160.00' };
    expect(day(24)).toMatchObject(figures);
  });
});

test('each session of a date stands with its amount, or with what is against it', async () => {
  const { page, answer } = await place.explain({ date: on(23) });
  expect(answer.days.map(({ date }) => date)).toEqual([on(23)]);
  expect(answer.sessions.map(({ session_id }) => session_id)).toEqual(['g1', 'g2']);
  const line = ROWS.findIndex(({ id }) => id === 'g1') + 2;
  expect(page).toContain(`g1  2023-11-23 20:00:00 – 21:00:00  1 h  level 2  sessions.csv:${line}`);
  expect(page).toContain('333.33 × 0.012345 × 1.250 = 5.1436985625 → 5.14 CNY');
  expect(page).toContain('not valid: opted_out\n    → To change it: opted_out = N');
});

test('the page of a capped date says by how much', async () => {
  const { page } = await place.explain({ date: on(11) });
  expect(page).toContain('212.40 CNY above the level-2 cap');
  expect(page).toContain(`→ To change it: C8 daily cap: ${LEVEL_3}`);
});
