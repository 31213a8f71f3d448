import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { closeIn, type FoundClose } from '../../close/close-file.js';
import { SettleError } from '../../core/errors.js';
import { type Manifest, manifestIn, type Restates, sha256 } from '../../emit/manifest.js';
import { NOTHING_PINNED, type Pinned } from '../../rules/pinned.js';
import { say } from '../../words/say.js';

/** What a published run was settled with. One that restates nothing, or transfers, or is of a build that pinned nothing, saw the latest. */
export function pinnedFor(runDir: string, { restates }: Manifest, scratch: string): Pinned {
  if (restates?.transfer !== false) return NOTHING_PINNED;
  return { revisions: revisionsBefore(runDir, restates), scratch };
}

/** What a run that restates a closed one has to be settled with. */
export function pinnedBy(closedDir: string, { restates }: Manifest, scratch: string): Pinned {
  return { revisions: [closedDir, ...revisionsBefore(closedDir, restates)], scratch };
}

/** The same, of a close as it lies on the disk. */
export function pinnedByClose({ path }: FoundClose, scratch: string): Pinned {
  const dir = dirname(path);
  const manifest = manifestIn(dir);
  if (manifest === undefined) throw changed(dir);
  return pinnedBy(dir, manifest, scratch);
}

/** The revisions that a run builds on, the last first; each must be the one that its successor says, and unchanged. */
function revisionsBefore(runDir: string, restates: Restates | undefined): string[] {
  const found: string[] = [];
  for (let before = restates, from = runDir; before !== undefined; ) {
    const dir = join(dirname(dirname(from)), before.policy_id, before.run_id);
    const manifest = soundRevision(dir, before.sha256);
    if (manifest === undefined) throw changed(dir);
    found.push(dir);
    [before, from] = [manifest.restates, dir];
  }
  return found;
}

/** The manifest of a closed run, where close, manifest and settlement.csv hold each other by their hashes. */
function soundRevision(dir: string, closeSha256: string): Manifest | undefined {
  const [found] = closeIn(dir);
  const manifest = manifestIn(dir);
  const settlement = manifest?.outputs.find(({ file }) => file === 'settlement.csv');
  try {
    const hash = (file: string): string => sha256(readFileSync(join(dir, file)));
    const sound =
      found?.sha256 === closeSha256 &&
      found.close.manifest_sha256 === hash('manifest.json') &&
      settlement?.sha256 === hash('settlement.csv');
    return sound ? manifest : undefined;
  } catch {
    return undefined;
  }
}

function changed(dir: string): SettleError {
  return new SettleError(
    'differs',
    say(
      "{dir}, by which a revision of the period was closed, is gone or changed, so it can't be told through which agencies it was paid",
      { dir },
    ),
    { file: dir, mend: say('Restore the folder from a backup. To see what was changed: settle verify {dir}', { dir }) },
  );
}
