import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { tamper } from '../support/warehouse-content.js';
import { temporaryFolder, write } from '../support/workspace.js';
import { few, THOROUGH } from './month.js';
import { Place } from './place.js';

// @module-tag deep

/** A warehouse that isn't what the last run left: exit 1, named as such, and nothing is settled from it. */

const ROWS = 3000;
const BLOCK = 262_144;
/** Another evaluation date: this work was not settled before. */
const ANEW = ['--as-of', '2023-11-20'];
const folder = temporaryFolder();
const input = join(folder, 'exports');
const larger = join(folder, 'larger');
let first: Place;
let second: Place;

beforeAll(async () => {
  const rows = Array.from({ length: ROWS }, (_, at) => ({ id: `s${at}`, dwell: `${1000 + at}.00` }));
  const sessions = `${sessionsCsv(...rows, { id: 's1', dwell: '1001.00' })}bad\n`;
  mkdirSync(input);
  write(input, { 'anchors.csv': anchorsCsv('a1'), 'sessions-1.csv': sessions });
  cpSync(input, larger, { recursive: true });
  write(larger, { 'sessions-2.csv': sessionsCsv(...rows.map(({ id }) => ({ id: `t${id}` }))) });
  first = new Place(join(folder, 'first'), input);
  expect((await first.run()).exit).toBe(4);
  second = new Place(join(folder, 'second'), larger, first);
  expect((await second.run()).exit).toBe(4);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let places = 0;

function copyOf(place: Place): Place {
  places += 1;
  return new Place(join(folder, `copy-${places}`), larger, place);
}

/** A run there fails for its warehouse, and leaves it and everything else as it was. */
async function expectRefused(place: Place): Promise<void> {
  const before = { published: place.published(), warehouse: readFileSync(place.warehouse) };
  const { exit, json } = await place.run(['--json', ...ANEW]);
  expect([exit, json.error?.code, json.error?.file]).toEqual([1, 'warehouse', place.warehouse]);
  expect(json.error.message).toContain(place.warehouse);
  expect(json.error.mend).toMatch(/backup|another file/);
  expect(place.published()).toEqual(before.published);
  expect(readFileSync(place.warehouse).equals(before.warehouse), 'the file was written to').toBe(true);
  expect(place.leftovers().filter((name) => !name.startsWith('settlement.duckdb.'))).toEqual([]);
}

const CUTS: [string, (bytes: number) => number][] = [
  ['to nothing', () => 0],
  ['to one byte', () => 1],
  ['in its first header', () => 100],
  ['after its first header', () => 4096],
  ['after its headers', () => 12_288],
  ['in the middle', (bytes) => Math.floor(bytes / 2)],
  ['by a block', (bytes) => bytes - BLOCK],
  ['by a page', (bytes) => bytes - 4096],
  ['by one byte', (bytes) => bytes - 1],
];

test.each(few(CUTS, 5))('cut %s', async (_where, cut) => {
  const place = copyOf(second);
  truncateSync(place.warehouse, cut(statSync(place.warehouse).size));
  await expectRefused(place);
});

function overwrite(place: Place, at: number): void {
  const bytes = readFileSync(place.warehouse);
  expect(bytes.length).toBeGreaterThan(at);
  randomBytes(64).copy(bytes, at);
  writeFileSync(place.warehouse, bytes);
}

test.each(few([8, 0, 12, 4096, 8192, 12_288], 0))('with 64 bytes overwritten at %i, in its headers', async (at) => {
  const place = copyOf(second);
  overwrite(place, at);
  await expectRefused(place);
});

test.runIf(THOROUGH)('with 64 bytes overwritten in each of its blocks', async () => {
  const sound = copyOf(second);
  expect((await sound.run(ANEW)).exit).toBe(4);
  let refused = 0;
  for (let at = 12_288; at < statSync(second.warehouse).size; at += BLOCK) {
    const place = copyOf(second);
    overwrite(place, at + 1000);
    const { exit, json } = await place.run(['--json', ...ANEW]);
    // A block that isn't in use, or isn't needed, is never read.
    if (exit === 4) expect(place.published()).toEqual(sound.published());
    else expect([exit, json.error.code, json.error.file]).toEqual([1, 'warehouse', place.warehouse]);
    if (exit === 1) refused += 1;
  }
  expect(refused).toBeGreaterThan(3);
});

const FOREIGN: [string, (file: string) => Promise<void>][] = [
  ['a text', async (file: string) => writeFileSync(file, 'session_id,anchor_id\n'.repeat(1000))],
  ['a Parquet file', async (file: string) => writeFileSync(file, `PAR1${'x'.repeat(9000)}PAR1`)],
  ['an SQLite database', async (file: string) => writeFileSync(file, `SQLite format 3\0${'\0'.repeat(8176)}`)],
  ['another DuckDB database', async (file: string) => tamper(file, 'CREATE TABLE session_row (a INTEGER)')],
];

test.each(few(FOREIGN, 3))('%s in its place', async (_what, make) => {
  for (const withHead of few([true, false], 0)) {
    const place = copyOf(second);
    rmSync(place.warehouse);
    if (!withHead) rmSync(place.head);
    await make(place.warehouse);
    await expectRefused(place);
  }
});

test('of a newer format', async () => {
  const place = copyOf(second);
  await tamper(place.warehouse, "UPDATE warehouse_format SET version = '999'");
  await expectRefused(place);
});

test.runIf(THOROUGH)('of a newer DuckDB', async () => {
  const place = copyOf(second);
  const bytes = readFileSync(place.warehouse);
  bytes.writeUInt8(200, 12); // the version of the storage, after the checksum and the magic bytes
  writeFileSync(place.warehouse, bytes);
  await expectRefused(place);
});

test('an older copy beside a newer head', async () => {
  const place = copyOf(second);
  cpSync(first.warehouse, place.warehouse);
  await expectRefused(place);
});

const TABLES = ['session_row', 'anchor_row', 'unsound_row', 'collapsed_row', 'row_fault', 'export_file', 'load'];

test.each(few(TABLES, 0))('rows of %s deleted', async (table) => {
  const place = copyOf(second);
  await tamper(place.warehouse, `DELETE FROM ${table} WHERE rowid = (SELECT max(rowid) FROM ${table})`);
  await expectRefused(place);
});

const NO_HEADS = ['', '{', 'null', '{}', '[]', '{"load_no":1}', '{"load_no":2,"chain":"'];

test.each(few(NO_HEADS, 3))('its head is %j', async (text) => {
  const place = copyOf(second);
  writeFileSync(place.head, text);
  await expectRefused(place);
});
