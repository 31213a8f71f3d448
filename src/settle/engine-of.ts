import type { Context } from '../context/context.js';
import { IN_WAREHOUSE } from '../engine/duckdb/engine.js';
import type { OuterEngine } from '../engine/engine.js';
import type { Programme } from '../programmes/interface/programme.js';
import { KINDS } from '../programmes/registry.js';
import type { Held } from '../warehouse/hold.js';

/** Which files count is told in the warehouse, before anything is computed: a run's id follows from it. */
const FILES = 'staging/active_file.sql';

/** Opens what computes a settlement of the warehouse that is held; whoever calls closes it when the run is published. */
export async function engineOf(
  { warehouse, spark }: Pick<Held, 'warehouse' | 'spark'>,
  { sql }: Programme,
  context: Context,
): Promise<OuterEngine> {
  if (spark === undefined) return IN_WAREHOUSE;
  context.progress('engine', '', 0, 0);
  const { openSpark } = await import('../engine/spark/open.js'); // who doesn't ask for it doesn't wait for its packages
  const isShared = (path: string): boolean =>
    path !== FILES && !sql.inWarehouse.some((folder) => path.startsWith(`${folder}/`));
  return openSpark(warehouse, spark, { ofFiles: KINDS.map(({ table }) => table), isShared }, context.onSignal);
}
