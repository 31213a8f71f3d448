import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CLOSE, foldersIn } from '../close/close-file.js';

/**
 * The run of a policy that was published last and isn't closed: most of a new run's files are those of it. A closed
 * folder shares its files with nobody.
 */
export function runToShareWith(policyDir: string): string | undefined {
  const found = foldersIn(policyDir)
    .map((run) => join(policyDir, run))
    .filter((dir) => !existsSync(join(dir, CLOSE)))
    .flatMap((dir) => {
      const manifest = statSync(join(dir, 'manifest.json'), { throwIfNoEntry: false });
      return manifest === undefined ? [] : [{ dir, written: manifest.mtimeMs }];
    });
  return found.sort((a, b) => b.written - a.written)[0]?.dir;
}
