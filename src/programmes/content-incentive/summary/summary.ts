import { readable } from '../../../core/money.js';
import { saidBy } from '../../../words/said.js';
import type { ProgrammeSummary } from '../../interface/summary.js';
import { BONUSES } from '../policy/parts.js';
import { sayIncentive as say } from '../words/say.js';
import { breakdownOf } from './breakdown.js';
import { chineseOf } from './codes-zh.js';
import { projected } from './projected.js';
import { warningWords } from './warnings.js';

/** What a later load may bring, by what `touch` calls it. */
const TOUCHED = {
  session: { one: '{n} session', many: '{n} sessions' },
  anchor: { one: '{n} anchor', many: '{n} anchors' },
  penalty: { one: '{n} penalty', many: '{n} penalties' },
  'ineligible anchor': { one: '{n} ineligible anchor', many: '{n} ineligible anchors' },
  'scarcity index': { one: '{n} scarcity index', many: '{n} scarcity indices' },
} as const;

/** What finance reads of a run, from what was earned to what is paid. */
export const SUMMARY: ProgrammeSummary = {
  rows: [
    { label: say('Watch time, gross'), total: 'watch_time_gross' },
    { label: say('  withheld by daily caps'), total: 'cap_withheld', minus: true },
    ...BONUSES.map(({ name, en, zh }) => ({
      label: saidBy((language) => (language === 'zh' ? zh : en.all)),
      total: name,
    })),
    { label: say('  forfeited'), total: 'forfeited', minus: true, reasons: true },
  ],
  projected,
  readBreakdown: breakdownOf,
  touched: (what, count) => {
    const n = readable(String(count));
    const words = Object.hasOwn(TOUCHED, what) ? TOUCHED[what as keyof typeof TOUCHED] : undefined;
    return words === undefined ? `${n} ${what}` : say(count === 1 ? words.one : words.many, { n });
  },
  warning: warningWords,
  chinese: chineseOf,
};
