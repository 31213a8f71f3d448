import type { Differences } from '../differences.js';
import { checkSigner } from '../signature/check-signed.js';
import { packetsText, SIGN_NAMESPACE } from '../signature/signed-close.js';
import { isSigned, type Signed, signatureOf } from '../signature/sshsig.js';
import { PACKET_PLACE } from './check-tree.js';
import type { PacketData } from './packet-data.js';
import { readProof } from './proof.js';
import type { Trusted } from './trust.js';

export interface PacketSignature {
  /** `SHA256:…` */
  key: string;
  type: string;
  /** Whose it is by the reader's list; null where the reader gave none. */
  signer: string | null;
}

const PLACE = 'signature';

/** The close's signature is of what this packet says of the close, and by a key that its reader takes. Null where there is none that holds. */
export function checkSignature(
  data: PacketData,
  runId: string,
  trusted: Trusted | undefined,
  differences: Differences,
): PacketSignature | null {
  const signed = signedIn(data, runId, differences);
  const { fingerprint, signers } = trusted ?? {};
  if (fingerprint !== undefined)
    differences.compare(PACKET_PLACE, PLACE, 'key', signed?.fingerprint ?? 'no signature that holds', fingerprint);
  const place = [PACKET_PLACE, PLACE] as const;
  const signer = signers === undefined ? undefined : checkSigner(signed, signers, differences, place);
  return signed === undefined ? null : { key: signed.fingerprint, type: signed.type, signer: signer ?? null };
}

function signedIn({ close, proof }: PacketData, runId: string, differences: Differences): Signed | undefined {
  if (close?.signature === undefined) return undefined;
  const size = readProof(proof ?? '')?.size;
  if (close.root === null || size === undefined) {
    differences.add(PACKET_PLACE, PLACE, '', 'given', 'nothing, as there is no root that it could be of');
    return undefined;
  }
  const text = packetsText({ ...close, root: close.root, run_id: runId, size });
  const found = signatureOf(close.signature, text, SIGN_NAMESPACE);
  if (isSigned(found)) return found;
  differences.add(PACKET_PLACE, PLACE, found.column, found.found, found.expected);
  return undefined;
}
