import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { makeKindTables } from '../../src/load/kind-tables.js';
import { loadFolder } from '../../src/load/load.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { workspace, write } from '../support/workspace.js';

const GB18030 = Buffer.concat([
  Buffer.from('track,effective_from,scarcity_index\n'),
  Buffer.from([0xce, 0xc4]),
  Buffer.from(',2023-01-01,1.000\n'),
]);
const FILES = {
  'anchors.csv': anchorsCsv('a1').replaceAll(/[^,\n]+/g, '"$&"'),
  'scarcity.csv': GB18030,
  'scarcity-packed.csv.gz': gzipSync(GB18030),
  'sessions-packed.csv.gz': gzipSync(sessionsCsv({ id: 's1' })),
  'sessions.csv': sessionsCsv({ id: 's2' }),
};

test('copies for reading go as soon as they are read, of new files and of known ones', async () => {
  const [folder, scratch] = [write(workspace(), FILES), workspace()];
  const warehouse = await Warehouse.open({ file: ':memory:', scratch, folders: [folder] });
  await makeKindTables(warehouse, 'stored');
  for (const known of [0, Object.keys(FILES).length]) {
    // Loaded right after they were written, files are read again, and known by their content.
    const report = await loadFolder(warehouse, {
      folder,
      scratch,
      now: Date.now(),
      encoding: 'gb18030',
      onFile: () => undefined,
    });
    if (known === 0) await warehouse.run('COMMIT');
    expect([report.known, report.loaded.length]).toEqual([known, Object.keys(FILES).length - known]);
    expect(readdirSync(scratch)).toEqual([]);
  }
  warehouse.close();
});
