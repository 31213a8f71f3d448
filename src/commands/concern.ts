import type { BeijingDate } from '../beijing.js';
import type { FoundClose } from '../close/close-file.js';
import type { Manifest } from '../emit/manifest.js';
import { writePolicyTables } from '../policy/tables.js';
import { hasSessions, type Touch, touchedSince } from '../rules/since.js';
import { PROGRAM } from '../version.js';
import type { Warehouse } from '../warehouse.js';
import { type Load, loadOf } from './known-at.js';
import type { Published } from './published.js';
import type { Plan } from './settle-period.js';

/** What was done so far: loads, runs and closes. */
export interface History {
  loads: readonly Load[];
  runs: readonly Published[];
  closes: readonly FoundClose[];
}

/** Why a period is settled: the night's date lies in it; it was not settled up to this day by this policy; or new data. */
export type Why = { because: 'date' | 'unsettled' } | { because: 'data'; touched: Touch[] };

/** Why a period concerns a night; undefined where its figures stand as they were settled. */
export async function concern(
  warehouse: Warehouse,
  plan: Plan,
  night: { date: BeijingDate; load: number },
  history: History,
  closed: FoundClose | undefined,
): Promise<Why | undefined> {
  const { period } = plan.policy;
  if (closed === undefined && night.date <= period.to) return { because: 'date' };
  await writePolicyTables(warehouse, plan.policy, { asOf: plan.asOf, knownLoad: night.load });
  const known = closed === undefined ? knownToRuns(plan, history) : (knownToClosed(closed, history) ?? 0);
  if (known === undefined) {
    const ran = history.runs.some(({ manifest }) => manifest.policy.id === plan.policy.id);
    return ran || (await hasSessions(warehouse)) ? { because: 'unsettled' } : undefined;
  }
  if (known === night.load) return undefined;
  const touched = await touchedSince(warehouse, { knownLoad: known, closed: closed !== undefined });
  return touched.length === 0 ? undefined : { because: 'data', touched };
}

/** The close of a period that has days in common with the plan's; of several revisions the last. */
export function closeOf({ policy: { period } }: Plan, closes: readonly FoundClose[]): FoundClose | undefined {
  return closes.findLast(({ close }) => close.period.from <= period.to && close.period.to >= period.from);
}

/** The last load that a run of just this work but its files knew; undefined where there is none. */
function knownToRuns({ policy, sha256, asOf, statements }: Plan, { loads, runs }: History): number | undefined {
  const same = runs.filter(
    ({ manifest }) =>
      manifest.policy.id === policy.id &&
      manifest.policy.sha256 === sha256 &&
      manifest.program.version === PROGRAM.version &&
      manifest.as_of === asOf &&
      hasStatements(manifest) === statements,
  );
  return latest(same, loads);
}

/** The last load that the closed run knew, or one that has adjusted it since. */
function knownToClosed({ close }: FoundClose, { loads, runs }: History): number | undefined {
  const counting = runs.filter(({ manifest }) => {
    if (manifest.policy.id !== close.policy.id || manifest.as_of !== close.as_of) return false;
    const adjusts = manifest.outputs.some(({ file }) => file === 'adjustments.csv');
    return manifest.run_id === close.run_id || adjusts || manifest.finished_at.slice(0, 19) > close.closed_at;
  });
  return latest(counting, loads);
}

function hasStatements({ outputs }: Manifest): boolean {
  return outputs.some(({ file }) => file === 'anchors/');
}

/** The newest load that some run knew; a run of another warehouse's files knew none of this one's. */
function latest(runs: readonly Published[], loads: readonly Load[]): number | undefined {
  const known = runs.flatMap(({ manifest: { inputs } }) =>
    inputs.length === 0 ? [0] : (loadOf(loads, inputs)?.load ?? []),
  );
  return known.length === 0 ? undefined : Math.max(...known);
}
