import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SettleError } from '../../src/core/errors.js';
import { loadPolicy } from '../../src/policy/load-policy.js';
import { differenceTable } from '../../src/report/differences.js';
import { readSettings } from '../../src/settings/settings.js';
import { SAMPLE_POLICY, workspace, write } from '../support/workspace.js';

/** What is wrong with a policy, the settings file and a run folder, told in Chinese; the English stays what it was. */

async function refusal(failing: Promise<unknown>): Promise<SettleError> {
  const error = await failing.then(() => undefined).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SettleError);
  return error as SettleError;
}

test('of a policy, line by line: forms, unknown and missing keys, what values say together', async () => {
  const text = readFileSync(SAMPLE_POLICY, 'utf8')
    .replace('id: vulgar-3', 'id: "vulgar 3"')
    .replace('to: 2023-11-30', 'to: 2023-10-30')
    .replace('timezone:', 'timezones:');
  const file = join(write(workspace(), { 'p.yaml': text }), 'p.yaml');
  const error = await refusal(loadPolicy(file));
  const { message } = error.in('zh');
  expect(message).toMatch(
    /p\.yaml:\d+: disqualification\.penalties\[\d\]\.id: 现为文本 "vulgar 3"；应为 ID：1 至 64 个字符/,
  );
  expect(message).toMatch(/period\.to: 现为 2023-10-30，早于结算期首日 2023-11-01；应为当日或其后\n/);
  expect(message).toMatch(/timezones: 未知的键；是否指 timezone？（可用的键：/);
  expect(message).toMatch(/timezone: 缺少该键；应为 Asia\/Shanghai/);
  expect(message).not.toMatch(/found|expected|unknown key/);
  expect(error.message).toMatch(/found the text "vulgar 3"; expected an id: 1 to 64/);
  expect(JSON.stringify(error.details)).not.toMatch(/\p{Script=Han}/u);
});

test.each([
  [
    'words: { penalties: { status: { 生效: revoked } } }',
    '列 status 本来就认得 生效：请删去这一行',
    '生效 is a word of status already',
  ],
  ['columns: { sessions: { 备注: nowhere } }', '应为列名之一：session_id', 'expected a column: session_id'],
  ['budget: { content-live: { 2023-13: "1" } }', '应为月份 YYYY-MM', 'expected a month, YYYY-MM'],
  ['out: [\n', '不是有效的 YAML', 'this is not YAML'],
  ['wait: soon', '应为整数秒，只用数字', 'expected a whole number of seconds'],
])('of settings: %s', async (text, chinese, english) => {
  const file = join(write(workspace(), { 'settle.yaml': `${text}\n` }), 'settle.yaml');
  const error = await refusal(readSettings(file, {}));
  expect(error.in('zh').message).toContain(chinese);
  expect(error.message).toContain(english);
});

test('of a run folder: words of the table, and no value of a file', () => {
  const row = (found: string, expected: string) => ({ file: 'days.csv', key: 'line 12', column: 'a', found, expected });
  const rows = [
    row('no such file', 'a file'),
    row('after A2', 'each key once'),
    row('late', 'at most 80 characters'),
    row('17604.44', '17604.43'),
  ];
  const said = differenceTable(rows, 'zh');
  for (const words of [
    '没有此文件',
    '有文件',
    '第 12 行',
    '在 A2 之后',
    '每个键一次',
    ' late ',
    '至多 80 个字符',
    '17604.44',
  ])
    expect(said).toContain(words);
  expect(differenceTable(rows, 'en')).toContain('no such file');
});
