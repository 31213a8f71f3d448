import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Differences } from '../differences.js';
import type { Signers } from './allowed-signers.js';
import { checkSigned, checkSigner } from './check-signed.js';
import { CLOSE_SIGNATURE } from './signed-close.js';

/** With which key a close is signed. */
export interface RunSignature {
  /** `SHA256:…` */
  key: string;
  type: string;
  /** Whose it is by the reader's list; null where the reader gave none. */
  signer: string | null;
}

/** The files of a run folder, for whoever looks at its signatures alone. */
export function runFiles(runDir: string): Parameters<typeof checkSigned>[0] {
  return {
    has: (file) => existsSync(join(runDir, file)),
    whole: (file) => (existsSync(join(runDir, file)) ? readFileSync(join(runDir, file)) : undefined),
  };
}

/**
 * With which key a run's close is signed; null where it isn't, or not rightly. What doesn't hold is told by whoever
 * verifies the folder; here that it isn't signed as the reader wants it.
 */
export function runSignature(
  runDir: string,
  signers: Signers | undefined,
  differences: Differences,
): RunSignature | null {
  const close = runFiles(runDir).whole('close.json');
  const signed = close && checkSigned(runFiles(runDir), close, new Differences(0));
  const signer = signers && checkSigner(signed, signers, differences, [CLOSE_SIGNATURE, '']);
  return signed === undefined ? null : { key: signed.fingerprint, type: signed.type, signer: signer ?? null };
}
