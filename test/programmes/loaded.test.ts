import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nightly } from '../../src/commands/nightly.js';
import { nightlyText } from '../../src/report/night.js';
import { verifyRun } from '../../src/runs/verify-run.js';
import { DEEP } from '../support/deep.js';
import { overwrite, SAMPLES, SILENT, settle, workspace, write } from '../support/workspace.js';

/** What may be wrong with exports as they were loaded is told by every programme, and held by its second implementation. */

const POINTS = join(SAMPLES, 'penalty-points/policy-2023-11.yaml');
const HEADER = 'violation_id,anchor_id,violated_at,points,severe,status\n';
const violations = (count: number, header = HEADER): string =>
  `${header}${Array.from({ length: count }, (_, at) => `v${at},a${at},2023-11-05 20:00:00,5,N,upheld\n`).join('')}`;

interface Told {
  told: string[];
  runDir: string;
}

/** The notices of the last of several loads, as code, file, subject and count. */
async function loaded(...loads: Record<string, string>[]): Promise<Told> {
  const folder = workspace();
  mkdirSync(join(folder, 'exports'));
  let runDir = '';
  for (const files of loads) {
    write(join(folder, 'exports'), files);
    ({ runDir } = await settle({
      ...{ policy: POINTS, input: join(folder, 'exports'), out: join(folder, 'out') },
      warehouse: join(folder, 'w.duckdb'),
    }));
  }
  const lines = readFileSync(join(runDir, 'notices.csv'), 'utf8').trimEnd().split('\n').slice(1);
  const told = lines.filter((line) => line.includes(',attention,'));
  return { told: told.map((line) => line.split(',').slice(0, 5).join(' ').replace('attention ', '')), runDir };
}

test('violations that came again with fewer rows are told; with as many, and with one more, they are not', async () => {
  const shrunk = await loaded({ 'violations.csv': violations(5) }, { 'violations.csv': violations(3) });
  expect(shrunk.told).toEqual(['file_shrank violations.csv  2']);
  expect((await verifyRun(shrunk.runDir)).differences).toEqual([]);
  for (const count of [5, 6]) {
    const { told } = await loaded({ 'violations.csv': violations(5) }, { 'violations.csv': violations(count) });
    expect(told).toEqual([]);
  }
});

test('a header that is nearly a column, a word for nothing, and a file without a sound row are told', async () => {
  const { told, runDir } = await loaded({
    'violations.csv': violations(2, HEADER.replace('severe', 'Severe ')).replace('a1,', 'NULL,'),
    'viewer_violations.csv': 'violation_id,viewer_id,violated_at\nw1,u1,yesterday\n',
  });
  expect(told).toEqual([
    'column_like violations.csv severe ',
    'file_all_out viewer_violations.csv  1',
    'null_word violations.csv anchor_id 1',
  ]);
  expect((await verifyRun(runDir)).differences).toEqual([]);
});

test('each forged line of them is found', DEEP, async () => {
  const { runDir } = await loaded({
    'violations.csv': violations(2, HEADER.replace('severe', 'Severe ')).replace('a1,', 'NULL,'),
    'viewer_violations.csv': 'violation_id,viewer_id,violated_at\nw1,u1,yesterday\n',
  });
  const path = join(runDir, 'notices.csv');
  const text = readFileSync(path, 'utf8');
  const lines = text.trimEnd().split('\n');
  const found = async (changed: string): Promise<string[]> => {
    expect(changed).not.toBe(text);
    overwrite(path, changed);
    const { differences } = await verifyRun(runDir);
    overwrite(path, text);
    return differences.filter(({ file }) => file === 'notices.csv').map(({ column }) => column);
  };
  const without = (code: string): string => `${lines.filter((line) => !line.startsWith(code)).join('\n')}\n`;
  expect(await found(without('file_all_out'))).toEqual(['']);
  expect(await found(text.replace('file_all_out,attention', 'file_all_out,info'))).toEqual(['severity']);
  expect(await found(text.replace('viewer_violations.csv,,1', 'viewer_violations.csv,,2'))).toEqual(['']);
  expect(await found(text.replace('null_word,attention,violations.csv', 'null_word,attention,others.csv'))).toEqual([
    'file',
  ]);
  expect(await found(text.replace('violations.csv,anchor_id,1', 'violations.csv,anchor_id,0'))).toEqual(['count']);
  expect(await found(text.replace('violations.csv,anchor_id,1', 'violations.csv,,1'))).toEqual(['subject']);
  expect(await found(`${[lines[0], ...lines.slice(1).toReversed()].join('\n')}\n`)).not.toEqual([]);
  expect(await found(`${text}${lines.at(-1)}\n`)).not.toEqual([]);
});

test('a night’s mail says what a programme counts that pays nobody, and what is new of its exports', async () => {
  const folder = workspace();
  for (const name of ['policies', 'exports']) mkdirSync(join(folder, name));
  write(join(folder, 'policies'), { 'points.yaml': readFileSync(POINTS, 'utf8') });
  const places = { out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb'), statements: true };
  const night = async (files: Record<string, string>) => {
    write(join(folder, 'exports'), files);
    const options = { ...places, input: join(folder, 'exports'), policies: join(folder, 'policies') };
    return nightly({ ...options, date: '2023-11-30' }, { ...SILENT, clock: () => Date.UTC(2023, 11, 1) });
  };
  await night({ 'violations.csv': violations(5) });
  const second = await night({ 'violations.csv': `${violations(2)}v9,a9,2023-11-06 20:00:00,many,N,upheld\n` });
  const mail = nightlyText(second, (path) => path);
  expect(mail).toContain(
    'Violations that count 2  freezes 2  expulsions 0  Viewers without comments 0  1 row quarantined',
  );
  expect(mail).toContain('  violations.csv: 1 row quarantined, bad_number');
  expect(mail).toContain(
    '  file_shrank: violations.csv has 3 rows now: 3 rows of the earlier file of that name are withdrawn',
  );
  expect(nightlyText(second, (path) => path, 'zh')).toContain('生效的违规 2  冻结 2  清退 0  已关闭评论的用户 0');
  expect(second.exit).toBe(4);
});
