import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Month, month, type Row } from '../support/random/month.js';
import { csv, EXAMPLES, type Exports, exportsOf, PATIENCE, withPlace } from '../support/random/settled.js';

// @module-tag deep

/** The figures are the same however the same rows are laid out in files, and in however many loads they come. */

const shuffled = (rows: Row[]): fc.Arbitrary<Row[]> => fc.shuffledSubarray(rows, { minLength: rows.length });

test(
  'the order of rows within files, and the number of threads, change nothing',
  async () => {
    const months = month({ repeats: true }).chain((one) =>
      fc.record({ one: fc.constant(one), sessions: shuffled(one.sessions), anchors: shuffled(one.anchors) }),
    );
    await fc.assert(
      fc.asyncProperty(months, ({ one, sessions, anchors }) =>
        withPlace(one, async (place) => {
          const straight = await place.settle(exportsOf(one), { threads: '1' });
          const other = { ...one, sessions, anchors, penalties: one.penalties.toReversed() };
          expect((await place.settle(exportsOf(other), { threads: '4' })).figures).toEqual(straight.figures);
        }),
      ),
      EXAMPLES,
    );
  },
  PATIENCE,
);

test(
  'sessions in several files are the same sessions, where no key stands twice',
  async () => {
    const months = month({ repeats: false }).chain((one) =>
      fc.record({ one: fc.constant(one), file: fc.array(fc.nat(2), { minLength: 60, maxLength: 60, size: 'max' }) }),
    );
    await fc.assert(
      fc.asyncProperty(months, ({ one, file }) =>
        withPlace(one, async (place) => {
          const { 'sessions.csv': whole, ...others } = exportsOf(one);
          const together = await place.settle({ ...others, 'sessions.csv': whole as string });
          const parts = [0, 1, 2].map((part) => one.sessions.filter((_, at) => file[at] === part));
          const names = ['sessions.csv', 'sessions-b.csv', 'sessions-10.csv'];
          const split = Object.fromEntries(parts.map((rows, part) => [names[part], csv('sessions', rows)]));
          const apart = await place.settle({ ...others, ...split });
          expect(apart.figures).toEqual(together.figures);
          expect(apart.result.manifest.accounting).toEqual(together.result.manifest.accounting);
        }),
      ),
      EXAMPLES,
    );
  },
  PATIENCE,
);

/** Three files of sessions with keys in common, and two of anchors. */
function overlapping(one: Month): Exports {
  const { 'sessions.csv': _sessions, 'anchors.csv': _anchors, ...others } = exportsOf(one);
  const third = Math.ceil(one.sessions.length / 3);
  const part = (from: number): string => csv('sessions', one.sessions.slice(from * third, (from + 1) * third + 3));
  return {
    ...others,
    'anchors-1.csv': csv('anchors', one.anchors.slice(0, 4)),
    'anchors-2.csv': csv('anchors', one.anchors.slice(4)),
    'sessions-1.csv': part(0),
    'sessions-2.csv': part(1),
    'sessions-3.csv': part(2),
  };
}

test(
  'files that come in two loads, in the order of their names, end as in one',
  async () => {
    const months = fc.tuple(month({ repeats: true }), fc.integer({ min: 1, max: 6 }));
    await fc.assert(
      fc.asyncProperty(months, ([one, first]) =>
        withPlace(one, async (place) => {
          const exports = overlapping(one);
          const together = await place.settle(exports, { out: join(place.folder, 'together') });
          const early = Object.fromEntries(Object.entries(exports).sort().slice(0, first));
          const { warehouse } = place;
          await place.settle(early, { warehouse });
          const { figures, result } = await place.settle(exports, { warehouse });
          expect(figures).toEqual(together.figures);
          expect(result.manifest).toMatchObject({
            accounting: together.result.manifest.accounting,
            totals: together.result.manifest.totals,
          });
        }),
      ),
      EXAMPLES,
    );
  },
  PATIENCE,
);
