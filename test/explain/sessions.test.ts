import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/workspace.js';
import { A1, type Answer, anchors, Place, penalties, type Row, sessions, testOf } from './place.js';

/** Each test of a session, below, at and above its threshold, and what would change it. */

const DURATIONS = [
  ['20:29:48', false, '12 s short of 30 minutes', '12 more seconds'],
  ['20:29:59', false, '1 s short of 30 minutes', '1 more second'],
  ['20:30:00', true, 'exactly 30 minutes', null],
  ['20:30:01', true, '1 s above 30 minutes', null],
  ['20:08:00', false, '22 min short of 30 minutes', '22 min more'],
] as const;

const REPLAYS = [
  ['2023-12-05 20:59:59', false, '1 s too early'],
  ['2023-12-04 20:00:00', false, '1 d 1 h too early'],
  ['2023-12-05 21:00:00', true, 'exactly on time'],
  ['2023-12-05 21:00:01', true, '1 s later than required'],
] as const;

const ROWS: Row[] = [
  ...DURATIONS.map(([to]) => ({ id: `until-${to.replaceAll(':', '')}`, to })),
  ...REPLAYS.map(([deleted]) => ({ id: `deleted-${deleted.replace(/\D/g, '')}`, deleted })),
  { id: 'dated', day: '2023-11-20' },
  { id: 'not-settleable', settleable: 'N' },
  { id: 'suspended', suspended: 'Y' },
  { id: 'opted-out', optedOut: 'Y' },
  { id: 'three', to: '20:10:00', settleable: 'N', optedOut: 'Y' },
  { id: 'punished' },
  { id: 'twice' },
  { id: 'spared' },
  { id: 'outside', anchor: 'a2' },
  { id: 'exact', dwell: '333.33', price: '0.012345', index: '1.250' },
  { id: 'half-fen', dwell: '0.50' },
  { id: 'large', dwell: '9999999999999.99', price: '999999.999999', index: '9999.999' },
  { id: 'by-table', price: '', index: '', level: '3' },
  { id: 'by-old-table', index: '', track: '旅行' },
  { id: 'by-none', price: '', index: '', level: '9', track: '美食' },
];

const PENALTIES = penalties(
  'P123,a1,,punished,vulgar,2023-11-06 09:00:00,upheld',
  'P124,a1,,twice,vulgar,2023-11-06 09:00:00,upheld',
  'P125,a1,,twice,idle,2023-11-06 10:00:00,upheld',
  'P126,a1,,spared,vulgar,2023-11-06 09:00:00,revoked',
  'P127,a1,,spared,late,2023-11-06 10:00:00,upheld',
);

const SCARCITY = `track,effective_from,scarcity_index
文化,2023-10-20,1.100
文化,2023-11-01,1.200
文化,2023-11-06,9.000
旅行,2023-10-26,1.100
`;

let folder: string;
let place: Place;
let all: Answer;

beforeAll(async () => {
  folder = temporaryFolder();
  place = new Place(folder);
  const dated = 'min_minutes: { dated: [{ from: 2023-11-01, value: 30 }, { from: 2023-11-20, value: 90 }] }';
  const exports = {
    'anchors.csv': anchors(A1, 'a2,,,content,2023-01-31,,,'),
    'sessions.csv': sessions(...ROWS),
    'penalties.csv': PENALTIES,
    'scarcity.csv': SCARCITY,
  };
  await place.settle(exports, { policy: [['min_minutes: 30', dated]] });
  all = (await place.explain()).answer;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function session(id: string): Answer['sessions'][number] {
  const found = all.sessions.find(({ session_id }) => session_id === id);
  if (found === undefined) throw new Error(`no session ${id}`);
  return found;
}

describe('C3: start to end', () => {
  test.each(DURATIONS)('until %s: %s, %s', (to, holds, margin, change) => {
    const found = session(`until-${to.replaceAll(':', '')}`);
    expect(testOf(found.tests, 'duration_seconds')).toMatchObject({
      clause: 'C3',
      threshold: '1800',
      holds,
      margin,
      change,
    });
    expect(found).toMatchObject({ valid: holds, change, reasons: holds ? [] : ['too_short'] });
  });

  test('by the minutes in force on its own date', () => {
    expect(testOf(session('dated').tests, 'duration_seconds').margin).toBe('30 min short of 90 minutes');
  });
});

test.each([
  ['settleable', 'not-settleable', 'not_settleable', 'settleable = Y'],
  ['suspended', 'suspended', 'suspended', 'suspended = N'],
  ['opted_out', 'opted-out', 'opted_out', 'opted_out = N'],
])('C3: %s', (name, id, reason, change) => {
  expect(session(id)).toMatchObject({ valid: false, reasons: [reason], amount: '0.00', calculation: null, change });
  expect(testOf(session(id).tests, name)).toMatchObject({ holds: false, change });
});

describe('C3: the replay', () => {
  test.each(REPLAYS)('deleted at %s', (deleted, holds, margin) => {
    expect(testOf(session(`deleted-${deleted.replace(/\D/g, '')}`).tests, 'replay_deleted_at')).toEqual({
      clause: 'C3',
      test: 'replay_deleted_at',
      value: deleted,
      threshold: '2023-12-05 21:00:00',
      holds,
      margin,
      change: holds ? null : 'keep the replay until 2023-12-05 21:00:00 or later',
    });
  });

  test('never deleted', () => {
    const found = testOf(session('exact').tests, 'replay_deleted_at');
    expect(found).toMatchObject({ value: 'never', holds: true, margin: null });
  });
});

describe('C3, C14: penalties', () => {
  test('one that is upheld, by its id, kind, time and row', async () => {
    expect(session('punished')).toMatchObject({
      reasons: ['punished:vulgar'],
      change: 'revoke penalty P123',
      penalties: [{ penalty_id: 'P123', counts: true, source: { file: 'penalties.csv', line: 2 } }],
    });
    const { page } = await place.explain({ session: 'punished' });
    expect(page).toContain('P123  vulgar  2023-11-06 09:00:00  punished  penalties.csv:2  counts');
  });

  test('two, which both must go', () => {
    expect(session('twice').change).toBe('revoke all of the penalties P124, P125');
  });

  test('those that do not count say why', () => {
    expect(session('spared')).toMatchObject({
      valid: true,
      penalties: [
        { penalty_id: 'P126', counts: false, why: 'revoked' },
        { penalty_id: 'P127', counts: false, why: 'late does not make a session invalid' },
      ],
    });
  });
});

test('several reasons take all of their changes', async () => {
  const { change } = session('three');
  expect(change).toBe('all of these: 20 min more; settleable = Y; opted_out = N');
  expect((await place.explain({ session: 'three' })).page).toContain(change);
});

test('C1: of an anchor out of scope, by a day', async () => {
  const { answer, page } = await place.explain({ anchor: 'a2' });
  expect(answer.sessions[0]).toMatchObject({ reasons: ['out_of_scope'], change: 'an anchor that is in scope (C1)' });
  expect(testOf(answer.scope, 'first_live_on')).toMatchObject({
    holds: false,
    margin: '1 day before 2023-02-01',
    change: 'first_live_on = 2023-02-01 or later',
  });
  expect(answer).toMatchObject({ status: 'out_of_scope', total: '0.00', rules: [] });
  expect(page).toContain('→ To change it: first_live_on = 2023-02-01 or later');
});

describe('C6, C7: the amount', () => {
  test('dwell × price × index, exact, and rounded once', async () => {
    expect(session('exact').calculation).toEqual({
      rec_dwell_minutes: '333.33',
      unit_price: '0.012345',
      unit_price_from: 'from the export',
      scarcity_index: '1.250',
      scarcity_index_from: 'from the export',
      scarcity_source: null,
      product: '5.1436985625',
      amount: '5.14',
    });
    expect((await place.explain({ session: 'exact' })).page).toMatch(/= Exact product +5\.1436985625\n/);
  });

  test.each([
    ['half a fen goes up', 'half-fen', '0.005', '0.01'],
    ['figures beyond a double are exact', 'large', '99999989999899900010010.00009999999', '99999989999899900010010.00'],
  ])('%s', (_, id, product, amount) => {
    expect(session(id).calculation).toMatchObject({ product, amount });
  });

  test('price by the rate of the level, index by the table in force', () => {
    expect(session('by-table').calculation).toMatchObject({
      unit_price: '0.020000',
      unit_price_from: 'policy rate of level 3',
      scarcity_index: '1.200',
      scarcity_index_from: 'for 文化 since 2023-11-01, scarcity.csv:3',
      scarcity_source: { file: 'scarcity.csv', line: 3 },
    });
  });

  test('an index that was due for renewal says so', () => {
    const from = session('by-old-table').calculation?.scarcity_index_from;
    expect(from).toBe('for 旅行 since 2023-10-26, overdue for renewal, scarcity.csv:5');
  });

  test('without either the session is quarantined, and it says what is missing', async () => {
    const { answer, page } = await place.explain({ session: 'by-none' });
    expect(answer.sessions).toEqual([]);
    const index = 'scarcity_index in the export, or an index of 美食 in force on 2023-11-05';
    const change = `all of these: ${index}; unit_price in the export, or a rate of level 9 in the policy`;
    expect(answer.left_out).toMatchObject([{ code: 'no_scarcity_index', change }, { code: 'no_unit_price' }]);
    const line = ROWS.findIndex(({ id }) => id === 'by-none') + 2;
    expect(page).toContain(`sessions.csv:${line}  by-none  2023-11-05 21:00:00  no_scarcity_index`);
  });
});

test('what would change it does', async () => {
  const changed: Row[] = [
    { id: 's1', day: '2023-11-01', to: '20:30:00' }, // 12 more seconds than 20:29:48
    { id: 's2', day: '2023-11-02', settleable: 'Y' },
    { id: 's3', day: '2023-11-03', suspended: 'N' },
    { id: 's4', day: '2023-11-04', optedOut: 'N' },
    { id: 's5', day: '2023-11-05', deleted: '2023-12-05 21:00:00' },
    { id: 's6', day: '2023-11-06' },
  ];
  const other = new Place();
  await other.settle({
    'sessions.csv': sessions(...changed),
    'penalties.csv': penalties('P123,a1,,s6,vulgar,2023-11-06 09:00:00,revoked'),
  });
  const { answer } = await other.explain();
  expect(answer.sessions.map(({ valid }) => valid)).toEqual(changed.map(() => true));
});

describe('C10, C11: what it counts for', () => {
  test('an index other than 1', () => {
    const { counts } = session('exact');
    expect(testOf(counts, 'counts_for_attendance')).toMatchObject({
      value: '1.250',
      threshold: '= 1.000',
      holds: false,
      change: 'scarcity_index = 1.000',
    });
    expect(testOf(counts, 'counts_for_newcomer')).toMatchObject({ holds: false, margin: 'no newcomer window' });
  });

  test('an invalid session counts for no bonus, and for the share where it is long', () => {
    const { counts } = session('suspended');
    const invalid = { holds: false, margin: 'not a valid session' };
    expect(testOf(counts, 'counts_for_attendance')).toMatchObject(invalid);
    expect(testOf(counts, 'counts_for_share')).toMatchObject({ holds: true, margin: 'level 2 is low: up to 2' });
  });
});
