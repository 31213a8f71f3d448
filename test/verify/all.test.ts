import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAll } from '../../src/commands/verify.js';
import { verifyRun } from '../../src/runs/verify-run.js';
import { verifyPlace } from '../../src/verify/place.js';
import { closeAccepted } from '../support/accepting.js';
import { settle as call } from '../support/program.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, settle, temporaryFolder, workspace } from '../support/workspace.js';

// @module-tag deep

/** Every run, every close, the chain and what stands beside the runs. */

const folder = temporaryFolder();
const whole = join(folder, 'out');
let first: string;
let second: string;

/** November of the samples, closed, and what came late, closed too. */
beforeAll(async () => {
  const warehouse = join(folder, 'settlement.duckdb');
  const run = async (input: string) => {
    const { runDir } = await settle({ policy: SAMPLE_POLICY, input: join(SAMPLES, input), out: whole, warehouse });
    await closeAccepted(runDir, { out: whole, warehouse, by: 'finance' });
    return runDir;
  };
  first = (await run('2023-11')).slice(whole.length + 1);
  second = (await run('2023-11-late')).slice(whole.length + 1);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copy(): string {
  const out = join(workspace(), 'out');
  cpSync(whole, out, { recursive: true });
  return out;
}

function edit(path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(from);
  writeFileSync(path, text.replace(from, to));
}

/** Where something differs: of runs, and of what belongs to none. */
async function differing(out: string): Promise<{ runs: string[]; place: string[] }> {
  const { runs, differences, count } = await verifyPlace(out, verifyRun);
  expect(count > 0).toBe(runs.some((run) => run.count > 0) || differences.length > 0);
  return {
    runs: runs.filter((run) => run.count > 0).map(({ run }) => run),
    place: differences.map(({ file, key }) => `${file} ${key}`.trim()),
  };
}

test('a sound folder: a line a run, a summary, exit 0', async () => {
  const said: string[] = [];
  const { exit, text } = await verifyAll(whole, { ...SILENT, say: (line) => said.push(line) });
  expect(exit).toBe(0);
  expect(said.toSorted()).toEqual([`${first}  ok, closed\n`, `${second}  ok, closed\n`].sort());
  expect(text()).toBe('2 runs, 2 closes: every figure is right, and the chain is whole\n');
});

test('a changed figure is told with its run, and the exit is 6', async () => {
  const out = copy();
  edit(join(out, first, 'days.csv'), '10', '11');
  const { exit, answer, text } = await verifyAll(out, SILENT);
  expect(exit).toBe(6);
  expect(answer).toMatchObject({ error: { code: 'differs' }, closes: 2 });
  expect(text()).toContain(join(out, first));
  // The other restates it, and is held against its figures.
  expect((await differing(out)).runs).toEqual([first, second].sort());
});

test.each([
  ['the first close is gone', (out: string) => rmSync(join(out, first, 'close.json')), true],
  ['the last close is gone, which nothing holds', (out: string) => rmSync(join(out, second, 'close.json')), false],
  ['a close was changed', (out: string) => edit(join(out, first, 'close.json'), 'finance', 'others'), true],
])('%s', async (_what, damage, isTold) => {
  const out = copy();
  damage(out);
  const { runs, place } = await differing(out);
  expect([runs.includes(second), place.length > 0]).toEqual([isTold, isTold]);
});

test('two closes of one number', async () => {
  const out = copy();
  edit(join(out, second, 'close.json'), '"close_no": 2', '"close_no": 1');
  expect((await differing(out)).place).toEqual(['close.json close_no 1', 'close.json close_no 2']);
});

test('a restatement whose close is gone with its folder', async () => {
  const out = copy();
  renameSync(join(out, first), join(dirname(out), 'moved'));
  expect((await differing(out)).place).toEqual(['close.json close_no 1', `${second}/manifest.json restates`]);
});

test('what is no run, or a link', async () => {
  const out = copy();
  mkdirSync(join(out, dirname(first), 'nothing'));
  mkdirSync(join(out, dirname(first), '.staged-x-1'));
  symlinkSync('nothing', join(out, dirname(first), 'link'));
  expect(await differing(out)).toEqual({ runs: [`${dirname(first)}/nothing`], place: [`${dirname(first)}/link`] });
});

test.each([
  ['accepted.json', '{"acceptances": 1}', 'accepted.json'],
  ['accepted.json', 'no JSON', 'accepted.json'],
  [
    'accepted.json',
    '{"acceptances":[{"accepted_at":"today","accepted_by":"A","notices":[],"rows":[]}]}',
    'accepted.json acceptances[0]',
  ],
  ['notices-place.csv', 'code\n', 'notices-place.csv line 1'],
  [
    'notices-place.csv',
    'code,severity,file,subject,count,value,message\nday_too_long,info,,,,,x\n',
    'notices-place.csv line 2',
  ],
  [
    'notices-place.csv',
    'code,severity,file,subject,count,value,message\nfile_ignored,loud,x,,,,x\n',
    'notices-place.csv line 2',
  ],
])('%s that holds %s', async (file, content, told) => {
  const out = copy();
  writeFileSync(join(out, file), content);
  expect(await differing(out)).toEqual({ runs: [], place: [told] });
});

test('the files that the program writes beside the runs are sound', async () => {
  const out = copy();
  const header = 'code,severity,file,subject,count,value,message\n';
  writeFileSync(join(out, 'notices-place.csv'), `${header}file_ignored,attention,a.xlsx,,,,"is, a workbook"\n`);
  expect(await differing(out)).toEqual({ runs: [], place: [] });
});

test('by flags: --all with --out, or a run folder', async () => {
  const cwd = workspace();
  cpSync(whole, join(cwd, 'out'), { recursive: true });
  const all = await call(['verify', '--all', '--json'], { cwd });
  expect([all.exit, all.json.count, all.json.closes]).toEqual([0, 0, 2]);
  expect((await call(['verify', '--all', '--out', 'out'], { cwd })).stdout).toContain('  ok, closed\n');
  for (const words of [[], ['--all', join('out', first)], ['--all', '--out', 'no']])
    expect((await call(['verify', ...words], { cwd })).exit, words.join(' ')).toBe(2);
  for (const words of [[join('out', first)], ['--out', 'out', 'latest']])
    expect((await call(['verify', ...words], { cwd })).exit, words.join(' ')).toBe(0);
});
