import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { bytesOf, wholeOf } from './wire.js';

/** RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2.2), whose signatures RSA keys of SSH make. */

export interface RsaKey {
  exponent: bigint;
  modulus: bigint;
}

/** DigestInfo before the hash (RFC 8017, section 9.2). */
const PREFIX = {
  sha256: hexToBytes('3031300d060960864801650304020105000420'),
  sha512: hexToBytes('3051300d060960864801650304020305000440'),
};

const SHORTEST_BITS = 1024;
const LONGEST_BITS = 16_384;
const LARGEST_EXPONENT = 2n ** 64n;

/** As OpenSSH takes keys: neither too short to mean anything nor so long that nobody waits for it. */
export function isRsaKey({ exponent, modulus }: RsaKey): boolean {
  const bits = modulus.toString(2).length;
  const isLong = bits >= SHORTEST_BITS && bits <= LONGEST_BITS;
  return isLong && modulus % 2n === 1n && exponent > 2n && exponent % 2n === 1n && exponent < LARGEST_EXPONENT;
}

export function isRsaSignature(
  { exponent, modulus }: RsaKey,
  signature: Uint8Array,
  hash: keyof typeof PREFIX,
  digest: Uint8Array,
): boolean {
  const length = Math.ceil(modulus.toString(2).length / 8);
  const value = wholeOf(signature);
  if (signature.length > length || value >= modulus) return false;
  const info = concatBytes(PREFIX[hash], digest);
  const padding = new Uint8Array(length - info.length - 3).fill(0xff);
  const expected = concatBytes(Uint8Array.of(0, 1), padding, Uint8Array.of(0), info);
  const found = bytesOf(power(value, exponent, modulus), length);
  return found?.every((byte, at) => byte === expected[at]) === true;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest /= 2n) {
    if (rest % 2n === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
