import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, CLEAN_MONTH, sessionsCsv } from '../support/exports.js';
import { settle } from '../support/program.js';
import { filesIn, SAMPLE_POLICY, workspace, write } from '../support/workspace.js';

// @module-tag deep

/** Names of files and folders are names and nothing else: no pattern, no SQL, no option. */

const RUN = ['run', '--policy', SAMPLE_POLICY, '--warehouse', ':memory:', '--json'];

/** A session for each name, and a row that is quarantined, so that the name stands in the tables too. */
async function expectSettled(names: readonly string[]): Promise<void> {
  const cwd = workspace();
  const exports = names.map((name, at) => [name, `${sessionsCsv({ id: `s${at}` })}x${at}\n`]);
  write(cwd, { 'anchors.csv': anchorsCsv('a1'), ...Object.fromEntries(exports) });
  const { exit, json } = await settle([...RUN, '--input', '.', '--out', 'out'], { cwd });
  expect(exit).toBe(4);
  expect(json.totals).toMatchObject({ sessions: names.length, total: `${names.length}0.00` });
  const inputs = names.map((file) => expect.objectContaining({ file, kind: 'sessions', rows: 2, quarantined: 1 }));
  expect(json.inputs).toEqual(expect.arrayContaining(inputs));
  const quarantine = parse(readFileSync(join(json.run_dir, 'quarantine.csv')), { columns: true }) as { file: string }[];
  expect(quarantine.map(({ file }) => file).sort()).toEqual([...names].sort());
  const verified = await settle(['verify', json.run_dir, '--json'], { cwd });
  expect(verified.json.differences).toEqual([]);
}

test('files whose names a pattern, a shell or a statement would read otherwise', () =>
  expectSettled([
    "sessions it's.csv",
    'sessions  two  spaces .csv',
    'sessions*.csv',
    'sessions[12]?.csv',
    'sessions-十一月 场次.csv',
    "sessions'; DROP TABLE load; --.csv",
    'sessions %41 $HOME ~.csv',
    'sessions-$(id)-`id`.csv',
    'sessions{a;b}.csv',
  ]));

test('files whose names a CSV must quote', DEEP, () => expectSettled(['sessions,comma.csv', 'sessions "quoted".csv']));

test('a file with backslashes in its name', DEEP, () => expectSettled(['sessions\\back\\slash.csv']));

variations(["it's [a] folder*", '十一月 "导出"', '--out'])('folders named %s', async (name) => {
  const cwd = workspace();
  mkdirSync(join(cwd, name));
  write(join(cwd, name), { ...CLEAN_MONTH, 'sessions-2.csv.gz': gzipSync(sessionsCsv({ id: 's3' })) });
  const words = ['run', '--policy', SAMPLE_POLICY, '--json', `--input=./${name}`, `--out=${name}/的 out`];
  const { exit, json } = await settle(words, { cwd });
  expect(exit).toBe(0);
  expect(json.totals).toMatchObject({ sessions: 3, total: '40.00' });
  expect(json.run_dir.startsWith(join(cwd, name, '的 out'))).toBe(true);
  const outside = filesIn(cwd).filter((file) => !file.startsWith(`${name}/`));
  expect(outside).toEqual([]);
  expect((await settle(['verify', json.run_dir], { cwd })).exit).toBe(0);
});

test('linked files, and a linked folder, are read through the link', DEEP, async () => {
  const cwd = workspace();
  for (const folder of ['store', 'exports']) mkdirSync(join(cwd, folder));
  write(join(cwd, 'store'), {
    'one.csv': sessionsCsv({ id: 's1' }),
    'two.csv.gz': gzipSync(sessionsCsv({ id: 's2' })),
    'anchors.csv': anchorsCsv('a1'),
  });
  symlinkSync('../store/one.csv', join(cwd, 'exports', 'sessions-1.csv'));
  symlinkSync(join(cwd, 'store', 'two.csv.gz'), join(cwd, 'exports', 'sessions-2.csv.gz'));
  symlinkSync('../store/anchors.csv', join(cwd, 'exports', 'anchors.csv'));
  symlinkSync('exports', join(cwd, 'linked'));
  const { exit, json } = await settle([...RUN, '--input', 'linked', '--out', 'out'], { cwd });
  expect(exit).toBe(0);
  expect(json.totals).toMatchObject({ sessions: 2, total: '20.00' });
});

test('an export whose name is no UTF-8 is refused, for it could be told of nowhere; another file is left alone', async () => {
  const cwd = workspace();
  write(cwd, CLEAN_MONTH);
  const inGbk = (begin: string, end: string): Buffer =>
    Buffer.concat([Buffer.from(`${cwd}/${begin}`), Buffer.from([0xb2, 0xb9, 0xc2, 0xbc]), Buffer.from(end)]);
  writeFileSync(inGbk('notes-', '.txt'), 'x');
  expect((await settle([...RUN, '--input', '.', '--strict'], { cwd })).exit).toBe(0);
  writeFileSync(inGbk('sessions-', '.csv'), sessionsCsv({ id: 's9' }));
  const { exit, json } = await settle([...RUN, '--input', '.', '--out', 'other'], { cwd });
  expect([exit, json.error?.code]).toEqual([3, 'input']);
  expect(json.error.message).toMatch(/^sessions-.+\.csv: its name is not UTF-8/);
});

test('what is no export is ignored and named once: other names, folders, links to nowhere', DEEP, async () => {
  const cwd = workspace();
  const policy = ['--policy', SAMPLE_POLICY, '--warehouse', ':memory:', '--input', '.'];
  write(cwd, { ...CLEAN_MONTH, 'notes.txt': 'x', 'sessions.csv.bak': 'x', 'Session.csv': 'x', '.hidden': '' });
  mkdirSync(join(cwd, 'sessions-old.csv'));
  symlinkSync('nowhere.csv', join(cwd, 'sessions-gone.csv'));
  const others = ['Session.csv', 'notes.txt', 'sessions-gone.csv', 'sessions-old.csv', 'sessions.csv.bak'];
  const loaded = await settle(['load', '.', '--warehouse', ':memory:'], { cwd });
  expect(loaded.stdout).toContain(`ignored (not exports): .hidden, ${others.join(', ')}\n`);
  const named = (text: string): string[] => others.filter((name) => text.includes(name));
  const inJson = await settle(['run', ...policy, '--json', '--out', '../json'], { cwd });
  expect([inJson.exit, named(inJson.stderr)]).toEqual([0, others]);
  const { exit, stdout } = await settle(['run', ...policy], { cwd });
  expect([exit, named(stdout)]).toEqual([0, others]);
  expect(stdout).toContain('\nignored: .hidden\n');
});
