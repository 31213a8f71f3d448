import { ACCOUNT_KINDS, PENALTY_KINDS } from '../export-words.js';
import { KINDS } from '../load/kinds.js';
import type { Policy } from '../policy/policy.js';
import { READER } from '../reading.js';
import { literal, type Value, type Warehouse } from '../warehouse.js';
import type { Lowered } from './notice.js';

/**
 * Writes what notices ask besides rows and the policy's own tables: the exports' columns, the words that policy and
 * contract name, what the settings say of codes, and the version of the reader.
 */
export async function writeNoticeTables(
  warehouse: Warehouse,
  policy: Policy,
  lowered: readonly Lowered[],
): Promise<void> {
  await writeExportColumns(warehouse);
  await fill(
    warehouse,
    'named_penalty_kind',
    'kind VARCHAR',
    [...penaltyKinds(policy)].map((kind) => [kind]),
  );
  const accounts = [...new Set([...policy.scope.account_kinds, ...Object.entries(ACCOUNT_KINDS).flat()])];
  await fill(
    warehouse,
    'named_account_kind',
    'account_kind VARCHAR',
    accounts.map((kind) => [kind]),
  );
  await fill(
    warehouse,
    'setting_notice',
    'code VARCHAR, severity VARCHAR',
    lowered.map(({ code, severity }) => [code, severity]),
  );
  await fill(warehouse, 'current_reader', 'reader INTEGER', [[READER]]);
}

/** Writes the exports' columns, by both of their names, as `export_column`. */
export async function writeExportColumns(warehouse: Warehouse): Promise<void> {
  const columns = KINDS.flatMap((kind) =>
    kind.columns.map(({ name, chinese, required, absent }) => [kind.name, name, chinese, required, absent]),
  );
  await fill(
    warehouse,
    'export_column',
    'kind VARCHAR, name VARCHAR, chinese VARCHAR, required BOOLEAN, absent VARCHAR',
    columns,
  );
}

/** Every penalty kind that the policy names on any of its days, or the contract. */
function penaltyKinds({ valid_session, disqualification }: Policy): Set<string> {
  const dated = valid_session.invalidating_penalties.flatMap(({ value }) => value);
  return new Set([
    ...Object.keys(PENALTY_KINDS),
    ...dated,
    ...disqualification.penalties.flatMap(({ kinds }) => kinds),
  ]);
}

async function fill(warehouse: Warehouse, table: string, columns: string, rows: Value[][]): Promise<void> {
  const values = rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ');
  await warehouse.run(
    `CREATE OR REPLACE TEMP TABLE ${table} (${columns});${values && `INSERT INTO ${table} VALUES ${values}`}`,
  );
}
