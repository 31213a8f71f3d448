import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { foldersIn } from '../close/close-file.js';
import { SettleError } from '../core/errors.js';
import { type Manifest, manifestIn } from '../emit/manifest.js';
import { say } from '../words/say.js';

/** A run folder with what its manifest says. */
export interface Published {
  dir: string;
  manifest: Manifest;
}

/** The runs below an output folder, policy by policy, in the order in which they ended; what else lies there is none. */
export function publishedBelow(out: string): Published[] {
  const found: Published[] = [];
  for (const policy of foldersIn(out)) {
    for (const run of foldersIn(join(out, policy))) {
      const dir = join(out, policy, run);
      const manifest = manifestIn(dir);
      if (manifest?.run_id === run) found.push({ dir, manifest });
    }
  }
  const key = ({ manifest: { policy, finished_at, run_id } }: Published): string =>
    `${policy.id} ${finished_at} ${run_id}`;
  return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The run that is meant: by the path of its folder, or by its id below the output folder. */
export function publishedRun(out: string, run: string): Published {
  const dir = folderOf(resolve(out), run);
  const manifest = manifestIn(dir);
  if (manifest !== undefined) return { dir, manifest };
  throw new SettleError('differs', say("{path} can't be read", { path: join(dir, 'manifest.json') }), {
    file: join(dir, 'manifest.json'),
    mend: say('To see what is wrong: settle verify {dir}', { dir }),
  });
}

function folderOf(out: string, run: string): string {
  if (run !== '' && existsSync(join(run, 'manifest.json'))) return resolve(run);
  const found = foldersIn(out)
    .map((policy) => join(out, policy, run))
    .filter((dir) => existsSync(join(dir, 'manifest.json')));
  const [only] = found;
  if (only !== undefined && found.length === 1 && run !== '') return only;
  throw new SettleError(
    'usage',
    found.length > 1
      ? say('{run} is the id of {count} runs', { run, count: found.length })
      : say('there is no run {run}', { run }),
    {
      mend: say('Give a run id, or the path of a run folder. To list the runs: settle runs --out DIR'),
    },
  );
}
