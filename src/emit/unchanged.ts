import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SettleError } from '../core/errors.js';
import { say } from '../words/say.js';
import type { Manifest } from './manifest.js';

const MANIFEST = 'manifest.json';

/**
 * Refuses a run folder whose files are not those that its manifest names, or of a closed run whose manifest isn't the one
 * that its close names: what somebody changed is nobody's figure.
 */
export async function refuseEdited(
  { dir, manifest }: { dir: string; manifest: Manifest },
  close: { manifest_sha256: string } | undefined,
): Promise<void> {
  const files = manifest.outputs.filter(({ file }) => file.endsWith('.csv'));
  const sealed = close === undefined ? [] : [{ file: MANIFEST, sha256: close.manifest_sha256 }];
  for (const { file, sha256 } of [...sealed, ...files, { file: 'policy.yaml', sha256: manifest.policy.sha256 }]) {
    const path = join(dir, file);
    if ((await hashOf(path)) === sha256) continue;
    throw new SettleError('differs', say('{path} is not the file that the run published', { path }), {
      file: path,
      mend: say('To see what was changed: settle verify {dir}', { dir }),
    });
  }
}

/** undefined: it can't be read. */
async function hashOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}
