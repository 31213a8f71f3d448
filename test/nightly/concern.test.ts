import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { NightlyPeriod } from '../../src/night/night.js';
import { DEEP, variations } from '../support/deep.js';
import { type SessionRow, sessionLine, sessionsCsv } from '../support/exports.js';
import { NightPlace, policyOf } from '../support/night-place.js';
import { write } from '../support/workspace.js';

// @module-tag deep

/**
 * Which periods a night settles. October and November are over and were settled with what is known; December is
 * settled for the date. Each case says what is new, and which of the first two it touches, and by what.
 */

const NIGHT = '2023-12-10';

const anchors = (rows: string[]): string =>
  `${['anchor_id,nickname,agency_id,account_kind,first_live_on,compliance_code', ...rows].join('\n')}\n`;
const A1 = 'a1,小鱼,g1,content,2023-03-01,green';
const A2 = 'a2,老周,g1,content,2023-03-01,green';
const A3 = 'a3,老郑,,content,2023-03-01,green';
const penalties = (...rows: string[]): string =>
  `${['penalty_id,anchor_id,agency_id,session_id,kind,penalized_at,status', ...rows].join('\n')}\n`;
const scarcity = (...rows: string[]): string => `${['track,effective_from,scarcity_index', ...rows].join('\n')}\n`;
/** A session that takes its index from the table. */
const unpriced = (row: SessionRow): string => sessionLine(row).replace(',1.000', ',');
const sessions = (...lines: string[]): string => `${sessionsCsv()}${lines.map((line) => `${line}\n`).join('')}`;

const OCTOBER = { id: 'oct', anchor: 'a1', day: '2023-10-05' };
const NOVEMBER = { id: 'nov', anchor: 'a1', day: '2023-11-05' };
const TEA = [unpriced({ id: 'tea-10', day: '2023-10-20' }), unpriced({ id: 'tea-11', day: '2023-11-20' })];

/** a1 has sessions in October and November, a2 in November, a3 in December, a9 is nobody's. */
const BASE: Record<string, string> = {
  'anchors.csv': anchors([A1, A2, A3]),
  'penalties.csv': penalties(
    'p1,a2,,,vulgar,2023-11-08 12:00:00,upheld',
    'p2,,g1,oct,agency_clustering,2023-12-01 12:00:00,',
  ),
  'scarcity.csv': scarcity('文化,2023-10-01,1.1', '文化,2023-11-01,1.2', 'tea,2023-10-01,1'),
  'sessions-10.csv': sessionsCsv(OCTOBER),
  'sessions-11.csv': sessionsCsv(NOVEMBER, { id: 'nov-2', anchor: 'a2', day: '2023-11-06' }),
  'sessions-11-bad.csv': sessionsCsv(
    { id: 'bad', day: '2023-11-07', dwell: 'x' },
    { id: 'lost', anchor: 'a9', day: '2023-10-08' },
  ),
  'sessions-12.csv': sessionsCsv({ id: 'dec', anchor: 'a3', day: '2023-12-02' }),
  'sessions-tea.csv': sessions(...TEA),
};

let base: NightPlace;
beforeAll(async () => {
  base = new NightPlace().put(BASE);
  expect((await base.nightly('2023-12-09')).exit).toBe(4);
});
afterAll(() => base.remove());

function again(): NightPlace {
  const place = new NightPlace(base);
  onTestFinished(() => place.remove());
  return place;
}

const touches = (periods: readonly Pick<NightlyPeriod, 'policy' | 'why' | 'touched'>[]) =>
  Object.fromEntries(
    periods
      .filter(({ why }) => why !== 'date')
      .map(({ policy, why, touched }) => [
        policy.slice(-2),
        why === 'data' ? touched.map(({ what, rows }) => `${rows} ${what}`).join(', ') : why,
      ]),
  );

async function touchedBy(exports: Record<string, string>): Promise<Record<string, unknown>> {
  const found = Object.entries(await again().put(exports).concerns(NIGHT));
  expect(found.at(-1)).toEqual(['content-live-2023-12', { because: 'date' }]);
  return touches(
    found.flatMap(([policy, why]) =>
      why === undefined ? [] : { policy, why: why.because, touched: why.because === 'data' ? why.touched : [] },
    ),
  );
}

type Case = [what: string, exports: Record<string, string>, touched: Record<string, string>];

describe('sessions, by their end', () => {
  variations<Case>(
    [
      ['nothing new', {}, {}],
      ['one of December', { 'sessions-n.csv': sessionsCsv({ id: 'n', day: '2023-12-09' }) }, {}],
      ['one after the night', { 'sessions-n.csv': sessionsCsv({ id: 'n', day: '2023-12-11' }) }, {}],
      [
        'a late one of November',
        { 'sessions-n.csv': sessionsCsv({ id: 'n', day: '2023-11-30' }) },
        { 11: '1 session' },
      ],
      [
        'of both months',
        { 'sessions-n.csv': sessionsCsv({ id: 'n', day: '2023-11-01' }, { id: 'm', day: '2023-10-31' }) },
        { 10: '1 session', 11: '1 session' },
      ],
      ['before all policies', { 'sessions-n.csv': sessionsCsv({ id: 'n', day: '2023-09-30' }) }, {}],
      ['a corrected one', { 'sessions-n.csv': sessionsCsv({ ...NOVEMBER, dwell: '9.00' }) }, { 11: '1 session' }],
      [
        'one that moves to November',
        { 'sessions-n.csv': sessionsCsv({ ...OCTOBER, day: '2023-11-09' }) },
        { 10: '1 penalty, 1 session', 11: '1 penalty, 1 session' },
      ],
      [
        'one that moves to December',
        { 'sessions-n.csv': sessionsCsv({ ...NOVEMBER, day: '2023-12-09' }) },
        { 11: '1 session' },
      ],
      ['a file replaced that lacks one', { 'sessions-11.csv': sessionsCsv(NOVEMBER) }, { 11: '1 session' }],
      ['the same row in a new file', { 'sessions-n.csv': sessionsCsv(NOVEMBER, OCTOBER) }, {}],
      [
        'the same rows in another order',
        { 'sessions-11.csv': sessionsCsv({ id: 'nov-2', anchor: 'a2', day: '2023-11-06' }, NOVEMBER) },
        {},
      ],
    ],
    0,
    1,
  )('%s', async (_, exports, touched) => expect(await touchedBy(exports)).toEqual(touched));

  test('a correction is withdrawn with its file', DEEP, async () => {
    const place = again().put({ 'sessions-n.csv': sessionsCsv({ ...NOVEMBER, dwell: '9.00' }) });
    await place.nightly(NIGHT);
    const { periods } = await place.put({ 'sessions-n.csv': sessionsCsv() }).nightly(NIGHT);
    expect(touches(periods)).toEqual({ 11: '1 session' });
  });
});

describe('rows with faults', () => {
  const bad = (...rows: SessionRow[]) => ({ 'sessions-11-bad.csv': sessionsCsv(...rows) });
  const lost = { id: 'lost', anchor: 'a9', day: '2023-10-08' };
  variations<Case>([
    ['mended', bad({ id: 'bad', day: '2023-11-07' }, lost), { 11: '1 faulty row, 1 session' }],
    ['gone', bad(lost), { 11: '1 faulty row' }],
    ['as they stood', bad({ id: 'bad', day: '2023-11-07', dwell: 'x' }, lost, { id: 'n', day: '2023-12-01' }), {}],
    ['new', { 'sessions-n.csv': sessionsCsv({ id: 'n', day: '2023-10-07', dwell: 'x' }) }, { 10: '1 faulty row' }],
    ['without an end that can be read', { 'sessions-n.csv': sessions('n,a1') }, {}],
    ['of anchors whom nobody knew', { 'anchors-n.csv': anchors(['a8,x,,content,never,green']) }, {}],
  ])('%s', async (_, exports, touched) => expect(await touchedBy(exports)).toEqual(touched));
});

describe('anchors, where they have sessions', () => {
  variations<Case>([
    ['exported again', { 'anchors-n.csv': anchors([A3, A2, A1]) }, {}],
    [
      'red, in two months',
      { 'anchors-n.csv': anchors([A1.replace('green', 'red')]) },
      { 10: '1 anchor', 11: '1 anchor' },
    ],
    ['red, in one', { 'anchors-n.csv': anchors([A2.replace('green', 'red'), A1]) }, { 11: '1 anchor' }],
    ['red, in December alone', { 'anchors-n.csv': anchors([A3.replace('green', 'red')]) }, {}],
    ['of another name', { 'anchors-n.csv': anchors([A2.replace('老周', '小周')]) }, { 11: '1 anchor' }],
    ['known at last', { 'anchors-n.csv': anchors(['a9,x,,content,2023-03-01,']) }, { 10: '1 anchor' }],
    ['gone', { 'anchors.csv': anchors([A1, A3]) }, { 11: '1 anchor' }],
    ['whose new row is unsound', { 'anchors.csv': anchors([A1, A2.replace('green', '紫码'), A3]) }, { 11: '1 anchor' }],
    ['new, without sessions', { 'anchors-n.csv': anchors(['a7,x,g1,content,2023-03-01,']) }, {}],
  ])('%s', async (_, exports, touched) => expect(await touchedBy(exports)).toEqual(touched));
});

describe('penalties, by session and date', () => {
  const penalty = (row: string) => ({ 'penalties-n.csv': penalties(row) });
  variations<Case>([
    ['exported again', { 'penalties-n.csv': BASE['penalties.csv'] as string }, {}],
    ['revoked', penalty('p1,a2,,,vulgar,2023-11-08 12:00:00,revoked'), { 11: '1 penalty' }],
    ['gone', { 'penalties.csv': penalties('p2,,g1,oct,agency_clustering,2023-12-01 12:00:00,') }, { 11: '1 penalty' }],
    ['in October', penalty('n,a1,,,vulgar,2023-10-31 23:59:59,'), { 10: '1 penalty' }],
    ['on the first of November', penalty('n,a1,,,fake_trade,2023-11-01 00:00:00,'), { 11: '1 penalty' }],
    [
      'before both, and beyond what any rule counts',
      penalty('n,a1,,,fake_trade,2023-10-01 00:00:00,'),
      { 10: '1 penalty' },
    ],
    [
      'in September, as long before the end of October as a rule counts',
      penalty('n,a1,,,fake_trade,2023-09-30 00:00:00,'),
      {},
    ],
    ['after both', penalty('n,a1,,,vulgar,2023-12-01 00:00:00,'), {}],
    ['after both, of a session of November', penalty('n,a1,,nov,idle,2023-12-05 00:00:00,'), { 11: '1 penalty' }],
    [
      'of another session than it was',
      penalty('p2,,g1,nov,agency_clustering,2023-12-01 12:00:00,'),
      { 10: '1 penalty', 11: '1 penalty' },
    ],
  ])('%s', async (_, exports, touched) => expect(await touchedBy(exports)).toEqual(touched));

  test(
    'of an agency, on a session whose anchor leaves it: where it was imposed, and where the anchor is paid',
    DEEP,
    async () => {
      const place = again().put({ 'penalties-n.csv': penalties('n,,g1,dec,agency_clustering,2023-11-03 12:00:00,') });
      await place.nightly(NIGHT);
      const { periods } = await place.put({ 'anchors-n.csv': anchors([A3.replace(',,', ',g1,')]) }).nightly(NIGHT);
      expect(touches(periods)).toEqual({ 11: '1 penalty' });
    },
  );

  test('on a session of December that turns out to be another’s: where it was imposed', DEEP, async () => {
    const place = again().put({ 'penalties-n.csv': penalties('n,a1,,dec,vulgar,2023-11-03 12:00:00,') });
    await place.nightly(NIGHT);
    const { periods } = await place
      .put({ 'sessions-12.csv': sessionsCsv({ id: 'dec', anchor: 'a1', day: '2023-12-02' }) })
      .nightly(NIGHT);
    expect(touches(periods)).toEqual({ 11: '1 penalty' });
  });
});

describe('scarcity, where sessions take the index from the table', () => {
  const table = (row: string) => ({ 'scarcity-n.csv': scarcity(row) });
  variations<Case>([
    ['exported again', table('文化,2023-11-01,1.200'), {}],
    ['of October, until November’s row', table('文化,2023-10-01,1.3'), { 10: '1 scarcity index' }],
    ['of November', table('文化,2023-11-01,1.3'), { 11: '1 scarcity index' }],
    ['new, on the day of the session', table('文化,2023-11-20,1.3'), { 11: '1 scarcity index' }],
    ['new, a day later', table('文化,2023-11-21,1.3'), {}],
    ['of another track', table('tea,2023-10-01,2'), {}],
    ['gone', { 'scarcity.csv': scarcity('文化,2023-10-01,1.1', 'tea,2023-10-01,1') }, { 11: '1 scarcity index' }],
  ])('%s', async (_, exports, touched) => expect(await touchedBy(exports)).toEqual(touched));
});

describe('what no night has seen to', () => {
  test('what was loaded by hand, in several loads', DEEP, async () => {
    const place = again();
    await place.put({ 'sessions-n.csv': sessionsCsv({ id: 'n', day: '2023-11-30' }) }).load();
    await place.put({ 'sessions-m.csv': sessionsCsv({ id: 'm', day: '2023-10-30' }) }).load();
    const { periods, loaded } = await place.nightly(NIGHT);
    expect(loaded).toEqual([]);
    expect(touches(periods)).toEqual({ 10: '1 session', 11: '1 session' });
    expect(touches((await place.nightly(NIGHT)).periods)).toEqual({});
  });

  test('a month whose policy came late', DEEP, async () => {
    const place = again();
    write(place.policies, { 'policy-2023-09.yaml': policyOf('2023-09') });
    expect(touches((await place.nightly(NIGHT)).periods)).toEqual({});
    place.put({ 'sessions-9.csv': sessionsCsv({ id: 'n', day: '2023-09-30' }) });
    expect(touches((await place.nightly(NIGHT)).periods)).toEqual({ '09': 'unsettled' });
    expect(touches((await place.nightly(NIGHT)).periods)).toEqual({});
  });

  test('a month whose last nights were missed, and one whose policy was changed', async () => {
    const place = again();
    for (const run of place.published('content-live-2023-10'))
      rmSync(join(place.out, 'content-live-2023-10', run), { recursive: true });
    await place.run('policy-2023-10.yaml', { asOf: '2023-10-30' });
    write(place.policies, { 'policy-2023-11.yaml': `${policyOf('2023-11')}# changed\n` });
    expect(touches((await place.nightly(NIGHT)).periods)).toEqual({ 10: 'unsettled', 11: 'unsettled' });
    expect(touches((await place.nightly(NIGHT)).periods)).toEqual({});
  });

  test('a month whose notices the settings lower since', DEEP, async () => {
    const place = again();
    const lowered = [{ code: 'kind_unknown', severity: 'info', reason: 'x' }] as const;
    expect(touches((await place.nightly(NIGHT, { lowered })).periods)).toEqual({ 10: 'unsettled', 11: 'unsettled' });
    expect(touches((await place.nightly(NIGHT, { lowered })).periods)).toEqual({});
    const other = [{ ...lowered[0], reason: 'another' }];
    expect(touches((await place.nightly(NIGHT, { lowered: other })).periods)).toEqual({});
  });

  test('a month that was settled by hand with what was known earlier', DEEP, async () => {
    const place = again().put({ 'sessions-n.csv': sessionsCsv({ id: 'n', day: '2023-11-30' }) });
    await place.load();
    await place.run('policy-2023-11.yaml', { knownAt: '1' });
    expect(touches((await place.nightly(NIGHT)).periods)).toEqual({ 11: '1 session' });
    await place.run('policy-2023-11.yaml', { knownAt: '1' });
    expect(touches((await place.nightly(NIGHT)).periods)).toEqual({});
  });
});

describe('a closed period', () => {
  /** October, closed by the run that stands. */
  async function closed(): Promise<NightPlace> {
    const place = again().put({ 'sessions-11-bad.csv': sessionsCsv() });
    await place.nightly('2023-12-09');
    await place.seal('content-live-2023-10', '2023-10-31');
    return place;
  }

  test('is left alone where nothing new touches it; where the night lies in it, that is told', async () => {
    const place = await closed();
    expect(touches((await place.nightly(NIGHT)).periods)).toEqual({});
    const before = place.published('content-live-2023-10');
    const { exit, periods } = await place.nightly('2023-10-20');
    expect(exit).toBe(0);
    expect(periods).toMatchObject([
      { policy: 'content-live-2023-10', why: null, run_id: null, closed: { close_no: 1, closed_by: 'Wang Li' } },
    ]);
    expect(place.published('content-live-2023-10')).toEqual(before);
  });

  test('is settled anew to its end where new data touches it, whatever the night; the closed run stays', async () => {
    const place = await closed();
    const [before] = place.published('content-live-2023-10');
    const late = { 'sessions-n.csv': sessionsCsv({ id: 'n', day: '2023-10-30' }) };
    const { periods } = await place.put(late).nightly('2023-10-20');
    expect(periods).toMatchObject([{ why: 'data', as_of: '2023-10-31', closed: { close_no: 1 } }]);
    expect(place.published('content-live-2023-10')).toContain(before);
    expect(periods[0]?.run_id).not.toBe(before);
    const all = place.published('content-live-2023-10');
    await place.nightly(NIGHT);
    expect(place.published('content-live-2023-10')).toEqual(all);
  });

  test('is not settled anew for a nickname, nor for a run from before it was closed', DEEP, async () => {
    const place = await closed();
    const { periods } = await place.put({ 'anchors-n.csv': anchors([A1.replace('小鱼', '大鱼')]) }).nightly(NIGHT);
    expect(touches(periods)).toEqual({ 11: '1 anchor' });
  });

  test('is not settled anew for an agency that its anchor joins, which it was not paid through', DEEP, async () => {
    const place = await closed();
    const { periods } = await place.put({ 'anchors-n.csv': anchors([A1.replace('g1', 'g2')]) }).nightly(NIGHT);
    expect(touches(periods)).toEqual({ 11: '1 anchor' });
  });
});
