import { READER } from '../core/reading.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { table, temporaryTable } from '../engine/table.js';
import type { Policy } from '../programmes/content-incentive/policy/policy.js';
import { KINDS } from '../programmes/exports/kinds.js';
import { ACCOUNT_KINDS, PENALTY_KINDS } from '../programmes/exports/words.js';
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
  const accounts = [...new Set([...policy.scope.account_kinds, ...Object.entries(ACCOUNT_KINDS).flat()])];
  const tables = {
    named_penalty_kind: table(
      { kind: 'VARCHAR' },
      [...penaltyKinds(policy)].map((kind) => ({ kind })),
    ),
    named_account_kind: table(
      { account_kind: 'VARCHAR' },
      accounts.map((account_kind) => ({ account_kind })),
    ),
    setting_notice: table(
      { code: 'VARCHAR', severity: 'VARCHAR' },
      lowered.map(({ code, severity }) => ({ code, severity })),
    ),
    current_reader: table({ reader: 'INTEGER' }, [{ reader: READER }]),
  };
  for (const [name, content] of Object.entries(tables)) await warehouse.run(temporaryTable(name, content));
}

/** Writes the exports' columns, by both of their names, as `export_column`. */
export async function writeExportColumns(warehouse: Warehouse): Promise<void> {
  const rows = KINDS.flatMap((kind) =>
    kind.columns.map(({ name, chinese, required, absent }) => ({ kind: kind.name, name, chinese, required, absent })),
  );
  const columns = { kind: 'VARCHAR', name: 'VARCHAR', chinese: 'VARCHAR', required: 'BOOLEAN', absent: 'VARCHAR' };
  await warehouse.run(temporaryTable('export_column', table(columns, rows)));
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
