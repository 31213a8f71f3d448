import type { ProgrammeSummary } from '../../interface/summary.js';
import { breakdownOf } from './breakdown.js';

/** What finance reads of a run, from what was earned to what is paid. */
export const SUMMARY: ProgrammeSummary = {
  rows: [
    { label: 'Watch time, gross', total: 'watch_time_gross' },
    { label: '  withheld by daily caps', total: 'cap_withheld', minus: true },
    { label: 'Attendance bonuses', total: 'attendance_bonus' },
    { label: 'Newcomer bonuses', total: 'newcomer_bonus' },
    { label: '  forfeited', total: 'forfeited', minus: true, reasons: true },
  ],
  readBreakdown: breakdownOf,
  plurals: { penalty: 'penalties', 'scarcity index': 'scarcity indices' },
};
