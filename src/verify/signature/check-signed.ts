import type { Differences } from '../differences.js';
import { type Allowed, allowedSigner, type Signers } from './allowed-signers.js';
import { CLOSE_SIGNATURE, PACKETS_SIGNATURE, PACKETS_TEXT, packetsTextOf, SIGN_NAMESPACE } from './signed-close.js';
import { isSigned, type Signed, signatureOf } from './sshsig.js';

/** Reads files of a run folder, and says whether they are there. */
interface Files {
  has: (file: string) => boolean;
  whole: (file: string) => Uint8Array | undefined;
}

/** Of a run that is closed: what it is signed with fits it, whole. Undefined where it isn't signed, or not rightly. */
export function checkSigned(files: Files, close: Uint8Array, differences: Differences): Signed | undefined {
  const isThere = [CLOSE_SIGNATURE, PACKETS_TEXT, PACKETS_SIGNATURE].some((file) => files.has(file));
  if (!isThere) return undefined;
  const signed = signedBy(files, CLOSE_SIGNATURE, close, differences);
  const expected = packetsTextOf(fieldsOf(close));
  if (expected === undefined) return signed; // what stands there nevertheless is in excess
  const text = textOf(files, PACKETS_TEXT) ?? '';
  differences.compare(PACKETS_TEXT, '', '', text, expected);
  const packets = signedBy(files, PACKETS_SIGNATURE, text, differences);
  if (signed === undefined || packets === undefined) return undefined;
  differences.compare(PACKETS_SIGNATURE, '', 'key', packets.fingerprint, signed.fingerprint);
  return signed;
}

function signedBy(files: Files, file: string, text: string | Uint8Array, differences: Differences): Signed | undefined {
  const armor = textOf(files, file);
  if (armor === undefined) return undefined;
  const found = signatureOf(armor, text, SIGN_NAMESPACE);
  if (isSigned(found)) return found;
  differences.add(file, '', found.column, found.found, found.expected);
  return undefined;
}

function textOf(files: Files, file: string): string | undefined {
  const bytes = files.whole(file);
  return bytes && new TextDecoder().decode(bytes);
}

function fieldsOf(close: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(close));
  } catch {
    return undefined;
  }
}

/** Whose signature it is by the reader's list. A close that nobody signed, or not rightly, is what the reader doesn't take. */
export function checkSigner(
  signed: Signed | undefined,
  signers: Signers,
  differences: Differences,
  [file, key]: readonly [file: string, key: string],
): string | undefined {
  const expected = signers.signer === undefined ? 'an allowed signer' : `a signature by ${signers.signer}`;
  const found: Allowed =
    signed === undefined ? { refused: 'no signature that holds' } : allowedSigner(signed.blob, SIGN_NAMESPACE, signers);
  if ('signer' in found) return found.signer;
  differences.add(file, key, 'signer', found.refused, expected);
  return undefined;
}
