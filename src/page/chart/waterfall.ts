import { Sum } from '../../book/sum.js';
import type { Chart } from '../model.js';
import { coordinate, scaleOf } from './parts.js';
import { rowsHtml, SCALE } from './rows.js';

type Steps = Extract<Chart, { shape: 'waterfall' }>['steps'];

/** From top to bottom: each step begins where the one above it ends. */
export function waterfall(steps: Steps, labelledBy: string): string {
  const ends = reached(steps);
  const x = scaleOf(
    ends.flatMap(({ from, to }) => [from, to]),
    [0, SCALE],
    5,
  );
  const rows = steps.map(({ label, value, sum }, row) => {
    const { from, to } = ends[row] as Ends;
    const kind = sum ? 'k0' : value.startsWith('-') ? 'minus' : 'plus';
    return { name: label, value, from: x(from), to: x(to), kind, strong: sum === true } as const;
  });
  return rowsHtml(rows, x(0), labelledBy);
}

interface Ends {
  from: number;
  to: number;
}

/** Where each step begins and ends; a sum stands on the ground. */
function reached(steps: Steps): Ends[] {
  const running = new Sum();
  return steps.map(({ value, sum }) => {
    if (sum) running.subtract(running.text(2));
    const from = coordinate(running.text(2));
    running.add(value);
    return { from, to: coordinate(running.text(2)) };
  });
}
