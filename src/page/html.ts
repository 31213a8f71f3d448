import { createHash } from 'node:crypto';
import { type PageAssets, pageAssets } from './assets.js';
import { bothIn, esc, textIn } from './escape.js';
import type { Page } from './model.js';
import { sectionHtml } from './section.js';

/** HTML before the sections, behind them, and behind all that is read; a style and a script other than those of every page. */
interface Surroundings {
  before?: string;
  behind?: string;
  assets?: PageAssets;
}

/**
 * The page as one HTML file that needs nothing else. Its policy lets it ask for nothing, and run no script and no style but
 * its own, whose hashes it names: what an export says can be neither.
 */
export function pageHtml(page: Page, surroundings: Surroundings = {}): string {
  return pageParts(page, surroundings).join('');
}

/** The same in two parts: all that is read, and its script behind it. Data may stand between them. */
export function pageParts(page: Page, { before = '', behind = '', assets }: Surroundings): [read: string, run: string] {
  const { style, script } = assets ?? pageAssets();
  const allowed = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const [en, zh] = (['en', 'zh'] as const).map((language) => esc(textIn(language, page.title)));
  const read = `<!doctype html>
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
${before}${page.sections.map(sectionHtml).join('\n')}
${behind}</main>`;
  return [read, runOf(script)];
}

/** Thousands of pages have the same script, which is long. */
let last = { script: '', text: '' };

function runOf(script: string): string {
  if (last.script !== script) last = { script, text: `\n<script>${script}</script>\n</body>\n</html>\n` };
  return last.text;
}

/** Thousands of pages have the same script. */
const hashes = new Map<string, string>();

function hashOf(text: string): string {
  const hash = hashes.get(text) ?? `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  hashes.set(text, hash);
  return hash;
}
