import type { BeijingDate } from '../core/beijing.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { table, temporaryTable } from '../engine/table.js';
import { kindsRead } from '../programmes/interface/kinds-read.js';
import type { Policy } from '../programmes/interface/policy.js';
import { programmeFor } from '../programmes/registry.js';
import { type Pinned, writePinned } from '../rules/pinned.js';

/** How far a settlement looks. */
export interface Horizon {
  /** E: what ends later is outside. */
  asOf: BeijingDate;
  /** The last load that counts. */
  knownLoad: number;
  /** Where the period is closed, through which agencies it was paid. */
  pinned: Pinned;
}

/**
 * The policy as tables, so that rule SQL holds no number of it: `policy_run`, `policy_kind` (which exports
 * its figures follow from), and the programme's own. With them come the
 * programme's macros, and the agencies that stand in a closed period. Shapes: sql/columns.md.
 */
export async function writePolicyTables(
  warehouse: Warehouse,
  policy: Policy,
  { asOf, knownLoad, pinned }: Horizon,
): Promise<void> {
  const programme = programmeFor(policy);
  const { policy: reader, sql } = programme;
  const read = kindsRead(programme, ({ by }) => by(policy as never));
  const run = { period_from: policy.period.from, period_to: policy.period.to, as_of: asOf, known_load: knownLoad };
  const tables = {
    policy_run: table({ period_from: 'DATE', period_to: 'DATE', as_of: 'DATE', known_load: 'INTEGER' }, [run]),
    policy_kind: table(
      { kind: 'VARCHAR' },
      read.map(({ name }) => ({ kind: name })),
    ),
    ...reader.tables(policy as never, asOf),
  };
  for (const [name, content] of Object.entries(tables)) await warehouse.run(temporaryTable(name, content));
  for (const macro of sql.macros ?? []) await warehouse.run(macro);
  await writePinned(warehouse, pinned);
}
