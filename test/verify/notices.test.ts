import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildRun, fromCsv, noticeAgain, read, remove, settlingCases, toCsv } from '../support/case-run.js';
import { AT, and, expectSound, LINE, rewrite, set, tampered, told, without } from './notices-forger.js';

/** notices.csv: what the folder's rows show is recomputed, and every lie about it is found, all hashes made to fit. */

let run = '';
afterEach(() => remove(run));

/** What stands in no cell of the lines of these cases but where it is the cell's own. */
const OTHERS = {
  ...{ code: ['file_ignored', 'x'], severity: ['attention', 'info', 'INFO', ''], file: ['anchors.csv', 'x'] },
  ...{ subject: ['zz', ''], count: ['0', '-1', '01', 'x', '1.0', ''], value: ['x'], message: ['', '=x'] },
};

describe('the lines that the folder asks for', () => {
  test('the cases have some of them', () => {
    const codes = settlingCases().flatMap((name) => {
      run = buildRun(name, { statements: false });
      const found = told(run).map(([code]) => code as string);
      remove(run);
      return found;
    });
    expect([...new Set(codes)].sort()).toEqual([
      ...['account_kind_unknown', 'day_without_sessions', 'file_all_out', 'sessions_overlap'],
    ]);
  });

  for (const name of ['01-scope', '08-valid-day', '34-as-of']) {
    test(`each of ${name}, missing, twice, swapped or with another cell`, { timeout: 120_000 }, async () => {
      run = buildRun(name);
      const all = told(run);
      // A month of silent days is more than it takes: all other lines, and some of these.
      for (const [i, line] of all.entries()) {
        if (line[0] === 'day_without_sessions' && i % 9 > 0) continue;
        expect(await tampered(run, (rows) => rows.toSpliced(i, 1)), `-${i}`).toContain(LINE);
        expect(await tampered(run, (rows) => rows.toSpliced(i, 0, line)), `2x${i}`).toContain(LINE);
        if (i > 0)
          expect(await tampered(run, (rows) => rows.with(i, all[i - 1] ?? []).with(i - 1, line)), `<>${i}`).toContain(
            LINE,
          );
        for (const [column, others] of Object.entries(OTHERS)) {
          for (const other of others.filter((one) => one !== line[AT[column] ?? -1])) {
            // An unknown kind may be told as either, as only a likeness to known ones decides.
            if (line[0] === 'account_kind_unknown' && other === 'attention') continue;
            const found = await tampered(run, (rows) => rows.with(i, line.with(AT[column] ?? -1, other)));
            expect(found, `${i} ${column} ${other}`).not.toEqual([]);
          }
        }
      }
    });
  }

  test('no line for a date after the evaluation date, before the period or with sessions', async () => {
    run = buildRun('34-as-of');
    expect(told(run, 'day_without_sessions')).toHaveLength(13);
    for (const date of ['2023-11-16', '2023-10-31', '2023-11-05', '2023-11-15']) {
      const more = ['day_without_sessions', 'attention', '', date, '', '', 'x'];
      expect(await tampered(run, and(more)), date).toContain(LINE);
    }
  });

  test('a settlement of no session at all is silent on each date', async () => {
    run = buildRun('01-scope');
    for (const file of ['sessions.csv', 'days.csv', 'settlement.csv', 'inputs/anchors.csv'])
      writeFileSync(join(run, file), toCsv(fromCsv(read(join(run, file))).slice(0, 1)));
    rmSync(join(run, 'anchors'), { recursive: true });
    noticeAgain(run, (manifest) => {
      for (const key of ['anchors', 'sessions', 'valid_sessions']) manifest.totals[key] = 0;
      for (const [key, value] of Object.entries(manifest.totals))
        if (typeof value === 'string') manifest.totals[key] = '0.00';
      manifest.accounting = { ...manifest.accounting, outside_period: 4, settled: 0 };
    });
    expect(told(run, 'day_without_sessions')).toHaveLength(30);
    await expectSound(run);
  });
});

describe('sessions_overlap', () => {
  beforeEach(() => {
    run = buildRun('08-valid-day');
  });

  test('as the case has it, the pair of the same times first', async () => {
    expect(told(run, 'sessions_overlap').map((line) => line.slice(3, 6))).toEqual([['a1', '3', 's02;s03']]);
    await expectSound(run);
  });

  test.each([
    ['count', '2'],
    ['count', '4'],
    ['value', 's04;s05'],
    ['value', 's03;s02'],
    ['value', 's02'],
    ['subject', 'a2'],
  ])('%s %s', async (column, value) => {
    expect((await tampered(run, set('sessions_overlap', column, value))).length).toBeGreaterThan(0);
  });

  /** Session by session of the case, when it starts instead; its effective seconds stay. */
  test.each([
    ['touching is none', { s03: '2023-11-06 11:00:00', s05: '2023-11-07 11:00:00', s07: '2023-11-08 11:00:00' }, []],
    [
      'a second earlier is one',
      { s03: '2023-11-06 10:59:59', s05: '2023-11-07 11:00:00', s07: '2023-11-08 11:00:00' },
      ['a1', '1', 's02;s03'],
    ],
    [
      'an invalid one counts nowhere',
      {
        s03: '2023-11-06 11:00:00',
        s05: '2023-11-07 11:00:00',
        s07: '2023-11-08 11:00:00',
        s09: '2023-11-05 10:00:00',
      },
      [],
    ],
    [
      'one of several days, which all others start within',
      {
        s03: '2023-11-06 11:00:00',
        s05: '2023-11-07 11:00:00',
        s07: '2023-11-08 11:00:00',
        s08: '2023-11-05 10:30:00',
      },
      ['a1', '7', 's01;s08'],
    ],
  ])('%s', async (_, starts, expected) => {
    rewrite(run, 'sessions.csv', (rows) => {
      for (const [id, start] of Object.entries(starts)) {
        const row = rows.find((cells) => cells[0] === id) as string[];
        const day = `${start}`.slice(0, 10);
        // Those that start on their date get an hour of it; the others last until they ended before.
        if (day === row[2]) row[4] = `${day} ${Number(start.slice(11, 13)) + 1}${start.slice(13)}`;
        row[3] = start;
        row[5] = String((Date.parse(`${row[4]}Z`) - Date.parse(`${start}Z`)) / 1000);
      }
    });
    const found = told(run, 'sessions_overlap').flatMap((line) => line.slice(3, 6));
    expect(found).toEqual(expected);
    await expectSound(run);
    if (found.length > 0) expect(await tampered(run, without('sessions_overlap'))).toContain(LINE);
    else
      expect(await tampered(run, and(['sessions_overlap', 'attention', '', 'a1', '1', 's01;s02', 'x']))).toContain(
        LINE,
      );
  });
});

describe('day_too_long', () => {
  test.each([
    [86_399, 0],
    [86_400, 0],
    [86_401, 1],
  ])('%s valid seconds on a date', async (seconds, count) => {
    run = buildRun('33-gb18030');
    const start = new Date(Date.parse('2023-11-05T11:00:00Z') - seconds * 1000).toISOString();
    for (const file of ['sessions.csv', 'days.csv', 'settlement.csv', 'anchors/_independent/a1.csv']) {
      const text = read(join(run, file));
      expect(text).toContain('3600');
      const started = text.replace('2023-11-05 10:00:00', start.slice(0, 19).replace('T', ' '));
      writeFileSync(join(run, file), started.replaceAll('3600', String(seconds)));
    }
    noticeAgain(run);
    expect(told(run, 'day_too_long').map((line) => line.slice(1, 6))).toEqual(
      count === 0 ? [] : [['attention', '', 'a1;2023-11-05', String(seconds), '']],
    );
    await expectSound(run);
    const line = ['day_too_long', 'attention', '', 'a1;2023-11-05', String(seconds), '', 'x'];
    if (count === 0) expect(await tampered(run, and(line))).toContain(LINE);
    else {
      expect(await tampered(run, without('day_too_long'))).toContain(LINE);
      expect(await tampered(run, set('day_too_long', 'count', '86402'))).toEqual(['notices.csv count contract']);
      expect(await tampered(run, set('day_too_long', 'subject', 'a1'))).toContain('notices.csv subject contract');
    }
  });
});

describe('kinds that nobody knows', () => {
  test('of accounts, at least as many as the folder shows', async () => {
    run = buildRun('01-scope');
    const [line = []] = told(run, 'account_kind_unknown');
    expect(line.slice(1, 6)).toEqual(['info', '', expect.any(String), '1', '']);
    expect(await tampered(run, set('account_kind_unknown', 'count', '7'))).toEqual([]);
    expect(await tampered(run, and(line.with(3, 'zoo')))).toEqual([]);
    expect(await tampered(run, without('account_kind_unknown'))).toContain(LINE);
    expect(await tampered(run, and(line.with(3, 'content')))).not.toEqual([]);
    for (const near of ['Acontent', '内容型账号', 'con']) {
      const more = line.with(1, 'info').with(3, near);
      expect(await tampered(run, and(more)), near).toEqual(['notices.csv severity contract']);
      expect(await tampered(run, and(more.with(1, 'attention'))), near).toEqual([]);
    }
  });

  test('of accounts, each told as it is written: a subject has no guard', async () => {
    run = buildRun('01-scope');
    rewrite(run, 'inputs/anchors.csv', (rows) => {
      const kinds = rows.filter((row) => row[0] !== 'anchor_id' && row[3] !== 'content');
      expect(kinds.length).toBe(1);
      (rows.find((row) => row[0] === 'a2') as string[])[3] = '0shop';
      (kinds[0] as string[])[3] = '=shop';
    });
    expect(told(run, 'account_kind_unknown').map((line) => line[3])).toEqual(['0shop', '=shop']);
    await expectSound(run);
    expect(await tampered(run, (rows) => rows.with(0, rows[1] ?? []).with(1, rows[0] ?? []))).not.toEqual([]);
  });

  test('of penalties, named neither by the policy nor by the contract, upheld or not', async () => {
    run = buildRun('05-session-reasons');
    expect(told(run, 'kind_unknown')).toEqual([]);
    const [, first = []] = fromCsv(read(join(run, 'inputs/penalties.csv')));
    rewrite(run, 'inputs/penalties.csv', (rows) => {
      const penalty = (id: string, kind: string, status: string, line: string): string[] =>
        first.with(0, id).with(3, '').with(4, kind).with(6, status).with(8, line);
      rows.push(penalty('x1', 'odd', 'upheld', '90'), penalty('x2', 'odd', 'upheld', '91'));
      rows.push(penalty('x3', 'multi-stream', 'revoked', '92'), penalty('x4', 'agency_clustering', 'upheld', '93'));
    });
    expect(told(run, 'kind_unknown').map((line) => line.slice(1, 6))).toEqual([
      ['attention', '', 'multi-stream', '1', ''],
      ['attention', '', 'odd', '2', ''],
    ]);
    await expectSound(run);
    expect(await tampered(run, (rows) => rows.filter((row) => row[3] !== 'odd'))).toEqual([LINE]);
    const counting = (count: string) => (rows: string[][]) =>
      rows.map((row) => (row[3] === 'odd' ? row.with(4, count) : row));
    expect(await tampered(run, counting('1'))).toEqual(['notices.csv count contract']);
    expect(await tampered(run, counting('3'))).toEqual([]);
    const line = ['kind_unknown', 'attention', '', 'vulgar', '1', '', 'x'];
    expect(await tampered(run, and(line))).toEqual(['notices.csv subject contract']);
    expect(await tampered(run, and(line.with(3, 'strange')))).toEqual([]);
  });
});
