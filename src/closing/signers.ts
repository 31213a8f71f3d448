import { readFileSync, statSync } from 'node:fs';
import { instantOf } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import type { Signers } from '../verify/signature/allowed-signers.js';
import { say } from '../words/say.js';

export interface SignerFlags {
  allowedSigners?: string | undefined;
  signer?: string | undefined;
  verifyTime?: string | undefined;
}

/** A list of signers is read by people, too. */
const LARGEST_LIST = 1 << 24;

/** Whose signatures are taken; undefined where nobody asks. */
export function signersAsked({ allowedSigners, signer, verifyTime }: SignerFlags, now: number): Signers | undefined {
  if (allowedSigners === undefined) {
    const flag = signer === undefined ? '--verify-time' : '--signer';
    if (signer === undefined && verifyTime === undefined) return undefined;
    throw new SettleError('usage', say('{flag} was given without --allowed-signers', { flag }), {
      mend: say('Give the list of the keys that you take with --allowed-signers FILE.'),
    });
  }
  const stat = statSync(allowedSigners, { throwIfNoEntry: false });
  if (stat?.isFile() !== true || stat.size > LARGEST_LIST)
    throw new SettleError('usage', say('{path} is no list of allowed signers', { path: allowedSigners }), {
      file: allowedSigners,
      mend: say('Give a file with a line for each key: NAME KIND KEY. See ALLOWED SIGNERS in ssh-keygen(1).'),
    });
  return {
    text: readFileSync(allowedSigners, 'utf8'),
    signer,
    at: verifyTime === undefined ? now : timeOf(verifyTime),
  };
}

function timeOf(text: string): number {
  const found = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d))?$/.exec(text);
  const at = found === null ? Number.NaN : instantOf(`${found[1]} ${found[2] ?? '00:00:00'}`);
  if (!Number.isNaN(at)) return at;
  throw new SettleError('usage', say('--verify-time is no time: {text}', { text }), {
    mend: say('Give it as 2023-12-01 or 2023-12-01 10:00:00, in Beijing.'),
  });
}
