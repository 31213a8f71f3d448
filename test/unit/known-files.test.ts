import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { makeKindTables } from '../../src/load/kind-tables.js';
import { type LoadReport, loadFolder } from '../../src/load/load.js';
import { anchorsCsv } from '../support/exports.js';
import { workspace } from '../support/workspace.js';

/** A file that lies as it lay when it was loaded is known without reading it; any other is read and compared. */

const LATER_MS = 60_000;
const NAME = 'anchors.csv';
let warehouse: Warehouse;
let folder: string;
let path: string;

beforeEach(async () => {
  folder = workspace();
  path = join(folder, NAME);
  writeFileSync(path, anchorsCsv('a1'));
  warehouse = await Warehouse.open({ file: ':memory:', scratch: workspace(), folders: [folder] });
  await makeKindTables(warehouse, 'stored');
});
afterEach(() => warehouse.close());

/** Loads the folder so long after its file was written, and keeps what it loads. */
async function load(afterMs = LATER_MS): Promise<LoadReport> {
  const now = statSync(path).ctimeMs + afterMs;
  const report = await loadFolder(warehouse, {
    folder,
    scratch: workspace(),
    now,
    encoding: undefined,
    onFile: () => undefined,
  });
  await warehouse.run('COMMIT');
  return report;
}

/** As if the file had been loaded with other content: whoever reads it would load it anew. */
async function forgetContent(): Promise<void> {
  await warehouse.run("UPDATE export_file SET sha256 = ''");
}

describe('a file that was loaded', () => {
  test('is not read again where nothing of it has changed', async () => {
    expect((await load()).loaded).toHaveLength(1);
    await forgetContent();
    expect(await load()).toMatchObject({ loaded: [], known: 1 });
  });

  test('is read again where it had just been written when it was loaded', async () => {
    await load(10);
    expect(await warehouse.one('SELECT stamp FROM export_file')).toEqual({ stamp: '' });
    await forgetContent();
    expect((await load()).loaded).toHaveLength(1);
  });

  test('is loaded anew where its content has changed, though size and time of writing are what they were', async () => {
    await load();
    const { atime, mtime } = statSync(path);
    writeFileSync(path, readFileSync(path, 'utf8').replace('2023-03', '2023-04'));
    utimesSync(path, atime, mtime);
    expect(await load()).toMatchObject({ loaded: [{ file: NAME, replaced: true, withdrawn: 0 }], known: 0 });
  });

  test('is known where it was written again with the same content', async () => {
    await load();
    writeFileSync(path, anchorsCsv('a1'));
    expect(await load()).toMatchObject({ loaded: [], known: 1 });
  });
});
