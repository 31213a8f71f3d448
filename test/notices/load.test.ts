import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, CLEAN_MONTH, SESSIONS_HEADER, sessionLine, sessionsCsv } from '../support/exports.js';
import { Place, plain, told } from '../support/notice-place.js';

// @module-tag deep

/** What a load sees of its files: each notice where it is raised, and where it just isn't. The cases of its room have the rest. */

const ANCHORS = { 'anchors.csv': anchorsCsv('a1', 'a2') };
const lines = (...all: string[]): string => `${all.join('\n')}\n`;

describe('file_shrank', () => {
  const FOUR = sessionsCsv({ id: 's1' }, { id: 's2' }, { id: 's3' }, { id: 's4' });
  const shrunk = async (again: string) => {
    const place = new Place();
    await place.settle({ ...ANCHORS, 'sessions-1.csv': FOUR });
    const { notices, manifest } = await place.settle({ 'sessions-1.csv': again });
    return { sessions: manifest.totals.sessions, told: notices.filter(({ code }) => code === 'file_shrank') };
  };

  test('is raised where a known name came with fewer keys, with the rows withdrawn', async () => {
    const { sessions, told } = await shrunk(sessionsCsv({ id: 's4' }, { id: 's5' }));
    expect(sessions).toBe(2);
    expect(plain(told)).toEqual([
      { severity: 'attention', file: 'sessions-1.csv', subject: '', count: '3', value: '' },
    ]);
    expect(told[0]?.message).toMatch(/^sessions-1\.csv has 2 rows now: 3 rows of .+ withdrawn .+ run again\.$/);
  });

  variations([
    ['as many keys, others among them', sessionsCsv({ id: 's1' }, { id: 's2' }, { id: 's3' }, { id: 's5' })],
    ['the same keys and one more', sessionsCsv(...['s1', 's2', 's3', 's4', 's5'].map((id) => ({ id })))],
    ['the same keys with other values', FOUR.replaceAll('1000.00', '2000.00')],
  ])('is not with %s', async (_, again) => {
    expect((await shrunk(again)).told).toEqual([]);
  });

  test('is told until a larger file comes', DEEP, async () => {
    const place = new Place();
    await place.settle({ ...ANCHORS, 'sessions-1.csv': FOUR });
    await place.settle({ 'sessions-1.csv': sessionsCsv({ id: 's1' }) });
    const kept = await place.settle({ 'sessions-2.csv': sessionsCsv({ id: 's9' }) });
    expect(kept.notices.filter(({ code }) => code === 'file_shrank')).toHaveLength(1);
    const whole = await place.settle({ 'sessions-1.csv': FOUR });
    expect(whole.notices.filter(({ code }) => code === 'file_shrank')).toEqual([]);
  });
});

describe('last_line_open', () => {
  const open = sessionsCsv({ id: 's1' }).trimEnd();

  variations([
    ['sessions.csv', open, '1.000'],
    ['sessions.csv', open.slice(0, -4), '1'],
    ['sessions.csv', `${open.replace(/1\.000$/, '')}`, ''],
    ['sessions.csv', open.replaceAll('\n', '\r\n'), '1.000'],
    ['sessions.csv', open.replace('文化', '"文化, 其他"'), '1.000'],
    ['sessions.csv.gz', gzipSync(open), '1.000'],
    ['sessions.csv', SESSIONS_HEADER, 'scarcity_index'],
  ])('is raised for a text without a line end at its end (%s …)', async (name, text, value) => {
    const found = await told('last_line_open', { ...ANCHORS, [name]: text });
    expect(plain(found)).toEqual([{ severity: 'attention', file: name, subject: '', count: '', value }]);
  });

  variations(['\n', '\r\n', '\n\n'])('is not where it has one (%j)', async (end) => {
    expect(await told('last_line_open', { ...ANCHORS, 'sessions.csv': open + end })).toEqual([]);
  });
});

describe('column_like and column_absent', () => {
  const penalties = (header: string): string =>
    lines(`penalty_id,anchor_id,kind,penalized_at,${header}`, 'p1,a1,idle,2023-11-05 09:00:00,');

  test('name the cell that is nearly the column, and the column that is absent', async () => {
    const files = { ...CLEAN_MONTH, 'penalties.csv': penalties('处罚状态（生效/撤销）') };
    const like = await told('column_like', files);
    expect(plain(like)).toEqual([
      { severity: 'attention', file: 'penalties.csv', subject: 'status', count: '', value: '处罚状态（生效/撤销）' },
    ]);
    expect(like[0]?.message).toContain('every penalty counts as upheld. If it is meant, rename it to 处罚状态');
    const absent = (await told('column_absent', files)).filter(({ subject }) => subject === 'penalties;status');
    expect(plain(absent)).toEqual([{ severity: 'info', file: '', subject: 'penalties;status', count: '', value: '' }]);
    expect(absent[0]?.message).toMatch(
      /^no status \(处罚状态\) in any file of penalties: .+; did you mean 处罚状态（生效\/撤销）\?$/,
    );
  });

  test('know nothing of a column that has its name, nor of one that is two characters away', DEEP, async () => {
    for (const header of ['处罚状态', 'status', '\u3000,status'])
      expect(await told('column_absent', { ...CLEAN_MONTH, 'penalties.csv': penalties(header) })).not.toContainEqual(
        expect.objectContaining({ subject: expect.stringContaining('status') }),
      );
    expect(await told('column_like', { ...CLEAN_MONTH, 'penalties.csv': penalties('状态') })).toEqual([]);
  });

  test('an absent column asks for attention where another file of the kind has it', DEEP, async () => {
    const files = {
      ...CLEAN_MONTH,
      'penalties-2023-11.csv': penalties('状态'),
      'penalties-2023-12.csv': penalties('处罚状态').replace('p1', 'p2'),
    };
    const absent = (await told('column_absent', files)).filter(({ file }) => file !== '');
    expect(plain(absent)).toEqual([
      { severity: 'attention', file: 'penalties-2023-11.csv', subject: 'status', count: '', value: '' },
    ]);
    expect(absent[0]?.message).toBe(
      'no status (处罚状态) in penalties-2023-11.csv: every penalty counts as upheld; did you mean 状态?',
    );
  });

  test('nothing is said of files of which an older format kept no columns', DEEP, async () => {
    const place = new Place();
    await place.settle({ ...CLEAN_MONTH, 'penalties.csv': penalties('Status') });
    await place.change(`UPDATE export_file SET columns = NULL, reading = '{"reader":1}'`);
    const { notices } = await place.settle({});
    expect(notices.filter(({ code }) => /^column_/.test(code))).toEqual([]);
    expect(plain(notices.filter(({ code }) => code === 'read_by_older'))).toEqual(
      ['anchors.csv', 'penalties.csv', 'sessions.csv'].map((file) => ({
        severity: 'attention',
        file,
        subject: '',
        count: file === 'penalties.csv' ? '1' : '2',
        value: '',
      })),
    );
  });
});

test('read_by_older is not raised for what this build has read', async () => {
  expect(await told('read_by_older', CLEAN_MONTH)).toEqual([]);
});

describe('times_without_seconds', () => {
  const usual = sessionLine({ id: 's1' });
  const start = usual.replace('20:00:00', '20:00');
  const both = start.replace('21:00:00', '21:00').replace('s1', 's2');

  variations([
    ['lines in the usual form', lines(SESSIONS_HEADER, start, both)],
    ['lines with spaces around cells', lines(SESSIONS_HEADER, start.replace(',a1', ' , a1'), both)],
    ['quoted cells', lines(SESSIONS_HEADER, start.replace('文化', '"文化, 其他"'), both.replace('a1', '"a1"'))],
    ['an offset', lines(SESSIONS_HEADER, start.replace('20:00,', '20:00+08:00,'), both)],
  ])('counts the times of sessions, of %s', async (_, text) => {
    const found = await told('times_without_seconds', { ...ANCHORS, 'sessions.csv': text });
    expect(plain(found)).toEqual([{ severity: 'attention', file: 'sessions.csv', subject: '', count: '3', value: '' }]);
  });

  test('is not raised where every start and end has seconds, whatever other times have', DEEP, async () => {
    const text = lines(
      `${SESSIONS_HEADER},replay_deleted_at`,
      `${usual},2023-12-31 10:00`,
      `${usual.replace('s1', 's2').replaceAll(':00:00', ':00:00.000+08')},`,
    );
    const penalties = lines('penalty_id,anchor_id,kind,penalized_at', 'p1,a1,idle,2023-11-05 09:00');
    expect(
      await told('times_without_seconds', { ...ANCHORS, 'sessions.csv': text, 'penalties.csv': penalties }),
    ).toEqual([]);
  });
});

describe('encoding_doubtful', () => {
  /** 母婴 in GBK, which is valid UTF-8 for something else. */
  const GBK = Buffer.from('c4b8d3a4', 'hex');
  const scarcity = (track: Buffer): Buffer =>
    Buffer.concat([Buffer.from('track,effective_from,scarcity_index\n'), track, Buffer.from(',2023-11-01,1.0\n')]);

  test('is raised with --encoding for a text whose characters beyond ASCII all take two bytes', async () => {
    const found = await told(
      'encoding_doubtful',
      { ...CLEAN_MONTH, 'scarcity.csv': scarcity(GBK) },
      { encoding: 'gb18030' },
    );
    expect(plain(found)).toEqual([{ severity: 'attention', file: 'scarcity.csv', subject: '', count: '', value: '' }]);
  });

  variations([
    ['without --encoding', GBK, undefined],
    ['with a character of three bytes beside them', Buffer.concat([GBK, Buffer.from('母')]), 'gb18030'],
    ['where all is ASCII', Buffer.from('music'), 'gb18030'],
    ['where it is no UTF-8', Buffer.from('d2f4c0d6', 'hex'), 'gb18030'],
  ])('is not %s', async (_, track, encoding) => {
    expect(await told('encoding_doubtful', { ...CLEAN_MONTH, 'scarcity.csv': scarcity(track) }, { encoding })).toEqual(
      [],
    );
  });
});

describe('id_rounded', () => {
  const sessions = (...ids: string[]): Record<string, string> => ({
    ...ANCHORS,
    'sessions.csv': sessionsCsv(...ids.map((id, at) => ({ id, day: `2023-11-0${at + 1}` }))),
  });

  variations([
    ['from the 17th digit on', ['73012345678901230', '7301234567890123000']],
    ['in the 16th', ['7301234567890120', '7301234567890130']],
    [
      'beside ids that are short or no figures',
      ['7301234567890120', '7301234567890130', '730123456789012', 's7301234567890123'],
    ],
  ])('is raised where every id of 16 digits or more ends in zeros %s', async (_, ids) => {
    const found = await told('id_rounded', sessions(...ids));
    expect(plain(found)).toEqual([
      { severity: 'attention', file: 'sessions.csv', subject: 'session_id', count: '2', value: '' },
    ]);
  });

  variations([
    ['one does not', ['73012345678901230', '7301234567890123001']],
    ['there is one alone', ['73012345678901230', '730123456789010']],
    ['they have 15 digits', ['730123456789010', '730123456789020']],
  ])('is not where %s', async (_, ids) => {
    expect(await told('id_rounded', sessions(...ids))).toEqual([]);
  });
});

describe('id_point_zero', () => {
  const anchors = (...agencies: string[]): Record<string, string> => ({
    'sessions.csv': sessionsCsv({ id: 's1', anchor: 'a0' }),
    'anchors.csv': lines(
      'anchor_id,agency_id,account_kind,first_live_on',
      ...agencies.map((agency, at) => `a${at},${agency},content,2023-03-01`),
    ),
  });

  test('is raised where every id of a column is digits with .0, blanks apart', async () => {
    expect(plain(await told('id_point_zero', anchors('12.0', '', '7.0')))).toEqual([
      { severity: 'attention', file: 'anchors.csv', subject: 'agency_id', count: '2', value: '' },
    ]);
  });

  test.each([[['12.0', '7']], [['12.0']], [['12.0', 'v1.0']], [['12.0', '12.00']]])(
    'is not for %j',
    DEEP,
    async (agencies) => {
      expect(await told('id_point_zero', anchors(...agencies))).toEqual([]);
    },
  );
});

describe('null_word', () => {
  const anchors = (...persons: string[]): Record<string, string> => ({
    'sessions.csv': sessionsCsv({ id: 's1', anchor: 'a0' }),
    'anchors.csv': lines(
      'anchor_id,person_id,account_kind,first_live_on',
      ...persons.map((person, at) => `a${at},${person},content,2023-03-01`),
    ),
  });

  test('counts the words that programs write, in sound rows and others', async () => {
    const words = ['NULL', 'null', 'None', 'nan', 'NaN', 'NA', 'N/A', '#N/A'];
    expect(plain(await told('null_word', anchors('p1', ...words)))).toEqual([
      { severity: 'attention', file: 'anchors.csv', subject: 'person_id', count: '8', value: '' },
    ]);
  });

  test('takes no other word for one, and no blank cell', DEEP, async () => {
    expect(await told('null_word', anchors('p1', 'Null', 'none', 'NULL1', 'n.a', '', '\\N', 'nAn'))).toEqual([]);
  });
});

test('int96_read tells of the choice, and asks for attention where one writer was read both ways', async () => {
  const place = new Place();
  await place.settle({ ...CLEAN_MONTH, 'sessions-2.csv': sessionsCsv({ id: 's3' }) });
  const read = (file: string, int96: string): Promise<void> =>
    place.change(
      `UPDATE export_file SET reading = '{"created_by":"parquet-mr version 1.12.3","int96":"${int96}","reader":2}' WHERE file = '${file}'`,
    );
  const severities = async (): Promise<string[]> =>
    (await place.settle({})).notices
      .filter(({ code }) => code === 'int96_read')
      .map(({ file, value, severity }) => `${file} ${value} ${severity}`);
  await read('sessions.csv', 'instant');
  expect(await severities()).toEqual(['sessions.csv parquet-mr version 1.12.3;instant info']);
  await read('sessions-2.csv', 'wall');
  expect(await severities()).toEqual([
    'sessions-2.csv parquet-mr version 1.12.3;wall attention',
    'sessions.csv parquet-mr version 1.12.3;instant attention',
  ]);
});
