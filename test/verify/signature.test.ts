import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { allowedSigner } from '../../src/verify/signature/allowed-signers.js';
import { isSigned, signatureOf } from '../../src/verify/signature/sshsig.js';
import { DEEP } from '../support/deep.js';
import { armored, KINDS, type SshKey, sshKey, sshString } from '../support/ssh-signature.js';
import { temporaryFolder } from '../support/workspace.js';

/** Signatures of OpenSSH, verified by code of our own: it says what ssh-keygen says, where there is one. */

const HAS_SSH = spawnSync('ssh-keygen', ['-?']).error === undefined;
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXT = '{\n  "close_no": 1\n}\n';
const NAMESPACE = 'settle-close';
const key = sshKey();
const columnOf = (armor: string, text = TEXT): string => {
  const found = signatureOf(armor, text, NAMESPACE);
  return isSigned(found) ? 'signed' : found.column;
};

/** Whether ssh-keygen takes it, from whoever the list says. */
function ssh(armor: string, list: string, text: string, signer: string, ...more: string[]): boolean {
  const [signature, allowed] = [join(folder, 'sig'), join(folder, 'allowed')];
  writeFileSync(signature, armor);
  writeFileSync(allowed, list);
  const words = ['-Y', 'verify', '-f', allowed, '-I', signer, '-n', NAMESPACE, '-s', signature, ...more];
  return spawnSync('ssh-keygen', words, { input: text }).status === 0;
}

test('a signature holds of its text alone, in its namespace, whichever key made it', () => {
  for (const kind of KINDS) {
    const one = sshKey(kind);
    const armor = one.sign(TEXT);
    expect([kind, signatureOf(armor, TEXT, NAMESPACE)]).toMatchObject([kind, { type: kind }]);
    expect([kind, columnOf(armor, `${TEXT} `)]).toEqual([kind, 'text']);
  }
  expect(columnOf(key.sign(TEXT, { hash: 'sha256' }))).toBe('signed');
  expect(columnOf(sshKey('ssh-rsa').sign(TEXT, { rsa: 'rsa-sha2-256' }))).toBe('signed');
  expect(columnOf(key.sign(TEXT, { namespace: 'file' }))).toBe('namespace');
  expect(columnOf(key.sign(TEXT, { hash: 'sha1' }))).toBe('hash');
});

const blobIn = (armor: string): Buffer => Buffer.from(armor.split('\n').slice(1, -2).join(''), 'base64');

test('each byte of a signature counts, and any cut or lengthened one is none', () => {
  for (const kind of ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ssh-rsa'] as const) {
    const blob = blobIn(sshKey(kind).sign(TEXT));
    const wrong: number[] = [];
    for (let at = 0; at < blob.length; at += kind === 'ssh-rsa' ? 7 : 3) {
      const other = Buffer.from(blob);
      other[at] = (other[at] as number) ^ 0x41;
      if (columnOf(armored(other)) === 'signed') wrong.push(at);
    }
    expect([kind, wrong]).toEqual([kind, []]);
    for (const cut of [0, 5, 6, 20, blob.length - 1]) expect(columnOf(armored(blob.subarray(0, cut)))).toBe('form');
    expect(columnOf(armored(Buffer.concat([blob, Buffer.of(0)])))).toBe('form');
  }
});

test.each([
  ['nothing', ''],
  ['words', 'signed by me'],
  ['half an armor', key.sign(TEXT).slice(0, -20)],
  ['words before it', `x${key.sign(TEXT)}`],
  ['two of them', key.sign(TEXT) + key.sign(TEXT)],
  ['no base64', key.sign(TEXT).replace('U1NI', 'U1N!')],
  ['a length beyond all', armored(Buffer.from('SSHSIG\0\0\0\x01\xff\xff\xff\xff', 'latin1'))],
  [
    'another version',
    armored(Buffer.concat([Buffer.from('SSHSIG\0\0\0\x02', 'latin1'), blobIn(key.sign(TEXT)).subarray(10)])),
  ],
  [
    'a key of a kind that nobody knows',
    armored(
      Buffer.concat([
        Buffer.from('SSHSIG\0\0\0\x01', 'latin1'),
        ...[sshString('constructor'), NAMESPACE, '', 'sha512', ''].map(sshString),
      ]),
    ),
  ],
])('%s is no signature', (_, armor) => {
  expect(columnOf(armor)).toBe('form');
});

test('an RSA key that is too short, or none, signs nothing', () => {
  const parts = (e: number[], n: Buffer): string =>
    armored(
      Buffer.concat([
        Buffer.from('SSHSIG\0\0\0\x01', 'latin1'),
        ...[
          Buffer.concat([sshString('ssh-rsa'), sshString(Buffer.from(e)), sshString(n)]),
          NAMESPACE,
          '',
          'sha512',
          Buffer.concat([sshString('rsa-sha2-512'), sshString(Buffer.alloc(1))]),
        ].map(sshString),
      ]),
    );
  for (const [e, n] of [
    [[3], Buffer.of(0x7f)],
    [[1], Buffer.alloc(256, 0x7f)],
    [[3], Buffer.alloc(0)],
    [[0x80], Buffer.alloc(256, 0x7f)],
    [[3], Buffer.alloc(4096, 0x7f)],
  ] as const)
    expect(columnOf(parts([...e], n))).toBe('form');
});

/** Lines of a list, whether the key is taken from wang@example.com on 1 December 2023 at noon UTC. */
const NOON = Date.UTC(2023, 11, 1, 12);
const other = sshKey();
const LISTS: [name: string, list: (line: string) => string, taken: boolean][] = [
  ['a name', (line) => `wang@example.com ${line}`, true],
  ['a remark and blanks', (line) => `# keys\n\n  wang@example.com\t${line} of Wang`, true],
  ['another name', (line) => `li@example.com ${line}`, false],
  ['a name in other letters', (line) => `WANG@example.com ${line}`, false],
  ['several names', (line) => `li@example.com,wang@example.com ${line}`, true],
  ['a pattern', (line) => `*@example.com ${line}`, true],
  ['a mark for one letter', (line) => `?ang@example.com ${line}`, true],
  ['a pattern with an exception', (line) => `*@example.com,!wang@* ${line}`, false],
  ['names in quotes', (line) => `"li,wang@example.com" ${line}`, true],
  ['another key', () => `wang@example.com ${other.line}`, false],
  ['another key before', (line) => `wang@example.com ${other.line}\nwang@example.com ${line}`, true],
  ['the namespace', (line) => `wang@example.com namespaces="settle-close" ${line}`, true],
  ['a pattern of namespaces', (line) => `wang@example.com NameSpaces="file,settle-*" ${line}`, true],
  ['another namespace', (line) => `wang@example.com namespaces="file" ${line}`, false],
  ['an authority', (line) => `wang@example.com cert-authority ${line}`, false],
  ['a time before', (line) => `wang@example.com valid-after="20231201115959Z" ${line}`, true],
  ['the very time to begin', (line) => `wang@example.com valid-after="202312011200Z" ${line}`, true],
  ['the very time to end', (line) => `wang@example.com valid-before="202312011200Z" ${line}`, true],
  [
    'an end that is no later than its beginning',
    (line) => `wang@example.com valid-after="202312011200Z",valid-before="202312011200Z" ${line}`,
    false,
  ],
  ['a later time', (line) => `wang@example.com valid-after="20231202Z" ${line}`, false],
  ['a time that is over', (line) => `wang@example.com valid-before="20231201115959Z" ${line}`, false],
  ['local days', (line) => `wang@example.com valid-after="20231130",valid-before="20231203" ${line}`, true],
  ['a time that is none', (line) => `wang@example.com valid-before="20231341Z" ${line}`, false],
  ['an option that nobody knows', (line) => `wang@example.com zone="x" ${line}`, false],
  ['an option without quotes', (line) => `wang@example.com namespaces=settle-close ${line}`, false],
  ['an option twice', (line) => `wang@example.com namespaces="settle-close",namespaces="file" ${line}`, false],
  ['a comma at the end', (line) => `wang@example.com namespaces="settle-close", ${line}`, false],
  ['a quote that is never closed', (line) => `wang@example.com namespaces="settle-close ${line}`, false],
  ['no key', () => 'wang@example.com', false],
  ['half a key', (line) => `wang@example.com ${line.slice(0, -9)}`, false],
  ['a bad line before', (line) => `wang@example.com nonsense\nwang@example.com ${line}`, true],
  ["a bad line of somebody else's before", (line) => `li@example.com nonsense\nwang@example.com ${line}`, true],
  ['nothing', () => '', false],
];

test.each(LISTS)('by a list with %s it is taken or not', (_, list, taken) => {
  const signers = { text: list(key.line), signer: 'wang@example.com', at: NOON };
  expect('signer' in allowedSigner(key.blob, NAMESPACE, signers)).toBe(taken);
});

test('without a name anybody of the list will do, and is named', () => {
  const text = `li@example.com ${other.line}\n*@example.com,w@x ${key.line}\n`;
  expect(allowedSigner(key.blob, NAMESPACE, { text, at: NOON })).toEqual({ signer: '*@example.com,w@x' });
  const without = allowedSigner(sshKey().blob, NAMESPACE, { text, at: NOON });
  expect(without).toMatchObject({ refused: expect.stringContaining('which is not listed') });
});

test('a pattern that asks for many tries is answered at once', () => {
  const text = `${'*a'.repeat(2000)}b ${key.line}`;
  const signers = { text, signer: 'a'.repeat(20_000), at: NOON };
  expect(allowedSigner(key.blob, NAMESPACE, signers)).toMatchObject({ refused: expect.any(String) });
});

describe.runIf(HAS_SSH)('ssh-keygen', () => {
  test('takes and refuses what is taken and refused here', () => {
    for (const kind of KINDS) {
      const one: SshKey = sshKey(kind);
      const list = `wang@example.com ${one.line}`;
      expect([kind, ssh(one.sign(TEXT), list, TEXT, 'wang@example.com')]).toEqual([kind, true]);
      expect([kind, ssh(one.sign(TEXT), list, `${TEXT} `, 'wang@example.com')]).toEqual([kind, false]);
    }
    expect(ssh(key.sign(TEXT, { hash: 'sha1' }), `wang@example.com ${key.line}`, TEXT, 'wang@example.com')).toBe(false);
  });

  test.each(LISTS)('says the same of a list with %s', DEEP, (_, list, taken) => {
    const time = ['-O', 'verify-time=20231201120000Z'];
    expect(ssh(key.sign(TEXT), list(key.line), TEXT, 'wang@example.com', ...time)).toBe(taken);
  });

  test.each(['ed25519', 'ecdsa', 'rsa'])(
    'signs with a key of the kind %s what holds here, and prints its fingerprint',
    (kind) => {
      const file = join(folder, `key-${kind}`);
      execFileSync('ssh-keygen', ['-q', '-t', kind, '-N', '', '-f', file]);
      const armor = execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', file, '-n', NAMESPACE], {
        input: TEXT,
      }).toString();
      const found = signatureOf(armor, TEXT, NAMESPACE);
      const printed = execFileSync('ssh-keygen', ['-l', '-f', file]).toString();
      expect(isSigned(found) && printed.split(' ')[1]).toBe(isSigned(found) && found.fingerprint);
      expect(isSigned(found)).toBe(true);
      const [type = '', base64 = ''] = readFileSync(`${file}.pub`, 'utf8').split(' ');
      expect(found).toMatchObject({ type, blob: new Uint8Array(Buffer.from(base64, 'base64')) });
    },
  );
});
