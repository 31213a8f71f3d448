import type { RunResult } from '../settle/run-result.js';

/**
 * What a run answers as JSON: its manifest with the folder (contract, "Commands"), and what isn't in the run folder where
 * there is such: that the period isn't over, its close, what each cause makes of a restatement, whom it moves to another agency. Notices of the place aren't
 * this run's own; they are told on standard error and stand beside the runs.
 */
export function runAnswer({
  manifest,
  runDir,
  provisional,
  closed,
  causes,
  transferred,
  restated,
  budget,
}: RunResult): object {
  return {
    ...manifest,
    run_dir: runDir,
    ...(provisional ? { provisional } : {}),
    ...(closed === undefined ? {} : { closed }),
    ...(restated === undefined ? {} : { causes }),
    ...(budget === undefined ? {} : { budget }),
    ...(transferred === undefined ? {} : { transferred }),
  };
}
