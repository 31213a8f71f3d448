import type { Freed } from '../emit/take-away.js';
import type { Reason } from './prunable.js';

/** A run folder, as a prune tells of it. */
export interface PrunedRun {
  run_id: string;
  policy: string;
  as_of: string;
  finished_at: string;
  run_dir: string;
}

/** What a prune did, or with `dry_run` would do. */
export interface Pruned {
  out: string;
  keep_days: number;
  dry_run: boolean;
  deleted: (PrunedRun & Freed)[];
  kept: (PrunedRun & { why: Reason[] })[];
  /** Folders below those of policies that are no run that can be read; they are left alone. */
  others: string[];
  freed: Freed & { runs: number };
}
