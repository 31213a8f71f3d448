import { scaleLinear } from 'd3-scale';
import { readable } from '../../core/money.js';
import { bothIn, esc } from '../escape.js';
import type { PageText } from '../model.js';

/** Parts that several charts have. Their measures are those of the drawing, not of anything that is paid. */

export const WIDTH = 720;

/** Where on a scale a decimal stands. Only marks are placed by it: what is read beside them is the text itself. */
export function coordinate(text: string): number {
  return Number(text);
}

/** A place in the drawing, short and the same everywhere. */
export function at(place: number): string {
  return String(Math.round(place * 10) / 10);
}

/** The picture; what it shows is said by the element of the given id. */
export function drawing(height: number, labelledBy: string, parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${WIDTH} ${at(height)}" role="img" aria-labelledby="${esc(labelledBy)}">${parts.join('\n')}</svg>`;
}

/** A scale from nothing to the largest and smallest value that have to be shown, and to a round number beyond. */
export function scaleOf(values: readonly number[], range: readonly [number, number], ticks: number) {
  const scale = scaleLinear()
    .domain([Math.min(0, ...values), Math.max(0, ...values)])
    .range(range);
  return values.every((value) => value === 0) ? scale.domain([0, 1]) : scale.nice(ticks);
}

/** A round value beside a line of the scale. */
export function tickText(value: number): string {
  return Math.abs(value) < 1e15 ? readable(String(Math.round(value * 1e6) / 1e6)) : String(value);
}

export function label(x: number, y: number, text: PageText, classes = ''): string {
  const attributes = ` x="${at(x)}" y="${at(y)}"${classes === '' ? '' : ` class="${classes}"`}`;
  return bothIn('text', text, attributes);
}

export function box(
  place: { x: number; y: number; width: number; height: number },
  classes: string,
  tip: string,
  opacity?: number,
): string {
  const { x, y, width, height } = place;
  const faint = opacity === undefined ? '' : ` fill-opacity="${Math.round(opacity * 1000) / 1000}"`;
  return `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" class="${classes}"${faint}><title>${esc(tip)}</title></rect>`;
}

export function rule(x1: number, y1: number, x2: number, y2: number, classes = 'rule'): string {
  return `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" class="${classes}"/>`;
}

/** A figure in words: the number as people read it. */
export function tipOf(what: PageText, value: string): string {
  return `${typeof what === 'string' ? what : `${what[1]} · ${what[0]}`}: ${readable(value)}`;
}
