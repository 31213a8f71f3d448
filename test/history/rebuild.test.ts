import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { files } from '../../src/commands/files.js';
import { type RebuildOptions, rebuild } from '../../src/commands/rebuild.js';
import { run } from '../../src/commands/run.js';
import type { RunOptions } from '../../src/settings/run-options.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { MonthPlace } from '../support/month-place.js';
import { contentOf, SAMPLE_POLICY, SILENT, write } from '../support/workspace.js';

// @module-tag deep

/** A lost warehouse is made again: what was closed settles to its bytes, also where the order of loads was another. */

class Place extends MonthPlace {
  readonly kept = join(this.folder, 'kept');

  constructor() {
    super({ 'anchors.csv': anchorsCsv('a1', 'a2') });
    mkdirSync(this.kept);
  }

  /** Exports come in, and the month is settled on a day of its own. */
  async settle(exports: Record<string, string | Uint8Array> = {}, more: Partial<RunOptions> = {}) {
    write(this.exports, exports);
    return this.run(more);
  }

  async close({ runDir }: RunResult): Promise<void> {
    await closeAccepted(runDir, { out: this.out, warehouse: this.warehouse, by: 'finance' }, this.today);
  }

  lose(): void {
    rmSync(this.warehouse);
  }

  async rebuild(more: Partial<RebuildOptions> = {}) {
    return rebuild({ out: this.out, warehouse: this.warehouse, input: this.exports, ...more }, this.tomorrow);
  }

  async files(): Promise<Record<string, unknown>[]> {
    const { answer } = await files({ out: this.out, warehouse: this.warehouse }, SILENT);
    return (answer as { files: Record<string, unknown>[] }).files;
  }

  beside(): string[] {
    return readdirSync(this.folder).sort();
  }
}

const CORRECTED = { 'sessions-b.csv': sessionsCsv({ id: 's1', dwell: '100.00' }) };
const CORRECTION = { 'sessions-a.csv': sessionsCsv({ id: 's1', dwell: '900.00' }) };

describe('closed runs settle to their bytes', () => {
  test('where the order of loads was not that of the names', async () => {
    const place = new Place();
    await place.settle(CORRECTED);
    const closed = await place.settle(CORRECTION);
    expect(closed.manifest.totals.total).toBe('9.00');
    await place.close(closed);
    const before = contentOf(closed.runDir);
    const held = await place.files();
    place.lose();
    const { answer } = await place.rebuild();
    expect(answer.closed).toEqual([
      { run_id: closed.manifest.run_id, policy: 'content-live-2023-11', files: [], excused: null },
    ]);
    expect(await place.files()).toEqual(held);
    const again = await place.settle();
    expect([again.alreadyThere, again.manifest.run_id]).toEqual([true, closed.manifest.run_id]);
    expect(contentOf(closed.runDir)).toEqual(before);
  });

  test('of two programmes that closed the same days', DEEP, async () => {
    const place = new Place();
    const programmes = ['live', 'mall'].map((programme) => {
      const id = `${programme}-2023-11`;
      const text = readFileSync(SAMPLE_POLICY, 'utf8').replace(
        'id: content-live-2023-11',
        `id: ${id}\nprogramme: ${programme}`,
      );
      write(place.folder, { [`${id}.yaml`]: text });
      return { policy: join(place.folder, `${id}.yaml`) };
    }) as [{ policy: string }, { policy: string }];
    for (const programme of programmes) await place.close(await place.settle(CORRECTED, programme));
    place.lose();
    const { answer } = await place.rebuild();
    expect(answer.closed.map(({ policy, files: differing }) => [policy, differing])).toEqual([
      ['live-2023-11', []],
      ['mall-2023-11', []],
    ]);
    for (const programme of programmes)
      expect((await place.settle({}, programme)).closed).toMatchObject({ revision: 1, by_this_run: true });
  });

  test('and so does what was known before them, at its time', DEEP, async () => {
    const place = new Place();
    const first = await place.settle(CORRECTED);
    await place.close(await place.settle(CORRECTION));
    place.lose();
    await place.rebuild();
    const elsewhere = join(place.folder, 'elsewhere');
    const options = { policy: SAMPLE_POLICY, out: elsewhere, warehouse: place.warehouse, knownAt: '2023-12-02' };
    const again = await run({ ...options, strict: false, statements: true }, SILENT);
    expect(again.manifest.run_id).toBe(first.manifest.run_id);
    expect(again.manifest.outputs).toEqual(first.manifest.outputs);
  });

  test('with a revision, whose adjustments come out again too', DEEP, async () => {
    const place = new Place();
    await place.close(await place.settle(CORRECTED));
    const second = await place.settle(CORRECTION);
    await place.close(second);
    expect(second.manifest.restates?.delta).toBe('8.00');
    place.lose();
    const { answer } = await place.rebuild();
    expect(answer.closed.map(({ files: differing }) => differing)).toEqual([[], []]);
    const late = await place.settle({ 'sessions-c.csv': sessionsCsv({ id: 's2' }) });
    expect(late.manifest.restates).toMatchObject({ run_id: second.manifest.run_id, delta: '10.00' });
  });

  test(
    'which were settled from files that are replaced by now, where their content lies in a folder, under any name',
    DEEP,
    async () => {
      const place = new Place();
      await place.close(await place.settle({ 'sessions.csv': sessionsCsv({ id: 's1' }) }));
      renameSync(join(place.exports, 'sessions.csv'), join(place.kept, 'old-one.txt'));
      await place.settle({ 'sessions.csv': sessionsCsv({ id: 's1', dwell: '1.00' }) });
      place.lose();
      const { answer } = await place.rebuild({ input: [place.exports, place.kept] });
      expect(answer.loads.map(({ files: names }) => names)).toEqual([
        ['anchors.csv', 'sessions.csv'],
        ['sessions.csv'],
      ]);
      expect((await place.files()).map(({ file, replaced_by_load }) => [file, replaced_by_load])).toEqual([
        ['anchors.csv', null],
        ['sessions.csv', 2],
        ['sessions.csv', null],
      ]);
      expect((await place.settle()).manifest.totals.total).toBe('0.01');
    },
  );

  test('as each file was read', DEEP, async () => {
    const place = new Place();
    const track = Buffer.from([0xce, 0xc4, 0xbb, 0xaf]); // 文化 in GB18030
    const text = Buffer.from(sessionsCsv({ id: 's1' }));
    const at = text.indexOf('文化');
    const gb18030 = Buffer.concat([text.subarray(0, at), track, text.subarray(at + 6)]);
    await place.close(await place.settle({ 'sessions.csv': gb18030 }, { encoding: 'gb18030' }));
    place.lose();
    expect((await place.rebuild()).answer.closed).toMatchObject([{ files: [] }]);
  });

  test('with what they told of a file that came with fewer rows, although the larger one is gone', DEEP, async () => {
    const place = new Place();
    await place.settle({ 'sessions.csv': sessionsCsv({ id: 's1' }, { id: 's2' }) });
    const closed = await place.settle({ 'sessions.csv': sessionsCsv({ id: 's1' }) });
    expect(readFileSync(join(closed.runDir, 'notices.csv'), 'utf8')).toContain('file_shrank');
    await place.close(closed);
    place.lose();
    const { answer } = await place.rebuild();
    expect(answer).toMatchObject({ gone: ['sessions.csv'], closed: [{ files: [] }] });
    expect((await place.settle()).alreadyThere).toBe(true);
  });

  test('and what was accepted asks nobody again', DEEP, async () => {
    const place = new Place();
    const closed = await place.settle(CORRECTED);
    await place.close(closed);
    place.lose();
    expect((await place.rebuild()).answer.acceptances).toBeGreaterThan(0);
    const again = await place.settle();
    expect(again.attention.run.filter(({ accepted }) => !accepted)).toEqual([]);
  });
});

describe('what no closed run was settled from', () => {
  test(
    'may be gone where it was replaced since, as of a month-to-date export, and the next run goes on',
    DEEP,
    async () => {
      const place = new Place();
      const month = [{ id: 's1' }, { id: 's2' }, { id: 's3' }];
      await place.settle({ 'sessions.csv': sessionsCsv(...month.slice(0, 1)) });
      await place.settle({ 'sessions.csv': sessionsCsv(...month.slice(0, 2)) });
      place.lose();
      write(place.exports, { 'sessions.csv': sessionsCsv(...month) });
      const { answer } = await place.rebuild();
      expect(answer).toMatchObject({ gone: ['sessions.csv'], loads: [{ files: ['anchors.csv'] }, { runs: [] }] });
      expect((await place.settle()).manifest.totals.total).toBe('30.00');
    },
  );

  test('is refused where nothing has replaced it, until its run is moved away', async () => {
    const place = new Place();
    await place.close(await place.settle(CORRECTED));
    const open = await place.settle(CORRECTION);
    rmSync(join(place.exports, 'sessions-a.csv'));
    place.lose();
    await expect(place.rebuild()).rejects.toMatchObject({ exit: 6, message: expect.stringContaining('stood last') });
    renameSync(open.runDir, join(place.folder, 'moved'));
    await place.rebuild();
    expect((await place.settle()).manifest.totals.total).toBe('1.00');
  });

  test('is loaded last where it lies in the first folder under a name of its own', DEEP, async () => {
    const place = new Place();
    await place.settle(CORRECTED);
    place.lose();
    write(place.exports, CORRECTION);
    write(place.kept, { 'sessions-z.csv': sessionsCsv({ id: 's9' }) });
    const { answer } = await place.rebuild({ input: [place.exports, place.kept] });
    expect(answer.loads.map(({ files: names }) => names)).toEqual([
      ['anchors.csv', 'sessions-b.csv'],
      ['sessions-a.csv'],
    ]);
    expect(answer.left).toEqual([join(place.kept, 'sessions-z.csv')]);
  });

  test('is loaded last too where it replaces a file that stood, as a plain run would', DEEP, async () => {
    const place = new Place();
    await place.settle(CORRECTED);
    place.lose();
    write(place.exports, { 'sessions-b.csv': sessionsCsv({ id: 's1', dwell: '500.00' }), 'copy.txt': '' });
    write(place.kept, CORRECTED);
    const { answer } = await place.rebuild({ input: [place.exports, place.kept] });
    expect(answer.loads.map(({ files: names }) => names).at(-1)).toEqual(['sessions-b.csv']);
    expect((await place.settle()).manifest.totals.total).toBe('5.00');
  });

  test('and a copy of what runs know, under another name, is left', DEEP, async () => {
    const place = new Place();
    await place.settle(CORRECTED);
    place.lose();
    write(place.exports, { 'sessions-copy.csv': CORRECTED['sessions-b.csv'] });
    expect((await place.rebuild()).answer.left).toEqual([join(place.exports, 'sessions-copy.csv')]);
    expect((await place.files()).map(({ file }) => file)).toEqual(['anchors.csv', 'sessions-b.csv']);
  });

  test('an older content in the folder replaces nothing that is gone', DEEP, async () => {
    const place = new Place();
    await place.settle(CORRECTED);
    await place.settle({ 'sessions-b.csv': sessionsCsv({ id: 's1', dwell: '300.00' }) });
    place.lose();
    write(place.exports, CORRECTED);
    await expect(place.rebuild()).rejects.toMatchObject({ exit: 6, message: expect.stringContaining('stood last') });
  });

  test('what was known earlier and settled later is none of what stands', DEEP, async () => {
    const place = new Place();
    await place.settle(CORRECTED);
    const [first] = readdirSync(join(place.out, 'content-live-2023-11')) as [string];
    rmSync(join(place.out, 'content-live-2023-11', first), { recursive: true });
    write(place.kept, CORRECTED);
    await place.settle({ 'sessions-b.csv': sessionsCsv({ id: 's1', dwell: '300.00' }) });
    await place.settle({}, { knownAt: '1' });
    place.lose();
    await place.rebuild({ input: [place.exports, place.kept] });
    const options = { policy: SAMPLE_POLICY, warehouse: place.warehouse, out: join(place.folder, 'elsewhere') };
    const last = String(Math.max(...(await place.files()).map(({ load }) => Number(load))));
    const settled = await run({ ...options, knownAt: last, strict: false, statements: true }, SILENT);
    expect(settled.manifest.totals.total).toBe('3.00');
  });

  test('where nothing was ever settled, the folder is loaded as by a first run', DEEP, async () => {
    const place = new Place();
    write(place.exports, CORRECTED);
    expect((await place.rebuild()).answer.loads).toMatchObject([{ load: 1, files: ['anchors.csv', 'sessions-b.csv'] }]);
  });
});

describe('nothing is made', () => {
  const untouched = async (place: Place, refusal: object, more: Partial<RebuildOptions> = {}) => {
    const before = place.beside();
    await expect(place.rebuild(more)).rejects.toMatchObject(refusal);
    expect(place.beside()).toEqual(before);
  };

  test('where a content is missing that a closed run was settled from, which is said', async () => {
    const place = new Place();
    const closed = await place.settle({ 'sessions.csv': sessionsCsv({ id: 's1' }) });
    await place.close(closed);
    await place.settle({ 'sessions.csv': sessionsCsv({ id: 's1' }, { id: 's2' }) });
    place.lose();
    const [missing] = closed.manifest.inputs.filter(({ file }) => file === 'sessions.csv');
    const details = { missing: [{ file: 'sessions.csv', sha256: missing?.sha256, runs: [closed.manifest.run_id] }] };
    await untouched(place, { exit: 6, details: expect.objectContaining(details) });
  });

  test.each(['settlement.duckdb', 'settlement.duckdb.wal'])('where %s is there', async (name) => {
    const place = new Place();
    await place.settle(CORRECTED);
    place.lose();
    writeFileSync(join(place.folder, name), 'whatever');
    await untouched(place, { exit: 2, message: expect.stringContaining('is there') });
    expect(readFileSync(join(place.folder, name), 'utf8')).toBe('whatever');
  });

  test('where a closed run was changed', DEEP, async () => {
    const place = new Place();
    const closed = await place.settle(CORRECTED);
    await place.close(closed);
    place.lose();
    const days = join(closed.runDir, 'days.csv');
    writeFileSync(days, readFileSync(days, 'utf8').replace('1.00', '2.00'));
    await untouched(place, { exit: 1, message: expect.stringContaining('was changed') });
  });

  test('where the chain of closes is broken', DEEP, async () => {
    const place = new Place();
    const closed = await place.settle(CORRECTED);
    await place.close(closed);
    await place.settle(CORRECTION);
    place.lose();
    rmSync(join(closed.runDir, 'close.json'));
    await untouched(place, { exit: 6, message: expect.stringContaining('chain of closes') });
  });

  test('where runs of two warehouses stand side by side', DEEP, async () => {
    const place = new Place();
    await place.settle(CORRECTED);
    await place.settle(CORRECTION);
    await run(
      {
        policy: SAMPLE_POLICY,
        input: place.exports,
        out: place.out,
        warehouse: ':memory:',
        strict: false,
        statements: true,
      },
      SILENT,
    );
    place.lose();
    await untouched(place, { exit: 6, message: expect.stringContaining('contradict') });
  });

  test('where an export is unusable', async () => {
    const place = new Place();
    await place.settle(CORRECTED);
    place.lose();
    write(place.exports, { 'sessions-x.csv': 'a,b\n' });
    await untouched(place, { exit: 3 });
  });

  test('in memory, or without a folder of exports', async () => {
    const place = new Place();
    await untouched(place, { exit: 2 }, { warehouse: ':memory:' });
    await untouched(place, { exit: 2 }, { input: undefined });
    await untouched(place, { exit: 2 }, { input: join(place.folder, 'nowhere') });
    expect(existsSync(place.warehouse)).toBe(false);
  });
});
