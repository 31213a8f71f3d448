import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifySlice } from '../../src/programmes/content-incentive/verify/slice/verify-slice.js';
import type { PacketData } from '../../src/verify/packet/packet-data.js';
import { readPacketText } from '../../src/verify/packet/read-packet.js';
import type { Trusted } from '../../src/verify/packet/trust.js';
import { verifyPacket } from '../../src/verify/packet/verify-packet.js';
import { packetsText } from '../../src/verify/signature/signed-close.js';
import { DEEP } from '../support/deep.js';
import { type How, sshKey } from '../support/ssh-signature.js';
import { REPOSITORY, temporaryFolder } from '../support/workspace.js';
import { reseal } from './forging.js';
import { dataIn } from './month.js';

/** The packet of a signed close: whose signature counts is the reader's to say, and any other is told. */

const FIXTURE = join(REPOSITORY, 'test/fixtures/packets/agency-MCN-03.html');
const key = sshKey();
const stranger = sshKey();
const SIGNERS = { text: `finance@example.com ${key.line}\n`, signer: 'finance@example.com', at: Date.UTC(2023, 11, 9) };
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let bare: PacketData;
let sound: PacketData;
beforeAll(() => {
  bare = dataIn(FIXTURE);
  sound = signedBy(bare);
});

const runIdOf = ({ shared }: PacketData): string => shared.files[0]?.records[0]?.split(',')[1] as string;

function textOf(data: PacketData, other: object = {}): string {
  const { close } = data;
  if (close?.root == null) throw new Error('no seal');
  return packetsText({ run_id: runIdOf(data), size: 1024, ...close, root: close.root, ...other });
}

function signedBy(data: PacketData, by = key, other: object = {}, how: How = {}): PacketData {
  const changed = structuredClone(data);
  if (changed.close !== null) changed.close.signature = by.sign(textOf(data, other), how);
  return changed;
}

async function placesOf(data: PacketData, trusted?: Trusted): Promise<string[]> {
  const { differences } = await verifyPacket(data, trusted, verifySlice);
  return differences.map(({ file, key: row, column }) => `${file}|${row}|${column}`);
}

test('a signature holds, and whose it is the list says', async () => {
  expect(await placesOf(sound)).toEqual([]);
  const report = await verifyPacket(sound, { signers: SIGNERS }, verifySlice);
  expect(report).toMatchObject({ count: 0, seal: 'signed', signature: { signer: 'finance@example.com' } });
  expect(await verifyPacket(sound, undefined, verifySlice)).toMatchObject({
    seal: 'consistent',
    signature: { type: 'ssh-ed25519', signer: null },
  });
  const fingerprint = report.signature?.key as string;
  expect(await verifyPacket(sound, { fingerprint }, verifySlice)).toMatchObject({ count: 0, seal: 'signed' });
  expect((await verifyPacket(bare, undefined, verifySlice)).signature).toBeNull();
});

test('a packet of a close that nobody signed has no key more than before', () => {
  expect(Object.keys(bare.close ?? {})).toEqual(['close_no', 'revision', 'closed_at', 'closed_by', 'root']);
  const text = JSON.stringify({ ...bare, close: { ...bare.close, signature: 1 } }).replaceAll('<', '\\u003c');
  expect(() => readPacketText(text)).toThrow('packet.close.signature');
});

/** What somebody does to it; where it is told without a list, if anywhere, and where with one. */
const TAMPERED: [name: string, change: () => PacketData, alone: string | undefined, listed: string][] = [
  ['another number of the close', () => changed('close_no', 7), 'text', 'signer'],
  ['another revision', () => changed('revision', 2), 'text', 'signer'],
  ['another time of the close', () => changed('closed_at', '2023-12-24 00:00:00'), 'text', 'signer'],
  ['another name of who closed', () => changed('closed_by', 'somebody'), 'text', 'signer'],
  ['another root, with all rows hung on it', () => reseal(structuredClone(sound)), 'text', 'signer'],
  ['another root, signed by a stranger', () => signedBy(reseal(structuredClone(bare)), stranger), undefined, 'signer'],
  ['another key', () => signedBy(bare, stranger), undefined, 'signer'],
  ['another namespace', () => signedBy(bare, key, {}, { namespace: 'file' }), 'namespace', 'signer'],
  ['a hash that is broken', () => signedBy(bare, key, {}, { hash: 'sha1' }), 'hash', 'signer'],
  ['the signature of another close', () => signedBy(bare, key, { close_no: 2 }), 'text', 'signer'],
  [
    'the signature of another run',
    () => signedBy(bare, key, { run_id: '2023-11-30-0000000000000000' }),
    'text',
    'signer',
  ],
  ['the signature of a larger tree', () => signedBy(bare, key, { size: 2048 }), 'text', 'signer'],
  ['half a signature', () => changed('signature', sound.close?.signature?.slice(0, 120)), 'form', 'signer'],
  [
    'a signature in one line',
    () => changed('signature', sound.close?.signature?.replaceAll('\n', '')),
    'form',
    'signer',
  ],
  ['a signature that is blank', () => changed('signature', ''), 'form', 'signer'],
  ['no signature', () => structuredClone(bare), undefined, 'signer'],
];

function changed(field: string, value: unknown): PacketData {
  const data = structuredClone(sound);
  Object.assign(data.close as object, { [field]: value });
  return data;
}

test.each(TAMPERED)('%s is told', async (_, change, alone, listed) => {
  const data = change();
  const found = await placesOf(data);
  if (alone === undefined) expect(found).toEqual([]);
  else expect(found).toContain(`packet|signature|${alone}`);
  expect(await placesOf(data, { signers: SIGNERS })).toContain(`packet|signature|${listed}`);
});

test('a packet that nobody has closed is not what a reader with a list takes', async () => {
  const open = { ...structuredClone(bare), close: null };
  expect(await placesOf(open, { signers: SIGNERS })).toContain('packet|signature|signer');
  const unhung = changed('root', null);
  expect(await placesOf(unhung)).toContain('packet|signature|');
});

const HAS_BOTH =
  spawnSync('python3', ['--version']).status === 0 && spawnSync('ssh-keygen', ['-?']).error === undefined;

test.runIf(HAS_BOTH)('the verifier in Python, with ssh-keygen, says the same', DEEP, async () => {
  mkdirSync(folder, { recursive: true });
  const allowed = join(folder, 'allowed');
  writeFileSync(allowed, SIGNERS.text);
  const exitOf = async (data: PacketData, ...flags: string[]): Promise<number> => {
    const file = join(folder, 'packet.html');
    const text = JSON.stringify(data).replaceAll('<', '\\u003c');
    writeFileSync(file, `<script type="application/json" id="settle-packet">${text}</script>`);
    const words = [join(REPOSITORY, 'test/packet/verify_packet.py'), file, ...flags];
    return promisify(execFile)('python3', words).then(
      () => 0,
      ({ code }) => code,
    );
  };
  const listed = ['--allowed-signers', allowed, '--signer', 'finance@example.com'];
  expect([await exitOf(sound), await exitOf(sound, ...listed), await exitOf(bare)]).toEqual([0, 0, 0]);
  for (const [name, change, alone] of TAMPERED) {
    const data = change();
    expect([name, await exitOf(data), await exitOf(data, ...listed)]).toEqual([name, alone === undefined ? 0 : 6, 6]);
  }
  expect(readFileSync(allowed, 'utf8')).toBe(SIGNERS.text);
});
