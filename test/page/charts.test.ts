import { describe, expect, test } from 'vitest';
import { chartHtml } from '../../src/page/chart/chart.js';
import { esc, jsonInHtml } from '../../src/page/escape.js';
import { pageHtml } from '../../src/page/html.js';
import type { Chart, PageTable } from '../../src/page/model.js';
import { tableHtml } from '../../src/page/table.js';

/** What a page is made of, whatever it shows. */

const HOSTILE = `</script><img src=x onerror="a('b')">&amp;<!--`;

test('what ends a tag, an attribute or a script is escaped, and nothing else', () => {
  expect(esc(HOSTILE)).toBe('&lt;/script&gt;&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;amp;&lt;!--');
  expect(esc('小鱼 =1+1')).toBe('小鱼 =1+1');
  expect(jsonInHtml([HOSTILE])).not.toContain('<');
  expect(JSON.parse(jsonInHtml([HOSTILE, '\u2028']))).toEqual([HOSTILE, '\u2028']);
});

const marks = (html: string): Record<string, string>[] =>
  [...html.matchAll(/<rect ([^>]*?)\/?>/g)].map(([, text]) =>
    Object.fromEntries([...(text as string).matchAll(/(\S+)="([^"]*)"/g)].map(([, name, value]) => [name, value])),
  );

describe('a waterfall', () => {
  const chart: Chart = {
    shape: 'waterfall',
    steps: [
      { label: HOSTILE, value: '800.00', sum: true },
      { label: 'less', value: '-300.00' },
      { label: 'nothing', value: '0.00' },
      { label: 'more', value: '500.00' },
      { label: 'all', value: '1000.00', sum: true },
    ],
  };
  const html = chartHtml(chart, 'id');

  test('begins each step where the one before ended', () => {
    const places = marks(html).map(({ x, width, class: kind }) => [x, width, kind]);
    expect(places).toEqual([
      ['0', '800', 'k0'],
      ['500', '300', 'minus'],
      ['500', '500', 'plus'],
      ['0', '1000', 'k0'],
    ]);
  });

  test('says each value as people read it, and its names escaped', () => {
    for (const text of ['800.00', '-300.00', '0.00', '1,000.00']) expect(html).toContain(`>${text}</span>`);
    expect(html).not.toMatch(/<img|<\/script/);
    expect(html).toContain(esc(HOSTILE));
  });
});

test('bars below zero go to the left of it', () => {
  const bars = ['30.00', '-10.00', '0.00'].map((value) => ({ label: value, value }));
  const [first, second, ...rest] = marks(chartHtml({ shape: 'bars', bars }, 'id'));
  expect([first?.class, second?.class, rest]).toEqual(['plus', 'minus', []]);
  expect(Number(second?.x) + Number(second?.width)).toBeCloseTo(Number(first?.x), 0);
  expect(Number(first?.width) / Number(second?.width)).toBeCloseTo(3, 1);
});

test('columns stand on each other, and one of nothing isn’t drawn', () => {
  const series = [
    { name: 'a', values: ['10.00', '0.00', '5.00'] },
    { name: 'b', values: ['10.00', '0.00', '0.00'] },
  ];
  const rects = marks(chartHtml({ shape: 'columns', categories: ['1', '2', '3'], series }, 'id'));
  expect(rects.map((rect) => rect.class)).toEqual(['k0', 'k0', 'k1']);
  const [low, half, high] = rects;
  expect(Number(high?.y) + Number(high?.height)).toBeCloseTo(Number(low?.y), 0);
  expect(Number(low?.height) / Number(half?.height)).toBeCloseTo(2, 1);
});

test('the darkest field is the fullest; an empty one stays blank', () => {
  const rows = [{ label: 'Mon', values: ['0', '1', '10'] }];
  const fields = marks(chartHtml({ shape: 'heat', rows, columns: ['00', '01', '02'] }, 'id'));
  expect(fields.map((field) => field['fill-opacity'])).toEqual(['0.19', '1']);
});

test.each<Chart>([
  { shape: 'waterfall', steps: [{ label: 'a', value: '0.00', sum: true }] },
  { shape: 'bars', bars: [{ label: 'a', value: '0.00' }] },
  { shape: 'columns', categories: ['1'], series: [{ name: 'a', values: ['0.00'] }] },
  { shape: 'heat', rows: [{ label: 'a', values: ['0'] }], columns: ['00'] },
  { shape: 'curve', points: [{ x: '0', y: '0' }], x: 'x', y: 'y' },
  { shape: 'columns', categories: ['1'], series: [{ name: 'a', values: ['9'.repeat(30)] }] },
])('a $shape of nothing, or of too much, has its places all the same', (chart) => {
  expect(chartHtml(chart, 'id')).not.toMatch(/NaN|Infinity|undefined/);
});

describe('a table', () => {
  const of = (rows: number): PageTable => ({
    name: 'many',
    caption: ['Rows', '行'],
    columns: [
      { head: ['Name', '名称'], kind: 'text' },
      { head: 'CNY', kind: 'money', total: true },
      { head: 'note', kind: 'note' },
    ],
    rows: Array.from({ length: rows }, (_, at) => [
      `${HOSTILE}${at}`,
      at === 0 ? '' : '1234.50',
      ['yes', '是'] as const,
    ]),
  });
  const json = (html: string): string | undefined =>
    /<script type="application\/json">(.*?)<\/script>/s.exec(html)?.[1];

  test.each([
    [0, 0, false],
    [49, 49, false],
    [50, 50, false],
    [51, 50, true],
  ])('of %i rows stands there with %i, the others as data: %s', (rows, shown, data) => {
    const html = tableHtml(of(rows));
    expect([...html.matchAll(/<th scope="row" class="text"><bdi>/g)]).toHaveLength(shown);
    expect(json(html) !== undefined).toBe(data);
    expect(html).not.toContain('<img');
  });

  test('adds up exactly what isn’t blank, and keeps each word once', () => {
    const html = tableHtml(of(51));
    expect(html).toContain('data-total>61,725.00</td>');
    const { rows, words } = JSON.parse(json(html) as string);
    expect([rows.length, words]).toEqual([51, [['yes', '是']]]);
    expect(rows[50]).toEqual([`${HOSTILE}50`, '1234.50', 0]);
  });
});

test('a page runs its own script and style alone', () => {
  const html = pageHtml({
    title: HOSTILE,
    about: [HOSTILE, HOSTILE],
    sections: [{ name: 'a', title: HOSTILE, blocks: [{ note: HOSTILE }, { lines: [{ text: HOSTILE, depth: 9 }] }] }],
  });
  expect(html).not.toContain('<img');
  expect(html).not.toMatch(/ style="| on[a-z]+="|https?:/);
  expect([...html.matchAll(/<script|<\/script/g)]).toHaveLength(2);
  expect(html).toMatch(
    /content="default-src 'none'; style-src 'sha256-[^"]+'; script-src 'sha256-[^"]+'; base-uri 'none'/,
  );
});
