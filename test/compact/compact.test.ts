import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { accept } from '../../src/commands/accept.js';
import { compact } from '../../src/commands/compact.js';
import { diff } from '../../src/commands/diff.js';
import { explain } from '../../src/commands/explain.js';
import { files } from '../../src/commands/files.js';
import { load } from '../../src/commands/load.js';
import { run } from '../../src/commands/run.js';
import { runs } from '../../src/commands/runs.js';
import { KINDS } from '../../src/programmes/registry.js';
import type { RunOptions } from '../../src/settings/run-options.js';
import { hold } from '../../src/warehouse/hold.js';
import { DEEP } from '../support/deep.js';
import { day, exportsOf } from '../support/month-to-date.js';
import { NightPlace } from '../support/night-place.js';
import { contentOf, filesIn, SAMPLE_POLICY, SILENT, temporaryFolder, workspace, write } from '../support/workspace.js';

/** After a compaction everything can be asked for that could be asked for before, to the byte. */

const LAST = 9;

/** A warehouse, and what is settled from it. */
class Place {
  readonly warehouse: string;
  readonly out: string;
  constructor(readonly folder: string) {
    this.warehouse = join(folder, 'w.duckdb');
    this.out = join(folder, 'out');
  }

  async load(today: number): Promise<void> {
    const exports = join(this.folder, `exports-${today}`);
    mkdirSync(exports, { recursive: true });
    await load(write(exports, exportsOf(today)), this, SILENT);
  }

  run(more: Partial<RunOptions>) {
    const { out, warehouse } = this;
    return run({ policy: SAMPLE_POLICY, out, warehouse, strict: false, statements: true, ...more }, SILENT);
  }

  async compact() {
    return (await compact(this, SILENT)).answer;
  }

  copy(): Place {
    const place = new Place(join(workspace(), 'copy'));
    cpSync(this.folder, place.folder, { recursive: true });
    return place;
  }
}

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const plain = new Place(join(folder, 'plain'));
/** Compacted once when five days were loaded, and again at the end. */
const twice = new Place(join(folder, 'twice'));
const LOADS = Array.from({ length: LAST }, (_, at) => at + 1);

beforeAll(async () => {
  for (const place of [plain, twice]) {
    mkdirSync(place.folder);
    for (const today of LOADS) {
      await place.load(today);
      if (place === twice && today === 5) await place.compact();
    }
  }
}, 480_000);

/** What a run with that load known publishes; the manifest without its times. */
async function published(place: Place, load: number): Promise<Record<string, string>> {
  const { runDir } = await place.run({ knownAt: String(load), out: join(workspace(), 'out') });
  return contentOf(runDir, filesIn(runDir));
}

const bytes = new Map<number, Record<string, string>>();
/** The same of the warehouse that was never compacted. */
async function asItWas(load: number): Promise<Record<string, string>> {
  const known = bytes.get(load) ?? (await published(plain, load));
  bytes.set(load, known);
  return known;
}

/** Before and after the correction, the withdrawal and the first compaction, and what stands now. */
const ASKED = [1, 3, 4, 5, 6, LAST];

describe('what was known after each load settles to the same bytes', () => {
  test('in a warehouse that was compacted once', { ...DEEP, timeout: 480_000 }, async () => {
    const place = plain.copy();
    const { rows } = await place.compact();
    expect(rows).toBeGreaterThan(LAST * 5);
    for (const load of ASKED) expect([load, await published(place, load)]).toEqual([load, await asItWas(load)]);
  });

  test('in one that was compacted before what was stored then was replaced', {
    ...DEEP,
    timeout: 480_000,
  }, async () => {
    const place = twice.copy();
    expect((await place.compact()).rows).toBeGreaterThan(10);
    expect((await place.compact()).rows).toBe(0);
    for (const load of ASKED) expect([load, await published(place, load)]).toEqual([load, await asItWas(load)]);
  });
});

test('rows that are the same are stored once: those of the file that stands, and of each other what differs', async () => {
  const place = plain.copy();
  await place.compact();
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(place.warehouse, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
  // a-2 as it was before it was corrected, a-3 and b-3 that were withdrawn, and no other.
  const own = await ask(`SELECT s.session_id, count(*) FROM session_row AS s JOIN export_file AS f USING (file_no)
    WHERE f.replaced_by_load IS NOT NULL GROUP BY 1 ORDER BY 1`);
  expect(own).toEqual([
    ['a-2', '1'],
    ['a-3', '1'],
    ['b-3', '1'],
  ]);
  expect(
    await ask('SELECT count(*) FROM penalty_row JOIN export_file USING (file_no) WHERE replaced_by_load IS NOT NULL'),
  ).toEqual([['6']]);
  expect(
    await ask(
      'SELECT count(*) FROM (SELECT 1 FROM anchor_row JOIN export_file USING (file_no) WHERE replaced_by_load IS NOT NULL)',
    ),
  ).toEqual([['1']]);
  connection.closeSync();
  instance.closeSync();
});

describe('the other commands', () => {
  const ask = { anchor: 'a1', lang: 'en' };

  test('files and runs list what they listed; explain and diff say what they said of runs of any load', {
    ...DEEP,
    timeout: 480_000,
  }, async () => {
    const [before, after] = [plain.copy(), plain.copy()];
    const answers: unknown[][] = [[], []];
    for (const [at, place] of [before, after].entries()) {
      const older = (await place.run({ knownAt: '3' })).runDir;
      const newer = (await place.run({ knownAt: '8' })).runDir;
      if (place === after) await place.compact();
      const seen = answers[at] as unknown[];
      for (const each of [older, newer]) {
        const asked = { out: place.out, warehouse: place.warehouse, by: 'x', all: true, dryRun: true };
        const { answer } = await accept(each, asked, SILENT);
        const codes = (answer as { rows: { code: string }[] }).rows.map(({ code }) => code).sort();
        expect(codes).toEqual(['ends_before_start', 'unknown_anchor']);
        seen.push(answer);
      }
      seen.push((await files(place, SILENT)).answer, (await runs(place, SILENT)).answer);
      for (const each of [older, newer]) {
        for (const anchor of ['a1', 'a2'])
          seen.push((await explain(each, { ...place, ...ask, anchor }, SILENT)).answer);
        seen.push((await explain(each, { ...place, session: 'a-2', lang: 'en' }, SILENT)).answer);
      }
      seen.push((await diff(older, newer, { ...place }, SILENT)).answer);
      seen.push((await diff(newer, older, { ...place }, SILENT)).answer);
      const input = join(place.folder, 'more');
      mkdirSync(input);
      write(input, exportsOf(LAST + 1));
      seen.push((await diff(older, undefined, { ...place, input }, SILENT)).answer);
    }
    const said = (answer: unknown, place: Place): string => JSON.stringify(answer).replaceAll(place.folder, '(place)');
    const [first, second] = answers as [unknown[], unknown[]];
    for (const [at, answer] of first.entries())
      expect(JSON.parse(said(second[at], after))).toEqual(JSON.parse(said(answer, before)));
    // The comparison left nothing behind, and loading goes on.
    await after.load(LAST + 1);
    expect(await published(after, LAST)).toEqual(await asItWas(LAST));
  });

  test('nights say of a period that was settled before what they would have said', {
    ...DEEP,
    timeout: 480_000,
  }, async () => {
    const place = new NightPlace();
    onTestFinished(() => place.remove());
    for (const today of [1, 2]) await place.put(exportsOf(today)).after(day(today)).nightly(day(today));
    await place.put(exportsOf(3)).after('2023-12-01').nightly('2023-12-01');
    await place.seal('content-live-2023-11', '2023-11-30');
    await place.put(exportsOf(4)).after('2023-12-02').nightly('2023-12-02');
    await place.put(exportsOf(5)).load();
    const other = new NightPlace(place);
    onTestFinished(() => other.remove());
    const { rows } = (await compact(other, SILENT)).answer;
    expect(rows).toBeGreaterThan(10);
    const said = (each: NightPlace, result: object) =>
      JSON.parse(JSON.stringify({ ...result, night: '' }).replaceAll(each.folder, '(place)'));
    for (const [date, today] of [
      ['2023-12-03', 5],
      ['2023-12-04', 6],
    ] as const) {
      const [a, b] = await Promise.all(
        [place, other].map((each) => each.put(exportsOf(today)).after(date).nightly(date)),
      );
      expect(said(other, b as object)).toEqual(said(place, a as object));
      expect(a?.periods.find(({ closed }) => closed !== null)?.restated?.lines).toBeGreaterThan(0);
    }
  });
});

test('a file that nothing is stored twice in keeps its content, and the head', DEEP, async () => {
  const place = new Place(join(workspace(), 'one'));
  mkdirSync(place.folder);
  await place.load(4);
  const head = readFileSync(`${place.warehouse}.head`, 'utf8');
  chmodSync(place.warehouse, 0o660);
  const before = await published(place, 1);
  const answer = await place.compact();
  expect(answer).toMatchObject({ rows: 0, files: 0, warehouse: place.warehouse });
  expect(answer.bytes_after).toBe(statSync(place.warehouse).size);
  expect(readFileSync(`${place.warehouse}.head`, 'utf8')).toBe(head);
  expect(statSync(place.warehouse).mode & 0o777).toBe(0o660);
  expect(await published(place, 1)).toEqual(before);
});

test('no warehouse is wrong use', async () => {
  await expect(new Place(join(workspace(), 'none')).compact()).rejects.toMatchObject({ code: 'usage' });
});

test('every kind of file has its table', async () => {
  const found = await hold(':memory:', [], {}, SILENT, ({ warehouse }) =>
    warehouse.rows("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE '%\\_row' ESCAPE '\\'"),
  );
  const tables = found.map(({ table_name }) => table_name);
  expect(KINDS.filter(({ table }) => !tables.includes(table))).toEqual([]);
});
