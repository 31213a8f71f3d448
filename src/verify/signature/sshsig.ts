import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { type PublicKey, publicKeyOf } from './public-key.js';
import { BadForm, fromBase64, WireReader, wireString } from './wire.js';

/** Signatures as `ssh-keygen -Y sign` makes them (PROTOCOL.sshsig of OpenSSH), verified by code of our own. */

const ARMOR = /^-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----\n$/;
const MAGIC = utf8ToBytes('SSHSIG');
const VERSION = 1;
const HASHES: Readonly<Record<string, (data: Uint8Array) => Uint8Array>> = { sha256, sha512 };

/** A signature that fits its text: whose it is nobody has asked yet. */
export interface Signed extends Omit<PublicKey, 'signed'> {
  /** The key as SSH writes it. */
  blob: Uint8Array;
}

/** Why a signature is none of this text. */
export interface NotSigned {
  column: 'form' | 'namespace' | 'hash' | 'text';
  found: string;
  expected: string;
}

/** Whether the armored signature is one of this text, in this namespace, by the key that it names itself. */
export function signatureOf(armor: string, text: string | Uint8Array, namespace: string): Signed | NotSigned {
  try {
    return checked(armor, typeof text === 'string' ? utf8ToBytes(text) : text, namespace);
  } catch (error) {
    if (!(error instanceof BadForm)) throw error;
    return { column: 'form', found: error.message, expected: 'a signature as ssh-keygen -Y sign makes it' };
  }
}

export function isSigned(found: Signed | NotSigned): found is Signed {
  return 'fingerprint' in found;
}

function checked(armor: string, message: Uint8Array, namespace: string): Signed | NotSigned {
  const base64 = ARMOR.exec(armor)?.[1];
  if (base64 === undefined) throw new BadForm('no SSH SIGNATURE');
  const reader = new WireReader(fromBase64(base64.replaceAll('\n', '')));
  if (!reader.take(MAGIC.length).every((byte, at) => byte === MAGIC[at])) throw new BadForm('no SSHSIG');
  const version = reader.number();
  if (version !== VERSION) throw new BadForm(`version ${version}`);
  const blob = reader.string();
  const name = reader.string();
  reader.string(); // reserved
  const hashName = reader.text();
  const signature = reader.string();
  reader.end();
  const said = new TextDecoder().decode(name);
  if (said !== namespace) return { column: 'namespace', found: said, expected: namespace };
  const hash = Object.hasOwn(HASHES, hashName) ? HASHES[hashName] : undefined;
  if (hash === undefined) return { column: 'hash', found: hashName, expected: Object.keys(HASHES).join(' or ') };
  const key = publicKeyOf(blob);
  const signed = [utf8ToBytes(namespace), new Uint8Array(0), utf8ToBytes(hashName), hash(message)].map(wireString);
  if (!key.signed(concatBytes(MAGIC, ...signed), signature))
    return {
      column: 'text',
      found: `none by ${key.fingerprint}, though it says so`,
      expected: 'a signature of this text',
    };
  return { type: key.type, fingerprint: key.fingerprint, blob };
}
