import { readable } from '../core/money.js';
import { bothIn, esc } from './escape.js';
import type { PageKind, PageText } from './model.js';

/** Kinds whose cells are decimals, with the places of a sum. */
const PLACES: Partial<Record<PageKind, number>> = { count: 0, money: 2, minutes: 2, index: 3, price: 6, percent: 2 };

export function placesOf(kind: PageKind): number | undefined {
  return PLACES[kind];
}

/** A cell as people read it. */
export function shown(kind: PageKind, text: string): string {
  if (text === '' || placesOf(kind) === undefined) return text;
  return kind === 'percent' ? `${text}%` : readable(text);
}

/** The same as HTML; what exports say is kept apart from its surroundings, whichever way it is written. */
export function cellHtml(kind: PageKind, text: PageText): string {
  if (typeof text !== 'string') return bothIn('span', text);
  if (kind === 'text' || kind === 'note') return text === '' ? '' : `<bdi>${esc(text)}</bdi>`;
  return esc(shown(kind, text));
}

/** Its classes: how it is set, and whether it is below zero. */
export function classOf(kind: PageKind, text: PageText = ''): string {
  const below = typeof text === 'string' && placesOf(kind) !== undefined && text.startsWith('-');
  return below ? `${kind} below` : kind;
}
