import { describe, expect, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, SESSIONS_HEADER, sessionLine, sessionsCsv } from '../support/exports.js';
import { Place, plain, told } from '../support/notice-place.js';
import { made, ofRows, textRows } from '../workbook/made.js';

// @module-tag deep

/** What a load sees of its files that the contract's table doesn't name, each where it is raised and where it just isn't. */

const ANCHORS = { 'anchors.csv': anchorsCsv('a1', 'a2') };
const lines = (...all: string[]): string => `${all.join('\n')}\n`;
const file = 'sessions.xlsx';

describe('correction_undone', () => {
  const WEEK = sessionsCsv({ id: 's1' }, { id: 's2' });
  const FIX = sessionsCsv({ id: 's1', dwell: '9.00' });
  const again = async (second: Record<string, string>, third: Record<string, string>) => {
    const place = new Place();
    await place.settle({ ...ANCHORS, 'sessions-a.csv': WEEK });
    await place.settle(second);
    const { notices } = await place.settle(third);
    return plain(notices.filter(({ code }) => code === 'correction_undone'));
  };
  const GROWN = sessionsCsv({ id: 's1' }, { id: 's2' }, { id: 's3' });

  test('is raised where an export grew, and its rows of before take the place of a correction', async () => {
    expect(await again({ 'sessions-fix.csv': FIX }, { 'sessions-a.csv': GROWN })).toEqual([
      { severity: 'attention', file: 'sessions-a.csv', subject: '', count: '1', value: 'sessions-fix.csv' },
    ]);
  });

  test('of several corrections the last one counts', DEEP, async () => {
    const place = new Place();
    await place.settle({ ...ANCHORS, 'sessions-a.csv': WEEK });
    await place.settle({ 'sessions-fix.csv': FIX });
    await place.settle({ 'sessions-back.csv': sessionsCsv({ id: 's1' }) });
    const { notices } = await place.settle({ 'sessions-a.csv': GROWN });
    expect(notices.filter(({ code }) => code === 'correction_undone')).toEqual([]);
  });

  variations([
    [
      'the row has changed',
      { 'sessions-fix.csv': FIX },
      { 'sessions-a.csv': sessionsCsv({ id: 's1', dwell: '8.00' }) },
    ],
    ['the correction says the same', { 'sessions-fix.csv': sessionsCsv({ id: 's1' }) }, { 'sessions-a.csv': GROWN }],
    [
      'the correction is of another row',
      { 'sessions-fix.csv': sessionsCsv({ id: 's8' }) },
      { 'sessions-a.csv': GROWN },
    ],
    ['nothing was loaded in between', {}, { 'sessions-a.csv': GROWN }],
    [
      'the correction comes again with it',
      { 'sessions-fix.csv': FIX },
      { 'sessions-a.csv': GROWN, 'sessions-fix.csv': `${FIX}\n` },
    ],
  ])('is not where %s', async (_, second, third) => {
    expect(await again(second as Record<string, string>, third as Record<string, string>)).toEqual([]);
  });
});

test('column_absent asks for attention where the earlier file of that name had the column', async () => {
  const place = new Place();
  const priced = lines(`${SESSIONS_HEADER},suspended`, `${sessionLine({ id: 's1' })},Y`);
  await place.settle({ ...ANCHORS, 'sessions.csv': priced });
  const { notices } = await place.settle({ 'sessions.csv': sessionsCsv({ id: 's1' }) });
  const found = notices.filter(({ code, subject }) => code === 'column_absent' && /suspended/.test(subject));
  expect(plain(found)).toEqual([
    { severity: 'attention', file: 'sessions.csv', subject: 'suspended', count: '', value: '' },
  ]);
});

describe('times_without_seconds', () => {
  const midnights = (...ids: string[]): string =>
    lines(SESSIONS_HEADER, ...ids.map((id) => sessionLine({ id }).replace(/\d\d:00:00/g, '00:00:00')));

  test('is raised where every time is midnight', async () => {
    const found = await told('times_without_seconds', { ...ANCHORS, 'sessions.csv': midnights('s1', 's2') });
    expect(plain(found)).toEqual([{ severity: 'attention', file: 'sessions.csv', subject: '', count: '4', value: '' }]);
    expect(found[0]?.message).toContain('the times of day are lost');
  });

  variations([
    ['of one session alone', midnights('s1')],
    ['where one time is another', `${midnights('s1', 's2')}${sessionLine({ id: 's3' })}\n`],
  ])('is not %s', async (_, text) => {
    expect(await told('times_without_seconds', { ...ANCHORS, 'sessions.csv': text })).toEqual([]);
  });

  /** 45235.375 is 9:00 of 2023-11-05; a minute and a second later would be 45235.376400463. */
  const timed = (format: string, end = '45235.4166666667'): Buffer => {
    const rows = textRows(sessionsCsv({ id: 's1' }))
      .replace(/<c t="inlineStr"><is><t>2023-11-05 20:00:00<\/t><\/is><\/c>/, '<c s="1"><v>45235.375</v></c>')
      .replace(/<c t="inlineStr"><is><t>2023-11-05 21:00:00<\/t><\/is><\/c>/, `<c s="1"><v>${end}</v></c>`);
    const styles = `<numFmts count="1"><numFmt numFmtId="200" formatCode="${format}"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>`;
    return ofRows(rows, { styles });
  };

  variations([
    ['yyyy/m/d h:mm', '45235.4166666667', '2'],
    ['yyyy/m/d h:mm', '45235.4167013889', '1'],
    ['yyyy/m/d h:mm:ss', '45235.4166666667', undefined],
  ])('of a workbook under %s, an end of %s', async (format, end, count) => {
    const found = await told('times_without_seconds', { ...ANCHORS, [file]: timed(format, end) });
    expect(found.map((line) => line.count)).toEqual(count === undefined ? [] : [count]);
  });
});

describe('formulas_zero', () => {
  const computed = (...results: string[]): Buffer =>
    ofRows(
      textRows(sessionsCsv(...results.map((_, at) => ({ id: `s${at}`, dwell: `${at}77.00` })))).replace(
        /<c t="inlineStr"><is><t>(\d)77\.00<\/t><\/is><\/c>/g,
        (_, at) => `<c><f>A1</f><v>${results[Number(at)]}</v></c>`,
      ),
    );

  variations([
    [['0', '0'], 1],
    [['0'], 0],
    [['0', '5'], 0],
  ])('of formulas with the results %j', async (results, notices) => {
    const found = await told('formulas_zero', { ...ANCHORS, [file]: computed(...results) });
    expect(found).toHaveLength(notices);
    if (notices > 0)
      expect(plain(found)).toEqual([
        { severity: 'attention', file, subject: 'rec_dwell_minutes', count: '2', value: '' },
      ]);
  });
});

test('dates_with_z is raised of date cells of times that end with Z, and of no text', async () => {
  const rows = textRows(sessionsCsv({ id: 's1' }));
  const zoned = rows
    .replace(
      /<c t="inlineStr"><is><t>2023-11-05 20:00:00<\/t><\/is><\/c>/,
      '<c t="d"><v>2023-11-05T20:00:07.000Z</v></c>',
    )
    .replace(/<c t="inlineStr"><is><t>2023-11-05 21:00:00<\/t><\/is><\/c>/, '<c t="d"><v>2023-11-05T21:00:07Z</v></c>');
  const found = await told('dates_with_z', { ...ANCHORS, [file]: ofRows(zoned) });
  expect(plain(found)).toEqual([{ severity: 'attention', file, subject: '', count: '2', value: '' }]);
  const texts = rows.replace('2023-11-05 20:00:00', '2023-11-05T12:00:00Z');
  expect(await told('dates_with_z', { ...ANCHORS, [file]: ofRows(texts) })).toEqual([]);
  expect(await told('dates_with_z', { ...ANCHORS, [file]: ofRows(zoned.replaceAll('Z</v>', '</v>')) })).toEqual([]);
});

describe('cells_merged', () => {
  const HEADER = `${SESSIONS_HEADER},suspended`;
  const rows = textRows(lines(HEADER, `${sessionLine({ id: 's1' })},Y`, `${sessionLine({ id: 's2' })},`));
  const column = String.fromCharCode(64 + HEADER.split(',').length);
  const merged = (...places: string[]): Buffer =>
    made({
      sheets: [
        {
          whole: `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData><mergeCells>${places.map((place) => `<mergeCell ref="${place}"/>`).join('')}</mergeCells></worksheet>`,
        },
      ],
    });

  variations([
    [[`${column}2:${column}3`], '1'],
    [[`${column}2:${column}1048576`], '1'],
    [[`Z2:Z3`], undefined],
    [[`A1:${column}1`], undefined],
    [[`A7:A9`], undefined],
  ])('of merged %j', async (places, count) => {
    const found = await told('cells_merged', { ...ANCHORS, [file]: merged(...places) });
    expect(found.map((line) => line.count)).toEqual(count === undefined ? [] : [count]);
  });
});
