import type {
  Bilingual,
  Page,
  PageBlock,
  PageColumn,
  PageKind,
  PageSection,
  PageText,
} from '../../../../page/model.js';
import type { Asked } from '../../../interface/explainer.js';
import type { Explanation } from '../model.js';
import type { Paper } from './layout.js';
import { pageOf } from './page.js';
import { voice } from './say.js';

/**
 * The explanation for a browser. It is written as for a terminal, once in each language, but on a paper without edges: a
 * line stays one, and a table stands in a line as data between marks. What exports say has none of these marks, for what
 * isn't printable is taken out of it before (say.ts).
 */
export function browserPage(explained: Explanation, asked: Asked): Page {
  const [en, zh] = (['en', 'zh'] as const).map((language) =>
    pageOf(explained, asked, { voice: voice(language), paint: marked, paper: ENDLESS })
      .trimEnd()
      .split('\n\n')
      .map((section) => section.split('\n')),
  ) as [string[][], string[][]];
  const [head, ...sections] = en.map((lines, at): Bilingual[] =>
    lines.map((line, row) => [line, zh[at]?.[row] ?? ''] as const),
  );
  const [name, ...about] = (head ?? []).map(bare);
  return {
    title: joined([name ?? '', ['how the amount came about', '计算过程']]),
    about: joined(about),
    sections: sections.map(sectionOf),
  };
}

const [TITLE, TABLE] = ['\ue000', '\ue001'];

const marked = (style: string, text: string): string => (style === 'bold' ? `${TITLE}${text}` : text);

/** A table as it stands between the marks. */
interface Laid {
  head: string[];
  right: boolean[];
  rows: string[][];
}

const laid = (table: Laid): string => `${TABLE}${JSON.stringify(table)}`;
const inColumns: Paper['listing'] = (head, aligns, rows) =>
  laid({ head, right: aligns.map((align) => align === 'right'), rows });

const ENDLESS: Paper = {
  wrapped: (text) => text,
  listing: inColumns,
  columns: (head, aligns, rows) => [inColumns(head, aligns, rows)],
  figures: (rows) => [laid({ head: [], right: [false, true, false], rows: rows.map((row) => [...row]) })],
};

function sectionOf(lines: readonly Bilingual[], at: number): PageSection {
  const [first] = lines;
  const titled = first?.[0].startsWith(TITLE) === true;
  const name = `part-${at + 1}`;
  const title: PageText = titled ? bare(first as Bilingual) : ['Session', '场次'];
  return { name, title, blocks: blocksOf(titled ? lines.slice(1) : lines, name, title) };
}

/** Lines that follow each other are one block, a table is one by itself. */
function blocksOf(lines: readonly Bilingual[], name: string, title: PageText): PageBlock[] {
  const blocks: PageBlock[] = [];
  let open: { text: PageText; depth: number }[] | undefined;
  for (const line of lines) {
    if (line[0].startsWith(TABLE)) {
      open = undefined;
      blocks.push(tableOf(line, `${name}-${blocks.length + 1}`, title));
      continue;
    }
    if (open === undefined) {
      open = [];
      blocks.push({ lines: open });
    }
    const indent = line[0].length - line[0].trimStart().length;
    open.push({ text: bare(line), depth: Math.max(0, indent / 2 - 1) });
  }
  return blocks;
}

/** In a table of many columns the first, a clause or a date, stays whole, and the last has the most to say. */
function kindOf(at: number, columns: number): PageKind {
  if (columns <= FEW || at === columns - 1) return 'note';
  return at === 0 ? 'id' : 'text';
}

const FEW = 4;

const HEADS: readonly Bilingual[] = [
  ['Item', '项目'],
  ['Figure', '数值'],
  ['Clause, source or reason', '条款、来源或原因'],
];

function tableOf(line: Bilingual, name: string, caption: PageText): PageBlock {
  const [en, zh] = line.map((text) => JSON.parse(text.slice(TABLE.length))) as [Laid, Laid];
  const columns = en.right.map((right, at) => ({
    head: en.head.length === 0 ? (HEADS[at] as Bilingual) : ([en.head[at] ?? '', zh.head[at] ?? ''] as const),
    kind: right ? 'figure' : kindOf(at, en.right.length),
  })) satisfies PageColumn[];
  const rows = en.rows.map((row, at) =>
    row.map((cell, column): PageText => same([cell.trim(), (zh.rows[at]?.[column] ?? '').trim()])),
  );
  return { table: { name, caption, quiet: true, columns, rows } };
}

function bare([en, zh]: Bilingual): PageText {
  return same([en.replace(TITLE, '').trim(), zh.replace(TITLE, '').trim()]);
}

/** What both languages say alike needs no language. */
function same([en, zh]: Bilingual): PageText {
  return en === zh ? en : [en, zh];
}

function joined(texts: readonly PageText[]): PageText {
  const parts = (at: 0 | 1): string => texts.map((text) => (typeof text === 'string' ? text : text[at])).join(' · ');
  return same([parts(0), parts(1)]);
}
