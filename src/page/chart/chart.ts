import type { Chart } from '../model.js';
import { bars } from './bars.js';
import { stackedColumns } from './columns.js';
import { curve } from './curve.js';
import { heat } from './heat.js';
import { waterfall } from './waterfall.js';

/** A chart, the same for the same values; `labelledBy` is the id of what says what it shows. */
export function chartHtml(chart: Chart, labelledBy: string): string {
  switch (chart.shape) {
    case 'waterfall':
      return waterfall(chart.steps, labelledBy);
    case 'columns':
      return stackedColumns(chart, labelledBy);
    case 'bars':
      return bars(chart.bars, labelledBy);
    case 'heat':
      return heat(chart, labelledBy);
    case 'curve':
      return curve(chart, labelledBy);
  }
}
