import { join } from 'node:path';
import { closeIn } from '../../close/close-file.js';
import { SettleError } from '../../core/errors.js';
import type { Manifest } from '../../emit/manifest.js';
import { refuseEdited } from '../../emit/unchanged.js';
import { loadPolicy } from '../../policy/load-policy.js';
import type { BookedRun } from '../../programmes/interface/book.js';
import { say } from '../../words/say.js';
import { oneRun } from '../which-runs.js';

/** How anchors without an agency are asked for, as their statements' folder is called. */
const INDEPENDENT = '_independent';

/** An agency as it is asked for; blank for anchors without one. */
export function agencyAsked(agency: string | undefined): string | undefined {
  return agency === INDEPENDENT ? '' : agency;
}

/** A run that is to be shown, from its folder alone; refused where somebody changed it. */
export async function shownRun(out: string, run: string): Promise<{ shown: BookedRun; manifest: Manifest }> {
  const published = oneRun(out, run);
  const { dir, manifest } = published;
  const [found] = closeIn(dir);
  await refuseEdited(published, found?.close);
  const { policy } = await loadPolicy(join(dir, 'policy.yaml'));
  const closed =
    found === undefined
      ? null
      : { revision: found.close.revision, by: found.close.closed_by, at: found.close.closed_at };
  const { run_id, as_of, restates } = manifest;
  return { shown: { dir, run_id, policy, as_of, restated: restates !== undefined, closed }, manifest };
}

/** The run to compare with: two months of one kind of policy have the same lines. */
export async function runBeside(out: string, run: string | undefined, own: BookedRun): Promise<BookedRun | undefined> {
  if (run === undefined) return undefined;
  const { shown } = await shownRun(out, run);
  if (shown.policy.rules === own.policy.rules) return shown;
  const [run_id, rules] = [shown.run_id, shown.policy.rules];
  throw new SettleError(
    'usage',
    say('run {run_id} was settled by other rules than this one: {rules}', { run_id, rules }),
    {
      mend: say('Give a run by the rules {rules} with --against.', { rules: own.policy.rules }),
    },
  );
}
