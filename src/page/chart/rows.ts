import { readable } from '../../core/money.js';
import { bothIn } from '../escape.js';
import type { PageText } from '../model.js';
import { at } from './parts.js';

/** Rows of a name, a mark and a figure: each a line on a wide screen, and two on a narrow one. */
export interface MarkedRow {
  name: PageText;
  value: string;
  /** From where to where on the scale. */
  from: number;
  to: number;
  kind: 'k0' | 'plus' | 'minus';
  strong?: boolean;
}

/** How long the scale is; the drawing of a mark is stretched to whatever room there is. */
export const SCALE = 1000;
const HEIGHT = 10;

export function rowsHtml(rows: readonly MarkedRow[], zero: number, labelledBy: string): string {
  return `<ul class="bars" aria-labelledby="${labelledBy}">${rows.map((row) => rowHtml(row, zero)).join('\n')}</ul>`;
}

function rowHtml({ name, value, from, to, kind, strong }: MarkedRow, zero: number): string {
  const [left, right] = [Math.min(from, to), Math.max(from, to)];
  const mark =
    left === right
      ? ''
      : `<rect x="${at(left)}" y="0" width="${at(Math.max(right - left, 1))}" height="${HEIGHT}" class="${kind}"/>`;
  return `<li${strong ? ' class="strong"' : ''}><span class="name">${bothIn('span', name)}</span><svg viewBox="0 0 ${SCALE} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${mark}<line x1="${at(zero)}" y1="0" x2="${at(zero)}" y2="${HEIGHT}" class="rule"/></svg><span class="money">${readable(value)}</span></li>`;
}
