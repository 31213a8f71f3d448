import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listExports } from '../../src/load/folder.js';
import { filesIgnored } from '../../src/place/file-ignored.js';
import { CLEAN_MONTH, sessionsCsv } from '../support/exports.js';
import { workspace, write } from '../support/workspace.js';

/** What lies among the exports and is none: what it looks like, and what to do. */

const ignored = (folder: string, own: string[] = []) => filesIgnored(folder, listExports(folder).others, own);

const OTHER_FORM =
  'is a spreadsheet of a form that is not read: it is not loaded, and nothing in it counts. Save it as a workbook (.xlsx)';
const NEARLY = (kind: string): string =>
  `looks like an export of ${kind} by its name, but its name doesn't begin with ${kind}`;
const ENDS = "its name doesn't end in .csv, .csv.gz, .parquet or .xlsx";
const PART = 'is the part of a file that is still being uploaded or downloaded, or was broken off';

test.each([
  ['session-2.xlsx', NEARLY('sessions')],
  ['any.xlsm', OTHER_FORM],
  ['sessions-2.xls', OTHER_FORM],
  ['主播.et', OTHER_FORM],
  ['sessions.zip', 'is an archive'],
  ['sessions-2023-11.tar.gz', 'is an archive'],
  ['sessions-1.gz', 'Unpack it here. A CSV packed by gzip is read if its name ends in .csv.gz'],
  ['sessions-1.csv.part', PART],
  ['sessions-1.CSV.Part', PART],
  ['sessions-1.csv.tmp', PART],
  ['sessions-1.csv.crdownload', PART],
  ['sessions-1.csv._COPYING_', PART],
  ['sessions-1.csv.bak', 'is a copy that an editor or a person kept'],
  ['sessions-1.csv~', 'is a copy that an editor or a person kept'],
  [
    'session-3.csv',
    `${NEARLY('sessions')}: it is not loaded, and nothing in it counts. Rename it to begin with sessions.`,
  ],
  ['sesions.csv', NEARLY('sessions')],
  ['SESSION.PARQUET', NEARLY('sessions')],
  ['export_sessions.csv', NEARLY('sessions')],
  [' sessions-1.csv', NEARLY('sessions')],
  ['ｓｅｓｓｉｏｎｓ-1.csv', NEARLY('sessions')],
  ['会话.csv', NEARLY('sessions')],
  ['主播场次-11.csv', NEARLY('sessions')],
  ['主播.csv.gz', NEARLY('anchors')],
  ['anchor list.csv', NEARLY('anchors')],
  ['处罚.csv', NEARLY('penalties')],
  ['penalty.csv', NEARLY('penalties')],
  ['稀缺度.csv', NEARLY('scarcity')],
  ['scarsity.csv', NEARLY('scarcity')],
  ['机构.csv', NEARLY('agencies')],
  ['agency.csv', NEARLY('agencies')],
  ['sessions-1.txt', `looks like an export of sessions by its name, but ${ENDS}`],
  ['sessions-1', ENDS],
  ['sessions-1.csv ', ENDS],
  ['sessions.json', ENDS],
  ['session-1.txt', "but its name doesn't begin with sessions or end in .csv, .csv.gz, .parquet or .xlsx"],
  ['notes.txt', 'is no export by its name'],
  ['data.csv', 'is no export by its name'],
  ['report.pdf', 'is no export by its name'],
])('%s asks for a person', (name, words) => {
  const [notice, ...others] = ignored(write(workspace(), { ...CLEAN_MONTH, [name]: 'x,y\n1,2\n' }));
  expect(others).toEqual([]);
  expect(notice).toMatchObject({
    code: 'file_ignored',
    severity: 'attention',
    file: name,
    subject: '',
    count: null,
    value: '',
  });
  expect(notice?.message).toContain(words);
  expect(notice?.message.startsWith(`${name} `)).toBe(true);
});

test.each([
  '.DS_Store',
  '._sessions-1.csv',
  '.sessions-1.csv.part',
  '~$sessions.xlsx',
  'Thumbs.db',
  'desktop.ini',
  'THUMBS.DB',
])('%s is harmless', (name) => {
  expect(ignored(write(workspace(), { [name]: '' }))).toMatchObject([{ severity: 'info', file: name }]);
});

test.each(['sessions-1.csv', 'SESSIONS-1.CSV', 'anchors.csv.gz', 'Scarcity.Parquet', 'agencies.csv', 'Penalties.XLSX'])(
  '%s is an export',
  (name) => {
    expect(ignored(write(workspace(), { [name]: '' }))).toEqual([]);
  },
);

test('a header of all required columns tells a kind, in English or Chinese, in UTF-8 or GBK', () => {
  const sessions = '场次ID,主播ID,开播时间,下播时间,场次是否结算,内容质量等级,赛道,推荐有效用户停留时长\n';
  const gbk = Buffer.from('b3a1b4ce4944', 'hex'); // 场次ID
  const folder = write(workspace(), {
    '1.csv': sessionsCsv({ id: 's1' }),
    '2.csv': `\ufeff${sessions}`,
    '3.csv': sessions.replace('赛道', '赛'),
    '4.dat': 'penalty_id,kind,"penalized_at"\r\n',
    '5.csv': Buffer.concat([gbk, Buffer.from(',x\n')]),
    '6.csv': 'penalty_id,"kind',
    '7.csv': '',
  });
  const kinds = ignored(folder).map(({ file, message }) => [file, /export of (\w+) by its header/.exec(message)?.[1]]);
  expect(kinds).toEqual([
    ['1.csv', 'sessions'],
    ['2.csv', 'sessions'],
    ['3.csv', undefined],
    ['4.dat', 'penalties'],
    ['5.csv', undefined],
    ['6.csv', undefined],
    ['7.csv', undefined],
  ]);
});

test('folders: of Spark, with exports in them, of any other kind', () => {
  const folder = workspace();
  for (const name of ['sessions.csv', 'sessions-spark', 'november', 'empty', '.git']) mkdirSync(join(folder, name));
  write(join(folder, 'sessions.csv'), { _SUCCESS: '', 'part-00000-4c1f.csv': '' });
  write(join(folder, 'sessions-spark'), { _SUCCESS: '' });
  write(join(folder, 'november'), { ...CLEAN_MONTH, 'notes.txt': '' });
  const said = Object.fromEntries(
    ignored(folder).map(({ file, severity, message }) => [file, `${severity}: ${message}`]),
  );
  expect(said).toMatchObject({
    'sessions.csv': expect.stringMatching(
      /^attention: .*is a folder that Spark or Hadoop wrote.*copy part-00000-4c1f\.csv here/,
    ),
    'sessions-spark': expect.stringMatching(/Spark or Hadoop wrote.*copy its part file here/),
    november: expect.stringMatching(/is a folder that holds 2 files named like exports, and folders are not read/),
    empty: expect.stringMatching(/^attention: empty is a folder, and folders are not read/),
    '.git': expect.stringMatching(/^info: /),
  });
});

test('links that lead nowhere or in circles, and a name that is not UTF-8', () => {
  const folder = workspace();
  symlinkSync('nowhere', join(folder, 'sessions-1.csv'));
  symlinkSync('sessions-2.csv', join(folder, 'sessions-2.csv'));
  write(folder, { target: '' });
  symlinkSync('target', join(folder, 'sessions-3.csv'));
  expect(ignored(folder).map(({ file, message }) => [file, /is a link that leads nowhere/.test(message)])).toEqual([
    ['sessions-1.csv', true],
    ['sessions-2.csv', true],
    ['target', false],
  ]);
});

test('what is the program’s own is none of it, where it lies among the exports or in a folder there', () => {
  const folder = write(workspace(), {
    'settle.yaml': '',
    'w.duckdb': '',
    'w.duckdb.head': '',
    'policy.yaml': '',
    'x.yaml': '',
  });
  for (const name of ['out', 'work', 'work/out', 'outer']) mkdirSync(join(folder, name));
  const own = ['settle.yaml', 'w.duckdb', 'w.duckdb.head', 'policy.yaml', 'out', 'work/out'].map((name) =>
    join(folder, name),
  );
  expect(ignored(folder, own).map(({ file }) => file)).toEqual(['outer', 'x.yaml']);
});
