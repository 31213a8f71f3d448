import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SettleError } from '../../src/core/errors.js';
import { type Row, Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { loadFolder } from '../../src/load/load.js';
import { discardUnnoted } from '../../src/load/unnoted.js';
import { write } from '../support/workspace.js';
import { eachMutant, inFolder, LOADED, OF_THE_HEADER, patience, readable, unpacked } from './fuzzed.js';
import { type Mutant, withMixedEnds } from './mutants.js';
import { rowsIn } from './records.js';

// @module-tag deep

/** Mutants are loaded by both readers, each file of them by itself as far as that can be. */

const TABLES = [
  'session_row',
  'anchor_row',
  'penalty_row',
  'scarcity_row',
  'unsound_row',
  'row_fault',
  'collapsed_row',
];

/** What a load makes of exports: every row of the warehouse's tables, or the refusal; nothing of it stays. */
async function loaded(warehouse: Warehouse, folder: string, mutant: Mutant): Promise<Record<string, Row[]> | string> {
  const [exports, scratch] = [join(folder, 'exports'), join(folder, 'scratch')];
  for (const path of [exports, scratch]) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path);
  }
  write(exports, mutant);
  try {
    const report = await loadFolder(warehouse, {
      folder: exports,
      scratch,
      now: Date.now(),
      encoding: undefined,
      onFile: () => undefined,
    });
    for (const { file, rows } of report.loaded) {
      expect([file, rows]).toEqual([file, rowsIn(unpacked(file, mutant[file] as Buffer) as Buffer)?.length]);
    }
    const found: Record<string, Row[]> = {};
    for (const table of TABLES) found[table] = await warehouse.rows(`SELECT * FROM ${table} ORDER BY ALL`);
    return found;
  } catch (error) {
    if (!(error instanceof SettleError)) throw error;
    expect(error.code).toBe('input');
    if (readable(mutant)) expect(error.message).toMatch(OF_THE_HEADER);
    return error.message;
  } finally {
    await warehouse.run('ROLLBACK').catch(() => undefined);
    await discardUnnoted(warehouse);
  }
}

test(
  'a mutant is loaded or refused, and both readers load the same',
  () =>
    inFolder(async (folder) => {
      const warehouse = await Warehouse.open({ file: ':memory:', scratch: folder, folders: [folder], threads: 1 });
      let compared = 0;
      await eachMutant(LOADED, async ({ changed }) => {
        const first = await loaded(warehouse, folder, changed);
        if (typeof first === 'string') return;
        expect(await loaded(warehouse, folder, withMixedEnds(changed))).toEqual(first);
        compared += 1;
      });
      warehouse.close();
      expect(compared).toBeGreaterThan(LOADED / 5);
    }),
  patience(LOADED),
);
