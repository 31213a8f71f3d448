import { createHash } from 'node:crypto';
import { pageScript, pageStyle } from './assets.js';
import { cellHtml, classOf } from './cells.js';
import { chartHtml } from './chart/chart.js';
import { bothIn, esc, textIn } from './escape.js';
import type { Chart, Page, PageBlock, PageFigure, PageSection, PageText } from './model.js';
import { tableHtml } from './table.js';

/**
 * The page as one HTML file that needs nothing else. Its policy lets it ask for nothing, and run no script and no style but
 * its own, whose hashes it names: what an export says can be neither. `data` is HTML that stands behind all that is read.
 */
export function pageHtml(page: Page, data = ''): string {
  const [style, script] = [pageStyle(), pageScript()];
  const allowed = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const [en, zh] = (['en', 'zh'] as const).map((language) => esc(textIn(language, page.title)));
  return `<!doctype html>
<html lang="zh-CN" data-title-en="${en}" data-title-zh="${zh}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${allowed}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${zh}</title>
<style>${style}</style>
</head>
<body>
<header><div><h1>${bothIn('span', page.title)}</h1><p>${bothIn('span', page.about)}</p></div>
<div class="languages" role="group" aria-label="语言 Language"><button type="button" data-language="zh-CN" aria-pressed="true">中文</button><button type="button" data-language="en" aria-pressed="false">English</button></div></header>
<nav aria-label="目录 Contents"><ul>${page.sections.map(({ name, title }) => `<li><a href="#${name}">${bothIn('span', title)}</a></li>`).join('')}</ul></nav>
<main>
${page.sections.map(sectionHtml).join('\n')}
</main>${data}
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function sectionHtml({ name, title, blocks }: PageSection): string {
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
