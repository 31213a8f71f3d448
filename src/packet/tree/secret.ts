import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SettleError } from '../../core/errors.js';
import { removeLeft } from '../../disk/scratch.js';
import { sync, writeNew } from '../../disk/writing.js';
import { say } from '../../words/say.js';

/** Beside the run folders: 32 random bytes in hex, from which all salts follow. Whoever has it can test guesses of rows. */
export const SECRET = 'packet-secret';

/** What killed closes left. */
const LEFT = /^packet-secret\.new-(\d+)$/;

const FORM = /^[0-9a-f]{64}\n$/;

/** HMAC-SHA-256. */
export function hmac(key: Uint8Array, data: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

export function secretFile(out: string): string {
  return join(out, SECRET);
}

/** The secret of an output folder; undefined where none was made yet. */
export function readSecret(out: string): Buffer | undefined {
  const path = secretFile(out);
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'latin1');
  if (FORM.test(text)) return Buffer.from(text.trimEnd(), 'hex');
  throw new SettleError(
    'differs',
    say('{path} is not the secret of packets: 64 hexadecimal digits and a line end', { path }),
    {
      file: path,
      mend: say('Put it back from a backup: settle backup copies it.'),
    },
  );
}

/** The secret, made now where there is none; of two that make it at once both get the same. */
export function makeSecret(out: string): Buffer {
  const path = secretFile(out);
  removeLeft(out, LEFT);
  const draft = `${path}.new-${process.pid}`;
  rmSync(draft, { force: true });
  try {
    writeNew(draft, `${randomBytes(32).toString('hex')}\n`, 0o600);
    sync(draft);
    linkSync(draft, path);
    sync(out);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readSecret(out) as Buffer;
}
