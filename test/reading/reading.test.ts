import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { OldPlace } from '../support/old-place.js';
import { type CallOptions, type Ended, settle } from '../support/program.js';
import { REPOSITORY, SAMPLE_POLICY, SAMPLES, temporaryFolder } from '../support/workspace.js';
import { isReachable, makeReadable, makeWritable, ownFolder, READER, stateOf } from './place.js';

// @module-tag deep

/** `runs`, `files`, `explain`, `diff` and `accept --dry-run` need to read and nothing more, and leave everything as it is. */

const folder = temporaryFolder();
const place = join(folder, 'place');
const scratch = join(folder, 'scratch');
let first = '';
let second = '';

beforeAll(async () => {
  chmodSync(folder, 0o755);
  ownFolder(scratch);
  mkdirSync(place);
  cpSync(join(SAMPLES, '2023-11'), join(place, 'exports'), { recursive: true });
  cpSync(join(SAMPLES, '2023-11-late'), join(place, 'late'), { recursive: true });
  cpSync(SAMPLE_POLICY, join(place, 'policy.yaml'));
  const run = async (input: string): Promise<string> =>
    (await settle(['run', '--policy', 'policy.yaml', '--input', input, '--json'], { cwd: place })).json.run_id;
  first = await run('exports');
  const other = readFileSync(SAMPLE_POLICY, 'utf8').replace(
    'max_level: 2, amount: "160.00"',
    'max_level: 2, amount: "170.00"',
  );
  writeFileSync(join(place, 'other.yaml'), other);
  second = await run('late');
});
afterAll(() => {
  makeWritable(place);
  rmSync(folder, { recursive: true, force: true });
});

/** What the reader is answered. */
function ask(words: readonly string[], options: Partial<CallOptions> = {}): Promise<Ended> {
  return settle(words, { cwd: place, user: READER, env: { TMPDIR: scratch }, ...options });
}

const WORDS: [string, () => string[]][] = [
  ['runs', () => ['runs']],
  ['files', () => ['files']],
  ['explain', () => ['explain', first, '--anchor', 'A1012']],
  [
    'explain in Chinese, of a day',
    () => ['explain', second, '--anchor', 'A1004', '--date', '2023-11-19', '--lang', 'zh'],
  ],
  ['diff of two runs', () => ['diff', first, second]],
  ['diff with a policy', () => ['diff', first, '--policy', 'other.yaml']],
  ['diff with exports', () => ['diff', first, '--input', 'late']],
  ['accept --dry-run', () => ['accept', first, '--by', 'Wang Li', '--all', '--dry-run']],
  ['accept --place --dry-run', () => ['accept', '--place', '--by', 'Wang Li', '--all', '--dry-run']],
];

/** Answers don't depend on who asks, nor on when. */
function timeless({ exit, stdout, stderr }: Ended): object {
  return { exit, stderr, stdout: stdout.replace(/"accepted_at":"[^"]*"/, '') };
}

describe.runIf(isReachable())('who may only read', () => {
  variations(WORDS)('%s: the answer that the owner gets, and nothing is touched by either', async (_name, words) => {
    makeWritable(place);
    const before = stateOf(place);
    const owned = await settle([...words(), '--json'], { cwd: place });
    expect(owned.exit, owned.stderr).toBe(0);
    expect(stateOf(place)).toEqual(before);
    makeReadable(place);
    const readable = stateOf(place);
    expect(timeless(await ask([...words(), '--json']))).toEqual(timeless(owned));
    expect(stateOf(place)).toEqual(readable);
    expect(stateOf(scratch)).toEqual({});
  });

  test('diff --input compares with exports that are not loaded, and says how much they bring', DEEP, async () => {
    makeReadable(place);
    // The second run loaded the late files; so they bring nothing to it, and to the first the appeal and the session.
    const { json } = await ask(['diff', first, '--input', 'late', '--json']);
    expect(json.total).toMatchObject({ delta: '898.68', causes: { sessions_late: '132.74', penalties: '765.94' } });
    expect((await ask(['diff', second, '--input', 'late', '--json'])).json.total).toMatchObject({ delta: '0.00' });
  });

  test('diff --csv writes where the reader may, and says so where not', DEEP, async () => {
    makeReadable(place);
    const csv = join(scratch, 'movers.csv');
    expect((await ask(['diff', first, second, '--csv', csv])).exit).toBe(0);
    expect(readFileSync(csv, 'utf8').split('\n')).toHaveLength(4);
    rmSync(csv);
    expect((await ask(['diff', first, second, '--csv', 'movers.csv', '--json'])).json.error.code).toBe('machine');
  });

  test.each([
    ['run', () => ['run', '--policy', 'policy.yaml', '--input', 'exports']],
    ['accept', () => ['accept', first, '--by', 'Wang Li', '--all']],
    ['close', () => ['close', first, '--by', 'Wang Li']],
  ])('%s says that the file must be writable, exit 1, and what needs only to read it', async (_name, words) => {
    makeReadable(place);
    const before = stateOf(place);
    const { exit, json } = await ask([...words(), '--json']);
    expect([exit, json.error.code]).toEqual([1, 'machine']);
    expect(json.error.mend).toMatch(/writable for whoever runs this; for commands that only read, readable is enough/);
    expect(stateOf(place)).toEqual(before);
  });

  test.each([
    ['the warehouse', 'settlement.duckdb', 0o600],
    ['the folder', '.', 0o700],
  ])('%s may not be read: exit 1, what and who', async (_name, path, mode) => {
    makeReadable(place);
    chmodSync(join(place, path), READER === undefined ? 0 : mode);
    const words = ['files', '--json', '--warehouse', join(place, 'settlement.duckdb')];
    const { exit, json } = await ask(words, { cwd: folder });
    makeWritable(place);
    expect([exit, json.error.code]).toEqual([1, 'machine']);
    expect(json.error.message).toContain('settlement.duckdb');
    expect(json.error.message.toLowerCase()).toContain('permission denied');
    expect(json.error.mend).toMatch(/read/);
  });

  test('a log that a killed run left is read with the file, and neither is touched', async () => {
    makeWritable(place);
    const crashed = join(folder, 'crashed.duckdb');
    cpSync(join(place, 'settlement.duckdb'), crashed);
    cpSync(join(place, 'settlement.duckdb.head'), `${crashed}.head`);
    const killed = `await c.run('UPDATE export_file SET withdrawn = 7'); process.kill(process.pid, 'SIGKILL')`;
    expect(() => script(killed, crashed)).toThrow();
    const logged = readFileSync(`${crashed}.wal`);
    for (const file of [crashed, `${crashed}.head`, `${crashed}.wal`]) chmodSync(file, 0o444);
    const { exit, json } = await ask(['files', '--warehouse', crashed, '--out', 'out', '--json']);
    expect(exit).toBe(0);
    expect(new Set((json.files as { withdrawn: number }[]).map(({ withdrawn }) => withdrawn))).toEqual(new Set([7]));
    expect(readFileSync(`${crashed}.wal`)).toEqual(logged);
  });

  variations(['format-2/chain', 'format-2/faulty', 'format-3/chain'] as const)(
    'a warehouse of an older format, %s: read from a copy, and left as it is',
    async (name) => {
      const old = OldPlace.unpacked(name, folder).copy(join(folder, `old-${name.replace('/', '-')}`));
      const temporary = ownFolder(join(folder, `temp-${name.replace('/', '-')}`));
      makeReadable(old.folder);
      const before = stateOf(old.folder);
      const asked = old.answers.asked.filter(({ words: [command] }) =>
        /runs|files|explain|diff/.test(command as string),
      );
      const oneOfEach = [...new Map(asked.map((then) => [then.words[0], then])).values()];
      expect(oneOfEach.length).toBeGreaterThan(2);
      for (const { words, exit } of oneOfEach) {
        const now = await old.settle([...words, '--json'], { user: READER, env: { TMPDIR: temporary } });
        expect([words, now.exit, now.stderr]).toEqual([words, exit, now.stderr]);
      }
      expect(stateOf(old.folder)).toEqual(before);
      expect(stateOf(temporary)).toEqual({});
      makeWritable(old.folder);
    },
  );
});

describe('while others have the warehouse', () => {
  test('a run: exit 5 that names its process and command, and what to do; with --wait it is read afterwards', async () => {
    makeWritable(place);
    const other = await holding('READ_WRITE', 'nightly');
    const { exit, json } = await settle(['files', '--json'], { cwd: place });
    expect([exit, json.error.code, json.error.pid]).toEqual([5, 'held', other.pid]);
    expect(json.error.message).toContain(`held by another run (process ${other.pid}, settle nightly)`);
    expect(json.error.mend).toContain('--wait');
    const waiting = settle(['files', '--wait', '60', '--json'], { cwd: place });
    setTimeout(() => other.release(), 1000);
    expect((await waiting).exit).toBe(0);
  });

  test('readers: any number at once; a run waits for them', DEEP, async () => {
    makeWritable(place);
    const other = await holding('READ_ONLY', 'explain');
    expect((await settle(['diff', first, '--input', 'late'], { cwd: place })).exit).toBe(0);
    const words = ['run', '--policy', 'policy.yaml', '--input', 'exports', '--json'];
    const { exit, json } = await settle(words, { cwd: place });
    expect([exit, json.error.pid, json.error.command]).toEqual([5, other.pid, 'explain']);
    const waiting = settle([...words, '--wait', '60'], { cwd: place });
    setTimeout(() => other.release(), 500);
    expect((await waiting).exit).toBe(0);
  });
});

const readOnlyMount = mounts();
describe.runIf(readOnlyMount && isReachable())('a read-only mount', () => {
  variations(WORDS.filter(([name]) => /files|exports|--place/.test(name)))('%s', async (_name, words) => {
    makeWritable(place);
    const owned = await settle([...words(), '--json'], { cwd: place });
    const mounted = join(folder, 'mounted');
    mkdirSync(mounted, { recursive: true });
    execFileSync('mount', ['--bind', place, mounted]);
    try {
      execFileSync('mount', ['-o', 'remount,ro,bind', mounted]);
      const answer = await settle([...words(), '--json'], { cwd: mounted });
      expect([answer.exit, answer.stderr]).toEqual([0, owned.stderr]);
      const run = await settle(['run', '--policy', 'policy.yaml', '--input', 'exports', '--json'], { cwd: mounted });
      expect([run.exit, run.json.error.code]).toEqual([1, 'machine']);
    } finally {
      execFileSync('umount', ['-l', mounted]);
    }
  });
});

function mounts(): boolean {
  try {
    const at = temporaryFolder();
    execFileSync('mount', ['--bind', at, at], { stdio: 'ignore' });
    execFileSync('umount', ['-l', at], { stdio: 'ignore' });
    rmSync(at, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

const OPEN = `import { DuckDBInstance } from '@duckdb/node-api';
const i = await DuckDBInstance.create(FILE, { access_mode: MODE });
const c = await i.connect();`;

function script(work: string, file: string, mode = 'READ_WRITE'): void {
  const text = `${OPEN.replace('FILE', JSON.stringify(file)).replace('MODE', JSON.stringify(mode))}\n${work}`;
  execFileSync(process.execPath, ['--input-type=module', '-e', text], { cwd: REPOSITORY, stdio: 'ignore' });
}

/** Another process that has the warehouse open, and looks like a command of ours. */
async function holding(mode: string, command: string): Promise<{ pid: number; release: () => void }> {
  const text = OPEN.replace('FILE', JSON.stringify(join(place, 'settlement.duckdb'))).replace(
    'MODE',
    JSON.stringify(mode),
  );
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', `${text}\nconsole.log('held'); setInterval(() => c, 1000);`, 'settle', command],
    { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const release = (): void => void child.kill('SIGKILL');
  onTestFinished(release);
  await once(child.stdout, 'data');
  return { pid: child.pid as number, release };
}
