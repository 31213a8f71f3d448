import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { CONTENT_INCENTIVE } from '../../src/programmes/content-incentive/programme.js';
import { readSteps, type Step } from '../../src/rules/rules.js';
import { DEEP } from '../support/deep.js';
import type { Cell } from '../support/steps/case-file.js';
import { allRelations, emptyDatabase } from '../support/steps/relations.js';
import { runStep } from '../support/steps/run-step.js';

/** Overlapping sessions are found by their times before their ids are looked at; looking at everything gives the same. */

const steps = readSteps(CONTENT_INCENTIVE);
/** One after the other: each reads the sessions, or what the one before wrote. */
const CHAIN = ['suspect_start', 'overlap', 'notice_sessions_overlap'].map(
  (relation) => steps.find(({ writes }) => writes === relation) as Step,
);
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

/** A row that a step wrote, as another is given it: numbers and flags by their columns' types. */
function givenOf(relation: string, row: Readonly<Record<string, string | null>>): Record<string, Cell> {
  const types = relations.get(relation) as Map<string, string>;
  const cellOf = (type: string, text: string): Cell => {
    if (type === 'BOOLEAN') return text === 'true';
    return /INT$|^INTEGER$/.test(type) ? Number(text) : text;
  };
  return Object.fromEntries(
    Object.entries(row).map(([name, text]) => [name, text === null ? null : cellOf(types.get(name) ?? '', text)]),
  );
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
      const given: Parameters<typeof runStep>[3] = {
        session_line: sessions.map(({ id, anchor, from, to, valid }) => {
          return { session_id: id, anchor_id: anchor, started_at: minute(from), ended_at: minute(to), valid };
        }),
      };
      let rows: Awaited<ReturnType<typeof runStep>> = [];
      for (const step of CHAIN) {
        const read = Object.fromEntries(Object.entries(given).filter(([name]) => step.reads.includes(name)));
        rows = await runStep(database, step, relations, read);
        given[step.writes] = rows.map((row) => givenOf(step.writes, row));
      }
      const told = rows.map(({ subject, count, value }) => ({ subject, count, value }));
      const right = ['a1', 'a2', 'a3'].flatMap((anchor) => expected(sessions, anchor));
      expect(told.sort((a, b) => byText(a.subject as string, b.subject as string))).toEqual(right);
    }),
    { numRuns: 500 },
  );
});
