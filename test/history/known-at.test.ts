import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { files } from '../../src/commands/files.js';
import { load } from '../../src/commands/load.js';
import { run } from '../../src/commands/run.js';
import { runs } from '../../src/commands/runs.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { DEEP } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { contentOf, SAMPLE_POLICY, SILENT, workspace, write } from '../support/workspace.js';

// @module-tag deep

/** What the warehouse knew at any time can be settled again, to the same bytes. */

const DAY_MS = 86_400_000;

/** A warehouse and the loads that come in day by day; the clock stands at each load's day. */
class Place {
  readonly folder = workspace();
  readonly warehouse = join(this.folder, 'w.duckdb');
  loads = 0;

  private context(day: number) {
    return { ...SILENT, clock: () => Date.UTC(2023, 11, 1, 2) + day * DAY_MS };
  }

  /** Loads files on a day of December, each load from a folder of its own. */
  async load(day: number, exports: Record<string, string>) {
    this.loads += 1;
    const folder = join(this.folder, `exports-${this.loads}`);
    mkdirSync(folder);
    return load(write(folder, exports), { warehouse: this.warehouse, out: 'unused' }, this.context(day));
  }

  async run(out: string, knownAt: string): Promise<RunResult> {
    const options = { policy: SAMPLE_POLICY, warehouse: this.warehouse, out: join(this.folder, out), knownAt };
    return run({ ...options, strict: false, statements: true }, this.context(30));
  }

  async files(): Promise<{ files: Record<string, unknown>[] }> {
    return (await files({ warehouse: this.warehouse, out: 'unused' }, SILENT)).answer as never;
  }

  async runs(out: string): Promise<{ runs: Record<string, unknown>[] }> {
    return (await runs({ warehouse: this.warehouse, out: join(this.folder, out) }, SILENT)).answer as never;
  }
}

/** A run folder's files; of the manifest all but its two times. */
function bytes({ runDir }: RunResult): Record<string, string> {
  const content = contentOf(runDir);
  const {
    started_at: _start,
    finished_at: _finish,
    database: _database,
    ...manifest
  } = JSON.parse(content['manifest.json'] as string);
  return { ...content, 'manifest.json': JSON.stringify(manifest) };
}

const ANCHORS = { 'anchors.csv': anchorsCsv('a1', 'a2') };

/** November with a night that is corrected later, and one that comes late. */
async function november(): Promise<Place> {
  const place = new Place();
  await place.load(1, { ...ANCHORS, 'sessions-05.csv': sessionsCsv({ id: 's1' }, { id: 's2', dwell: '500.00' }) });
  await place.load(2, { 'sessions-06.csv': sessionsCsv({ id: 's3', anchor: 'a2', day: '2023-11-06' }) });
  await place.load(4, { 'sessions-05.csv': sessionsCsv({ id: 's1', dwell: '1500.00' }) });
  return place;
}

describe('--known-at', () => {
  test('settles with what the warehouse knew after a load', async () => {
    const place = await november();
    const totals = [];
    for (const knownAt of ['1', '2', '3']) totals.push((await place.run('out', knownAt)).manifest.totals.total);
    expect(totals).toEqual(['15.00', '25.00', '25.00']);
  });

  test('takes a date to its end, and a time to its second', DEEP, async () => {
    const place = await november();
    const total = async (knownAt: string) => (await place.run('out', knownAt)).manifest.totals.total;
    expect(await total('2023-12-02')).toBe('15.00');
    expect(await total('2023-12-03')).toBe('25.00');
    expect(await total('2023-12-03 09:59:59')).toBe('15.00');
    expect(await total('2023-12-03T10:00:00')).toBe('25.00');
  });

  test('is a run that is there already where nothing else was known', DEEP, async () => {
    const place = await november();
    expect((await place.run('out', '2')).alreadyThere).toBe(false);
    expect((await place.run('out', '2023-12-04')).alreadyThere).toBe(true);
  });

  test.each([
    ['0', /there is no load 0/],
    ['4', /there is no load 4/],
    ['2023-12-01', /the warehouse was still empty at 2023-12-01 23:59:59/],
    ['2023-12-32', /is not the number of a load, a date or a time/],
    ['yesterday', /is not the number of a load, a date or a time/],
  ])('%s is wrong use', async (knownAt, message) => {
    const place = await november();
    await expect(place.run('out', knownAt)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
    });
  });

  test('makes no warehouse', async () => {
    await expect(new Place().run('out', '1')).rejects.toMatchObject({ code: 'usage' });
  });
});

test('what was settled after each load is settled again after all of them, byte for byte', {
  ...DEEP,
  timeout: 180_000,
}, async () => {
  const session = fc.record({
    id: fc.constantFrom('s1', 's2', 's3', 's4'),
    anchor: fc.constantFrom('a1', 'a2', 'unknown'),
    day: fc.constantFrom('2023-11-05', '2023-11-30', '2023-12-01'),
    dwell: fc.constantFrom('1000.00', '250.50', 'x'),
  });
  const file = fc.tuple(
    fc.constantFrom('sessions-a.csv', 'sessions-b.csv', 'sessions-c.csv'),
    fc.array(session, { maxLength: 5 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(file, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 4 }),
      async (all) => {
        const place = new Place();
        const then = [];
        for (const [at, sessions] of all.entries()) {
          const exports = Object.fromEntries(sessions.map(([name, rows]) => [name, sessionsCsv(...rows)]));
          await place.load(at + 1, at === 0 ? { ...ANCHORS, ...exports } : exports);
          then.push(bytes(await place.run(`then-${at}`, `2023-12-${String(at + 2).padStart(2, '0')}`)));
        }
        for (const [at, earlier] of then.entries())
          expect(bytes(await place.run(`now-${at}`, `2023-12-${String(at + 2).padStart(2, '0')}`))).toEqual(earlier);
      },
    ),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 8) },
  );
}); // some forty runs, on a machine that does other work too

describe('settle files and settle runs', () => {
  test('files: every file of every load, what was replaced and by which load', async () => {
    const { files } = await (await november()).files();
    expect(
      files.map(({ load, loaded_at, file, rows, withdrawn, replaced_by_load }) => [
        load,
        loaded_at,
        file,
        rows,
        withdrawn,
        replaced_by_load,
      ]),
    ).toEqual([
      [1, '2023-12-02 10:00:00', 'anchors.csv', 2, 0, null],
      [1, '2023-12-02 10:00:00', 'sessions-05.csv', 2, 0, 3],
      [2, '2023-12-03 10:00:00', 'sessions-06.csv', 1, 0, null],
      [3, '2023-12-05 10:00:00', 'sessions-05.csv', 1, 1, null],
    ]);
  });

  test('load: what is new, and whether rows were left out for their form', async () => {
    const place = await november();
    const { exit, answer } = await place.load(5, {
      ...ANCHORS,
      'sessions-07.csv': sessionsCsv({ id: 's9', dwell: 'x' }, { id: 's8' }),
    });
    expect({ exit, answer }).toMatchObject({
      exit: 4,
      answer: { load: 4, known: 1, loaded: [{ file: 'sessions-07.csv', rows: 2, quarantined: 1 }] },
    });
    expect(await place.load(6, ANCHORS)).toMatchObject({ exit: 0, answer: { load: null, known: 1, loaded: [] } });
  });

  test('runs: each with the load that it knew', DEEP, async () => {
    const place = await november();
    for (const knownAt of ['3', '1']) await place.run('out', knownAt);
    const { runs } = await place.runs('out');
    const of = (load: number, day: string, total: string) => ({
      policy: 'content-live-2023-11',
      as_of: '2023-11-30',
      known_at: { load, loaded_at: `2023-12-${day} 10:00:00` },
      totals: expect.objectContaining({ total }),
    });
    expect(runs).toHaveLength(2);
    expect(runs).toContainEqual(expect.objectContaining(of(1, '02', '15.00')));
    expect(runs).toContainEqual(expect.objectContaining(of(3, '05', '25.00')));
    expect((await place.runs('nowhere')).runs).toEqual([]);
  });
});
