import { spawnSync } from 'node:child_process';
import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { DEEP, variations } from '../support/deep.js';
import { CLEAN_MONTH } from '../support/exports.js';
import { type Ended, PROGRAM, settle as settleByProgram } from '../support/program.js';
import { filesIn, REPOSITORY, SAMPLE_POLICY, settle, temporaryFolder, workspace, write } from '../support/workspace.js';

/** A run writes to its warehouse, its temporary directory and --out, and nowhere else; and it talks to nobody. */

const POLICY = 'content-live-2023-11';
let runId: string;
beforeAll(async () => {
  const folder = temporaryFolder();
  write(folder, CLEAN_MONTH);
  runId = (await settle({ policy: SAMPLE_POLICY, input: folder, out: join(folder, 'out') })).manifest.run_id;
  rmSync(folder, { recursive: true });
});

function place(): { cwd: string; exports: string; elsewhere: string } {
  const cwd = workspace();
  const [exports, elsewhere] = [join(cwd, 'exports'), join(cwd, 'elsewhere')];
  for (const folder of [exports, elsewhere, join(cwd, 'home'), join(cwd, 'temp')]) mkdirSync(folder);
  write(exports, CLEAN_MONTH);
  write(elsewhere, { kept: 'as it was' });
  return { cwd, exports, elsewhere };
}

/** Every entry below some folders: what it is, how large, when it was changed, where a link leads. */
function snapshot(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => {
        const stat = lstatSync(join(folder, path));
        return `${join(folder, path)} ${stat.mode} ${stat.isDirectory() ? '' : `${stat.size} ${stat.mtimeMs}`}${stat.isSymbolicLink() ? readlinkSync(join(folder, path)) : ''}`;
      })
      .sort(),
  );
}

const words = (cwd: string): string[] => ['run', '--policy', SAMPLE_POLICY, '--input', join(cwd, 'exports'), '--json'];
const surroundings = (cwd: string): NodeJS.ProcessEnv => ({
  HOME: join(cwd, 'home'),
  TMPDIR: join(cwd, 'temp'),
  XDG_CACHE_HOME: '',
  XDG_CONFIG_HOME: '',
});

test('nothing changes in the home, working, input and program folders', async () => {
  const { cwd } = place();
  mkdirSync(join(cwd, 'here'));
  mkdirSync(join(cwd, 'results'));
  const watched = ['home', 'here', 'exports', 'elsewhere', 'temp', 'package'].map((folder) => join(cwd, folder));
  // A copy, because others may be at work in the repository.
  for (const part of ['dist', 'sql', 'data-samples', 'package.json'])
    cpSync(join(REPOSITORY, part), join(cwd, 'package', part), { recursive: true });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(cwd, 'node_modules')); // found from below
  const where = { cwd: join(cwd, 'here'), env: surroundings(cwd), program: join(cwd, 'package', 'dist/bin/settle.js') };
  const before = snapshot(...watched);
  for (const more of [
    ['--warehouse', ':memory:'],
    [],
    ['--strict'],
    ['--out', join(cwd, 'results', 'faulty'), '--as-of', '2023-11-31'],
  ]) {
    const { exit } = await settleByProgram([...words(cwd), '--out', join(cwd, 'results', 'out'), ...more], where);
    expect(exit).toBe(more.includes('--as-of') ? 2 : 0);
  }
  const runDir = join(cwd, 'results', 'out', POLICY, runId);
  expect((await settleByProgram(['verify', runDir, '--json'], where)).exit).toBe(0);
  expect(snapshot(...watched)).toEqual(before);
  expect(readdirSync(join(cwd, 'results')).sort()).toEqual(['out', 'settlement.duckdb', 'settlement.duckdb.head']);
});

const traces = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

test.runIf(traces)('the system is asked for no socket, and for writing nowhere else', () => {
  const { cwd } = place();
  const log = join(cwd, 'log');
  const watched = ['-f', '-o', log, '-e', 'trace=socket,connect,open,openat,creat,mkdir,rename,unlink,link,symlink'];
  const env = { ...process.env, ...surroundings(cwd) };
  const args = [...watched, process.execPath, PROGRAM, ...words(cwd), '--out', join(cwd, 'out')];
  const { status } = spawnSync('strace', args, { cwd, env, encoding: 'utf8' });
  expect(status).toBe(0);
  const calls = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => !/= -1 E|resumed>|\+\+\+|---/.test(line));
  expect(calls.filter((line) => /\b(socket|connect)\(/.test(line))).toEqual([]);
  const writes = calls.filter((line) =>
    /O_WRONLY|O_RDWR|O_CREAT|\b(creat|mkdir|rename|unlink|link|symlink)\(/.test(line),
  );
  expect(writes.length).toBeGreaterThan(10);
  const allowed = ['out', 'temp', 'settlement.duckdb', '.settlement.duckdb'].map((name) => `"${join(cwd, name)}`);
  expect(writes.filter((line) => !line.includes('"/dev/') && !allowed.some((path) => line.includes(path)))).toEqual([]);
});

type Arrange = (policyDir: string, elsewhere: string) => void;
const linked: Arrange = (policyDir, elsewhere) => {
  mkdirSync(join(policyDir, '..'), { recursive: true });
  symlinkSync(elsewhere, policyDir);
};
const inPolicyDir =
  (arrange: Arrange): Arrange =>
  (policyDir, elsewhere) => {
    mkdirSync(policyDir, { recursive: true });
    arrange(policyDir, elsewhere);
  };

/** What stands where results would be written → the words of the refusal, or none where the run goes on. */
const STANDING: Record<string, [arrange: Arrange, refused: RegExp | undefined]> = {
  'the folder of the policy is a link': [linked, /content-live-2023-11 is a symbolic link/],
  'the folder of the policy is a link to nowhere': [
    (policyDir, elsewhere) => linked(policyDir, join(elsewhere, 'nowhere')),
    /is a symbolic link/,
  ],
  'the folder of the policy is a file': [
    (policyDir) => {
      mkdirSync(join(policyDir, '..'));
      writeFileSync(policyDir, '');
    },
    /is not a folder, and a folder is needed there$/,
  ],
  'the run folder is a link': [
    inPolicyDir((policyDir, elsewhere) => symlinkSync(elsewhere, join(policyDir, runId))),
    /is a symbolic link/,
  ],
  'the run folder is a link to nowhere': [
    inPolicyDir((policyDir, elsewhere) => symlinkSync(join(elsewhere, 'x'), join(policyDir, runId))),
    /is a symbolic link/,
  ],
  'the run folder is a file': [
    inPolicyDir((policyDir) => writeFileSync(join(policyDir, runId), '')),
    /is there already, but was changed/,
  ],
  'the run folder is empty': [
    inPolicyDir((policyDir) => mkdirSync(join(policyDir, runId))),
    /is there already, but was changed/,
  ],
  'the folder in the making is a link': [
    inPolicyDir((policyDir, elsewhere) => symlinkSync(elsewhere, join(policyDir, `.staged-${runId}-${process.pid}`))),
    undefined,
  ],
  'what a killed run left is a link': [
    inPolicyDir((policyDir, elsewhere) => symlinkSync(elsewhere, join(policyDir, '.staged-x-999999999'))),
    undefined,
  ],
  'what a killed run left holds a link': [
    inPolicyDir((policyDir, elsewhere) => {
      mkdirSync(join(policyDir, '.staged-x-999999999'));
      symlinkSync(elsewhere, join(policyDir, '.staged-x-999999999', 'anchors'));
    }),
    undefined,
  ],
};

variations(
  Object.entries(STANDING),
  0,
  3,
)('%s', async (_what, [arrange, refused]) => {
  const { cwd, exports, elsewhere } = place();
  arrange(join(cwd, 'out', POLICY), elsewhere);
  const before = snapshot(elsewhere);
  const below = snapshot(join(cwd, 'out'));
  const running = settle({ policy: SAMPLE_POLICY, input: exports, out: join(cwd, 'out') });
  if (refused === undefined) {
    const { runDir } = await running;
    expect(filesIn(runDir)).toContain('manifest.json');
    expect(readdirSync(join(cwd, 'out', POLICY))).toEqual([runId]);
  } else {
    await expect(running).rejects.toThrow(refused);
    expect(snapshot(join(cwd, 'out'))).toEqual(below);
  }
  expect(snapshot(elsewhere)).toEqual(before);
});

test('the refusal of a link says what to do, and leaves no warehouse', async () => {
  const { cwd, elsewhere } = place();
  linked(join(cwd, 'out', POLICY), elsewhere);
  const { exit, json }: Ended = await settleByProgram(words(cwd), { cwd });
  expect([exit, json.error.code, json.error.file]).toEqual([1, 'machine', join(cwd, 'out', POLICY)]);
  expect(json.error.mend).toMatch(/--out may be a link/);
  expect(readdirSync(cwd).some((name) => name.startsWith('settlement'))).toBe(false);
});

test('--out itself may be a link', DEEP, async () => {
  const { cwd, exports, elsewhere } = place();
  symlinkSync('elsewhere', join(cwd, 'out'));
  await settle({ policy: SAMPLE_POLICY, input: exports, out: join(cwd, 'out') });
  expect(readdirSync(join(elsewhere, POLICY))).toEqual([runId]);
});

test('a run folder that was moved away and linked back is not taken for a published one', DEEP, async () => {
  const { cwd, exports, elsewhere } = place();
  const options = { policy: SAMPLE_POLICY, input: exports, out: join(cwd, 'out') };
  const { runDir } = await settle(options);
  renameSync(runDir, join(elsewhere, basename(runDir)));
  symlinkSync(join(elsewhere, basename(runDir)), runDir);
  await expect(settle(options)).rejects.toThrow(/is a symbolic link/);
});

test.each([
  'SET enable_external_access = true',
  "SET allowed_directories = ['/']",
  "SET allowed_paths = ['/etc/passwd']",
  "SET temp_directory = '/'",
  "ATTACH '/elsewhere.duckdb'",
  "COPY (SELECT 1) TO '/elsewhere.csv'",
  'LOAD httpfs',
])('no statement gets outside again: %s', async (statement) => {
  const folder = workspace();
  const warehouse = await Warehouse.open({ file: ':memory:', scratch: folder, folders: [folder] });
  await expect(warehouse.run(statement)).rejects.toThrow(/Cannot|disabled/);
  warehouse.close();
});
