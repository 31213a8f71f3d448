import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { closeIn } from '../../close/close-file.js';
import { type Manifest, manifestIn } from '../../emit/manifest.js';
import type { Earlier } from '../../programmes/interface/pages.js';

/** The closed revisions that a run adjusts, from the first on, as far back as their folders lie where it was settled. */
export function earlierRevisions(dir: string, manifest: Manifest): Earlier[] {
  const out = dirname(dirname(dir));
  const found: Earlier[] = [];
  for (let { restates } = manifest; restates !== undefined; ) {
    const folder = join(out, restates.policy_id, restates.run_id);
    const [closed] = existsSync(folder) ? closeIn(folder) : [];
    if (closed === undefined || closed.sha256 !== restates.sha256) break;
    const { revision, closed_by, closed_at, run_id } = closed.close;
    found.unshift({ dir: folder, run_id, revision, by: closed_by, at: closed_at });
    restates = manifestIn(folder)?.restates;
  }
  return found;
}
