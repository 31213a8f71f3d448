import type { FoundClose } from '../close/close-file.js';
import type { Manifest } from '../emit/manifest.js';
import { type Load, loadOf } from './known-at.js';
import type { Published } from './published.js';

/** Why a run folder stays. */
export type Reason =
  | 'closed' // a period was closed with it
  | 'paid' // a batch of payments pays its lines
  | 'accepted' // somebody has accepted what it tells
  | 'last' // of its policy and period
  | 'compared' // a night asks what came since it, for the policy, program, close and statements that it was settled with
  | 'recent'; // it ended within the days that are kept

/** What runs are judged by. */
export interface PruneFacts {
  /** Policy by policy, in the order in which they ended. */
  runs: readonly Published[];
  closes: readonly FoundClose[];
  /** Of batches of payments, the policies and ids of the runs that they pay. */
  paid: readonly { policy_id: string; run_id: string }[];
  loads: readonly Load[];
  /** The ids of runs of which something was accepted. */
  accepted: ReadonlySet<string>;
  /** Beijing; what ended at this time or later is recent. */
  since: string;
}

/** Of every run why it stays; no reason: nothing needs it. */
export function reasonsToStay({ runs, closes, paid, loads, accepted, since }: PruneFacts): Map<Published, Reason[]> {
  const closed = new Set(closes.map(({ path }) => path.slice(0, -'/close.json'.length)));
  const payable = new Set(paid.map(({ policy_id, run_id }) => `${policy_id} ${run_id}`));
  const last = new Set(newestOf(runs, ofPeriod, () => 0));
  const toTheEnd = runs.filter(({ manifest: { as_of, period } }) => as_of === period.to);
  const compared = new Set(newestOf(toTheEnd, ofWork, (run) => loadKnownTo(run, loads)));
  const tests: [Reason, (run: Published) => boolean][] = [
    ['closed', ({ dir }) => closed.has(dir)],
    ['paid', ({ manifest }) => payable.has(`${manifest.policy.id} ${manifest.run_id}`)],
    ['accepted', ({ manifest }) => accepted.has(manifest.run_id)],
    ['last', (run) => last.has(run)],
    ['compared', (run) => compared.has(run)],
    ['recent', ({ manifest }) => manifest.finished_at >= since],
  ];
  return new Map(runs.map((run) => [run, tests.filter(([, holds]) => holds(run)).map(([reason]) => reason)]));
}

/** Of the runs of each key the one of the highest rank, and of several such the one that ended last. */
function newestOf(
  runs: readonly Published[],
  keyOf: (manifest: Manifest) => unknown[],
  rankOf: (run: Published) => number,
): Published[] {
  const newest = new Map<string, Published>();
  for (const run of runs) {
    const key = JSON.stringify(keyOf(run.manifest));
    const before = newest.get(key);
    if (before === undefined || rankOf(run) >= rankOf(before)) newest.set(key, run);
  }
  return [...newest.values()];
}

function ofPeriod({ policy, period }: Manifest): unknown[] {
  return [policy.id, period.from, period.to];
}

/** All that a run is settled with but its files: a night looks for the newest run of just this work. */
function ofWork(manifest: Manifest): unknown[] {
  const { policy, program, period, severities, restates, outputs } = manifest;
  const statements = outputs.some(({ file }) => file === 'anchors/');
  const lowered = Object.entries(severities ?? {}).map(([code, { severity }]) => `${severity} ${code}`);
  return [
    policy.id,
    policy.sha256,
    program,
    period.from,
    period.to,
    statements,
    lowered,
    restates?.sha256,
    restates?.transfer,
  ];
}

/** The load that a run knew; −1 where the warehouse has none after which its files stood. */
function loadKnownTo({ manifest }: Published, loads: readonly Load[]): number {
  return manifest.inputs.length === 0 ? 0 : (loadOf(loads, manifest)?.load ?? -1);
}
