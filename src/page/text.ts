import { Sum } from '../book/sum.js';
import { plainTable } from '../text/plain-table.js';
import { printableLine } from '../text/terminal.js';
import type { Language } from '../words/said.js';
import { placesOf, shown } from './cells.js';
import { textIn } from './escape.js';
import type { Page, PageBlock, PageSection, PageTable, PageText } from './model.js';

type Bold = (style: 'bold', text: string) => string;

/** The page for a terminal: its tables instead of its charts. */
export function pageText(page: Page, language: Language, paint: Bold): string {
  const say = (text: PageText): string => printableLine(textIn(language, text));
  const head = `${paint('bold', say(page.title))}\n${say(page.about)}`;
  return `${head}\n\n${sectionsText(page.sections, language, paint)}`;
}

/** Sections alone, to stand below something else. */
export function sectionsText(sections: readonly PageSection[], language: Language, paint: Bold): string {
  const say = (text: PageText): string => printableLine(textIn(language, text));
  const said = sections.map(({ title, blocks }) =>
    [paint('bold', say(title)), ...blocks.map((block) => blockText(block, say))].join('\n'),
  );
  return `${said.join('\n\n')}\n`;
}

type Say = (text: PageText) => string;

function blockText(block: PageBlock, say: Say): string {
  if ('note' in block) return `  ${say(block.note)}`;
  if ('table' in block) return tableText(block.table, say);
  if ('chart' in block) return tableText(block.behind, say);
  if ('lines' in block) return block.lines.map(({ text, depth }) => `${'  '.repeat(depth + 1)}${say(text)}`).join('\n');
  const rows = block.figures.map(({ label, kind, text }) => [say(label), shown(kind, text)]);
  return plainTable(rows, [1]);
}

function tableText({ columns, rows }: PageTable, say: Say): string {
  if (rows.length === 0) return `  ${say(['None.', '无。'])}`;
  const kept = columns.map((column, at) => ({ ...column, at })).filter(({ wide }) => wide !== true);
  const lines = rows.map((row) => kept.map(({ kind, at }) => shown(kind, say(row[at] ?? ''))));
  const totals = kept.map(({ kind, total, at }, place) => {
    if (total !== true) return place === 0 ? say(['Total', '合计']) : '';
    const sum = new Sum();
    for (const row of rows) if (row[at] !== '') sum.add(say(row[at] ?? '0'));
    return shown(kind, sum.text(placesOf(kind) ?? 0));
  });
  const right = kept.flatMap(({ kind }, place) => (placesOf(kind) === undefined ? [] : [place]));
  const summed = rows.length > 1 && kept.some(({ total }) => total === true) ? [totals] : [];
  return plainTable([kept.map(({ head }) => say(head)), ...lines, ...summed], right);
}
