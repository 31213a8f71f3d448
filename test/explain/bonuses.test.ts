import { describe, expect, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { type Answer, anchors, daily, Place, type Row, sessions, testOf } from './place.js';

// @module-tag deep

/** What is met of a tier and what is missing, the share, the person, and while the month runs the pace. */

/** Tiers of few days, so that a test needs few rows. */
const TIERS: [string, string][] = [
  ['valid_days: 20, valid_minutes: 2400, amount: "1000.00"', 'valid_days: 3, valid_minutes: 150, amount: "1000.00"'],
  ['valid_days: 26, valid_minutes: 3900, amount: "3000.00"', 'valid_days: 5, valid_minutes: 300, amount: "3000.00"'],
  ['valid_days: 10, valid_minutes: 1200, amount: "500.00"', 'valid_days: 2, valid_minutes: 60, amount: "500.00"'],
  ['valid_days: 20, valid_minutes: 2400, amount: "1500.00"', 'valid_days: 4, valid_minutes: 300, amount: "1500.00"'],
];

async function month(rows: Row[], more: { anchors?: string; asOf?: string; lang?: string } = {}) {
  const place = new Place();
  const exports = {
    'sessions.csv': sessions(...rows),
    ...(more.anchors === undefined ? {} : { 'anchors.csv': more.anchors }),
  };
  await place.settle(exports, { policy: TIERS, ...(more.asOf === undefined ? {} : { asOf: more.asOf }) });
  const explained = await place.explain({ lang: more.lang });
  const [attendance, newcomer] = explained.answer.bonuses as [Answer['bonuses'][number], Answer['bonuses'][number]];
  return { place, attendance, newcomer, ...explained };
}

const level3 = (rows: Row[]): Row[] => rows.map((row) => ({ level: '3', ...row }));

describe('C11: tiers', () => {
  variations([
    [2, '1 valid day and 30 min short of the 1,000.00 tier', '1 more valid day with 30 min in total', false],
    [3, 'reaches the 1,000.00 tier', null, true],
  ])('%s days of an hour', async (count, margin, change, reached) => {
    const { attendance } = await month(level3(daily(count)));
    expect(attendance.tiers[0]).toMatchObject({ amount: '1000.00', margin, change, reached });
    expect(attendance.amount).toBe(reached ? '1000.00' : '0.00');
  });

  test('days alone are short, or the time alone', DEEP, async () => {
    const long = level3(daily(2, { from: '18:00:00' }));
    expect((await month(long)).attendance.tiers[0]).toMatchObject({
      margin: '1 valid day short of the 1,000.00 tier',
      change: '1 more valid day',
    });
    const short = level3(daily(3, { to: '20:40:00' }));
    expect((await month(short)).attendance.tiers[0]).toMatchObject({
      margin: '30 min short of the 1,000.00 tier',
      change: '30 min more',
    });
  });

  test('each threshold of a tier has its own margin', DEEP, async () => {
    const { attendance } = await month(level3(daily(4)));
    const [first, second] = attendance.tiers;
    expect(testOf(first?.tests ?? [], 'tier_valid_days')).toMatchObject({
      value: '4',
      threshold: '3',
      margin: '1 valid day over the 1,000.00 tier',
    });
    expect(testOf(second?.tests ?? [], 'tier_valid_seconds')).toMatchObject({
      value: '14400',
      threshold: '18000',
      holds: false,
      margin: '1 h short of the 3,000.00 tier',
      change: '1 h more',
    });
  });

  test('sessions of another index are left out, and the count says so', DEEP, async () => {
    const { attendance } = await month([...level3(daily(3)), { id: 'x', day: '2023-11-20', index: '1.250' }]);
    expect(attendance).toMatchObject({ days: 3, counted: '3 of 4 valid sessions with index = 1.000' });
  });
});

describe('C11: the low-level share', () => {
  variations(
    [
      [1, 4, true, '20 % of 5 sessions is 1; 1 more low session would forfeit the bonus', null],
      [
        2,
        4,
        false,
        '20 % of 6 sessions is 1.2',
        '1 low session at level 3 or above, or 4 more sessions that are not low',
      ],
      [0, 5, true, '20 % of 5 sessions is 1; 2 more low sessions would forfeit the bonus', null],
    ],
    0,
    1,
  )('%s low of %s others', async (low, others, holds, margin, change) => {
    const rows = daily(low + others).map((row, at) => ({ ...row, level: at < low ? '2' : '3' }));
    const { attendance, answer } = await month(rows);
    expect(attendance.share).toMatchObject({ clause: 'C11', threshold: 'at most 20 %', holds, margin, change });
    expect(answer.reasons.map(({ reason }) => reason)).toEqual(holds ? [] : ['low_level_share']);
    if (!holds) expect(answer).toMatchObject({ forfeited: '3000.00', change });
  });

  test('what would change it does', DEEP, async () => {
    const rows = daily(6).map((row, at) => ({ ...row, level: at < 2 ? '2' : '3' }));
    const raised = rows.map((row, at) => ({ ...row, level: at < 1 ? '2' : '3' }));
    expect((await month(raised)).attendance.share?.holds).toBe(true);
    const others = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ id: `o${at}`, day: '2023-11-28', level: '3' }));
    expect((await month([...rows, ...others(3)])).attendance.share?.holds).toBe(false);
    expect((await month([...rows, ...others(4)])).attendance.share?.holds).toBe(true);
  });

  test('takes nothing where there is no bonus', DEEP, async () => {
    const { attendance } = await month(daily(1));
    expect(attendance.share).toMatchObject({
      value: '1 low of 1 session',
      holds: true,
      margin: 'no attendance bonus; if there were one, it would be forfeited: 20 % of 1 session is 0.2',
    });
  });
});

describe('C9, C10: newcomers', () => {
  const newcomer = (date: string, person = '') => anchors(`a1,小鱼,,content,2023-03-01,${date},${person},`);

  test('days outside the window count for nothing', async () => {
    const { newcomer: bonus, page } = await month(level3(daily(4)), { anchors: newcomer('2023-11-03') });
    expect(bonus).toMatchObject({ window: { from: '2023-11-03', to: '2023-12-03' }, days: 2, amount: '500.00' });
    expect(bonus.tiers[1]).toMatchObject({ margin: '2 valid days and 3 h short of the 1,500.00 tier' });
    expect(page).toContain('Window (C9): 2023-11-03 – 2023-12-03');
  });

  variations([
    ['', 'no newcomer_certified_on'],
    ['2023-10-31', 'certified on 2023-10-31, outside 2023-11-01 to 2023-11-30'],
    ['2023-12-01', 'certified on 2023-12-01, outside 2023-11-01 to 2023-11-30'],
  ])('certified %s: none', async (date, none) => {
    const { newcomer: bonus } = await month(level3(daily(1)), { anchors: newcomer(date) });
    const change = 'newcomer_certified_on from 2023-11-01 to 2023-11-30';
    expect(bonus).toMatchObject({ none, change, tiers: [], amount: '0.00' });
  });

  test('a person is paid once: who keeps it is named, and of what', async () => {
    const both = anchors(
      'a1,小鱼,,content,2023-03-01,2023-11-02,p1,',
      'a2,小鱼二,,content,2023-03-01,2023-11-01,p1,',
      'a3,小鱼三,,content,2023-03-01,2023-11-01,p1,red',
    );
    const rows = [...level3(daily(5)), ...level3(daily(4, { anchor: 'a2' })), ...level3(daily(4, { anchor: 'a3' }))];
    const { answer, page } = await month(rows, { anchors: both });
    expect(answer.accounts).toMatchObject([
      { anchor_id: 'a2', newcomer_bonus: '500.00', keeps: true },
      { anchor_id: 'a3', keeps: false },
      { anchor_id: 'a1', newcomer_bonus: '500.00', keeps: false },
    ]);
    expect(answer.reasons).toMatchObject([
      {
        reason: 'person_already_rewarded',
        clause: 'C10',
        takes: { newcomer_bonus: '500.00' },
        test: {
          value: 'a2, certified on 2023-11-01, keeps 500.00 CNY',
          change: 'no newcomer bonus of a2, or another person_id',
        },
      },
    ]);
    expect(page).toContain('a2  2023-11-01  500.00  keeps it');
  });
});

describe('the pace, while the month runs', () => {
  variations([
    ['2023-11-02', 0, '1 more valid day and 30 min in the 28 days from 2023-11-03 to 2023-11-30: 1 min 5 s a day'],
    ['2023-11-29', 1, 'out of reach: 3 more valid days needed, 1 day left'],
    ['2023-11-27', 1, '3 more valid days and 3 h in the 3 days from 2023-11-28 to 2023-11-30: 1 h a day'],
  ])('as of %s', async (asOf, tier, pace) => {
    const { attendance, page } = await month(level3(daily(2)), { asOf });
    expect(attendance.tiers[tier]?.pace).toBe(pace);
    expect(page.replace(/\s+/g, ' ')).toContain(`Pace, tier ${tier === 0 ? '1,000.00' : '3,000.00'}: ${pace}`);
  });

  test('days alone, or time alone', DEEP, async () => {
    const long = await month(level3(daily(2, { from: '16:00:00' })), { asOf: '2023-11-20' });
    expect(long.attendance.tiers[0]?.pace).toBe('1 more valid day in the 10 days from 2023-11-21 to 2023-11-30');
    const short = await month(level3(daily(3, { to: '20:40:00' })), { asOf: '2023-11-20' });
    expect(short.attendance.tiers[0]?.pace).toBe('30 min in the 10 days from 2023-11-21 to 2023-11-30: 3 min a day');
  });

  test('of a newcomer to the window’s last day', DEEP, async () => {
    const rows = anchors('a1,小鱼,,content,2023-03-01,2023-11-01,,');
    const { newcomer } = await month(level3(daily(1)), { anchors: rows, asOf: '2023-11-10' });
    expect(newcomer.tiers[0]?.pace).toBe('1 more valid day in the 20 days from 2023-11-11 to 2023-11-30');
  });

  test('there is none once it is over, nor for a tier that is reached', DEEP, async () => {
    expect((await month(level3(daily(2)))).attendance.tiers.map(({ pace }) => pace)).toEqual([null, null]);
    const { attendance, newcomer } = await month(level3(daily(3)), { asOf: '2023-11-10' });
    expect(attendance.tiers[0]?.pace).toBeNull();
    expect(newcomer.tiers).toEqual([]);
  });

  test('a certification that lies ahead has no window yet', DEEP, async () => {
    const rows = anchors('a1,小鱼,,content,2023-03-01,2023-11-20,,');
    const { newcomer } = await month(level3(daily(1)), { anchors: rows, asOf: '2023-11-10' });
    expect(newcomer.none).toBe('certified on 2023-11-20, after the evaluation date');
  });
});
