import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sumOf } from '../../src/book/sum.js';
import { explain, explainAgency } from '../../src/commands/explain.js';
import { readable } from '../../src/core/money.js';
import { folderNamed } from '../../src/runs/which-runs.js';
import { DEEP } from '../support/deep.js';
import { sessionsCsv } from '../support/exports.js';
import { SAMPLE_POLICY, SILENT, settle, workspace, write } from '../support/workspace.js';
import { type ShownMonth, shownMonth } from './month.js';
import { figuresIn, tableIn } from './reading.js';

// @module-tag deep

/** `settle explain RUN --agency ID`, and what an explanation says of a restatement: the run folder's figures, to the fen. */

let month: ShownMonth;
beforeAll(async () => {
  month = await shownMonth();
});
afterAll(() => month.leave());

type Rows = Record<string, string>[];
const csv = (run: string, file: string): Rows => parse(readFileSync(join(run, file)), { columns: true });
const total = (rows: Rows, column: string): string => sumOf(rows.map((row) => row[column] ?? '0'));

async function told(run: string, agency: string, lang = 'zh') {
  const { answer, text } = await explainAgency(run, { out: month.out, agency, lang }, SILENT, {});
  return { answer, text: text((_style, said) => said) };
}

async function html(run: string, agency: string): Promise<string> {
  const page = join(workspace(), 'a.html');
  await explainAgency(run, { out: month.out, agency, page }, SILENT, {});
  return readFileSync(page, 'utf8');
}

test('every agency’s figures are those of the run, by anchor and by line of adjustments.csv', async () => {
  const [now, before] = [csv(month.restated, 'settlement.csv'), csv(month.closed, 'settlement.csv')];
  const [lines, days] = [csv(month.restated, 'adjustments.csv'), csv(month.restated, 'days.csv')];
  for (const id of new Set(now.map(({ agency_id = '' }) => agency_id))) {
    const of = (rows: Rows): Rows => rows.filter(({ agency_id }) => agency_id === id);
    const own = of(now);
    const page = await html(month.restated, id === '' ? '_independent' : id);
    expect(figuresIn(page)).toMatchObject({
      应付合计: readable(total(own, 'total')),
      已关账: readable(total(of(before), 'total')),
      '本次补付/扣回': readable(total(of(lines), 'delta')),
    });
    expect(tableIn(page, 'anchors').map((row) => [row.主播ID, row.应付合计])).toEqual(
      own.map((row) => [row.anchor_id, readable(row.total as string)]),
    );
    expect(tableIn(page, 'adjustments').map((row) => [row.主播ID, row['补付/扣回']])).toEqual(
      of(lines).map((row) => [row.anchor_id, readable(row.delta as string)]),
    );
    const ids = own.map(({ anchor_id }) => anchor_id);
    const capped = days.filter(({ anchor_id, withheld }) => ids.includes(anchor_id) && withheld !== '0.00');
    expect(tableIn(page, 'capped').map((row) => [row.主播ID, row.归属日期, row.封顶扣减])).toEqual(
      capped.map((row) => [row.anchor_id, row.date, readable(row.withheld as string)]),
    );
    expect(tableIn(page, 'revisions')).toMatchObject([
      { 关账人: '王莉', 应付合计: readable(total(of(before), 'total')) },
    ]);
  }
});

test('penalties say what stands by them, an agency is found by its name, and programs get the same', async () => {
  const { answer, text } = await told(month.closed, '星河文化传媒');
  expect(answer).toMatchObject({ agency_id: 'MCN-01', name: '星河文化传媒', restated: null });
  expect(text).not.toContain('往期已付');
  const rows = csv(month.closed, 'settlement.csv');
  const struck = rows.find(({ reasons = '' }) => reasons.includes('agency:agency-clustering'))?.agency_id as string;
  const { answer: other } = await told(month.closed, struck, 'en');
  expect(other).toMatchObject({
    penalties: expect.arrayContaining([
      expect.objectContaining({ anchor_id: '', agency_id: struck, reasons: ['agency:agency-clustering'] }),
    ]),
    forfeits: expect.arrayContaining([expect.objectContaining({ reason: 'agency:agency-clustering' })]),
  });
  await expect(told(month.closed, 'MCN-99')).rejects.toMatchObject({ code: 'usage' });
  await expect(
    explainAgency(month.closed, { out: month.out, agency: 'MCN-01', date: '2023-11-14' }, SILENT, {}),
  ).rejects.toMatchObject({ code: 'usage' });
});

test('what is revoked, or imposed outside the days that a rule counts, stands for nothing', DEEP, async () => {
  const folder = workspace();
  const penalty = (id: string, at: string, status = ''): string =>
    `${id},${id === 'p3' ? 's1' : ''},a1,vulgar,${at},${status}`;
  mkdirSync(join(folder, 'exports'));
  const input = write(join(folder, 'exports'), {
    'anchors.csv': 'anchor_id,agency_id,account_kind,first_live_on,nickname\na1,m1,content,2023-03-01,=1+1</script>\n',
    'agencies.csv': 'agency_id,name\nm1,<b>=cmd|1</b>\n',
    'sessions.csv': sessionsCsv({ id: 's1', anchor: 'a1' }, { id: 's2', anchor: 'a1' }),
    'penalties.csv': [
      'penalty_id,session_id,anchor_id,kind,penalized_at,status',
      ...[
        penalty('p1', '2023-11-01 00:00:00'),
        penalty('p2', '2023-11-30 23:59:59'),
        penalty('p3', '2023-11-02 10:00:00'),
      ],
      ...[
        penalty('p4', '2023-10-31 23:59:59'),
        penalty('p5', '2023-12-01 00:00:00'),
        penalty('p6', '2023-11-05 00:00:00', 'revoked'),
      ],
      '',
    ].join('\n'),
  });
  const out = join(folder, 'out');
  const { runDir } = await settle({ policy: SAMPLE_POLICY, input, out, warehouse: ':memory:' });
  const { answer, text } = await explainAgency(runDir, { out, agency: 'm1' }, SILENT, {});
  const penalties = (answer as { penalties: { penalty_id: string; reasons: string[] }[] }).penalties;
  expect(penalties.map(({ penalty_id, reasons }) => [penalty_id, reasons])).toEqual([
    ['p1', ['vulgar-3']],
    ['p2', ['vulgar-3']],
    ['p3', ['punished:vulgar', 'vulgar-3']],
    ...[
      ['p4', []],
      ['p5', []],
      ['p6', []],
    ],
  ]);
  expect(text((_style, said) => said)).toContain("'=1+1</script>");
  const page = join(folder, 'a.html');
  await explainAgency(runDir, { out, agency: '<b>=cmd|1</b>', page }, SILENT, {});
  expect(readFileSync(page, 'utf8')).not.toMatch(/1\+1<\/script>|<b>=cmd/);
});

test('a word that is no folder means a run, as everywhere', async () => {
  const runs = async (): Promise<string> => month.out;
  expect(await folderNamed('latest', runs)).toBe(month.restated);
  expect(await folderNamed('closed', runs)).toBe(month.closed);
  expect(await folderNamed(basename(month.closed), runs)).toBe(month.closed);
  for (const asked of ['nowhere', month.folder, `${month.out}/nowhere`])
    expect(await folderNamed(asked, runs)).toBe(asked);
});

test('the explanation of an anchor in a restatement says what was closed, and what is due by line', async () => {
  const place = { out: month.out, warehouse: join(month.folder, 'w.duckdb') };
  const [line] = csv(month.restated, 'adjustments.csv') as [Rows[number]];
  const asked = { ...place, anchor: line.anchor_id };
  const { answer, text } = await explain(month.restated, { ...asked, lang: 'zh' }, SILENT, {});
  expect(answer).toMatchObject({
    restated: { revisions: [{ revision: 1, closed_by: '王莉' }], lines: expect.arrayContaining([line]) },
  });
  const said = text((_style, words) => words);
  expect(said).toMatch(/往期已付\n {2}已关账 +[\d,.]+\n/);
  expect(said).toMatch(new RegExp(`${line.date} .* ${readable(line.delta as string)} `));
  const page = join(workspace(), 'a.html');
  await explain(month.restated, { ...asked, page }, SILENT, {});
  expect(tableIn(readFileSync(page, 'utf8'), 'adjustments')).not.toEqual([]);
  const whole = await explain(month.closed, { ...asked, lang: 'en' }, SILENT, {});
  expect(whole.answer).not.toHaveProperty('restated');
  expect(whole.text((_style, words) => words)).not.toContain('Paid before');
});
