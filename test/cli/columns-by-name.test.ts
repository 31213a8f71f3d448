import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KINDS } from '../../src/programmes/registry.js';
import { DEEP } from '../support/deep.js';
import { settle } from '../support/program.js';
import {
  contentOf,
  FIGURES,
  filesIn,
  REPOSITORY,
  SAMPLE_POLICY,
  SAMPLES,
  settle as settleHere,
  workspace,
} from '../support/workspace.js';
import { CopyOfProgram } from './other-program.js';

/** Columns stand in some order: that of the warehouse's tables, that of the lists of exports' columns. No figure depends on it. */

const MONTHS = ['2023-11', '2023-11-faulty'];
const TABLES = [...FIGURES, 'quarantine.csv', 'notices.csv', 'unsettled.csv'];

/** The schema with the columns of every table the other way round. */
function turnedRound(schema: string): string {
  const bare = schema.replace(/--.*$/gm, '');
  return bare.replace(/CREATE TABLE (\w+) \(([\s\S]*?)\);/g, (_all, name: string, list: string) => {
    const columns = list.split(/,(?![^(]*\))/).map((column) => column.trim());
    return `CREATE TABLE ${name} (${columns.reverse().join(', ')});`;
  });
}

const goldenOf = (month: string): Record<string, string> => contentOf(join(REPOSITORY, 'test/golden', month), TABLES);

test('the schema is turned round, and keeps its columns', () => {
  const schema = readFileSync(join(REPOSITORY, 'sql/warehouse/schema.sql'), 'utf8');
  const turned = turnedRound(schema);
  expect(turned.match(/CREATE TABLE/g)).toEqual(schema.match(/CREATE TABLE/g));
  expect(turned.indexOf('opted_out BOOLEAN')).toBeLessThan(turned.indexOf('suspended BOOLEAN'));
  expect(turned).toMatch(/CREATE TABLE scarcity_row \(scarcity_index DECIMAL\(7, 3\) NOT NULL, effective_from DATE/);
});

test('a warehouse whose columns stand the other way round settles, compares and restates to the same bytes', {
  ...DEEP,
  timeout: 180_000,
}, async () => {
  const copy = new CopyOfProgram();
  const schema = 'warehouse/schema.sql';
  copy.build(schema, turnedRound(copy.sql(schema)));
  const folders = [workspace(), workspace()] as const;
  const [turned, plain] = await Promise.all([
    allOf(folders[0], copy.program),
    allOf(folders[1], join(REPOSITORY, 'dist/bin/settle.js')),
  ]);
  for (const [at, month] of MONTHS.entries()) expect(turned.months[at], month).toMatchObject(goldenOf(month));
  expect(turned).toEqual(plain);
  expect(plain.late['adjustments.csv']?.split('\n').length).toBeGreaterThan(3);
});

/** The samples settled, the late one as a restatement; each run's files, and what `diff` says. */
async function allOf(cwd: string, program: string) {
  const done = async (...words: string[]) => {
    const ended = await settle([...words, '--json', '--quiet'], { cwd, program });
    expect([0, 4], ended.stdout).toContain(ended.exit);
    return ended.json;
  };
  const run = async (input: string, place: string) => {
    const words = ['--policy', SAMPLE_POLICY, '--input', join(SAMPLES, input), '--out', join(place, 'out')];
    return (await done('run', ...words, '--encoding', 'gb18030')).run_dir;
  };
  const csvOf = (dir: string) =>
    contentOf(
      dir,
      filesIn(dir).filter((file) => file.endsWith('.csv')),
    );
  const runs = [await run('2023-11', 'month'), await run('2023-11-faulty', 'faulty')];
  const out = ['--out', join('month', 'out')];
  const closing = [runs[0] as string, '--by', 'Wang Li', ...out];
  await done('accept', ...closing, '--all');
  await done('close', ...closing);
  const late = await run('2023-11-late', 'month');
  const { total, anchors } = await done('diff', runs[0] as string, late, ...out);
  return { months: runs.map(csvOf), late: csvOf(late), total, anchors };
}

test('the exports’ columns in another order settle to the same bytes', DEEP, async () => {
  const turn = (): void => {
    for (const { columns } of KINDS) (columns as unknown[]).reverse();
  };
  turn();
  try {
    for (const month of MONTHS) {
      const places = { policy: SAMPLE_POLICY, input: join(SAMPLES, month), out: workspace() };
      const { runDir } = await settleHere({ ...places, encoding: 'gb18030' });
      expect(contentOf(runDir, TABLES), month).toEqual(goldenOf(month));
    }
  } finally {
    turn();
  }
});
