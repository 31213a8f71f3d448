import { describe, expect, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { A1, anchors, Place, penalties, sessions } from './place.js';

// @module-tag deep

/** Rows that were left out for their form are found by the anchor and by the session that they name. */

const BAD = { id: 's2', from: 'soon' };

describe('by the anchor', () => {
  test('beside what is settled: file, line, fault, and what fixes it', async () => {
    const place = new Place();
    await place.settle({ 'sessions.csv': sessions({ id: 's1' }, { ...BAD, settleable: '' }) });
    const { answer, page } = await place.explain();
    expect(answer).toMatchObject({ total: '10.00', unattributed: 0 });
    const common = { session_id: 's2', ended_at: '2023-11-05 21:00:00', source: { file: 'sessions.csv', line: 3 } };
    expect(answer.left_out).toHaveLength(2);
    expect(answer.left_out).toEqual(
      expect.arrayContaining([
        {
          ...common,
          code: 'bad_time',
          why: 'started_at: bad_time (2023-11-05 soon)',
          change: 'started_at written as YYYY-MM-DD HH:MM:SS, and exported again',
        },
        { ...common, code: 'missing', why: 'settleable: missing', change: 'settleable filled in, and exported again' },
      ]),
    );
    expect(page).toContain('sessions.csv:3  s2  2023-11-05 21:00:00  bad_time');
  });

  test('an anchor that has such rows alone is explained', DEEP, async () => {
    const place = new Place();
    await place.settle({ 'sessions.csv': sessions({ id: 's1' }, { ...BAD, anchor: 'a2' }) });
    const { answer, page } = await place.explain({ anchor: 'a2' });
    expect(answer).toMatchObject({ anchor: null, total: null, left_out: [{ code: 'bad_time', session_id: 's2' }] });
    expect(page).toContain('no session settled');
  });

  test('another anchor’s rows are not among them', DEEP, async () => {
    const place = new Place();
    const rows = anchors(A1, 'a2,,,content,2023-03-01,,,');
    await place.settle({ 'anchors.csv': rows, 'sessions.csv': sessions({ id: 's1' }, { ...BAD, anchor: 'a2' }) });
    expect((await place.explain()).answer.left_out).toEqual([]);
  });

  test('a row outside the period is not quarantined, so not among them', DEEP, async () => {
    const place = new Place();
    await place.settle({ 'sessions.csv': sessions({ id: 's1' }, { ...BAD, day: '2023-12-05' }) });
    expect((await place.explain()).answer.left_out).toEqual([]);
  });

  test('rows of anchors and penalties that name it', DEEP, async () => {
    const place = new Place();
    await place.settle({
      'anchors-2.csv': anchors('a1,,,content,05/11/2023,,,'),
      'sessions.csv': sessions({ id: 's1' }),
      'penalties.csv': penalties('p1,a1,,s1,idle,2023-11-06 09:00,maybe', 'p2,a2,,,idle,,'),
    });
    expect((await place.explain()).answer.left_out).toMatchObject([
      {
        source: { file: 'anchors-2.csv', line: 2 },
        why: 'first_live_on: bad_date (05/11/2023); the day or the month stands first',
      },
      { source: { file: 'penalties.csv', line: 2 }, session_id: 's1', why: 'status: bad_value (maybe)' },
    ]);
  });

  test('a ragged row in which some cell is its id may be its own', DEEP, async () => {
    const place = new Place();
    await place.settle({ 'sessions.csv': `${sessions({ id: 's1' })}s2,a1,x\ns3,a11,x\n` });
    const { answer } = await place.explain();
    expect(answer.left_out).toMatchObject([
      {
        code: 'ragged_row',
        session_id: null,
        source: { line: 3 },
        why: 'ragged_row: 3 cells, the header has 14; one of its cells is a1',
        change: '14 cells in the row, as in the header, and exported again',
      },
    ]);
    expect(answer.unattributed).toBe(2);
  });

  test('a row whose session another row settles says which', DEEP, async () => {
    const place = new Place();
    await place.settle({ 'sessions-1.csv': sessions(BAD), 'sessions-2.csv': sessions({ id: 's2' }) });
    expect((await place.explain()).answer.left_out).toMatchObject([
      { change: 'sessions-2.csv:2 settles the session; the row can be removed from its file' },
    ]);
  });

  test('of very many faults the page shows twenty and counts the others', DEEP, async () => {
    const place = new Place();
    const rows = Array.from({ length: 30 }, (_, at) => ({ ...BAD, id: `s${at}` }));
    await place.settle({ 'sessions.csv': sessions(...rows) });
    const { answer, page } = await place.explain();
    expect(answer.left_out).toHaveLength(30);
    expect(page.match(/^ {2}sessions\.csv:/gm)).toHaveLength(20);
    expect(page).toContain('More faults of rows that are not settled: 10');
  });
});

describe('by the session', () => {
  test('with its anchor, and without', async () => {
    const place = new Place();
    await place.settle({ 'sessions.csv': sessions({ id: 's1' }, BAD) });
    for (const anchor of ['a1', undefined]) {
      const { answer } = await place.explain({ anchor, session: 's2' });
      expect(answer).toMatchObject({
        anchor_id: 'a1',
        sessions: [],
        left_out: [{ code: 'bad_time', session_id: 's2' }],
      });
    }
  });

  test('a settled one needs no anchor either', DEEP, async () => {
    const place = new Place();
    await place.settle({ 'sessions.csv': sessions({ id: 's1' }) });
    const { answer } = await place.explain({ anchor: undefined, session: 's1' });
    expect(answer).toMatchObject({ anchor_id: 'a1', sessions: [{ session_id: 's1', amount: '10.00' }] });
  });

  test('one whose row shows no anchor', DEEP, async () => {
    const place = new Place();
    await place.settle({ 'sessions.csv': sessions({ id: 's1' }, { id: 's2', anchor: '7.289E+18' }) });
    const { answer, page } = await place.explain({ anchor: undefined, session: 's2' });
    expect(answer).toMatchObject({ anchor_id: '', left_out: [{ code: 'bad_id', session_id: 's2' }] });
    expect(page).toMatch(/^The anchor cannot be read\n/);
    expect(page.replace(/\s+/g, ' ')).toContain('anchor_id: bad_id (7.289E+18); a spreadsheet has rounded the id');
    expect((await place.explain({ session: 's2' })).answer.left_out).toHaveLength(1);
  });

  test('of the rows of a session the sound one counts, then the latest', DEEP, async () => {
    const place = new Place();
    const rows = anchors(A1, 'a2,,,content,2023-03-01,,,');
    await place.settle({
      'anchors.csv': rows,
      'sessions-1.csv': sessions({ id: 's1' }, { ...BAD, anchor: 'a1' }),
      'sessions-2.csv': sessions({ id: 's1', anchor: 'a2', from: 'soon' }, { ...BAD, anchor: 'a2' }),
    });
    expect((await place.explain({ anchor: undefined, session: 's1' })).answer.anchor_id).toBe('a1');
    expect((await place.explain({ anchor: undefined, session: 's2' })).answer.anchor_id).toBe('a2');
  });

  test('another anchor’s is wrong use, and its anchor named', DEEP, async () => {
    const place = new Place();
    await place.settle({ 'sessions.csv': sessions({ id: 's1' }, { ...BAD, anchor: 'a2' }) });
    await expect(place.explain({ session: 's2' })).rejects.toMatchObject({
      exit: 2,
      message: 's2 is not a session of a1',
      details: { mend: 'It is a session of a2.' },
    });
  });

  variations([
    [
      'neither anchor nor session',
      { anchor: undefined },
      /'--anchor <id>' not specified/,
      /or a session with --session/,
    ],
    [
      'a session that no row has',
      { anchor: undefined, session: 's9' },
      /s9 is in no sessions file of run/,
      /unsettled\.csv/,
    ],
  ])('%s is wrong use', async (_, more, message, mend) => {
    const place = new Place();
    await place.settle({ 'sessions.csv': sessions({ id: 's1' }, BAD) });
    await expect(place.explain(more)).rejects.toMatchObject({
      exit: 2,
      message: expect.stringMatching(message),
      details: { mend: expect.stringMatching(mend) },
    });
  });
});

describe('in Chinese', () => {
  const CAUSES: [string, Record<string, string>, string, string][] = [
    ['a day first', { from: '', day: '05/11/2023' }, '日或月写在最前', '将开播时间写成YYYY-MM-DDHH:MM:SS后重新导出'],
    [
      'a character',
      { settleable: 'Ｙ' },
      '场次是否结算：是否标记有误（Ｙ）；单元格含有U+FF39',
      '将场次是否结算去掉U+FF39后重新导出',
    ],
    ['separators', { dwell: '"1,000.00"' }, '数字带有千位分隔符', '将推荐有效用户停留时长去掉分隔符后重新导出'],
    ['a blank cell', { track: '' }, '赛道：必填项为空', '填写赛道后重新导出'],
    ['a rounded id', { id: '7.289E+18' }, '电子表格已将该ID四舍五入', '从源头以文本格式重新取得场次ID：末几位已丢失'],
  ];

  variations(CAUSES)('%s', async (_, cells, seen, fix) => {
    const place = new Place();
    await place.settle({ 'sessions.csv': sessions({ id: 's2', ...cells }) });
    const page = (await place.explain({ lang: 'zh' })).page.replace(/\s+/g, '');
    expect(page).toContain(seen);
    expect(page).toContain(fix);
    expect(page).not.toMatch(/started_at|settleable|rec_dwell/);
  });
});
