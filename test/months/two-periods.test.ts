import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sumOf } from '../../src/book/sum.js';
import { book } from '../../src/commands/book.js';
import { diff } from '../../src/commands/diff.js';
import { difference } from '../../src/core/money.js';
import type { MonthChange, MonthsCompared } from '../../src/programmes/interface/months.js';
import { below, type ReadSheet, sheetsOf } from '../book/reading.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, settle, temporaryFolder, workspace, write } from '../support/workspace.js';

/** Two months of the sample, of which the second has other anchors, agencies and amounts. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const out = join(folder, 'out');
let november: string;
let december: string;

beforeAll(async () => {
  november = (await settle({ policy: SAMPLE_POLICY, input: join(SAMPLES, '2023-11'), out })).runDir;
  december = (await settle({ policy: decemberPolicy(), input: decemberExports(), out })).runDir;
});

const later = (text: string): string => text.replaceAll('2023-11', '2023-12');

function decemberPolicy(): string {
  const path = join(folder, 'december.yaml');
  writeFileSync(path, later(readFileSync(SAMPLE_POLICY, 'utf8').replaceAll('2023-11-30', '2023-11-31')));
  return path;
}

/** The plain files of the sample, a month later; A1003 is another anchor then, A1004 of another agency. */
function decemberExports(): string {
  const exports = join(folder, 'december');
  mkdirSync(exports);
  for (const file of readdirSync(join(SAMPLES, '2023-11')).filter((name) => name.endsWith('.csv'))) {
    const text = later(readFileSync(join(SAMPLES, '2023-11', file), 'utf8')).replaceAll('A1003', 'A2003');
    const moved = file.startsWith('anchors') ? text.replace(/(A1004.*?)MCN-01/g, '$1MCN-77') : text;
    writeFileSync(join(exports, later(file)), moved);
  }
  return write(exports, { 'agencies-2.csv': 'agency_id,name\nMCN-77,新天地\n' });
}

const compared = async (a = november, b = december, more: object = {}) => diff(a, b, { out, ...more }, SILENT);
const months = async (): Promise<MonthsCompared> => ((await compared()).answer as { months: MonthsCompared }).months;
const totalOf = (run: string): string => JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')).totals.total;

function expectWhole({ a, b, delta, parts }: MonthChange): void {
  expect(delta).toBe(difference(b, a));
  expect(sumOf(Object.values(parts))).toBe(delta);
}

test('the parts add up to the fen: in all, of each agency, of each anchor', async () => {
  const { total, agencies, anchors } = await months();
  expect([total.a, total.b]).toEqual([totalOf(november), totalOf(december)]);
  for (const change of [total, ...agencies, ...anchors]) expectWhole(change);
  for (const all of [agencies, anchors]) {
    expect(sumOf(all.map(({ a }) => a))).toBe(total.a);
    expect(sumOf(all.map(({ b }) => b))).toBe(total.b);
  }
  for (const name of Object.keys(total.parts))
    expect(sumOf(anchors.map(({ parts }) => parts[name] as string))).toBe(total.parts[name]);
  const nought = Object.entries(total.parts).filter(([, amount]) => amount === '0.00');
  expect(nought.map(([name]) => name)).toEqual(['moved']);
});

test('new, gone and moved anchors are told apart, by agency too', async () => {
  const { agencies, anchors } = await months();
  const of = (id: string) => anchors.find(({ anchor_id }) => anchor_id === id);
  const parts = (id: string) =>
    Object.entries(of(id)?.parts ?? {}).flatMap(([name, to]) => (to === '0.00' ? [] : [name]));
  expect([parts('A1003'), parts('A2003')]).toEqual([['gone'], ['new']]);
  expect(of('A1004')).toMatchObject({ agency_a: 'MCN-01', agency_b: 'MCN-77', in_a: true, in_b: true });
  expect(parts('A1004')).toContain('volume');
  const [was, is] = ['MCN-01', 'MCN-77'].map((id) => agencies.find(({ agency_id }) => agency_id === id));
  expect(was?.parts.moved).toBe(`-${of('A1004')?.a}`);
  expect(is).toMatchObject({ name: '新天地', a: '0.00', b: of('A1004')?.b, anchors: { a: 0, b: 1 } });
  expect(is?.parts.moved).toBe(of('A1004')?.b);
});

test('the largest changes stand first, and people read the same', async () => {
  const { text } = await compared();
  const said = text((_, words) => words);
  const { total, anchors } = await months();
  const sizes = anchors.map(({ delta }) => Number(delta.replace('-', '')));
  expect(sizes).toEqual(sizes.toSorted((x, y) => y - x));
  for (const words of ['Volume (dwell)', 'New anchors', '1 anchor', 'MCN-77 新天地', anchors[0]?.anchor_id as string])
    expect(said).toContain(words);
  expect(said).not.toContain('Change of agency');
  const { text: chinese } = await diff(november, december, { out }, { ...SILENT, language: 'zh' });
  const inChinese = chinese((_, words) => words);
  for (const words of ['停留时长变动', '新增主播', '1 位主播', '无机构', '转机构']) expect(inChinese).toContain(words);
  expect(inChinese).not.toMatch(/volume|price|index|caps|bonus|forfeit|moved|anchor|agency|change|total/i);
  expect(total.measures.dwell?.a).toMatch(/^\d+\.\d\d$/);
});

test('a line per anchor, and the exit code', async () => {
  const csv = join(workspace(), 'x.csv');
  expect((await compared(november, december, { csv, exitCode: true })).exit).toBe(6);
  const [head, ...lines] = readFileSync(csv, 'utf8').trimEnd().split('\n');
  expect(head).toBe('anchor_id,agency_a,agency_b,a,b,delta,parts');
  expect(lines).toEqual(lines.toSorted());
  expect(lines.find((line) => line.startsWith('A2003'))).toMatch(/^A2003,,MCN-01,0\.00,(.*),\1,new:\1$/);
});

test('the book has both sheets, with totals that are the change', async () => {
  const path = join(workspace(), 'a.xlsx');
  await book(december, { runs: out, out: path, lang: 'zh', against: november }, SILENT, {});
  const sheets = await sheetsOf(path);
  const { total, agencies, anchors } = await months();
  for (const [name, rows] of [
    ['机构变动', agencies],
    ['主播变动', anchors],
  ] as const) {
    const sheet = sheets.get(name) as ReadSheet;
    expect(below(sheet, '变动').map(({ text }) => text)).toEqual(rows.map(({ delta }) => delta));
    expect(sumOf(below(sheet, '停留时长变动').map(({ text }) => text))).toBe(
      sumOf(rows.map(({ parts }) => parts.volume as string)),
    );
  }
  expect(sumOf(below(sheets.get('主播变动') as ReadSheet, '变动').map(({ text }) => text))).toBe(total.delta);
});

test('an agency sees its own: of an anchor that came, all that it has now', async () => {
  const path = join(workspace(), 'a.xlsx');
  await book(december, { runs: out, out: path, lang: 'zh', against: november, agency: 'MCN-77' }, SILENT, {});
  const sheets = await sheetsOf(path);
  const sheet = sheets.get('主播变动') as ReadSheet;
  const { anchors } = await months();
  const b = anchors.find(({ anchor_id }) => anchor_id === 'A1004')?.b;
  expect(below(sheet, '主播ID').map(({ text }) => text)).toEqual(['A1004']);
  expect(['上期', '本期', '转机构'].map((head) => below(sheet, head)[0]?.text)).toEqual(['0.00', b, b]);
  const all = [...sheets.values()].flatMap(({ cells }) => [...cells.values()].map(({ text }) => text));
  expect(all.filter((text) => text.includes('MCN-01'))).toEqual([]);
});

test('an empty month beside one, and a run folder that somebody changed', async () => {
  const policy = join(folder, 'december.yaml');
  const input = write(workspace(), { 'anchors.csv': anchorsCsv('a1'), 'sessions.csv': sessionsCsv() });
  const empty = (await settle({ policy, input, out: join(folder, 'empty') })).runDir;
  const { total, anchors } = ((await compared(november, empty)).answer as { months: MonthsCompared }).months;
  expect([total.b, total.parts.gone]).toEqual(['0.00', `-${total.a}`]);
  expect(anchors.every(({ in_b }) => !in_b)).toBe(true);
  const copy = join(workspace(), basename(empty));
  cpSync(empty, copy, { recursive: true });
  rmSync(join(copy, 'days.csv'));
  writeFileSync(join(copy, 'days.csv'), 'x\n');
  await expect(compared(november, copy)).rejects.toMatchObject({ details: { file: copy } });
});
