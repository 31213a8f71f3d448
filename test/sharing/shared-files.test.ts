import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Close, writeClose } from '../../src/close/close-file.js';
import { Sharing } from '../../src/emit/sharing.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { runToShareWith } from '../../src/settle/run-to-share-with.js';
import { DEEP, variations } from '../support/deep.js';
import {
  contentOf,
  filesIn,
  SAMPLE_POLICY,
  SAMPLES,
  settle,
  temporaryFolder,
  workspace,
} from '../support/workspace.js';

/** Files that two runs have in common take no room twice, and no run's files change with another's. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const input = join(SAMPLES, '2023-11');
const inode = (path: string): number => statSync(path).ino;

async function runOf(out: string, asOf: string): Promise<string> {
  return (await settle({ policy: SAMPLE_POLICY, input, out, asOf })).runDir;
}

let [first, second] = ['', ''];
beforeAll(async () => {
  first = await runOf(join(folder, 'out'), '2023-11-15');
  second = await runOf(join(folder, 'out'), '2023-11-16');
});

test('a file that is byte for byte one of the run before is that file, and any other is its own', () => {
  const files = filesIn(second).filter((file) => existsSync(join(first, file)));
  const same = files.filter((file) => readFileSync(join(first, file)).equals(readFileSync(join(second, file))));
  const one = files.filter((file) => inode(join(first, file)) === inode(join(second, file)));
  expect(one).toEqual(same);
  expect(same).toContain('policy.yaml');
  expect(same).toContain('inputs/anchors.csv');
  expect(same.filter((file) => file.startsWith('anchors/')).length).toBeGreaterThan(0);
  expect(same).not.toContain('sessions.csv');
  expect(same).not.toContain('manifest.json');
});

test('a run that shares files has the bytes of one that is alone', DEEP, async () => {
  const alone = await runOf(join(workspace(), 'out'), '2023-11-16');
  const files = filesIn(alone).filter((file) => file !== 'manifest.json');
  expect(contentOf(second, files)).toEqual(contentOf(alone, files));
  expect((await verifyRun(second, {})).count).toBe(0);
});

test('published files are for reading alone, and their folders can be written', () => {
  const allowed = 0o444 & ~process.umask();
  const modes = filesIn(second).map((file) => [file, statSync(join(second, file)).mode & 0o777]);
  expect(modes).toEqual(modes.map(([file]) => [file, allowed]));
  expect(statSync(second).mode & 0o200).toBe(0o200);
});

/** Two runs of the samples, the second after something was done to the first. */
async function afterwards(change: (first: string) => void): Promise<{ first: string; second: string }> {
  const out = join(workspace(), 'out');
  cpSync(join(folder, 'out'), out, { recursive: true });
  const copy = (run: string): string => join(out, run.slice(join(folder, 'out').length));
  rmSync(copy(second), { recursive: true });
  change(copy(first));
  return { first: copy(first), second: await runOf(out, '2023-11-16') };
}

const replaced = (path: string, content: string | Buffer, mode = 0o444): void => {
  rmSync(path);
  writeFileSync(path, content, { mode });
  chmodSync(path, mode & ~process.umask());
};

variations<[string, (path: string) => void]>([
  ['that somebody changed to other bytes of the same size', (path) => replaced(path, readFileSync(path).fill(0x20))],
  ['that can be written, as an older build left it', (path) => replaced(path, readFileSync(path), 0o644)],
  ['that is gone', (path) => rmSync(path)],
  [
    'that is a link to another place',
    (path) => {
      renameSync(path, `${path}.moved`);
      symlinkSync(`${path}.moved`, path);
    },
  ],
  [
    'that is a folder',
    (path) => {
      rmSync(path);
      mkdirSync(path);
    },
  ],
])('nothing is shared with a file %s', async (_what, change) => {
  const path = 'inputs/anchors.csv';
  const done = await afterwards((run) => change(join(run, path)));
  const taken = join(done.first, path);
  expect(readFileSync(join(done.second, path))).toEqual(readFileSync(join(second, path)));
  if (existsSync(taken)) expect(inode(join(done.second, path))).not.toBe(inode(taken));
  expect(statSync(join(done.second, path)).nlink).toBe(1);
  expect((await verifyRun(done.second, {})).count).toBe(0);
  expect(inode(join(done.second, 'policy.yaml'))).toBe(inode(join(done.first, 'policy.yaml')));
});

const own = (run: string): string[] => filesIn(run).filter((file) => statSync(join(run, file)).nlink > 1);

test('a run that is closed gets files of its own', DEEP, async () => {
  const out = join(workspace(), 'out');
  const before = await runOf(out, '2023-11-15');
  const closed = await runOf(out, '2023-11-16');
  const content = contentOf(closed);
  expect(own(closed).length).toBeGreaterThan(0);
  writeClose(closed, { run_id: 'closed' } as Close);
  expect(own(closed)).toEqual([]);
  expect(own(before)).toEqual([]);
  expect(contentOf(closed, Object.keys(content))).toEqual(content);
  const modes = filesIn(closed).map((file) => statSync(join(closed, file)).mode & 0o222);
  expect(modes).toEqual(modes.map(() => 0));
  expect(readdirSync(dirname(closed)).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('of several runs the one that was published last and is not closed is shared with', () => {
  const out = workspace();
  expect(runToShareWith(join(out, 'none'))).toBe(undefined);
  for (const [at, run] of ['old', 'new', 'closed', '.staged-x-1', 'no-run'].entries()) {
    mkdirSync(join(out, run));
    if (run === 'no-run') continue;
    writeFileSync(join(out, run, 'manifest.json'), '{}');
    utimesSync(join(out, run, 'manifest.json'), 1000 + at, 1000 + at);
  }
  writeFileSync(join(out, 'closed/close.json'), '{}');
  expect(runToShareWith(out)).toBe(join(out, 'new'));
});

const OTHER = '/dev/shm';
const isElsewhere = existsSync(OTHER) && statSync(OTHER).dev !== statSync(folder).dev;

test.runIf(isElsewhere)('where no link can be made the file is written like any other', async () => {
  const elsewhere = join(OTHER, `settlement-test-${process.pid}`);
  mkdirSync(elsewhere);
  try {
    const sharing = new Sharing(elsewhere);
    writeFileSync(join(elsewhere, 'a'), 'same', { mode: 0o444 });
    writeFileSync(join(elsewhere, 'b'), 'same', { mode: 0o444 });
    const here = workspace();
    sharing.write(join(here, 'a'), 'a', 'same');
    writeFileSync(join(here, 'b'), 'same');
    await sharing.take(join(here, 'b'), 'b', '0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5');
    expect(contentOf(here)).toEqual({ a: 'same', b: 'same' });
    expect(['a', 'b'].map((file) => statSync(join(here, file)).nlink)).toEqual([1, 1]);
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});
