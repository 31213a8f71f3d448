import type { ProgrammeSummary } from '../../interface/summary.js';
import { BONUSES } from '../policy/parts.js';
import { breakdownOf } from './breakdown.js';
import { projected } from './projected.js';

/** What finance reads of a run, from what was earned to what is paid. */
export const SUMMARY: ProgrammeSummary = {
  rows: [
    { label: 'Watch time, gross', total: 'watch_time_gross' },
    { label: '  withheld by daily caps', total: 'cap_withheld', minus: true },
    ...BONUSES.map(({ name, en }) => ({ label: en.all, total: name })),
    { label: '  forfeited', total: 'forfeited', minus: true, reasons: true },
  ],
  projected,
  readBreakdown: breakdownOf,
  plurals: { penalty: 'penalties', 'scarcity index': 'scarcity indices' },
};
