import type { FoundClose } from '../close/close-file.js';
import type { BeijingDate } from '../core/beijing.js';
import type { Manifest } from '../emit/manifest.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { type Lowered, loweredIn } from '../notices/notice.js';
import { writePolicyTables } from '../policy/tables.js';
import { isThisProgram } from '../program/version.js';
import { programmeFor } from '../programmes/registry.js';
import { NOTHING_PINNED, type Pinned } from '../rules/pinned.js';
import { hasSessions, type Touch, touchedSince } from '../rules/since.js';
import { type Load, loadOf } from '../runs/known-at.js';
import type { Published } from '../runs/published.js';
import type { Plan } from './plan.js';

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
  pinned: Pinned = NOTHING_PINNED,
): Promise<Why | undefined> {
  const { period } = plan.policy;
  const programme = programmeFor(plan.policy);
  if (closed === undefined && night.date <= period.to) return { because: 'date' };
  await writePolicyTables(warehouse, plan.policy, { asOf: plan.asOf, knownLoad: night.load, pinned });
  const known = closed === undefined ? knownToRuns(plan, history) : (knownToClosed(closed, history) ?? 0);
  if (known === undefined) {
    const ran = history.runs.some(({ manifest }) => manifest.policy.id === plan.policy.id);
    return ran || (await hasSessions(warehouse, programme)) ? { because: 'unsettled' } : undefined;
  }
  if (known === night.load) return undefined;
  const touched = await touchedSince(warehouse, programme, { knownLoad: known, closed: closed !== undefined });
  return touched.length === 0 ? undefined : { because: 'data', touched };
}

/** The last load that a run of just this work but its files knew; undefined where there is none. */
function knownToRuns(
  { policy, sha256, asOf, statements, lowered }: Plan,
  { loads, runs }: History,
): number | undefined {
  const same = runs.filter(
    ({ manifest }) =>
      manifest.policy.id === policy.id &&
      manifest.policy.sha256 === sha256 &&
      isThisProgram(manifest.program) &&
      manifest.as_of === asOf &&
      severities(loweredIn(manifest)) === severities(lowered) &&
      hasStatements(manifest) === statements,
  );
  return latest(same, loads);
}

/** The last load that the closed run knew, or one that restates it. */
function knownToClosed({ close, sha256 }: FoundClose, { loads, runs }: History): number | undefined {
  const counting = runs.filter(({ manifest: { policy, run_id, restates, as_of, period } }) => {
    const isClosed = policy.id === close.policy.id && run_id === close.run_id;
    return isClosed || (restates?.sha256 === sha256 && as_of === period.to);
  });
  return latest(counting, loads);
}

/** What the settings make of notices, as a run id knows it. */
function severities(lowered: readonly Lowered[]): string {
  return lowered.map(({ code, severity }) => `${severity} ${code}`).join(', ');
}

function hasStatements({ outputs }: Manifest): boolean {
  return outputs.some(({ file }) => file === 'anchors/');
}

/** The newest load that some run knew; a run of another warehouse's files knew none of this one's. */
function latest(runs: readonly Published[], loads: readonly Load[]): number | undefined {
  const known = runs.flatMap(({ manifest }) =>
    manifest.inputs.length === 0 ? [0] : (loadOf(loads, manifest)?.load ?? []),
  );
  return known.length === 0 ? undefined : Math.max(...known);
}
