import { describe, expect, test } from 'vitest';
import { arrange, type Entry, loadedBetween } from '../../src/rebuild/standing-order.js';
import type { Published } from '../../src/runs/published.js';

/** In which order files were loaded, as far as the runs that were settled from them tell. */

/** `a1 b2`: the first content of a, then the second of b. */
function entries(text: string): Entry[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => ({ file: word.slice(0, -1), sha256: word }));
}

function shown(found: readonly Entry[] | undefined): string | undefined {
  return found?.map(({ sha256 }) => sha256).join(' ');
}

function run(files: string, at: number, wrote = 'sessions.csv'): Published {
  const time = `2023-12-${String(at).padStart(2, '0')} 10:00:00`;
  const manifest = {
    run_id: `${at}`,
    inputs: entries(files),
    outputs: [{ file: wrote }],
    started_at: time,
    finished_at: time,
  };
  return { dir: `run-${at}`, manifest: manifest as unknown as Published['manifest'] };
}

describe('what was loaded between two states', () => {
  test.each([
    ['', 'a1 b1', 'a1 b1'],
    ['a1', 'a1 b1 c1', 'b1 c1'],
    ['a1 b1', 'b1 a2', 'a2'],
    ['a1 b1 c1', 'b1 c2 a2', 'c2 a2'],
    ['a1 b1', 'a1 b1', ''],
    ['a1', 'a2', 'a2'],
  ])('from [%s] to [%s]: [%s]', (before, after, loaded) => {
    expect(shown(loadedBetween(entries(before), entries(after)))).toBe(loaded);
  });

  test.each([
    ['a file that nothing replaces is gone', 'a1 b1', 'b1 c1'],
    ['what stands would have to be loaded again, to come behind', 'a1 b1', 'b1 a1'],
    ['an earlier state', 'a1 b1 c1', 'a1 b1'],
  ])('none: %s', (_what, before, after) => {
    expect(loadedBetween(entries(before), entries(after))).toBeUndefined();
  });
});

describe('the loads that runs tell of', () => {
  const order = (runs: Published[], ...closed: number[]) => {
    const { stands, strange } = arrange(runs, ({ dir }) => closed.some((at) => dir === `run-${at}`));
    return {
      stands: stands.map((stand) => [shown(stand.entries), stand.at.slice(8, 10)].join(' at ')),
      strange: strange.map(({ dir }) => dir),
    };
  };

  test('runs of programmes that look at no export in common are arranged apart, each load behind all that stood by then', () => {
    const [first, second, third] = [run('a1 b1', 2), run('v1', 1, 'points.csv'), run('b1 a2', 4)];
    const found = order([first, second, third, run('v2', 3, 'points.csv')]);
    expect(found.stands).toEqual(['v1 at 01', 'v1 a1 b1 at 02', 'a1 b1 v2 at 03', 'b1 v2 a2 at 04']);
    expect(found.strange).toEqual([]);
  });

  test('in the order of the runs', () => {
    expect(order([run('a1', 1), run('a1 b1', 2), run('b1 a2', 3)])).toEqual({
      stands: ['a1 at 01', 'a1 b1 at 02', 'b1 a2 at 03'],
      strange: [],
    });
  });

  test('a run of what was known earlier stands where its files do, and later loads were done by its time', () => {
    expect(order([run('a1', 1), run('a1 b1 c1', 2), run('a1 b1', 9)])).toEqual({
      stands: ['a1 at 01', 'a1 b1 at 02', 'a1 b1 c1 at 02'],
      strange: [],
    });
  });

  test('runs of the same files are of one load, of the time of the first', () => {
    expect(order([run('a1', 4), run('a1', 2)])).toEqual({ stands: ['a1 at 02'], strange: [] });
  });

  test('of two that contradict each other the closed one counts', () => {
    const runs = [run('a1 b1', 1), run('b1 a1', 2)];
    expect(order(runs)).toEqual({ stands: ['a1 b1 at 01'], strange: ['run-2'] });
    expect(order(runs, 2)).toEqual({ stands: ['b1 a1 at 02'], strange: ['run-1'] });
  });

  test('where both ways are possible, time decides, whichever is closed', () => {
    const runs = [run('a1 b1', 1), run('a1 b2', 2)];
    const expected = { stands: ['a1 b1 at 01', 'a1 b2 at 02'], strange: [] };
    for (const closed of [[], [1], [2], [1, 2]]) expect(order(runs, ...closed)).toEqual(expected);
  });

  test('a run of no file is of no load', () => {
    expect(order([run('', 1)])).toEqual({ stands: [], strange: [] });
  });

  test('another reading of the same bytes is another file', () => {
    const [instant, wall] = (['instant', 'wall'] as const).map((int96) => ({
      ...{ file: 'a', sha256: 'a1' },
      reading: { int96, reader: 2 },
    })) as [Entry, Entry];
    expect(loadedBetween([instant], [wall])).toEqual([wall]);
    expect(loadedBetween([instant], [{ ...instant, reading: { int96: 'instant', reader: 1 } }])).toEqual([]);
  });
});
