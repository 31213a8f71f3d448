import { cellHtml, classOf } from './cells.js';
import { chartHtml } from './chart/chart.js';
import { bothIn } from './escape.js';
import type { Chart, PageBlock, PageFigure, PageSection, PageText } from './model.js';
import { tableHtml } from './table.js';

/** A section of a page as HTML. */
export function sectionHtml({ name, title, blocks }: PageSection): string {
  const parts = blocks.map((block) => blockHtml(block));
  return `<section id="${name}" aria-labelledby="title-${name}"><h2 id="title-${name}">${bothIn('span', title)}</h2>
${parts.join('\n')}</section>`;
}

function blockHtml(block: PageBlock): string {
  if ('note' in block) return `<p>${bothIn('span', block.note)}</p>`;
  if ('figures' in block) return `<dl class="figures">${block.figures.map(figureHtml).join('')}</dl>`;
  if ('table' in block) return tableHtml(block.table);
  if ('lines' in block) return linesHtml(block.lines);
  const id = `chart-${block.behind.name}`;
  return `<figure><figcaption id="${id}">${bothIn('span', block.caption)}${legendHtml(block.chart)}</figcaption>
${chartHtml(block.chart, id)}
<details><summary>${bothIn('span', ['Figures of the chart', '图表数据'])}</summary>${tableHtml(block.behind)}</details></figure>`;
}

function linesHtml(lines: readonly { text: PageText; depth: number }[]): string {
  const items = lines.map(
    ({ text, depth }) => `<li class="depth${Math.min(depth, DEEPEST)}">${bothIn('span', text)}</li>`,
  );
  return `<ul class="lines">${items.join('\n')}</ul>`;
}

/** Lines are set in so far at most. */
const DEEPEST = 3;

function legendHtml(chart: Chart): string {
  if (chart.shape !== 'columns' || chart.series.length < 2) return '';
  const names = chart.series.map(({ name }, at) => `<li class="k${at}">${bothIn('span', name)}</li>`);
  return ` <ul class="legend">${names.join('')}</ul>`;
}

function figureHtml({ label, kind, text, before, change, strong }: PageFigure): string {
  const beside =
    before === undefined
      ? ''
      : `<dd class="beside">${bothIn('span', ['before', '上期'])} ${cellHtml(kind, before)}${change === undefined ? '' : ` · <span class="${classOf(kind, change)}">${cellHtml(kind, signed(change))}</span>`}</dd>`;
  return `<div${strong ? ' class="strong"' : ''}><dt>${bothIn('span', label)}</dt><dd class="${classOf(kind, text)}">${cellHtml(kind, text)}</dd>${beside}</div>`;
}

/** A change says which way it goes. */
function signed(text: string): string {
  return /[1-9]/.test(text) && !text.startsWith('-') ? `+${text}` : text;
}
