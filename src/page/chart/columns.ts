import { scaleBand } from 'd3-scale';
import { stack } from 'd3-shape';
import type { Chart } from '../model.js';
import { box, coordinate, drawing, label, rule, scaleOf, tickText, tipOf, WIDTH } from './parts.js';

type Columns = Extract<Chart, { shape: 'columns' }>;

const HEIGHT = 240;
const [TOP, BOTTOM] = [10, 30];
/** So many labels have room below the columns, also on a narrow screen. */
const LABELS = 10;
/** What a character of a label needs there. */
const LETTER = 11;

/** A stack for each category. */
export function stackedColumns({ categories, series }: Columns, labelledBy: string): string {
  const rows = categories.map((_, row) => series.map(({ values }) => coordinate(values[row] ?? '0')));
  const stacked = stack<number[], number>()
    .keys(series.map((_, each) => each))
    .value((row, each) => row[each] ?? 0)(rows);
  const y = scaleOf(
    stacked.flatMap((each) => each.map(([, top]) => top)),
    [HEIGHT - BOTTOM, TOP],
    4,
  );
  const ticks = y.ticks(4);
  const left = 14 + LETTER * Math.max(...ticks.map((tick) => tickText(tick).length));
  const x = scaleBand<number>(
    categories.map((_, row) => row),
    [left, WIDTH],
  ).padding(categories.length > 60 ? 0.05 : 0.22);
  const lines = y
    .ticks(4)
    .flatMap((tick) => [rule(left, y(tick), WIDTH, y(tick)), label(left - 8, y(tick) + 4, tickText(tick), 'tick end')]);
  const bars = stacked.flatMap((each, at) =>
    each.flatMap(([bottom, top], row) => {
      const { name, values } = series[at] as Columns['series'][number];
      const place = { x: x(row) ?? 0, y: y(top), width: x.bandwidth(), height: y(bottom) - y(top) };
      const what = typeof name === 'string' ? name : `${name[1]} ${name[0]}`;
      return top === bottom ? [] : [box(place, `k${at}`, `${categories[row]} · ${tipOf(what, values[row] ?? '0')}`)];
    }),
  );
  const every = Math.ceil(categories.length / LABELS);
  const below = categories.flatMap((category, row) =>
    row % every === 0 ? [label((x(row) ?? 0) + x.bandwidth() / 2, HEIGHT - 8, category, 'tick middle')] : [],
  );
  return drawing(HEIGHT, labelledBy, [...lines, ...bars, ...below]);
}
