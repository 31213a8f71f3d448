import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { identifier, Warehouse } from '../../../src/engine/duckdb/warehouse.js';
import { makeKindTables } from '../../../src/load/kind-tables.js';
import { writeNoticeTables } from '../../../src/notices/tables.js';
import { emptyPaymentTables } from '../../../src/payments/lines.js';
import { PAYMENT_SQL } from '../../../src/payments/make.js';
import { loadPolicy } from '../../../src/policy/load-policy.js';
import { writePolicyTables } from '../../../src/policy/tables.js';
import { CONTENT_INCENTIVE } from '../../../src/programmes/content-incentive/programme.js';
import type { Programme } from '../../../src/programmes/interface/programme.js';
import { NOTHING_PINNED } from '../../../src/rules/pinned.js';
import { readSteps, statement, stepsIn } from '../../../src/rules/rules.js';

/** Column name → type, in the order of the relation. */
export type Columns = Map<string, string>;

export const SAMPLE_POLICY = fileURLToPath(new URL('../../../data-samples/policy-2023-11.yaml', import.meta.url));

async function inMemory(): Promise<Warehouse> {
  const scratch = mkdtempSync(join(tmpdir(), 'settlement-rules-'));
  const warehouse = await Warehouse.open({ file: ':memory:', scratch, folders: [] });
  await makeKindTables(warehouse, 'stored');
  rmdirSync(scratch); // a case spills nothing
  await makeKindTables(warehouse, 'stored');
  return warehouse;
}

/** A programme whose steps are tried, and a policy of it. */
export interface Tried {
  programme: Programme;
  policy: string;
}
const INCENTIVE: Tried = { programme: CONTENT_INCENTIVE, policy: SAMPLE_POLICY };

/**
 * What columns every relation has: of the warehouse, of the policy, and of each step. Found by running the steps on
 * nothing at all, so that a case's tables always have the types that the rules meet in a run.
 */
export async function allRelations({ programme, policy: file }: Tried = INCENTIVE): Promise<Map<string, Columns>> {
  const warehouse = await inMemory();
  try {
    const { policy } = await loadPolicy(file);
    await writePolicyTables(warehouse, policy, { asOf: policy.period.from, knownLoad: 1, pinned: NOTHING_PINNED });
    await writeNoticeTables(warehouse, policy, []);
    await warehouse.run('CREATE TEMP TABLE earlier_run (known_load INTEGER, closed BOOLEAN)');
    // Of a published run: test/place/ineligible-ignored.test.ts holds them against the files.
    await warehouse.run(`CREATE TEMP TABLE looked_run (policy_id VARCHAR);
      CREATE TEMP TABLE run_sessions (session_id VARCHAR, anchor_id VARCHAR, settlement_date VARCHAR, started_at VARCHAR, valid VARCHAR);
      CREATE TEMP TABLE run_settlement (anchor_id VARCHAR, total VARCHAR)`);
    await emptyPaymentTables(warehouse, { batch_no: 1, minimum: '0.00', knows_payees: false });
    const steps = [programme, PAYMENT_SQL].flatMap(readSteps);
    for (const step of [...steps, ...stepsIn(programme.sql.since)]) await warehouse.run(statement(step));
    const relations = new Map<string, Columns>();
    for (const { table_name, column_name, data_type } of await warehouse.rows(
      'SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index',
    )) {
      const columns = relations.get(table_name ?? '') ?? new Map();
      relations.set(table_name ?? '', columns.set(column_name, data_type));
    }
    return relations;
  } finally {
    warehouse.close();
  }
}

/** A database without any table, so that a step finds what a case gives it and nothing else. */
export async function emptyDatabase({ programme }: Pick<Tried, 'programme'> = INCENTIVE): Promise<Warehouse> {
  const warehouse = await inMemory();
  for (const macro of programme.sql.macros ?? []) await warehouse.run(macro);
  for (const { table_name } of await warehouse.rows('SELECT table_name FROM duckdb_tables() WHERE NOT internal')) {
    await warehouse.run(`DROP TABLE ${identifier(table_name ?? '')}`);
  }
  return warehouse;
}
