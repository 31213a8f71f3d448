import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { Chart } from '../model.js';
import { at, coordinate, drawing, label, rule, WIDTH } from './parts.js';

type Curve = Extract<Chart, { shape: 'curve' }>;

const HEIGHT = 280;
const [LEFT, TOP, BOTTOM] = [70, 28, 48];

/** How much of a whole lies with how many: the farther above the dotted line, the fewer have it. */
export function curve({ points, x: across, y: up }: Curve, labelledBy: string): string {
  const x = scaleLinear([0, 100], [LEFT, WIDTH - 30]);
  const y = scaleLinear([0, 100], [HEIGHT - BOTTOM, TOP]);
  const places = points.map((point): [number, number] => [x(coordinate(point.x)), y(coordinate(point.y))]);
  const lines = [0, 25, 50, 75, 100].flatMap((tick) => [
    rule(LEFT, y(tick), WIDTH - 30, y(tick)),
    label(LEFT - 8, y(tick) + 4, `${tick}%`, 'tick end'),
    label(x(tick), HEIGHT - BOTTOM + 20, `${tick}%`, 'tick middle'),
  ]);
  const path = line().digits(1)(places) ?? '';
  const under = area<[number, number]>()
    .x(([left]) => left)
    .y0(y(0))
    .y1(([, top]) => top)
    .digits(1)(places);
  return drawing(HEIGHT, labelledBy, [
    ...lines,
    rule(x(0), y(0), x(100), y(100), 'even'),
    `<path d="${under ?? ''}" class="under"/>`,
    `<path d="${path}" class="curve"/>`,
    label(0, 15, up, 'tick'),
    label(Number(at(x(50))), HEIGHT - 4, across, 'tick middle'),
  ]);
}
