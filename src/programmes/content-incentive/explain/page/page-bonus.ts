import { readable } from '../../../../core/money.js';
import type { Account, Bonus, BonusTier, Explanation } from '../model.js';
import { changeLine, type Pen, section, testLines } from './pen.js';

/** C11 and C10: what was counted, the tiers, the share, the person. */
export function bonusSections({ bonuses, accounts, figures }: Explanation, pen: Pen): string[] {
  if (figures === null) return [];
  return bonuses.map((bonus) => bonusSection(bonus, bonus.bonus === 'newcomer_bonus' ? accounts : [], pen));
}

function bonusSection(bonus: Bonus, accounts: readonly Account[], pen: Pen): string {
  const { say, label, part, pair, aside, marks } = pen.voice;
  const title = `${part(bonus.bonus)}${aside(bonus.clause)}`;
  if (bonus.none !== null) {
    const change = bonus.change === null ? [] : [changeLine(say(bonus.change), pen)];
    return section(pen, title, [`  ${pair(label('none'), say(bonus.none))}`, ...change]);
  }
  const window =
    bonus.window === null
      ? []
      : [`  ${pair(label('window') + aside('C9'), `${bonus.window.from} – ${bonus.window.to}`)}`];
  const sums = [say({ count: bonus.days, of: 'valid_day' }), say({ seconds: bonus.seconds })].join(marks.comma);
  const counted = bonus.counted === null ? sums : `${say(bonus.counted)}${marks.semicolon}${sums}`;
  return section(pen, title, [
    ...window,
    `  ${pair(label('counted'), counted)}`,
    tierTable(bonus.tiers, pen),
    ...bonus.tiers.flatMap((tier) => tierLines(tier, pen)),
    `  ${pair(label('earned'), say({ money: bonus.amount }))}`,
    ...shareLines(bonus, pen),
    ...accountLines(accounts, pen),
  ]);
}

function tierTable(tiers: readonly BonusTier[], pen: Pen): string {
  const { say, label } = pen.voice;
  const heads = (['tier', 'days', 'duration', 'reached', 'margin'] as const).map(label);
  const rows = tiers.map(({ amount, tests, reached, margin }) => [
    readable(amount),
    ...tests.map(({ threshold }) => say(threshold)),
    label(reached ? 'yes' : 'no'),
    say(margin),
  ]);
  return pen.paper.listing(heads, ['right', 'right', 'right', 'left', 'left'], rows);
}

/** Of a tier that isn't reached: what it takes, and while the month runs the pace to it. */
function tierLines({ amount, reached, change, pace }: BonusTier, pen: Pen): string[] {
  if (reached) return [];
  const { say, label, pair, marks } = pen.voice;
  const tier = `${label('tier')} ${readable(amount)}`;
  return [
    ...(change === null ? [] : [changeLine(pair(tier, say(change)), pen)]),
    ...(pace === null
      ? []
      : [pen.paper.wrapped(`    ${pair(label('pace') + marks.comma + tier, say(pace))}`, '      ')]),
  ];
}

function shareLines({ share }: Bonus, pen: Pen): string[] {
  if (share === null) return [];
  return [...testLines([share], pen), ...(share.change === null ? [] : [changeLine(pen.voice.say(share.change), pen)])];
}

function accountLines(accounts: readonly Account[], pen: Pen): string[] {
  const { say, label, pair } = pen.voice;
  if (accounts.length < 2) return [];
  return [
    `  ${pair(label('accounts_title'), '').trimEnd()}`,
    ...accounts.map(
      ({ anchor_id, newcomer_certified_on, newcomer_bonus, keeps }) =>
        `    ${say(anchor_id)}  ${newcomer_certified_on ?? ''}  ${readable(newcomer_bonus)}  ${label(keeps ? 'keeps' : 'keeps_not')}`,
    ),
  ];
}
