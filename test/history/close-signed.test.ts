import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restoreCloses } from '../../src/closing/restore.js';
import { signClosed } from '../../src/closing/sign-closed.js';
import { close } from '../../src/commands/close.js';
import { packet } from '../../src/commands/packet.js';
import { prune } from '../../src/commands/prune.js';
import { rebuild } from '../../src/commands/rebuild.js';
import { verify, verifyAll } from '../../src/commands/verify.js';
import { acceptNotices } from '../support/accepting.js';
import { DEEP } from '../support/deep.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, settle, temporaryFolder } from '../support/workspace.js';

/** A close is signed with a key that ssh-keygen knows, whole with the close or not at all, and stays what it was. */

const HAS_SSH = spawnSync('ssh-keygen', ['-?']).error === undefined;
const SIGNED = ['close.json', 'close.json.sig', 'packets.txt', 'packets.txt.sig'];
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let places = 0;
interface Place {
  out: string;
  warehouse: string;
  runDir: string;
}
let settled: Place;
let key: string;
let list: { text: string; at: number };

beforeAll(async () => {
  if (!HAS_SSH) return;
  key = keyIn('key');
  list = { text: `finance@example.com ${readFileSync(`${key}.pub`, 'utf8')}`, at: Date.now() };
  const [out, warehouse] = [join(folder, 'settled/out'), join(folder, 'settled/w.duckdb')];
  const { runDir } = await settle({ policy: SAMPLE_POLICY, input: join(SAMPLES, '2023-11'), out, warehouse });
  await acceptNotices(runDir, { out, warehouse, by: '王莉' });
  settled = { out, warehouse, runDir };
});

function keyIn(name: string, passphrase = ''): string {
  const file = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', file]);
  return file;
}

/** A place of its own with what the settled one has. */
function place(from = settled): Place {
  places += 1;
  const to = join(folder, String(places));
  cpSync(dirname(from.out), to, { recursive: true });
  return { out: join(to, 'out'), warehouse: join(to, 'w.duckdb'), runDir: from.runDir.replace(dirname(from.out), to) };
}

const closing = ({ out, warehouse, runDir }: Place, sign?: string) =>
  close(runDir, { out, warehouse, by: '王莉', sign }, SILENT);
const thereOf = ({ runDir }: Place): string[] => readdirSync(runDir).filter((name) => SIGNED.includes(name));
const contentOf = ({ runDir }: Place): string[] => SIGNED.map((name) => readFileSync(join(runDir, name), 'utf8'));

function takenBySsh(path: string): boolean {
  const allowed = join(folder, 'allowed');
  writeFileSync(allowed, list.text);
  const words = ['-Y', 'verify', '-f', allowed, '-I', 'finance@example.com', '-n', 'settle-close', '-s', `${path}.sig`];
  return spawnSync('ssh-keygen', words, { input: readFileSync(path) }).status === 0;
}

async function differencesOf({ runDir }: Place, signers?: Parameters<typeof verify>[2]): Promise<string[]> {
  const { exit, answer } = await verify(runDir, SILENT, signers);
  const { differences } = answer as { differences: { file: string; column: string }[] };
  expect(exit).toBe(differences.length > 0 ? 6 : 0);
  return differences.map(({ file, column }) => `${file} ${column}`);
}

describe.runIf(HAS_SSH)('a close', () => {
  let signed: Place;
  beforeAll(async () => {
    signed = place();
    await closing(signed, key);
  });

  test('that is signed is taken by ssh-keygen and by verify, from whom the reader lists', async () => {
    expect(thereOf(signed)).toEqual(SIGNED);
    for (const name of ['close.json', 'packets.txt']) expect(takenBySsh(join(signed.runDir, name))).toBe(true);
    expect(await differencesOf(signed)).toEqual([]);
    expect(await differencesOf(signed, { ...list, signer: 'finance@example.com' })).toEqual([]);
    expect((await verify(signed.runDir, SILENT, list)).answer).toMatchObject({
      signature: { type: 'ssh-ed25519', signer: 'finance@example.com' },
    });
    expect(await differencesOf(signed, { ...list, signer: 'li@example.com' })).toEqual(['close.json.sig signer']);
    expect((await verifyAll(signed.out, SILENT, list)).exit).toBe(0);
    expect((await verifyAll(signed.out, SILENT, { ...list, text: '' })).exit).toBe(6);
  });

  test('that was to be signed and can not be is none', async () => {
    const other = place();
    const before = readdirSync(dirname(other.runDir));
    writeFileSync(join(folder, 'no-key'), 'no key\n');
    for (const [bad, said] of [
      [join(folder, 'missing'), /there is no key/],
      [join(folder, 'no-key'), /ssh-keygen signed nothing/],
    ] as const)
      await expect(closing(other, bad)).rejects.toMatchObject({ exit: 2, message: expect.stringMatching(said) });
    const path = process.env.PATH;
    process.env.PATH = join(folder, 'nothing');
    try {
      await expect(closing(other, key)).rejects.toMatchObject({
        exit: 2,
        message: expect.stringContaining('ssh-keygen is not there'),
      });
    } finally {
      process.env.PATH = path;
    }
    expect([thereOf(other), readdirSync(dirname(other.runDir))]).toEqual([[], before]);
    await closing(other, key);
    expect(await differencesOf(other, list)).toEqual([]);
  });

  test('is signed later without being changed, once', DEEP, async () => {
    const other = place();
    await expect(signClosed(other.runDir, { ...other, sign: key }, SILENT)).rejects.toMatchObject({ exit: 6 });
    await closing(other);
    const before = readFileSync(join(other.runDir, 'close.json'), 'utf8');
    expect(await differencesOf(other, list)).toEqual(['close.json.sig signer']);
    await signClosed(other.runDir, { ...other, sign: key }, SILENT);
    expect(readFileSync(join(other.runDir, 'close.json'), 'utf8')).toBe(before);
    expect(await differencesOf(other, list)).toEqual([]);
    const again = signClosed(other.runDir, { ...other, sign: keyIn('second') }, SILENT);
    await expect(again).rejects.toMatchObject({ exit: 6, message: expect.stringMatching(/signed already/) });
  });

  test('that a kill left with half of its signature is signed anew', DEEP, async () => {
    const other = place(signed);
    rmSync(join(other.runDir, 'close.json.sig'));
    expect(await differencesOf(other)).toEqual(['close.json.sig ']);
    await signClosed(other.runDir, { ...other, sign: key }, SILENT);
    expect(await differencesOf(other, list)).toEqual([]);
  });

  test('that a kill kept from being leaves signatures of nothing, which the next close replaces', DEEP, async () => {
    const other = place();
    cpSync(join(signed.runDir, 'packets.txt.sig'), join(other.runDir, 'packets.txt.sig'));
    expect(await differencesOf(other)).toEqual(['packets.txt.sig ']);
    await closing(other);
    expect(thereOf(other)).toEqual(['close.json']);
    expect(await differencesOf(other)).toEqual([]);
  });

  test(
    'keeps its signature when folder or warehouse lose it, in what is made again, and is not pruned',
    DEEP,
    async () => {
      const other = place(signed);
      for (const name of SIGNED) rmSync(join(other.runDir, name));
      expect((await restoreCloses(other, SILENT)).answer).toMatchObject({ signatures: { length: 3 } });
      expect(contentOf(other)).toEqual(contentOf(signed));
      rmSync(other.warehouse);
      rmSync(`${other.warehouse}.head`, { force: true });
      await rebuild({ ...other, input: join(SAMPLES, '2023-11') }, SILENT);
      rmSync(join(other.runDir, 'close.json.sig'));
      await restoreCloses(other, SILENT);
      await prune({ ...other, keepDays: '0' }, SILENT);
      expect(contentOf(other)).toEqual(contentOf(signed));
      expect((await restoreCloses(other, SILENT)).text()).toContain('Nothing was missing.');
    },
  );

  test('of which folder and warehouse have two signatures is refused, until one is moved away', DEEP, async () => {
    const other = place(signed);
    const path = join(other.runDir, 'close.json.sig');
    chmodSync(path, 0o644);
    writeFileSync(path, readFileSync(path, 'utf8').replace('A', 'B'));
    await expect(restoreCloses(other, SILENT)).rejects.toMatchObject({ exit: 6 });
    await expect(
      packet(other.runDir, { runs: other.out, all: true, out: join(folder, 'never') }, SILENT),
    ).rejects.toThrow(/does not hold/);
    renameSync(path, join(folder, 'moved'));
    await restoreCloses(other, SILENT);
    expect(contentOf(other)).toEqual(contentOf(signed));
  });

  test.each([
    ['of another text', 'close.json.sig text', (dir: string) => swap(dir, 'close.json.sig', 'packets.txt.sig')],
    ['that is cut', 'close.json.sig form', (dir: string) => change(dir, 'close.json.sig', (text) => text.slice(0, 90))],
    ['that is gone', 'packets.txt.sig ', (dir: string) => rmSync(join(dir, 'packets.txt.sig'))],
    [
      'of another root',
      'packets.txt ',
      (dir: string) => change(dir, 'packets.txt', (text) => text.replace('1024', '2048')),
    ],
    ['with a remark', 'packets.txt ', (dir: string) => change(dir, 'packets.txt', (text) => `${text}paid\n`)],
  ])('with a signature %s is told', DEEP, async (_, place_, tamper) => {
    const other = place(signed);
    tamper(other.runDir);
    expect(await differencesOf(other)).toContain(place_);
    expect(await differencesOf(other, list)).toContain('close.json.sig signer');
  });

  test('that was changed does not fit its signature', DEEP, async () => {
    const other = place(signed);
    change(other.runDir, 'close.json', (text) => text.replace('王莉', '王丽'));
    expect(await differencesOf(other)).toContain('close.json.sig text');
  });
});

function swap(dir: string, a: string, b: string): void {
  const [one, two] = [a, b].map((name) => readFileSync(join(dir, name), 'utf8'));
  change(dir, a, () => two as string);
  change(dir, b, () => one as string);
}

function change(dir: string, name: string, how: (text: string) => string): void {
  const path = join(dir, name);
  expect(existsSync(path)).toBe(true);
  chmodSync(path, 0o644);
  writeFileSync(path, how(readFileSync(path, 'utf8')));
}
