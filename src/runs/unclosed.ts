import { type FoundClose, lastRevisions } from '../close/close-file.js';
import type { Manifest } from '../emit/manifest.js';
import type { Published } from './published.js';

/** What a run adjusts of a closed period, to be closed as the given revision. */
export interface Unclosed {
  policy: string;
  period: Manifest['period'];
  run_id: string;
  /** Beijing. */
  finished_at: string;
  revision: number;
  /** Of adjustments.csv; and what they come to, CNY. */
  lines: number;
  delta: string;
}

/**
 * The adjustments of closed periods that no later close has taken in: of each close, those whose numbers are told already
 * left out, the ones of the newest run that adjusts it. Transfers are none, for whoever asks for one looks at it.
 */
export function unclosedOf(
  runs: readonly Published[],
  closes: readonly FoundClose[],
  told: ReadonlySet<number>,
): Unclosed[] {
  return lastRevisions(closes).flatMap((found) => {
    if (told.has(found.close.close_no)) return [];
    const last = newest(runs.map(({ manifest }) => manifest).filter((manifest) => adjusts(manifest, found)));
    if (last?.restates === undefined || last.restates.lines === 0) return [];
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
