import type { Chart } from '../model.js';
import { coordinate, scaleOf } from './parts.js';
import { rowsHtml, SCALE } from './rows.js';

type Bars = Extract<Chart, { shape: 'bars' }>['bars'];

/** A bar for each, from the top; those below zero to the left. */
export function bars(all: Bars, labelledBy: string): string {
  const values = all.map(({ value }) => coordinate(value));
  const x = scaleOf(values, [0, SCALE], 5);
  const signed = values.some((value) => value < 0);
  const rows = all.map(({ label, value }, row) => {
    const kind = !signed ? 'k0' : value.startsWith('-') ? 'minus' : 'plus';
    return { name: label, value, from: x(0), to: x(values[row] ?? 0), kind } as const;
  });
  return rowsHtml(rows, x(0), labelledBy);
}
