import { scaleBand } from 'd3-scale';
import { readable } from '../../core/money.js';
import { textIn } from '../escape.js';
import type { Chart } from '../model.js';
import { box, coordinate, drawing, label, WIDTH } from './parts.js';

type Heat = Extract<Chart, { shape: 'heat' }>;

const ROW = 26;
const [LEFT, TOP] = [64, 24];
/** The faintest field that isn't empty. */
const FAINT = 0.1;

/** A field for each row and column, the darker the more; empty ones stay blank. */
export function heat({ rows, columns }: Heat, labelledBy: string): string {
  const height = TOP + ROW * rows.length;
  const most = Math.max(...rows.flatMap(({ values }) => values.map(coordinate)), 1);
  const x = scaleBand<number>(
    columns.map((_, column) => column),
    [LEFT, WIDTH],
  ).padding(0.06);
  const y = scaleBand<number>(
    rows.map((_, row) => row),
    [TOP, height],
  ).padding(0.08);
  const heads = columns.map((text, column) => label((x(column) ?? 0) + x.bandwidth() / 2, 16, text, 'tick middle'));
  const fields = rows.flatMap(({ label: name, values }, row) => [
    label(LEFT - 8, (y(row) ?? 0) + y.bandwidth() / 2 + 4, name, 'tick end'),
    ...values.flatMap((value, column) => {
      const place = { x: x(column) ?? 0, y: y(row) ?? 0, width: x.bandwidth(), height: y.bandwidth() };
      const tip = `${textIn('zh', name)} ${textIn('en', name)} ${columns[column]}: ${readable(value)}`;
      return value === '0' ? [] : [box(place, 'k0', tip, FAINT + (1 - FAINT) * (coordinate(value) / most))];
    }),
  ]);
  return drawing(height, labelledBy, [...heads, ...fields]);
}
