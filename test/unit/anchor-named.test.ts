import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { anchorNamed } from '../../src/runs/shown/anchor-named.js';
import { workspace, write } from '../support/workspace.js';

/** Whom an id or a nickname means. */

const ROWS = ['a1,小鹿', 'a2,"阿,宽"', "a3,'=甲", 'a4,小鹿', 'a5,a2', 'a6,', "a7,'b", 'a8,"a""b"'];

function runDir(rows = ROWS): string {
  const folder = workspace();
  mkdirSync(join(folder, 'inputs'));
  write(folder, { 'inputs/anchors.csv': `anchor_id,nickname\n${rows.join('\n')}\n` });
  return folder;
}

test.each([
  ['an id', 'a1', 'a1'],
  ['a nickname with a comma', '阿,宽', 'a2'],
  ['a nickname that a spreadsheet would take for a formula', '=甲', 'a3'],
  ['an id before a nickname', 'a2', 'a2'],
  ['a nickname that has an apostrophe of its own', "'b", 'a7'],
  ['a nickname with a quote', 'a"b', 'a8'],
  ['what neither is', '小马', '小马'],
])('%s', async (_what, asked, meant) => {
  expect(await anchorNamed(runDir(), asked)).toBe(meant);
});

test('a nickname of several lines is one, and none of its lines is an anchor', async () => {
  const rows = ['a1,"x', 'a2,小鹿', '"', 'a3,小鹿', 'a4,a2'];
  expect(await anchorNamed(runDir(rows), '小鹿')).toBe('a3');
  expect(await anchorNamed(runDir(rows), 'a2')).toBe('a4');
  expect(await anchorNamed(runDir(rows), 'x\na2,小鹿\n')).toBe('a1');
});

test('a nickname of several names them all', async () => {
  const refused = await anchorNamed(runDir(), '小鹿').catch((error) => error);
  expect(refused).toMatchObject({
    exit: 2,
    message: '2 anchors are called 小鹿: a1, a4',
    details: { anchors: ['a1', 'a4'] },
  });
  expect(refused.in('zh').message).toBe('有 2 位主播的昵称是「小鹿」：a1、a4');
});

test('a folder without a list of anchors knows no nickname', async () => {
  expect(await anchorNamed(workspace(), '小鹿')).toBe('小鹿');
});
