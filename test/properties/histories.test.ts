import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HISTORIES, History, STEPS } from './history.js';

// @module-tag deep

/**
 * Whatever comes, in whatever order: loads, corrections, withdrawals, penalties and their revocation, other masters and
 * agencies, other policies, closes of two programmes, transfers, closes that get lost, a warehouse that is lost and made
 * again. What was paid and what is paid later must always be what the data says.
 */

/** Of one history: two programmes are settled, and each run again. */
const TIME_MS = 300_000;

test(
  'closed figures and their adjustments are what the data says; causes add up; the past can be settled again',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(STEPS, { minLength: 3, maxLength: 9 }), async (steps) => {
        const history = new History();
        try {
          await history.begin();
          for (const step of steps) await history.take(step);
          await history.run();
          await history.run(undefined, { which: 1 });
          await history.transferAll();
          await history.take({ kind: 'lost' }); // with all closes of both programmes there are by now
          expect(await history.wrongRestatements(), 'closed + adjustments = restated').toEqual([]);
          expect(await history.wrongRevisions(), 'all revisions together = a fresh settlement').toEqual([]);
          expect(await history.wrongDifferences(), 'causes = difference').toEqual([]);
          expect(await history.otherPast(), 'what was settled once is settled again to the same bytes').toEqual([]);
        } finally {
          history.remove();
        }
      }),
      { numRuns: HISTORIES, endOnFailure: true },
    );
  },
  HISTORIES * TIME_MS,
);
