import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { CLEAN_MONTH, sessionsCsv } from '../support/exports.js';
import { settle } from '../support/program.js';
import { filesIn, overwrite, SAMPLE_POLICY, workspace, write } from '../support/workspace.js';

/** How runs and verifications end besides wrong use and unusable files: exit codes 0, 1, 4 and 6. */

function place(files: Record<string, string> = CLEAN_MONTH): string {
  const folder = workspace();
  mkdirSync(join(folder, 'exports'));
  write(join(folder, 'exports'), files);
  return folder;
}

const RUN = ['run', '--policy', SAMPLE_POLICY, '--input', 'exports', '--json'];
const IN_MEMORY = [...RUN, '--warehouse', ':memory:'];

test('0: every row clean, and the figures verify', async () => {
  const cwd = place();
  const { exit, json } = await settle(IN_MEMORY, { cwd });
  expect(exit).toBe(0);
  const { run_dir, ...manifest } = json;
  expect(run_dir).toBe(join(cwd, 'out', 'content-live-2023-11', manifest.run_id));
  expect(JSON.parse(readFileSync(join(run_dir, 'manifest.json'), 'utf8'))).toEqual(manifest);
  expect(manifest.totals.total).toBe('30.00');
  const verified = await settle(['verify', run_dir, '--json'], { cwd });
  expect(verified.exit).toBe(0);
  expect(verified.json).toMatchObject({ run_id: manifest.run_id, differences: [], count: 0 });
});

test('4: settled, and a row was quarantined', DEEP, async () => {
  const cwd = place({ ...CLEAN_MONTH, 'sessions.csv': `${CLEAN_MONTH['sessions.csv']}s3\n` });
  const { exit, json } = await settle(IN_MEMORY, { cwd });
  expect(exit).toBe(4);
  expect(json.accounting).toMatchObject({ rows_read: 3, settled: 2, quarantined: 1 });
  const quarantine = readFileSync(join(json.run_dir, 'quarantine.csv'), 'utf8');
  expect(quarantine).toMatch(/^file,line,column,code,value,message\nsessions.csv,4,,ragged_row,,.+\n$/);
});

test('6: verify finds what was tampered with', DEEP, async () => {
  const cwd = place();
  const { json } = await settle(IN_MEMORY, { cwd });
  const path = join(json.run_dir, 'settlement.csv');
  overwrite(path, readFileSync(path, 'utf8').replaceAll('10.00', '10.01'));
  const verified = await settle(['verify', json.run_dir, '--json'], { cwd });
  expect(verified.exit).toBe(6);
  expect(verified.json.error.code).toBe('differs');
  const found = verified.json.differences as { file: string; key: string }[];
  expect(found.some(({ file, key }) => file === 'settlement.csv' && key.includes('a1'))).toBe(true);
  const { exit, stdout } = await settle(['verify', json.run_dir], { cwd });
  expect(exit).toBe(6);
  expect(stdout).toMatch(/settlement\.csv.+a1.+10\.01.+10\.00/);
});

test('1: a run folder that was changed since it was published is not taken for the same work', DEEP, async () => {
  const cwd = place();
  const { json } = await settle(RUN, { cwd });
  const path = join(json.run_dir, 'days.csv');
  const changed = readFileSync(path, 'utf8').replace('10.00', '99.00');
  overwrite(path, changed);
  const again = await settle(RUN, { cwd });
  expect(again.exit).toBe(1);
  expect(again.json.error).toMatchObject({ code: 'machine', file: json.run_dir });
  expect(again.json.error.message).toContain('days.csv');
  expect(readFileSync(path, 'utf8')).toBe(changed);
});

test('1: nor one that has lost a statement', DEEP, async () => {
  const cwd = place();
  const { json } = await settle(RUN, { cwd });
  const [statement] = filesIn(join(json.run_dir, 'anchors'));
  rmSync(join(json.run_dir, 'anchors', statement as string));
  const again = await settle(RUN, { cwd });
  expect(again.exit).toBe(1);
  expect(again.json.error.message).toContain('was changed since it was published (anchors/)');
});

test.each([
  [
    '--out is a file',
    ['--out', 'a-file', '--warehouse', ':memory:'],
    /a-file is not a folder, and a folder is needed there$/,
  ],
  ['--out lies below a file', ['--out', 'a-file/out'], /a-file is not a folder, and a folder is needed there$/],
  [
    'the warehouse lies below a file',
    ['--warehouse', 'a-file/w.duckdb'],
    /a-file is not a folder, and a folder is needed there$/,
  ],
  ['the warehouse is no database', ['--warehouse', 'a-file'], /a-file can't be read as a warehouse/],
  ['the warehouse is a folder', ['--warehouse', 'exports'], /exports/],
])('1: %s', async (_what, words, message) => {
  const cwd = place();
  write(cwd, { 'a-file': 'not a database\n' });
  const { exit, json } = await settle([...RUN, ...words], { cwd });
  expect(exit).toBe(1);
  expect(json.error.message).toMatch(message);
  expect(['machine', 'warehouse']).toContain(json.error.code);
  expect(readFileSync(join(cwd, 'a-file'), 'utf8')).toBe('not a database\n');
  expect(existsSync(join(cwd, 'out'))).toBe(false);
});

test('1: there is nowhere for what is only needed during the run', async () => {
  const cwd = place();
  const { exit, json } = await settle(RUN, { cwd, env: { TMPDIR: join(cwd, 'nowhere') } });
  expect([exit, json.error.code]).toEqual([1, 'machine']);
});

test('a stack trace stands on standard error with --debug, and only then', DEEP, async () => {
  const cwd = place();
  write(cwd, { 'a-file': '' });
  const words = [...RUN, '--out', 'a-file', '--warehouse', ':memory:'];
  expect((await settle(words, { cwd })).stderr).not.toMatch(/^ {4}at /m);
  const { exit, stderr } = await settle([...words, '--debug'], { cwd });
  expect(exit).toBe(1);
  expect(stderr).toMatch(/^ {4}at /m);
});

test.runIf(existsSync('/dev/full'))('1: the answer cannot be written: one message, no stack trace', async () => {
  const cwd = place();
  const command = ['/bin/sh', '-c', 'exec "$0" "$@" > /dev/full', process.execPath] as const;
  const { exit, stderr } = await settle(
    IN_MEMORY.filter((word) => word !== '--json'),
    { cwd, command },
  );
  expect(exit).toBe(1);
  expect(stderr).toContain('error: ');
});

test('a settlement without sessions is empty and says so', DEEP, async () => {
  const cwd = place({ 'anchors.csv': CLEAN_MONTH['anchors.csv'] });
  const { exit, json } = await settle(IN_MEMORY, { cwd });
  expect(exit).toBe(0);
  expect(json.totals).toMatchObject({ anchors: 0, sessions: 0, total: '0.00' });
  expect(json.warnings).toEqual(['no sessions file is loaded: the settlement is empty']);
  expect((await settle(['verify', json.run_dir, '--json'], { cwd })).exit).toBe(0);
});

test('--strict settles a clean month, and refuses one with a bad row (exit 3)', DEEP, async () => {
  const cwd = place();
  expect((await settle([...IN_MEMORY, '--strict'], { cwd })).exit).toBe(0);
  write(join(cwd, 'exports'), { 'sessions.csv': sessionsCsv({ id: 's1', anchor: 'nobody' }) });
  const { exit, json } = await settle([...IN_MEMORY, '--strict', '--out', 'strict'], { cwd });
  expect([exit, json.error.code, json.error.rows]).toEqual([3, 'strict', 1]);
  expect(json.error.message).toContain(
    'sessions.csv, line 2: 1 of 1 row, `anchor_id` like `nobody` (unknown_anchor): ',
  );
  expect(existsSync(join(cwd, 'strict'))).toBe(false);
});
