import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Notice } from '../../src/notices/notice.js';
import { readPlaceNotices } from '../../src/notices/place-notices.js';
import { noticesOf } from '../../src/notices/read-notices.js';
import { addSighting, arranged, writePlaceFile } from '../../src/place/sighting.js';
import { filesIn, workspace, write } from '../support/workspace.js';
import { warehouseOf } from './memory.js';

/** How notices of the place stand in the warehouse and beside the runs. */

const notice = (code: string, subject = '', more: Partial<Notice> = {}): Notice => ({
  ...{ code, severity: 'attention', file: '', subject, count: null, value: '', message: `of ${subject}` },
  ...more,
});

describe('arranged', () => {
  test('by code, file and subject in the order of bytes; what is there twice stands once', () => {
    const names = ['Ａ.csv', '😀.csv', 'b.csv', 'B.csv', 'b.csv'];
    const files = names.map((file) => notice('file_ignored', '', { file }));
    const all = arranged(
      [notice('policy_missing', 'p'), ...files, notice('agency_changed', 'a2'), notice('agency_changed', 'a10')],
      [],
    );
    expect(all.map(({ code, file, subject }) => `${code} ${file}${subject}`)).toEqual([
      ...['agency_changed a10', 'agency_changed a2', 'file_ignored B.csv', 'file_ignored b.csv', 'file_ignored Ａ.csv'],
      ...['file_ignored 😀.csv', 'policy_missing p'],
    ]);
  });

  test('with what the settings leave of their severities, which they can’t raise', () => {
    const lowered = [{ code: 'agency_changed', severity: 'info', reason: 'x' }] as const;
    const given = [
      notice('agency_changed'),
      notice('policy_missing'),
      notice('file_ignored', '', { severity: 'info' }),
    ];
    expect(arranged(given, lowered).map(({ severity }) => severity)).toEqual(['info', 'info', 'attention']);
  });
});

describe('in the warehouse', () => {
  test('the latest stands, whole; an empty one too', async () => {
    const { warehouse } = await warehouseOf();
    expect(await readPlaceNotices(warehouse)).toEqual([]);
    const first = [
      notice('agency_changed', "a'1", { value: 'g1;g2' }),
      notice('overdue_export', 'sessions', { count: 3 }),
    ];
    await addSighting(warehouse, { at: '2023-11-05 02:30:00', by: 'nightly', notices: first });
    expect(await readPlaceNotices(warehouse)).toEqual(first);
    await addSighting(warehouse, { at: '2023-11-06 02:30:00', by: 'run', notices: [] });
    expect(await readPlaceNotices(warehouse)).toEqual([]);
    expect(await warehouse.rows('SELECT seen_at, seen_by FROM place_sighting ORDER BY sighting_no')).toEqual([
      { seen_at: '2023-11-05 02:30:00', seen_by: 'nightly' },
      { seen_at: '2023-11-06 02:30:00', seen_by: 'run' },
    ]);
  });

  test('for a year, and the latest however old it is', async () => {
    const { warehouse } = await warehouseOf();
    const at = (time: string) =>
      addSighting(warehouse, { at: time, by: 'nightly', notices: [notice('policy_missing', time)] });
    for (const time of ['2022-11-04 23:59:59', '2022-11-05 00:00:00', '2023-01-01 00:00:00']) await at(time);
    await at('2023-11-06 02:30:00');
    const kept = await warehouse.rows(`SELECT s.sighting_no, n.subject FROM place_sighting AS s
      FULL JOIN place_notice AS n USING (sighting_no) ORDER BY sighting_no`);
    expect(kept).toEqual([
      { sighting_no: '2', subject: '2022-11-05 00:00:00' },
      { sighting_no: '3', subject: '2023-01-01 00:00:00' },
      { sighting_no: '4', subject: '2023-11-06 02:30:00' },
    ]);
    await at('2026-01-01 00:00:00');
    expect(await readPlaceNotices(warehouse)).toMatchObject([{ subject: '2026-01-01 00:00:00' }]);
  });

  test('thousands', async () => {
    const { warehouse } = await warehouseOf();
    const notices = arranged(
      Array.from({ length: 2501 }, (_, at) => notice('agency_changed', `a${at}`)),
      [],
    );
    await addSighting(warehouse, { at: '2023-11-05 02:30:00', by: 'nightly', notices });
    expect(await readPlaceNotices(warehouse)).toEqual(notices);
  });
});

describe('beside the runs', () => {
  test('as notices.csv is written, and read again as it was; what a killed run left is taken away', () => {
    const out = join(workspace(), 'out');
    const notices = [
      notice('file_ignored', '', { file: '=a,"b".csv', message: '=a,"b".csv is\nnone' }),
      notice('overdue_export', 'sessions', { count: 3, severity: 'info', value: '-' }),
    ];
    writePlaceFile(out, []);
    expect(readFileSync(join(out, 'notices-place.csv'), 'utf8')).toBe(
      'code,severity,file,subject,count,value,message\n',
    );
    write(out, { '.notices-place.csv.new-999999999': 'half' });
    writePlaceFile(out, notices);
    expect(readFileSync(join(out, 'notices-place.csv'), 'utf8')).toBe(
      'code,severity,file,subject,count,value,message\n' +
        'file_ignored,attention,"=a,""b"".csv",,,,"\'=a,""b"".csv is\nnone"\n' +
        "overdue_export,info,,sessions,3,'-,of sessions\n",
    );
    expect(filesIn(out)).toEqual(['notices-place.csv']);
    expect(noticesOf(readFileSync(join(out, 'notices-place.csv'), 'utf8'))).toHaveLength(2);
  });
});
