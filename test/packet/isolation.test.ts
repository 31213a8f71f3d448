import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keptDisputes } from '../../src/disputes/kept-disputes.js';
import { DISPUTED, dataIn, type PacketMonth, packetMonth } from './month.js';

/** What a packet holds of others: nothing. Every id, name and amount of the run is looked for in every packet. */

let month: PacketMonth;
beforeAll(async () => {
  month = await packetMonth();
});
afterAll(() => month.leave());

const FILES = [
  ...[
    'inputs/anchors.csv',
    'settlement.csv',
    'days.csv',
    'sessions.csv',
    'inputs/penalties.csv',
    'inputs/agencies.csv',
  ],
  ...['unsettled.csv', 'inputs/control.csv'],
];

/** Columns whose cells nobody else may see; amounts are looked for where no row of one's own has the same figure. */
const IDS = ['anchor_id', 'session_id', 'penalty_id', 'agency_id', 'person_id', 'nickname', 'name'];
const FIGURES = ['amount', 'total', 'watch_time', 'gross', 'rec_dwell_minutes', 'valid_seconds', 'forfeited'];

interface Cells {
  words: Set<string>;
  figures: Set<string>;
}

const nothing = (): Cells => ({ words: new Set(), figures: new Set() });

/** The cells of each unit, found by columns alone and without the code that shares rows out. */
function cellsByUnit(run: string): Map<string, Cells> {
  const rows = (file: string): Record<string, string>[] => parse(readFileSync(join(run, file)), { columns: true });
  const units = new Map<string, string>();
  for (const { anchor_id = '', agency_id = '' } of rows('inputs/anchors.csv'))
    units.set(anchor_id, agency_id === '' ? `anchor-${anchor_id}` : `agency-${agency_id}`);
  const sessions = new Map(rows('sessions.csv').map(({ session_id, anchor_id }) => [session_id, anchor_id]));
  const all = new Map<string, Cells>();
  for (const file of FILES)
    for (const row of rows(file)) {
      const anchor = row.anchor_id || sessions.get(row.session_id ?? '') || '';
      const unit = units.get(anchor) ?? (row.agency_id ? `agency-${row.agency_id}` : 'nobody');
      const cells = all.get(unit) ?? nothing();
      all.set(unit, cells);
      for (const column of IDS) if (row[column]) cells.words.add(row[column]);
      for (const column of FIGURES)
        if (/[1-9].*\d{2}/.test(row[column] ?? '')) cells.figures.add(row[column] as string);
    }
  return all;
}

/** A file as it lies there, its data as JSON gives it, and what stands in base64 in it. */
function readings(path: string): string[] {
  const html = readFileSync(path, 'utf8');
  const data = dataIn(path);
  const decoded = JSON.stringify(data).match(/[A-Za-z0-9+/]{20,}={0,2}/g) ?? [];
  const entities = html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
  const texts: string[] = [];
  JSON.stringify(data, (_key, value) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  const bytes = decoded.flatMap((text) => [
    Buffer.from(text, 'base64').toString('latin1'),
    Buffer.from(text, 'hex').toString('latin1'),
  ]);
  return [html, entities, texts.join('\n'), bytes.join('\n')];
}

const words = (text: string): Set<string> => new Set(text.match(/[\w.-]+/g) ?? []);

test('no packet holds an id, a name or an amount of anybody else', async () => {
  let looked = 0;
  for (const run of [month.closed, month.restated]) {
    const cells = cellsByUnit(run);
    expect(cells.size).toBe(7);
    for (const [unit, path] of await month.packets(run)) {
      const own = cells.get(unit) as Cells;
      const [html, entities, texts, bytes] = readings(path) as [string, string, string, string];
      const ownText = `${[...own.words].join('\n')}\n${JSON.stringify(dataIn(path).shared)}`;
      const tokens = words(`${html}\n${texts}`);
      const foreign: string[] = [];
      for (const [other, { words: names, figures }] of cells) {
        if (other === unit) continue;
        for (const name of names) {
          // What is a part of one's own words, such as a person whom both have, is no secret.
          if (own.words.has(name) || ownText.includes(name)) continue;
          looked += 1;
          if ([html, entities, texts, bytes].some((text) => text.includes(name))) foreign.push(name);
        }
        for (const figure of figures) {
          if (own.figures.has(figure) || words(ownText).has(figure)) continue;
          looked += 1;
          if (tokens.has(figure)) foreign.push(figure);
        }
      }
      expect(
        foreign.filter((found) => !isOwnElsewhere(found, texts, own)),
        unit,
      ).toEqual([]);
    }
  }
  expect(looked).toBeGreaterThan(5000);
});

/** A figure that a column of one's own has which isn't among those above, as a sum. */
function isOwnElsewhere(found: string, texts: string, { words: names }: Cells): boolean {
  return texts
    .split('\n')
    .filter((line) => words(line).has(found))
    .every((line) => [...names].some((name) => line.split(',').includes(name)));
}

test('what is disputed and answered stands in the packet of whoever disputed it alone, of this revision and the next', async () => {
  const kept = keptDisputes(month.out);
  expect(kept).toHaveLength(3);
  const { refused, open, paid } = DISPUTED;
  const own = new Map([
    ['agency-MCN-02', [refused.claim, refused.answer]],
    ['agency-MCN-01', [open.claim]],
  ]);
  const ids = new Map(kept.map(({ id, dispute }) => [id, `agency-${dispute.unit.id}`]));
  for (const run of [month.closed, month.restated]) {
    const rest =
      run === month.restated
        ? new Map([...own, ['agency-MCN-02', [...(own.get('agency-MCN-02') ?? []), paid.claim, paid.answer, paid.row]]])
        : own;
    for (const [unit, path] of await month.packets(run)) {
      const texts = readings(path);
      const holds = (text: string): boolean =>
        texts.some((each) => each.includes(text) || each.includes(text.replaceAll('"', '""')));
      for (const [other, said] of rest)
        for (const text of said) expect([unit, text, holds(text)]).toEqual([unit, text, other === unit]);
      for (const [id, other] of ids) {
        const later = run === month.closed && kept.find((each) => each.id === id)?.dispute.root !== null;
        expect([unit, id, holds(id)]).toEqual([unit, id, other === unit && !later]);
      }
      expect(holds(refused.contact)).toBe(false);
    }
  }
  const [row] = dataIn((await month.packets(month.restated)).get('agency-MCN-02') as string).groups.flatMap(
    ({ anchor, files }) =>
      anchor === 'A1007' ? (files.find(({ file }) => file === 'disputes.csv')?.records ?? []) : [],
  );
  expect(row).toContain(`,Y,${paid.answer},${paid.row},${basename(month.restated)}`);
});

test('two packets have no hash and no key in common but the nodes of their ways to the root', async () => {
  const [one, other] = ['agency-MCN-01', 'agency-MCN-02'].map(async (unit) =>
    dataIn((await month.packets(month.closed)).get(unit) as string),
  );
  const [a, b] = [await one, await other] as [ReturnType<typeof dataIn>, ReturnType<typeof dataIn>];
  const roots = ({ groups }: typeof a): (string | null)[] => groups.map(({ root }) => root);
  expect(roots(a).filter((root) => roots(b).includes(root))).toEqual([]);
  expect(a.key).not.toBe(b.key);
  expect(a.shared).toEqual(b.shared);
  const path = ({ proof }: typeof a): string[] => (proof ?? '').split('\n\n')[0]?.split('\n').slice(2) ?? [];
  expect(path(a)).toHaveLength(10);
  expect(
    path(a)
      .slice(0, 4)
      .filter((hash) => path(b).slice(0, 4).includes(hash)),
  ).toEqual([]);
});
