import { describe, expect, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { A1, anchors, daily, Place, penalties, sessions, testOf } from './place.js';

// @module-tag deep

/** What was forfeited, by which rule and penalty, and what would undo it. */

async function month(rows: string[], more: Record<string, string> = {}) {
  const place = new Place();
  await place.settle({
    'sessions.csv': sessions(...daily(2, { level: '3' })),
    'penalties.csv': penalties(...rows),
    ...more,
  });
  return place.explain();
}

const vulgar = (number: number, more = 'upheld') => `P${number},a1,,,vulgar,2023-11-0${number} 09:00:00,${more}`;

test('a rule that holds names each penalty that counted, its row, and what it takes', async () => {
  const { answer, page } = await month([vulgar(1), vulgar(2), vulgar(3), vulgar(4, 'revoked')]);
  expect(answer).toMatchObject({ status: 'disqualified', forfeited: '20.00', total: '0.00' });
  const [rule] = answer.reasons;
  expect(rule).toMatchObject({ reason: 'vulgar-3', clause: 'C12', takes: { watch_time: '20.00' } });
  expect(rule?.test).toMatchObject({ value: '3', threshold: '3', holds: false, margin: 'exactly enough' });
  expect(rule?.test.change).toBe('revoke any 1 of the penalties P1, P2, P3');
  expect(rule?.penalties).toMatchObject([
    { penalty_id: 'P1', counts: true, source: { file: 'penalties.csv', line: 2 } },
    { penalty_id: 'P2', counts: true },
    { penalty_id: 'P3', counts: true },
    { penalty_id: 'P4', counts: false, why: 'revoked' },
  ]);
  expect(page).toContain('C12 vulgar-3 applies: 3 penalties counted (vulgar, 2023-11-01 to 2023-11-30)');
  expect(page).toContain('P1  vulgar  2023-11-01 09:00:00  penalties.csv:2  counts');
});

variations([
  [2, true, '1 more penalty would make it apply', null],
  [3, false, 'exactly enough', 'revoke any 1 of the penalties P1, P2, P3'],
  [4, false, '1 penalty more than needed', 'revoke any 2 of the penalties P1, P2, P3, P4'],
])('of three, %s', async (count, holds, margin, change) => {
  const { answer } = await month(Array.from({ length: count }, (_, at) => vulgar(at + 1)));
  const rule = answer.rules.find(({ reason }) => reason === 'vulgar-3');
  expect(rule?.test).toMatchObject({ value: String(count), holds, margin, change });
});

test('what would change it does: one of three is revoked', DEEP, async () => {
  const { answer } = await month([vulgar(1), vulgar(2, 'revoked'), vulgar(3)]);
  expect(answer).toMatchObject({ status: 'payable', total: '20.00', reasons: [] });
});

test('a penalty a day too old says so', DEEP, async () => {
  const { answer } = await month(['P1,a1,,,fake_trade,2023-10-31 23:59:59,upheld']);
  const rule = answer.rules.find(({ reason }) => reason === 'fake-trade-30d');
  expect(rule).toMatchObject({
    stands: false,
    penalties: [{ counts: false, why: 'outside 2023-11-01 to 2023-11-30' }],
  });
});

describe('several reasons', () => {
  const red = anchors('a1,小鱼,g1,content,2023-03-01,,,red');

  test('take all of their changes', async () => {
    const { answer } = await month([vulgar(1), vulgar(2), vulgar(3)], { 'anchors.csv': red });
    expect(answer.reasons.map(({ reason }) => reason)).toEqual(['compliance_code:red', 'vulgar-3']);
    expect(answer.change).toBe(
      'all of these: a compliance_code other than red; revoke any 1 of the penalties P1, P2, P3',
    );
    expect(answer.forfeited).toBe('20.00');
  });

  test('an agency’s penalty takes it from its anchors', DEEP, async () => {
    const { answer } = await month(['P9,,g1,,agency_clustering,2023-11-09 09:00:00,upheld'], {
      'anchors.csv': anchors('a1,小鱼,g1,content,2023-03-01,,,'),
    });
    expect(answer.reasons).toMatchObject([
      { reason: 'agency:agency-clustering', clause: 'C13', test: { change: 'revoke penalty P9' } },
    ]);
  });

  test('the rules that hold for nobody are told with what they count', DEEP, async () => {
    const { answer, page } = await month([]);
    expect(answer.reasons).toEqual([]);
    expect(answer.rules).toHaveLength(6);
    expect(page).toContain('C12 compliance code does not apply: green (not red)');
  });
});

test('a quarantined penalty says so: it names another anchor’s session', DEEP, async () => {
  const { answer } = await month(['P1,a1,,b1,vulgar,2023-11-06 09:00:00,upheld'], {
    'anchors.csv': anchors(A1, 'a2,,,content,2023-03-01,,,'),
    'sessions-2.csv': sessions({ id: 'b1', anchor: 'a2' }),
  });
  const rule = answer.rules.find(({ reason }) => reason === 'vulgar-3');
  expect(rule?.penalties).toMatchObject([
    { penalty_id: 'P1', counts: false, why: 'quarantined: penalty_session_mismatch' },
  ]);
});

test('the row of a code that was forfeited names the anchor’s own', DEEP, async () => {
  const { answer } = await month([], { 'anchors.csv': anchors('a1,小鱼,,content,2023-03-01,,,red') });
  expect(answer.anchor).toMatchObject({ compliance_code: 'red', source: { file: 'anchors.csv', line: 2 } });
  expect(
    testOf(
      answer.reasons.map((rule) => rule.test),
      'compliance_code',
    ),
  ).toMatchObject({
    value: 'red',
    threshold: 'not red',
    change: 'a compliance_code other than red',
  });
});
