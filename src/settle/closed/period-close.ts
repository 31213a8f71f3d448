import type { Close } from '../../close/close-file.js';
import type { Manifest, Restates } from '../../emit/manifest.js';
import type { Programme } from '../../programmes/interface/programme.js';
import { type Adjusted, adjustedIn } from '../../summary/restated-causes.js';
import type { ClosedRun } from './restate.js';

/** What a run is to the close of its period. */
export interface OfClose {
  /** The close whose figures the run adjusts, where the period is closed. */
  restated: Restates | undefined;
  /** What each cause makes of those adjustments, CNY. */
  causes: Readonly<Record<string, string>>;
  /** Whom it moves to another agency. */
  transferred: Adjusted['transferred'];
  /** The period's last close, where it is closed. */
  closed: PeriodClose | undefined;
}

/** A close as whoever settles its period again reads it. */
export interface PeriodClose extends Pick<Close, 'close_no' | 'revision' | 'run_id' | 'closed_at' | 'closed_by'> {
  /** The run is the one that it was closed with: nothing came after it. */
  by_this_run: boolean;
}

export async function ofClose(
  programme: Programme,
  closed: ClosedRun | undefined,
  { policy, run_id, restates }: Manifest,
  runDir: string,
): Promise<OfClose> {
  const none = { causes: {}, transferred: undefined };
  const adjusted = restates === undefined ? none : await adjustedIn(runDir, programme);
  return { restated: restates, ...adjusted, closed: closed && closeOf(closed, policy.id, run_id) };
}

function closeOf({ found: { close } }: ClosedRun, policy: string, run: string): PeriodClose {
  const { close_no, revision, run_id, closed_at, closed_by } = close;
  return {
    ...{ close_no, revision, run_id, closed_at, closed_by },
    by_this_run: close.policy.id === policy && run_id === run,
  };
}
