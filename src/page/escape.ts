import type { PageText } from './model.js';

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as it may stand in HTML or SVG, between tags and in quoted attributes. */
export function esc(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => MARKS[mark] as string);
}

/** A value as JSON that may stand in a `script` of data: nothing in it ends the element. */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** The text in one language. */
export function textIn(language: 'en' | 'zh', text: PageText): string {
  return typeof text === 'string' ? text : text[language === 'en' ? 0 : 1];
}

/** In both languages, of which the page shows one; `tag` is the element's name. */
export function bothIn(tag: 'span' | 'text', text: PageText, attributes = ''): string {
  if (typeof text === 'string') return `<${tag}${attributes}>${esc(text)}</${tag}>`;
  const [en, zh] = text;
  if (en === zh) return `<${tag}${attributes}>${esc(en)}</${tag}>`;
  return `<${tag} lang="zh"${attributes}>${esc(zh)}</${tag}><${tag} lang="en"${attributes}>${esc(en)}</${tag}>`;
}
