import { type FoundClose, lastRevisions } from '../close/close-file.js';
import type { Manifest } from '../emit/manifest.js';
import type { Published } from '../runs/published.js';
import type { NightlyPeriod, Unclosed } from './night.js';

/**
 * The adjustments of closed periods that no later close has taken in, and that tonight's periods don't tell: of each close
 * those of the newest run that adjusts it. Transfers are none, for whoever asks for one looks at it.
 */
export function unclosedOf(
  runs: readonly Published[],
  closes: readonly FoundClose[],
  periods: readonly NightlyPeriod[],
): Unclosed[] {
  return lastRevisions(closes).flatMap((found) => {
    const told = periods.some(({ closed, run_id }) => closed?.close_no === found.close.close_no && run_id !== null);
    const last = newest(runs.map(({ manifest }) => manifest).filter((manifest) => adjusts(manifest, found)));
    if (told || last?.restates === undefined || last.restates.lines === 0) return [];
    const { run_id, policy, period, restates, finished_at } = last;
    const { revision, lines, delta } = restates;
    return [{ policy: policy.id, period, run_id, finished_at, revision: revision + 1, lines, delta }];
  });
}

function adjusts({ restates }: Manifest, { sha256 }: FoundClose): boolean {
  return restates?.sha256 === sha256 && restates.transfer !== true;
}

function newest(manifests: readonly Manifest[]): Manifest | undefined {
  return manifests.toSorted((a, b) => (a.finished_at < b.finished_at ? -1 : 1)).at(-1);
}
