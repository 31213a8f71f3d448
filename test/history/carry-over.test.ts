import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FORMAT } from '../../src/engine/duckdb/format.js';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { sqlFilesIn } from '../../src/program/sql-files.js';
import { OldPlace } from '../support/old-place.js';
import { settle } from '../support/program.js';
import { noSmallDisk, SmallDisk } from '../support/small-disk.js';
import { contentOfWarehouse, tamper } from '../support/warehouse-content.js';
import { temporaryFolder } from '../support/workspace.js';

// @module-tag deep

/** A warehouse of an older format is carried over where it lies, by the migrations; the file as it was stays beside it. */

const NOTHING = ['load', 'exports/none'];
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let places = 0;
const copyOf = (old: OldPlace): OldPlace => {
  places += 1;
  return old.copy(join(folder, `copy-${places}`));
};

test('migrations are numbered without a gap, and the format is the last one’s', () => {
  const numbers = sqlFilesIn('warehouse/migrations').map((path) => Number(/\/(\d\d)_\w+\.sql$/.exec(path)?.[1]));
  expect(numbers).toEqual(numbers.map((_, at) => 3 + at));
  expect(FORMAT).toBe(String(numbers.at(-1)));
});

/** Its tables with their columns: type, whether it may be null. */
async function shapeOf(file: string): Promise<string[]> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const columns =
    await connection.runAndReadAll(`SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
    FROM duckdb_columns() WHERE NOT internal ORDER BY 1`);
  const keys = await connection.runAndReadAll(
    "SELECT table_name || ' ' || constraint_text FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY' ORDER BY 1",
  );
  connection.closeSync();
  instance.closeSync();
  return [...columns.getRows(), ...keys.getRows()].map(([text]) => String(text));
}

describe.each(['format-2/killed', 'format-3/killed', 'format-4/killed'] as const)('%s', (name) => {
  const format = name.slice('format-'.length, -'/killed'.length);
  let old: OldPlace;
  let place: OldPlace;
  let copy: string;
  let said: string;

  beforeAll(async () => {
    old = OldPlace.unpacked(name, folder);
    place = copyOf(old);
    copy = `${place.warehouse}.format-${format}`;
    const { exit, stderr } = await place.settle(NOTHING);
    expect(exit, stderr).toBe(0);
    said = stderr;
  });

  test('has the tables of a new one', async () => {
    const made = join(folder, `new-${format}`);
    mkdirSync(join(made, 'exports/none'), { recursive: true });
    expect((await settle(NOTHING, { cwd: made })).exit).toBe(0);
    expect(await shapeOf(place.warehouse)).toEqual(await shapeOf(join(made, 'settlement.duckdb')));
  });

  test('stands beside it as it was, with what stood in its log alone, and that is said', async () => {
    const before = copyOf(old);
    expect(existsSync(`${before.warehouse}.wal`)).toBe(true);
    await tamper(before.warehouse, 'CHECKPOINT');
    expect(await contentOfWarehouse(copy)).toEqual(await contentOfWarehouse(before.warehouse));
    expect(said).toContain(
      `settlement.duckdb was carried over from format ${format} to ${FORMAT}; as it was, it is kept as ${copy}`,
    );
    expect(statSync(copy).mode).toBe(statSync(old.warehouse).mode);
  });

  test('is carried over once', async () => {
    const { mtimeMs } = statSync(copy);
    const { exit, stderr } = await place.settle(NOTHING);
    expect([exit, stderr.includes('carried over'), statSync(copy).mtimeMs]).toEqual([0, false, mtimeMs]);
  });
});

test('a copy that a killed run of this process id left half made is in nobody’s way', async () => {
  const place = copyOf(OldPlace.unpacked('format-3/empty', join(folder, 'half')));
  const half = join(place.folder, `.settlement.duckdb.format-3.new-${process.pid}`);
  writeFileSync(half, 'half');
  const warehouse = await Warehouse.open({ file: place.warehouse, scratch: folder, folders: [] });
  expect(String(await warehouse.carryOver())).toContain('carried over');
  warehouse.close();
  expect(readdirSync(place.folder).filter((name) => name.includes('.new-'))).toEqual([]);
  expect(readFileSync(`${place.warehouse}.format-3`, 'latin1').slice(8, 12)).toBe('DUCK');
});

test('nobody else gets it while it is copied, and after that', async () => {
  const place = copyOf(OldPlace.unpacked('format-3/empty', join(folder, 'held')));
  const warehouse = await Warehouse.open({ file: place.warehouse, scratch: folder, folders: [] });
  await warehouse.carryOver();
  const { exit, json } = await place.settle([...NOTHING, '--json']);
  expect([exit, json.error.code]).toEqual([5, 'held']);
  warehouse.close();
  expect((await place.settle(NOTHING)).exit).toBe(0);
});

const withoutDisk = noSmallDisk();

test.skipIf(withoutDisk !== undefined)('where there is no room for a copy, it is done without, and said', async () => {
  const old = OldPlace.unpacked('format-2/killed', join(folder, 'small'));
  const disk = new SmallDisk(join(folder, 'small-disk'), 1 << 30);
  try {
    const place = old.copy(join(disk.path, 'place'));
    const { size } = statSync(place.warehouse);
    const { blocks, bfree, bsize } = statfsSync(disk.path);
    disk.makeRoom((blocks - bfree) * bsize + 1.5 * size);
    const { exit, stderr } = await place.settle(NOTHING, { env: { TMPDIR: folder } });
    expect(exit, stderr).toBe(0);
    expect(stderr).toMatch(
      /from format 2 to \d; it isn't kept as it was: a copy takes \d+ MB, and there is room for \d/,
    );
    expect(readdirSync(place.folder).filter((name) => name.includes('.format-'))).toEqual([]);
    expect(await contentOfWarehouse(place.warehouse)).toHaveProperty('warehouse_format', expect.any(String));
  } finally {
    disk.unmount();
  }
});

test.each([
  ['999', /format 999 .*newer version of this program.* format \d+/, /Install that version again, or a later one/],
  ['1', /format 1 .*older than any that can be carried over/, /Give another file with --warehouse/],
  ['x', /format x /, /Give another file with --warehouse/],
])('format %s is refused, with what to do, and left as it is', async (format, message, mend) => {
  const place = copyOf(OldPlace.unpacked('format-3/empty', join(folder, `other-${format}`)));
  await tamper(place.warehouse, `UPDATE warehouse_format SET version = '${format}'`);
  const before = readFileSync(place.warehouse);
  const { exit, json } = await place.settle([...NOTHING, '--json']);
  expect([exit, json.error.code]).toEqual([1, 'warehouse']);
  expect(json.error.message).toMatch(message);
  expect(json.error.mend).toMatch(mend);
  expect(readFileSync(place.warehouse).equals(before)).toBe(true);
  expect(readdirSync(place.folder).filter((name) => name.includes('.format-'))).toEqual([]);
});
