import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { isRsaKey, isRsaSignature } from './rsa.js';
import { BadForm, bytesOf, toBase64, WireReader } from './wire.js';

/** A key as SSH writes it, and whether a signature of its kind is one of some data. */
export interface PublicKey {
  /** `ssh-ed25519`, … */
  type: string;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  fingerprint: string;
  /** Throws `BadForm` where it is none of this key's kind. */
  signed: (data: Uint8Array, signature: Uint8Array) => boolean;
}

/** The first bytes of a key and of a signature of it say its kind; the key's other fields give what verifies. */
type Kind = (key: WireReader) => PublicKey['signed'];

const CURVES = {
  nistp256: { curve: p256, hash: sha256, length: 32 },
  nistp384: { curve: p384, hash: sha384, length: 48 },
  nistp521: { curve: p521, hash: sha512, length: 66 },
} as const;
type CurveName = keyof typeof CURVES;

const KINDS: Readonly<Record<string, Kind>> = {
  'ssh-ed25519': (key) => {
    const point = key.string();
    return (data, signature) => isEd25519(point, data, reading('ssh-ed25519', signature));
  },
  'ssh-rsa': (key) => {
    const [exponent, modulus] = [key.whole(), key.whole()];
    if (!isRsaKey({ exponent, modulus })) throw new BadForm('an RSA key too short, or no key');
    return (data, signature) => rsaSigned({ exponent, modulus }, data, signature);
  },
  'ecdsa-sha2-nistp256': (key) => ecdsa(key, 'nistp256'),
  'ecdsa-sha2-nistp384': (key) => ecdsa(key, 'nistp384'),
  'ecdsa-sha2-nistp521': (key) => ecdsa(key, 'nistp521'),
  // Keys of security devices sign what they saw besides: for whom, whether somebody was there, how often they signed.
  'sk-ssh-ed25519@openssh.com': (key) => {
    const [point, application] = [key.string(), key.string()];
    return (data, signature) => {
      const reader = new WireReader(signature);
      expectName(reader, 'sk-ssh-ed25519@openssh.com');
      const own = reader.string();
      return isEd25519(point, ofDevice(application, data, reader), own);
    };
  },
  'sk-ecdsa-sha2-nistp256@openssh.com': (key) => {
    const point = curvePoint(key, 'nistp256');
    const application = key.string();
    return (data, signature) => {
      const reader = new WireReader(signature);
      expectName(reader, 'sk-ecdsa-sha2-nistp256@openssh.com');
      const own = reader.string();
      return isEcdsa('nistp256', point, ofDevice(application, data, reader), own);
    };
  },
};

/** The kinds that can be verified, for whoever is told that another can't. */
export const KEY_KINDS = Object.keys(KINDS);

/** Reads a key; throws `BadForm` where it is none, or of a kind that isn't known. */
export function publicKeyOf(blob: Uint8Array): PublicKey {
  const reader = new WireReader(blob);
  const type = reader.text();
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kind === undefined) throw new BadForm(`a key of the kind ${type}`);
  const signed = kind(reader);
  reader.end();
  return { type, fingerprint: fingerprintOf(blob), signed };
}

export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${toBase64(sha256(blob)).replace(/=+$/, '')}`;
}

function expectName(reader: WireReader, name: string): void {
  const found = reader.text();
  if (found !== name) throw new BadForm(`a signature of the kind ${found}`);
}

/** The one field of a signature of that kind. */
function reading(name: string, signature: Uint8Array): Uint8Array {
  const reader = new WireReader(signature);
  expectName(reader, name);
  const own = reader.string();
  reader.end();
  return own;
}

/** Of a point that is none, or a signature of another length, the library throws. */
function isEd25519(point: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  if (point.length !== 32 || signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, data, point, { zip215: false });
  } catch {
    return false;
  }
}

function ecdsa(key: WireReader, name: CurveName): PublicKey['signed'] {
  const point = curvePoint(key, name);
  return (data, signature) => isEcdsa(name, point, data, reading(`ecdsa-sha2-${name}`, signature));
}

function curvePoint(key: WireReader, name: CurveName): Uint8Array {
  if (key.text() !== name) throw new BadForm('another curve');
  const point = key.string();
  if (point[0] !== 4 || point.length !== 1 + 2 * CURVES[name].length) throw new BadForm('a point');
  return point;
}

function isEcdsa(name: CurveName, point: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  const reader = new WireReader(signature);
  const { curve, hash, length } = CURVES[name];
  const [r, s] = [bytesOf(reader.whole(), length), bytesOf(reader.whole(), length)];
  reader.end();
  if (r === undefined || s === undefined) return false;
  try {
    return curve.verify(concatBytes(r, s), hash(data), point, { lowS: false, prehash: false });
  } catch {
    return false;
  }
}

function rsaSigned(key: { exponent: bigint; modulus: bigint }, data: Uint8Array, signature: Uint8Array): boolean {
  const reader = new WireReader(signature);
  const name = reader.text();
  const own = reader.string();
  reader.end();
  if (name === 'rsa-sha2-512') return isRsaSignature(key, own, 'sha512', sha512(data));
  if (name === 'rsa-sha2-256') return isRsaSignature(key, own, 'sha256', sha256(data));
  throw new BadForm(`a signature of the kind ${name}`); // ssh-rsa is SHA-1, which OpenSSH takes no more
}

/** What a security device has signed: the rest of the signature says what it saw. */
function ofDevice(application: Uint8Array, data: Uint8Array, rest: WireReader): Uint8Array {
  const seen = rest.take(5);
  rest.end();
  return concatBytes(sha256(application), seen, sha256(data));
}
