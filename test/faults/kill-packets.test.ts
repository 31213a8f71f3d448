import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/emit/manifest.js';
import { type CallOptions, settle } from '../support/program.js';
import { REPOSITORY, SAMPLE_POLICY, SAMPLES, temporaryFolder, write } from '../support/workspace.js';
import { few, TEST_MS } from './month.js';
import { POLICY_ID } from './place.js';

// @module-tag deep

/** SIGKILL while a close is signed and while packets are written: nothing is signed by half, and no packet is there in part. */

const folder = temporaryFolder();
const END_AT = join(REPOSITORY, 'test/faults/end-at.mjs');
const KEY = join(folder, 'key');
const accepted = join(folder, 'accepted');
const hasSshKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  mkdirSync(accepted);
  const input = join(SAMPLES, '2023-11');
  expect((await settle(['run', '--policy', SAMPLE_POLICY, '--input', input], { cwd: accepted })).exit).toBe(0);
  expect((await settle(['accept', 'latest', '--all', '--by', 'finance'], { cwd: accepted })).exit).toBe(0);
  if (!hasSshKeygen) return;
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'finance', '-f', KEY]);
  const key = readFileSync(`${KEY}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
  write(folder, { signers: `finance@example.com ${key}\n` });
});

function copyOf(from: string, name: string): string {
  const place = join(folder, name);
  rmSync(place, { recursive: true, force: true });
  cpSync(from, place, { recursive: true });
  return place;
}

const killedAt = (point: object): Pick<CallOptions, 'command' | 'env'> => ({
  command: [process.execPath, '--import', END_AT],
  env: { END_AT: JSON.stringify(point) },
});

const runIn = (place: string): string => {
  const runs = join(place, 'out', POLICY_ID);
  const [run] = readdirSync(runs).filter((name) => !name.startsWith('.'));
  return join(runs, run as string);
};

const SIGNING = [
  { when: 'before', call: 'renameSync', about: '.staged-signature-' },
  { when: 'after', call: 'renameSync', about: '.staged-signature-', nth: 2 },
  { when: 'after', call: 'renameSync', about: '.staged-signature-', nth: 3 },
  { when: 'after', call: 'linkSync', about: '.staged-close-' },
  { when: 'before', call: 'linkSync', about: '.staged-close-' },
] as const;

describe.runIf(hasSshKeygen)('a close that is signed', () => {
  test.each(few([...SIGNING], 1, 3))(
    'killed $when $call $about $nth',
    async (point) => {
      const place = copyOf(accepted, 'signed');
      const words = ['close', 'latest', '--by', 'finance', '--sign', KEY];
      expect((await settle(words, { cwd: place, ...killedAt(point) })).exit, 'the step was not reached').toBe(null);
      const run = runIn(place);
      const isClosed = existsSync(join(run, 'close.json'));
      const asked = ['verify', run, '--allowed-signers', join(folder, 'signers')];
      // A close that was to be signed is never there without; before it is there, nothing is signed.
      expect((await settle(asked, { cwd: place })).exit).toBe(isClosed ? 0 : 6);
      expect((await settle(words, { cwd: place })).exit).toBe(isClosed ? 6 : 0);
      expect((await settle(asked, { cwd: place })).exit).toBe(0);
      const restored = await settle(['close', '--restore', '--json'], { cwd: place });
      expect([restored.exit, restored.json.restored], 'the warehouse has the same').toEqual([0, []]);
      expect(readdirSync(join(place, 'out', POLICY_ID)).filter((name) => name.startsWith('.'))).toEqual([]);
    },
    TEST_MS,
  );
});

const WRITING = [
  { when: 'before', call: 'linkSync', about: '.html.new-', nth: 2 },
  { when: 'after', call: 'linkSync', about: '.html.new-', nth: 3 },
  { when: 'before', call: 'openSync', about: '.html.new-', nth: 2 },
  { when: 'after', call: 'openSync', about: '.html.new-', nth: 3 },
] as const;

describe('packets of a closed month', () => {
  const whole = new Map<string, string>();
  const words = ['packet', 'closed', '--all', '--out', 'packets'];
  const hashes = (place: string): Map<string, string> => {
    const names = readdirSync(join(place, 'packets')).filter((name) => !name.startsWith('.'));
    return new Map(names.sort().map((name) => [name, sha256(readFileSync(join(place, 'packets', name)))]));
  };
  let closed: string;
  beforeAll(async () => {
    closed = copyOf(accepted, 'closed');
    expect((await settle(['close', 'latest', '--by', 'finance'], { cwd: closed })).exit).toBe(0);
    const place = copyOf(closed, 'whole');
    expect((await settle(words, { cwd: place })).exit).toBe(0);
    for (const [name, hash] of hashes(place)) whole.set(name, hash);
    expect(whole.size).toBeGreaterThan(3);
  });

  test.each(few([...WRITING], 1))(
    'killed $when $call $about $nth',
    async (point) => {
      const place = copyOf(closed, 'cut');
      expect((await settle(words, { cwd: place, ...killedAt(point) })).exit, 'the step was not reached').toBe(null);
      const left = hashes(place);
      expect(left.size).toBeLessThan(whole.size);
      for (const [name, hash] of left) expect([name, hash]).toEqual([name, whole.get(name)]);
      expect((await settle(words, { cwd: place })).exit).toBe(0);
      expect([...hashes(place)]).toEqual([...whole]);
      expect(readdirSync(join(place, 'packets')).filter((name) => name.startsWith('.'))).toEqual([]);
    },
    TEST_MS,
  );
});
