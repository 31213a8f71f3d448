import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { CONTENT_INCENTIVE } from '../../src/programmes/content-incentive/programme.js';
import { readSteps, type Step } from '../../src/rules/rules.js';
import { DEEP } from '../support/deep.js';
import { allRelations, emptyDatabase } from '../support/steps/relations.js';
import { runStep } from '../support/steps/run-step.js';

/** Overlapping sessions are found by their times before their ids are looked at; looking at everything gives the same. */

const step = readSteps(CONTENT_INCENTIVE).find(({ writes }) => writes === 'notice_sessions_overlap') as Step;
const relations = await allRelations();
const database = await emptyDatabase();
afterAll(() => database.close());

interface Session {
  id: string;
  anchor: string;
  /** Minutes. */
  from: number;
  to: number;
  valid: boolean;
}

/** Few anchors and few minutes, so that sessions touch, overlap and begin at once; ids in no order of time. In some months some have no length. */
const sessionsOf = (lengths: number[]) =>
  fc.array(
    fc.record({
      anchor: fc.constantFrom('a1', 'a2', 'a3'),
      from: fc.integer({ min: 0, max: 14 }),
      minutes: fc.constantFrom(...lengths),
      valid: fc.constantFrom(true, true, true, true, false),
      digit: fc.integer({ min: 0, max: 9 }),
    }),
    { maxLength: 15 },
  );
const month = fc.oneof(sessionsOf([1, 1, 2, 2, 8]), sessionsOf([1, 1, 2]), sessionsOf([0, 1, 1, 2, 8])).map((rows) =>
  rows.map(({ anchor, from, minutes, valid, digit }, at): Session => {
    return { id: `s${digit}-${String(at).padStart(2, '0')}`, anchor, from, to: from + minutes, valid };
  }),
);

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** As the contract says it: by start and id, those that start before the latest end of those before; same times are named first. */
function expected(sessions: readonly Session[], anchor: string): { subject: string; count: string; value: string }[] {
  const own = sessions
    .filter((one) => one.valid && one.anchor === anchor)
    .sort((a, b) => a.from - b.from || byText(a.id, b.id));
  let latest = -1;
  const pairs: [Session, Session][] = [];
  for (const [at, one] of own.entries()) {
    if (one.from < latest) pairs.push([own[at - 1] as Session, one]);
    latest = Math.max(latest, one.to);
  }
  if (pairs.length === 0) return [];
  const same = own.flatMap((one, at) => {
    const other = own.slice(at + 1).find(({ from, to }) => from === one.from && to === one.to && from < to);
    return other === undefined ? [] : [[one, other] as const];
  });
  const [first, second] = (same[0] ?? pairs[0]) as readonly [Session, Session];
  return [{ subject: anchor, count: String(pairs.length), value: `${first.id};${second.id}` }];
}

test('sessions_overlap says of random months what looking at every session says', DEEP, async () => {
  await fc.assert(
    fc.asyncProperty(month, async (sessions) => {
      const minute = (at: number): string => `2023-11-05 20:${String(at).padStart(2, '0')}:00`;
      const rows = await runStep(database, step, relations, {
        session_line: sessions.map(({ id, anchor, from, to, valid }) => {
          return { session_id: id, anchor_id: anchor, started_at: minute(from), ended_at: minute(to), valid };
        }),
      });
      const told = rows.map(({ subject, count, value }) => ({ subject, count, value }));
      const right = ['a1', 'a2', 'a3'].flatMap((anchor) => expected(sessions, anchor));
      expect(told.sort((a, b) => byText(a.subject as string, b.subject as string))).toEqual(right);
    }),
    { numRuns: 500 },
  );
});
