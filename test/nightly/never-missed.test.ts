import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { run } from '../../src/commands/run.js';
import type { NightlyResult } from '../../src/night/night.js';
import { NightPlace } from '../support/night-place.js';
import { type Kind, type Month, month, type Row } from '../support/random/month.js';
import { csv } from '../support/random/settled.js';
import { contentOf, FIGURES } from '../support/workspace.js';

// @module-tag deep

/**
 * However exports change from night to night, the last run of every open period has the figures that a run from scratch
 * gives now: what a night leaves alone, nothing has changed.
 */

const KINDS: readonly Kind[] = ['sessions', 'anchors', 'penalties', 'scarcity'];
const PERIODS = [
  { id: 'first', period: { from: '2023-11-01', to: '2023-11-03' } },
  { id: 'second', period: { from: '2023-11-04', to: '2023-11-07' } },
  { id: 'third', period: { from: '2023-11-08', to: '2023-11-13' } },
] as const;
/** Mostly the first two periods are over, so that new data alone concerns them. */
const DATES = ['2023-11-05', '2023-11-09', ...Array.from({ length: 4 }, () => '2023-11-13')];
/** An example is six nights: PROPERTY_RUNS=50 npx vitest run test/nightly/never-missed.test.ts */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 3);
const LIMIT_MS = 120_000 + 5_000 * RUNS;
/** So few that some anchor has none in some period. */
const SESSIONS = 14;

/** The month's policy for a period of our own; one penalty is enough for any rule, so that none is without effect. */
function policyOf({ policy }: Month, id: string, period: object): object {
  const { disqualification } = policy as { disqualification: { penalties: object[] } };
  const penalties = disqualification.penalties.map((rule) => ({ ...rule, at_least: 1 }));
  return { ...policy, id, period, disqualification: { ...disqualification, penalties } };
}

/** What changes before a night: a row of one kind goes, takes another's place, or comes in a file of its own. */
interface Change {
  kind: Kind;
  at: number;
  how: 'withdraw' | 'replace' | 'move' | 'supersede' | 'repeat';
  row: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom(...KINDS),
  at: fc.nat(59),
  how: fc.constantFrom('withdraw', 'replace', 'move', 'supersede', 'repeat'),
  row: fc.nat(59),
});

const nights = fc.record({
  one: month({ repeats: false }),
  other: month({ repeats: false }),
  changes: fc.array(fc.array(change, { minLength: 1, maxLength: 2, size: 'small' }), {
    minLength: DATES.length,
    maxLength: DATES.length,
  }),
  /** 0: a night on which somebody loads by hand, and nothing is settled. */
  byHand: fc.array(fc.nat(3), { minLength: DATES.length, maxLength: DATES.length }),
});

/** The exports as they lie there, file by file. */
class Exports {
  readonly #files = new Map<string, Row[]>();
  #corrections = 0;

  constructor(
    one: Month,
    private readonly other: Month,
  ) {
    for (const kind of KINDS) this.#files.set(`${kind}-0.csv`, one[kind].slice(0, SESSIONS));
  }

  apply({ kind, at, how, row }: Change): void {
    const rows = this.#files.get(`${kind}-0.csv`) as Row[];
    const others = this.other[kind];
    if (rows.length === 0 || others.length === 0) return;
    const place = at % rows.length;
    const old = rows[place] as Row;
    const other = others[row % others.length] as Row;
    if (how === 'withdraw') rows.splice(place, 1);
    if (how === 'replace') rows[place] = other;
    if (how === 'move') rows.push(...rows.splice(place, 1));
    // The key stays, and one cell is another's.
    const columns = Object.keys(old);
    const column = columns[row % columns.length] as string;
    const corrected = how === 'repeat' ? old : { ...old, [column]: other[column] ?? '' };
    if (how === 'supersede' || how === 'repeat') this.#files.set(`${kind}-${++this.#corrections}.csv`, [corrected]);
  }

  get texts(): Record<string, string> {
    return Object.fromEntries([...this.#files].map(([name, rows]) => [name, csv(name.split('-')[0] as Kind, rows)]));
  }
}

/** Periods that this night left alone stand as a run from scratch would have them; gives how many there were. */
async function expectAsFromScratch(place: NightPlace, { date, load, periods }: NightlyResult): Promise<number> {
  const settled = periods.map(({ policy }) => policy);
  const alone = PERIODS.filter(({ id, period }) => period.from <= date && !settled.includes(id));
  for (const { id, period } of alone) {
    const { warehouse } = place;
    const options = { policy: join(place.policies, `${id}.json`), warehouse, knownAt: String(load) };
    const out = join(place.folder, 'scratch');
    const fresh = await run({ ...options, out, strict: false, statements: false }, place.context);
    const latest = place.latest(id, period.to);
    if (latest === undefined) expect(fresh.manifest.totals.sessions, `${id} was never settled`).toBe(0);
    else expect(contentOf(latest, FIGURES), `${id} was left alone`).toEqual(contentOf(fresh.runDir, FIGURES));
  }
  return alone.length;
}

test(
  'the last run of an open period has the figures of a run from scratch, night after night',
  async () => {
    let left = 0;
    await fc.assert(
      fc.asyncProperty(nights, async ({ one, other, changes, byHand }) => {
        const policies = PERIODS.map(({ id, period }) => [`${id}.json`, JSON.stringify(policyOf(one, id, period))]);
        const place = new NightPlace(Object.fromEntries(policies));
        try {
          const exports = new Exports(one, other);
          for (const [night, date] of DATES.entries()) {
            if (night > 0) for (const each of changes[night] ?? []) exports.apply(each);
            place.put(exports.texts);
            if (byHand[night] === 0) await place.load();
            else left += await expectAsFromScratch(place, await place.nightly(date, { statements: false }));
          }
        } finally {
          place.remove();
        }
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: LIMIT_MS },
    );
    if (process.env.PROPERTY_RUNS !== undefined) console.log(`${left} periods were left alone`);
  },
  2 * LIMIT_MS,
);
