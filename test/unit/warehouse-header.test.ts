import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { NEWEST_STORAGE, newerDuckDb } from '../../src/engine/duckdb/header.js';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { workspace } from '../support/workspace.js';

/** The beginning of a file: a checksum, DUCK, the storage version, flags, and which DuckDB wrote it. */
function header(version: bigint, writer = 'v2.0.1', magic = 'DUCK'): Buffer {
  const bytes = Buffer.alloc(12_288);
  bytes.write(magic, 8);
  bytes.writeBigUInt64LE(version, 12);
  bytes.write(writer, 52);
  return bytes;
}

function written(bytes: Buffer): string {
  const file = join(workspace(), 'w.duckdb');
  writeFileSync(file, bytes);
  return file;
}

async function versionOfNew(options: Record<string, string>): Promise<bigint> {
  const file = join(workspace(), 'w.duckdb');
  const instance = await DuckDBInstance.create(file, options);
  instance.closeSync();
  return readFileSync(file).readBigUInt64LE(12);
}

describe('a file of a newer DuckDB', () => {
  test.each([
    [999n, 'v2.0.1', 'a newer DuckDB (v2.0.1)'],
    [NEWEST_STORAGE + 1n, 'v1.6.0-dev123', 'a newer DuckDB (v1.6.0-dev123)'],
    [1n << 16n, '', 'a newer DuckDB (storage version 65536)'],
    [999n, '\x1b[31mred', 'a newer DuckDB (storage version 999)'],
  ])('storage version %s of %j', (version, writer, called) => {
    expect(newerDuckDb(written(header(version, writer)))).toBe(called);
  });

  test('is called that, and not damaged', async () => {
    const file = written(header(999n));
    const before = readFileSync(file);
    await expect(Warehouse.open({ file, scratch: workspace(), folders: [] })).rejects.toMatchObject({
      code: 'warehouse',
      message: `${file} was written by a newer DuckDB (v2.0.1), which this program's can't read`,
      details: { file, mend: expect.stringMatching(/not damaged/) },
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

test.each([
  ['the newest version that is known', header(NEWEST_STORAGE)],
  ['an older one', header(1n)],
  ['a number that is no version', header((1n << 16n) + 1n)],
  ['other magic bytes', header(999n, 'v2.0.1', 'DUCX')],
  ['a file that is too short to say', header(999n).subarray(0, 83)],
  ['nothing', Buffer.alloc(0)],
])('%s is no newer DuckDB’s', (_what, bytes) => {
  expect(newerDuckDb(written(bytes))).toBeUndefined();
});

test('a file that isn’t there is no newer DuckDB’s', () => {
  expect(newerDuckDb(join(workspace(), 'none.duckdb'))).toBeUndefined();
});

test('the newest version that is known is the newest that this DuckDB writes', async () => {
  expect(await versionOfNew({ storage_compatibility_version: 'latest' })).toBe(NEWEST_STORAGE);
});

test('a new warehouse is written as DuckDB 1.0.0 reads it', async () => {
  const file = join(workspace(), 'w.duckdb');
  const warehouse = await Warehouse.open({ file, scratch: workspace(), folders: [] });
  const { storage } = await warehouse.one(
    "SELECT tags['storage_version'] AS storage FROM duckdb_databases() WHERE database_name = 'w'",
  );
  warehouse.close();
  expect(storage).toBe('v1.0.0+');
  expect(readFileSync(file).readBigUInt64LE(12)).toBe(await versionOfNew({ storage_compatibility_version: 'v1.0.0' }));
});
