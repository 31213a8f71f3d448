import {
  createHash,
  generateKeyPairSync,
  type KeyObject,
  sign as nodeSign,
  type SignKeyObjectInput,
  type SignPrivateKeyInput,
} from 'node:crypto';

/** Keys and signatures as OpenSSH writes them, made by Node: also of kinds that need a security device elsewhere. */

const APPLICATION = 'ssh:test';
const CURVES = { nistp256: 'P-256', nistp384: 'P-384', nistp521: 'P-521' } as const;
const HASH_OF = { nistp256: 'sha256', nistp384: 'sha384', nistp521: 'sha512' } as const;
type Curve = keyof typeof CURVES;

export const KINDS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
] as const;
export type KindOfKey = (typeof KINDS)[number];

export interface SshKey {
  kind: KindOfKey;
  blob: Buffer;
  /** `ssh-ed25519 AAAA…` */
  line: string;
  sign: (text: string, how?: How) => string;
}

/** How to sign otherwise than a close is signed. */
export interface How {
  namespace?: string;
  /** What the signature says that the text was hashed with. */
  hash?: string;
  /** Of RSA. */
  rsa?: 'rsa-sha2-256' | 'rsa-sha2-512';
}

export function sshString(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Positive, as short as it can be. */
function mpint(bytes: Buffer): Buffer {
  let from = 0;
  while (from < bytes.length && bytes[from] === 0) from += 1;
  const short = bytes.subarray(from);
  return sshString((short[0] ?? 0) > 127 ? Buffer.concat([Buffer.alloc(1), short]) : short);
}

const strings = (...parts: (string | Uint8Array)[]): Buffer => Buffer.concat(parts.map(sshString));
const field = (key: KeyObject, name: 'x' | 'y' | 'n' | 'e'): Buffer =>
  Buffer.from(key.export({ format: 'jwk' })[name] as string, 'base64url');

function pairOf(kind: KindOfKey) {
  if (kind.includes('ed25519')) return generateKeyPairSync('ed25519');
  if (kind === 'ssh-rsa') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return generateKeyPairSync('ec', { namedCurve: CURVES[curveOf(kind)] });
}

const curveOf = (kind: KindOfKey): Curve => /nistp\d+/.exec(kind)?.[0] as Curve;

function blobOf(kind: KindOfKey, key: KeyObject): Buffer {
  const application = kind.startsWith('sk-') ? [APPLICATION] : [];
  if (kind === 'ssh-rsa') return Buffer.concat([sshString(kind), mpint(field(key, 'e')), mpint(field(key, 'n'))]);
  if (kind.includes('ed25519')) return strings(kind, field(key, 'x'), ...application);
  const point = Buffer.concat([Buffer.of(4), field(key, 'x'), field(key, 'y')]);
  return strings(kind, curveOf(kind), point, ...application);
}

export function sshKey(kind: KindOfKey = 'ssh-ed25519'): SshKey {
  const { privateKey, publicKey } = pairOf(kind);
  const blob = blobOf(kind, publicKey);
  const sign = (
    text: string,
    { namespace = 'settle-close', hash = 'sha512', rsa = 'rsa-sha2-512' }: How = {},
  ): string => {
    const digest = createHash(hash === 'sha256' ? 'sha256' : 'sha512')
      .update(text)
      .digest();
    const data = Buffer.concat([Buffer.from('SSHSIG'), strings(namespace, '', hash, digest)]);
    const whole = [Buffer.from('SSHSIG'), Buffer.from([0, 0, 0, 1])];
    return armored(
      Buffer.concat([...whole, strings(blob, namespace, '', hash, signatureOf(kind, privateKey, data, rsa))]),
    );
  };
  return { kind, blob, line: `${kind} ${blob.toString('base64')}`, sign };
}

export function armored(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,70}/g) ?? [];
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----', ''].join('\n');
}

function signatureOf(kind: KindOfKey, key: KeyObject, data: Buffer, rsa: NonNullable<How['rsa']>): Buffer {
  if (kind === 'ssh-rsa') return strings(rsa, nodeSign(rsa === 'rsa-sha2-512' ? 'sha512' : 'sha256', data, key));
  const isDevice = kind.startsWith('sk-');
  const seen = Buffer.from([1, 0, 0, 0, 7]);
  const sha256 = (bytes: string | Buffer): Buffer => createHash('sha256').update(bytes).digest();
  const signed = isDevice ? Buffer.concat([sha256(APPLICATION), seen, sha256(data)]) : data;
  const own = kind.includes('ed25519') ? nodeSign(null, signed, key) : ecdsa(curveOf(kind), key, signed);
  return Buffer.concat([strings(kind, own), ...(isDevice ? [seen] : [])]);
}

function ecdsa(curve: Curve, key: KeyObject, data: Buffer): Buffer {
  const how = { key, dsaEncoding: 'ieee-p1363' } as SignKeyObjectInput & SignPrivateKeyInput;
  const both = nodeSign(HASH_OF[curve], data, how);
  return Buffer.concat([mpint(both.subarray(0, both.length / 2)), mpint(both.subarray(both.length / 2))]);
}
