import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context/context.js';
import type { EventLog } from '../context/event-log.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { fedFile } from '../place/feed-stale.js';
import { programmeFor } from '../programmes/registry.js';
import { lastKnownLoad } from '../runs/known-at.js';
import type { History } from '../settle/concern.js';
import type { Plan } from '../settle/plan.js';
import type { Held } from '../warehouse/hold.js';
import { type ExportSource, takeIn } from '../warehouse/take-in.js';
import type { NightlyPeriod } from './night.js';

/**
 * What programmes find that others are fed with: the file of a run, loaded under the name of its policy as an export is. So
 * what was fed is part of the identity of whoever reads it, and what is found no longer is withdrawn.
 */

/** Those that feed others before those that are fed; in each the order that was given. */
export function inOrderOfFeeding(plans: readonly Plan[]): { feeding: Plan[]; fed: Plan[] } {
  return {
    feeding: plans.filter((plan) => feedOf(plan) !== undefined),
    fed: plans.filter((plan) => feedOf(plan) === undefined),
  };
}

function feedOf({ policy }: Plan): string | undefined {
  return programmeFor(policy).feeds?.file;
}

/** Loads what the runs of tonight, or else the last ones, feed, by way of the lake where exports come from one. Gives the last load that counts. */
export async function loadFeeds(
  held: Held,
  source: ExportSource,
  plans: readonly Plan[],
  periods: readonly NightlyPeriod[],
  { runs }: History,
  context: Context,
  log: EventLog,
): Promise<number> {
  const { warehouse, scratch, keep } = held;
  const folder = join(scratch, 'feeds');
  mkdirSync(folder, { recursive: true });
  const names: string[] = [];
  for (const plan of plans) {
    const { id } = plan.policy;
    const { feeds } = programmeFor(plan.policy);
    const tonight = periods.find((period) => period.policy === id && period.run_dir !== null)?.run_dir;
    const dir = tonight ?? runs.findLast(({ manifest }) => manifest.policy.id === id)?.dir;
    if (feeds === undefined || dir === undefined) continue;
    const { file } = feeds;
    const name = fedFile(feeds, id);
    if (!(await isWanted(warehouse, name, join(dir, file)))) continue;
    copyFileSync(join(dir, file), join(folder, name));
    names.push(name);
  }
  if (names.length > 0) {
    const { loaded } = await takeIn(held, { ...source, input: folder }, context);
    await keep();
    for (const { file, rows, withdrawn } of loaded) log.write('fed', 'info', { file, rows, withdrawn });
  }
  return lastKnownLoad(warehouse, undefined);
}

/** A file without rows says something only where there were some before. */
async function isWanted(warehouse: Warehouse, name: string, path: string): Promise<boolean> {
  const held = await warehouse.count(
    `SELECT count(*) FROM export_file WHERE file = ${literal(name)} AND replaced_by_load IS NULL`,
  );
  return held > 0 || readFileSync(path, 'utf8').trimEnd().includes('\n');
}
