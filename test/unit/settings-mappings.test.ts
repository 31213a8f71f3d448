import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SettleError } from '../../src/core/errors.js';
import { readSettings } from '../../src/settings/settings.js';
import { workspace, write } from '../support/workspace.js';

/** `columns` and `words` of settle.yaml: what other systems call things. */

const read = (text: string) => readSettings(join(write(workspace(), { 'settle.yaml': text }), 'settle.yaml'), {});

test('names and words by kind', async () => {
  const text = `columns: { sessions: { 停留时长(分钟): rec_dwell_minutes, "track name": track }, agencies: { 名称: name } }
words:
  penalties: { kind: { 低俗: vulgar, 标题党: title_clickbait, "7": 挂机 }, status: { 有效: upheld } }
  sessions: { settleable: { 可结算: Y, 不可: false, 待: 0 } }
  anchors: { account_kind: { 内容号: content }, compliance_code: { 绿: green } }
`;
  expect((await read(text)).mappings).toEqual({
    sessions: {
      columns: { '停留时长(分钟)': 'rec_dwell_minutes', 'track name': 'track' },
      words: { settleable: { 可结算: 'Y', 不可: 'false', 待: '0' } },
    },
    anchors: { columns: {}, words: { account_kind: { 内容号: 'content' }, compliance_code: { 绿: 'green' } } },
    penalties: {
      columns: {},
      words: { kind: { 低俗: 'vulgar', 标题党: 'title_clickbait', '7': '挂机' }, status: { 有效: 'upheld' } },
    },
    agencies: { columns: { 名称: 'name' }, words: {} },
  });
  expect((await read('out: x\n')).mappings).toEqual({});
});

test.each([
  ['columns: 5', 'columns: found the number 5; expected names of columns by kind'],
  ['columns: { session: { a: track } }', 'columns.session: unknown key; did you mean sessions?'],
  ['columns: { sessions: [a] }', 'expected names of columns by kind'],
  [
    'columns: { sessions: { a: trak } }',
    'columns.sessions.a: found the text "trak"; expected a column: session_id, anchor_id',
  ],
  ['columns: { sessions: { a: [track] } }', 'expected a column'],
  ['columns: { sessions: { 赛道: track } }', '赛道 is the column track already: remove the line'],
  ['columns: { sessions: { track: quality_level } }', 'track is the column track already'],
  ['columns: { sessions: { " a": track } }', 'without spaces around it'],
  ['columns: { sessions: { "": track } }', 'without spaces around it'],
  ['columns: { sessions: { "a\\u0007": track } }', 'no control characters'],
  ['columns: { sessions: { a: track, a: quality_level } }', 'found the key a second time'],
  ['words: { penalties: { 低俗: vulgar } }', 'words.penalties["低俗"]: unknown key; known here: kind, status'],
  ['words: { penalties: { kind: vulgar } }', 'expected words by kind and column'],
  ['words: { penalties: { anchor_id: { a: b } } }', 'only these columns hold words: kind, status'],
  ['words: { scarcity: { track: { a: b } } }', 'this kind has no column of words'],
  ['words: { penalties: { status: { 有效: valid } } }', 'expected a word of status: upheld, revoked'],
  ['words: { penalties: { status: { 生效: revoked } } }', '生效 is a word of status already: remove the line'],
  ['words: { penalties: { kind: { vulgar: idle } } }', 'vulgar is a word of kind already'],
  ['words: { penalties: { kind: { 低俗: "no id" } } }', 'expected a word of kind: recorded, idle'],
  ['words: { sessions: { settleable: { 可: maybe } } }', 'expected a word of settleable: Y, N'],
  ['words: { sessions: { settleable: { TRUE: N } } }', 'TRUE is a word of settleable already'],
  ['words: { sessions: { settleable: { "\\\\N": N } } }', 'expected what stands in the export'],
])('%s', async (text, words) => {
  const error = await read(`${text}\n`).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(SettleError);
  expect(error).toMatchObject({ code: 'usage', exit: 2 });
  expect(error.message).toContain(words);
});

test('the environment is told that the file says them', async () => {
  const error = await readSettings(undefined, { SETTLE_COLUMNS: 'x' }).catch((thrown) => thrown);
  expect(error.message).toContain('columns is said in settle.yaml alone');
});
