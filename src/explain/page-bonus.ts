import { readable } from '../money.js';
import { listing, wrapped } from './layout.js';
import type { Account, Bonus, Explanation, Tier } from './model.js';
import { changeLine, type Pen, section, testLines } from './pen.js';

/** C11 and C10: what was counted, the tiers, the share, the person. */
export function bonusSections({ bonuses, accounts, figures }: Explanation, pen: Pen): string[] {
  if (figures === null) return [];
  return bonuses.map((bonus) => bonusSection(bonus, bonus.bonus === 'newcomer_bonus' ? accounts : [], pen));
}

function bonusSection(bonus: Bonus, accounts: readonly Account[], pen: Pen): string {
  const { say, label } = pen.voice;
  const title = `${label(bonus.bonus)} (${bonus.clause})`;
  if (bonus.none !== null) {
    const change = bonus.change === null ? [] : [changeLine(say(bonus.change), pen)];
    return section(pen, title, [`  ${label('none')}: ${say(bonus.none)}`, ...change]);
  }
  const window = bonus.window === null ? [] : [`  ${label('window')} (C9): ${bonus.window.from} – ${bonus.window.to}`];
  return section(pen, title, [
    ...window,
    `  ${label('counted')}: ${say(bonus.counted)}; ${say({ count: bonus.days, of: 'valid_day' })}, ${say({ seconds: bonus.seconds })}`,
    tierTable(bonus.tiers, pen),
    ...bonus.tiers.flatMap((tier) => tierLines(tier, pen)),
    `  ${label('earned')}: ${say({ money: bonus.amount })}`,
    ...shareLines(bonus, pen),
    ...accountLines(accounts, pen),
  ]);
}

function tierTable(tiers: readonly Tier[], { voice }: Pen): string {
  const { say, label } = voice;
  const heads = (['tier', 'days', 'duration', 'reached', 'margin'] as const).map(label);
  const rows = tiers.map(({ amount, tests, reached, margin }) => [
    readable(amount),
    ...tests.map(({ threshold }) => say(threshold)),
    label(reached ? 'yes' : 'no'),
    say(margin),
  ]);
  return listing(heads, ['right', 'right', 'right', 'left', 'left'], rows);
}

/** Of a tier that isn't reached: what it takes, and while the month runs the pace to it. */
function tierLines({ amount, reached, change, pace }: Tier, pen: Pen): string[] {
  if (reached) return [];
  const { say, label } = pen.voice;
  const tier = `${label('tier')} ${readable(amount)}`;
  return [
    ...(change === null ? [] : [changeLine(`${tier}: ${say(change)}`, pen)]),
    ...(pace === null ? [] : [wrapped(`    ${label('pace')}, ${tier}: ${say(pace)}`, '      ')]),
  ];
}

function shareLines({ share }: Bonus, pen: Pen): string[] {
  if (share === null) return [];
  return [...testLines([share], pen), ...(share.change === null ? [] : [changeLine(pen.voice.say(share.change), pen)])];
}

function accountLines(accounts: readonly Account[], pen: Pen): string[] {
  const { say, label } = pen.voice;
  if (accounts.length < 2) return [];
  return [
    `  ${label('accounts_title')}:`,
    ...accounts.map(
      ({ anchor_id, newcomer_certified_on, newcomer_bonus, keeps }) =>
        `    ${say(anchor_id)}  ${newcomer_certified_on ?? ''}  ${readable(newcomer_bonus)}  ${label(keeps ? 'keeps' : 'keeps_not')}`,
    ),
  ];
}
