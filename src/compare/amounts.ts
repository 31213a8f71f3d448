import { join } from 'node:path';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { fileOf } from '../engine/run-table.js';
import type { Programme } from '../programmes/interface/programme.js';
import type { SideName } from './side.js';

/**
 * The amounts of a published run, from its own files: what was published counts, not what would be settled today.
 * Makes `<name>_amount` (an anchor's parts) and `<name>_anchor` (its agency). The folder's hashes are whoever calls to check.
 */
export async function readAmounts(
  warehouse: Warehouse,
  { comparison }: Programme,
  name: SideName,
  runDir: string,
  scratch: string,
): Promise<void> {
  const file = (each: string): string => fileOf(runDir, each, join(scratch, `${name}-${each}`));
  await warehouse.run(`
    CREATE OR REPLACE TEMP TABLE ${name}_anchor AS SELECT anchor_id, agency_id FROM ${file('settlement.csv')};
    CREATE OR REPLACE TEMP TABLE ${name}_amount AS ${comparison.amounts(file)}`);
}
