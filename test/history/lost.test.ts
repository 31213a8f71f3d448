import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { closeIn } from '../../src/close/close-file.js';
import { close } from '../../src/commands/close.js';
import { load } from '../../src/commands/load.js';
import { nightly } from '../../src/commands/nightly.js';
import { prune } from '../../src/commands/prune.js';
import { run } from '../../src/commands/run.js';
import type { RunOptions } from '../../src/settings/run-options.js';
import { acceptNotices } from '../support/accepting.js';
import { DEEP } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { MonthPlace } from '../support/month-place.js';
import { filesIn, SAMPLE_POLICY, SAMPLES, SILENT, write } from '../support/workspace.js';

// @module-tag deep

/** Nothing is settled on a warehouse that isn't the one that the runs beside it were settled from, or is older. */

class Place extends MonthPlace {
  readonly policies = join(this.folder, 'policies');
  /** The id of the first run. */
  first = '';

  constructor() {
    super({ 'anchors.csv': anchorsCsv('a1'), 'sessions-1.csv': sessionsCsv({ id: 's1' }) });
    mkdirSync(this.policies);
    cpSync(SAMPLE_POLICY, join(this.policies, 'policy.yaml'));
  }

  private get options() {
    return { input: this.exports, out: this.out, statements: true };
  }

  override async run(more: Partial<RunOptions> = {}) {
    const result = await super.run({ warehouse: undefined, ...more });
    this.first ||= result.manifest.run_id;
    return result;
  }

  nightly() {
    return nightly({ policies: this.policies, date: '2023-11-30', ...this.options }, this.tomorrow);
  }

  load() {
    return load(this.exports, this.options, this.tomorrow);
  }

  /** Closes a run; unasked, the one before all others. */
  close(runId = this.first) {
    return close(runId, { ...this.options, by: 'Wang Li' }, this.tomorrow);
  }

  prune() {
    return prune({ ...this.options, keepDays: '0' }, this.tomorrow);
  }

  /** Keeps the warehouse as it is now; calling what it gives puts that back. */
  keep(): () => void {
    const ends = ['', '.head'];
    const kept = ends.map((end) => readFileSync(`${this.warehouse}${end}`));
    return () => {
      for (const [at, end] of ends.entries()) writeFileSync(`${this.warehouse}${end}`, kept[at] as Buffer);
    };
  }

  async expectRefused(message: RegExp, ...words: Word[]): Promise<void> {
    const before = existsSync(this.warehouse) ? readFileSync(this.warehouse) : undefined;
    for (const word of words) {
      const refusal = { exit: 6, details: { mend: expect.stringContaining('settle rebuild') } };
      await expect(this[word](), word).rejects.toMatchObject({ ...refusal, message: expect.stringMatching(message) });
    }
    const after = existsSync(this.warehouse) ? readFileSync(this.warehouse) : undefined;
    expect(after).toEqual(before);
  }
}

const ALL = ['run', 'nightly', 'load'] as const;
type Word = (typeof ALL)[number] | 'close' | 'prune';

describe('a warehouse that is missing', () => {
  test('beside runs that were settled from it: is made again by exports that are as they were, and by no others', async () => {
    const place = new Place();
    const first = await place.run();
    const sessions = join(place.exports, 'sessions-1.csv');
    const asItWas = readFileSync(sessions, 'utf8');
    for (const change of [() => rmSync(sessions), () => writeFileSync(sessions, asItWas.replace('s1', 's2'))]) {
      for (const end of ['', '.head']) rmSync(`${place.warehouse}${end}`, { force: true });
      change();
      await place.expectRefused(/is missing, but there are runs .*doesn't hold sessions-1\.csv/, ...ALL);
      writeFileSync(sessions, asItWas);
    }
    expect(await place.run()).toMatchObject({ alreadyThere: true, runDir: first.runDir });
  });

  test('beside a run that is closed', async () => {
    const place = new Place();
    const { runDir } = await place.run();
    for (const end of ['', '.head']) rmSync(`${place.warehouse}${end}`);
    const close = {
      close_no: 1,
      revision: 1,
      run_id: 'x',
      policy: { id: 'x' },
      period: { from: '', to: '' },
      closed_at: '',
    };
    writeFileSync(join(runDir, 'close.json'), JSON.stringify(close));
    await place.expectRefused(/is missing, but a run that was settled from one is closed/, ...ALL);
    for (const word of ['close', 'prune'] as const) {
      const wrongUse = { exit: 2, details: { mend: expect.stringContaining('settle rebuild') } };
      await expect(place[word](), word).rejects.toMatchObject(wrongUse);
    }
  });

  test('beside a run from memory', DEEP, async () => {
    const place = new Place();
    const { runDir } = await place.run({ warehouse: ':memory:' });
    expect(await place.run()).toMatchObject({ alreadyThere: true, runDir });
  });

  test('beside its head', DEEP, async () => {
    const place = new Place();
    await place.load();
    rmSync(place.warehouse);
    await place.expectRefused(/is missing, but .*\.head is there/, ...ALL);
    rmSync(`${place.warehouse}.head`);
    expect((await place.run()).manifest.totals.total).toBe('10.00');
  });

  test('is none where nothing was settled yet, and never in memory', async () => {
    const place = new Place();
    expect((await place.run({ warehouse: ':memory:' })).exit).toBe(0);
    rmSync(place.out, { recursive: true });
    expect((await place.run()).exit).toBe(0);
    rmSync(place.warehouse);
    expect((await place.run({ warehouse: ':memory:' })).alreadyThere).toBe(true);
  });

  test('can be begun anew with an output folder of its own', DEEP, async () => {
    const place = new Place();
    await place.run();
    const again = { warehouse: join(place.folder, 'other.duckdb'), out: join(place.folder, 'other') };
    expect((await place.run(again)).exit).toBe(0);
    await expect(place.run({ ...again, out: place.out })).resolves.toMatchObject({ exit: 0 });
  });
});

describe('a warehouse that is older than the runs', () => {
  test('lacks a file that a run was settled from', DEEP, async () => {
    const place = new Place();
    await place.run();
    const restore = place.keep();
    write(place.exports, { 'sessions-2.csv': sessionsCsv({ id: 's2' }) });
    await place.run();
    restore();
    await place.expectRefused(/doesn't hold sessions-2\.csv/, ...ALL);
    await expect(place.run({ knownAt: '1' })).rejects.toMatchObject({ exit: 6 });
  });

  test('closes no run, not even one that it knows, and takes none away; the newer one does both', async () => {
    const place = new Place();
    await place.run();
    const restore = place.keep();
    write(place.exports, { 'sessions-2.csv': sessionsCsv({ id: 's2' }) });
    const { runDir, manifest } = await place.run();
    const restoreNewer = place.keep();
    await acceptNotices(manifest.run_id, { out: place.out, by: 'Wang Li' });
    restore();
    const before = filesIn(place.out);
    await place.expectRefused(/doesn't hold sessions-2\.csv/, 'close', 'prune');
    await expect(place.close(manifest.run_id)).rejects.toMatchObject({ exit: 6 });
    expect(filesIn(place.out)).toEqual(before);
    restoreNewer();
    expect((await place.close(manifest.run_id)).exit).toBe(0);
    expect(closeIn(runDir)).toHaveLength(1);
    expect((await place.prune()).answer.deleted).toMatchObject([{ run_id: place.first }]);
  });

  test('holds what was replaced since', DEEP, async () => {
    const place = new Place();
    await place.run();
    const restore = place.keep();
    write(place.exports, { 'sessions-1.csv': sessionsCsv({ id: 's1', dwell: '2000.00' }) });
    await place.run();
    restore();
    await place.expectRefused(/doesn't hold sessions-1\.csv/, ...ALL);
  });

  test('isn’t one that goes on: files that are gone from the folder, came again or were replaced', async () => {
    const place = new Place();
    await place.run();
    write(place.exports, { 'sessions-1.csv': sessionsCsv({ id: 's1', dwell: '2000.00' }) });
    await place.run();
    write(place.exports, { 'sessions-1.csv': sessionsCsv({ id: 's1' }) });
    await place.run();
    rmSync(join(place.exports, 'anchors.csv'));
    expect((await place.run()).manifest.totals.total).toBe('10.00');
  });
});

test(
  'a warehouse that holds the files in another order settles nothing, until the last run is another',
  DEEP,
  async () => {
    const place = new Place();
    const aside = join(place.folder, 'sessions-1.csv');
    renameSync(join(place.exports, 'sessions-1.csv'), aside);
    write(place.exports, { 'sessions-2.csv': sessionsCsv({ id: 's1', dwell: '500.00' }) });
    await place.run();
    renameSync(aside, join(place.exports, 'sessions-1.csv'));
    const last = await place.run();
    for (const end of ['', '.head']) rmSync(`${place.warehouse}${end}`);
    await place.run({ out: join(place.folder, 'other') });
    await place.expectRefused(/holds in another order sessions-1\.csv/, 'run', 'nightly');
    renameSync(last.runDir, join(place.folder, 'moved'));
    expect((await place.run()).manifest.totals.total).toBe('5.00');
  },
);

test('the samples of a month that goes on are refused nothing', DEEP, async () => {
  const place = new Place();
  for (const input of ['2023-11', '2023-11-late']) {
    const result = await run(
      {
        ...{ policy: SAMPLE_POLICY, input: join(SAMPLES, input), out: place.out },
        strict: false,
        statements: false,
      },
      SILENT,
    );
    expect(result.exit).toBe(0);
  }
});
