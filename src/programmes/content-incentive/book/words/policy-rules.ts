import { readable } from '../../../../core/money.js';
import { termZh } from '../../explain/words/terms-zh.js';
import { BONUSES, PART_NAMES, type Part } from '../../policy/parts.js';
import type { Dated } from '../../policy/policy.js';
import type { IncentivePolicy } from '../../policy/to-policy.js';
import { type PenaltyRule, ruleIn, type Words } from './words.js';

type Bonus = IncentivePolicy['newcomer_bonus'];
type Declared = (typeof BONUSES)[number];

/** A value of the policy. */
export interface PolicyRule {
  clause: string;
  rule: string;
  /** The date from which on it is in force; blank where it is in the whole period. */
  from: string;
  value: string;
}

/** Every value of a policy, in the order of the rulebook's clauses. */
export function policyRules(policy: IncentivePolicy, words: Words): PolicyRule[] {
  return [
    ...scopeRules(policy, words),
    ...sessionRules(policy, words),
    ...watchTimeRules(policy, words),
    ...BONUSES.toSorted((a, b) => clauseNumber(a) - clauseNumber(b)).flatMap((bonus) =>
      bonusRules(policy, bonus, words),
    ),
    ...disqualificationRules(policy, words),
  ];
}

const one = (clause: string, rule: string, value: string): PolicyRule => ({ clause, rule, from: '', value });

/** A line for each value; dates are told where there are several. */
function dated<T>(clause: string, rule: string, values: readonly Dated<T>[], say: (value: T) => string): PolicyRule[] {
  return values.map(({ from, value }) => ({ clause, rule, from: values.length > 1 ? from : '', value: say(value) }));
}

function scopeRules({ scope, period }: IncentivePolicy, { pick, zh, comma }: Words): PolicyRule[] {
  const kinds = scope.account_kinds.map((kind) => (zh ? termZh(kind, 'account') : kind)).join(comma);
  const first = scope.first_live_on_or_after;
  return [
    one('C1', pick(['Account kinds', '适用的账号类型']), kinds),
    one('C1', pick(['First broadcast', '首播日期']), pick([`${first} or later`, `不早于 ${first}`])),
    one(
      'C2',
      pick(['Settlement dates, by the end of a session, Beijing time', '结算期（按下播日期，北京时间）']),
      pick([`${period.from} to ${period.to}`, `${period.from} 至 ${period.to}`]),
    ),
  ];
}

function sessionRules({ valid_session, valid_day, scarcity }: IncentivePolicy, words: Words): PolicyRule[] {
  const { pick, kinds, zh, comma } = words;
  const causes = (all: readonly string[]): string =>
    all.map((cause) => (zh ? termZh(cause, 'reason') : cause)).join(comma);
  const minutes = (number: number): string => pick([`${number} minutes or more`, `不少于 ${number} 分钟`]);
  const days = scarcity.renewed_every_days;
  return [
    ...dated(
      'C3',
      pick(['Valid session: start to end', '有效场次：开播至下播时长']),
      valid_session.min_minutes,
      minutes,
    ),
    ...dated(
      'C3',
      pick(['Valid session: penalties that make it invalid', '有效场次：使场次无效的处罚']),
      valid_session.invalidating_penalties,
      (all) => (all.length === 0 ? pick(['none', '无']) : kinds(all)),
    ),
    ...dated(
      'C3',
      pick(['Valid session: the replay must stay', '有效场次：回放保留']),
      valid_session.replay_retention_months,
      (months) =>
        pick([`${months} calendar ${months === 1 ? 'month' : 'months'} after the end`, `下播后 ${months} 个自然月`]),
    ),
    ...dated(
      'P6',
      pick(['Valid session: what makes the anchor ineligible', '有效场次：使主播不可结算的情形']),
      valid_session.ineligible ?? [],
      (all) => (all === undefined || all.length === 0 ? pick(['none', '无']) : causes(all)),
    ),
    ...dated(
      'C5',
      pick(['Valid day: duration of its valid sessions', '有效天：当日有效时长合计']),
      valid_day.min_minutes,
      minutes,
    ),
    one(
      'C6',
      pick(['Scarcity index: renewal', '内容稀缺度指数更新周期']),
      pick([`every ${days} days; an older one is used, with a notice`, `每 ${days} 天；过期指数仍使用，并给出提醒`]),
    ),
  ];
}

function watchTimeRules({ watch_time }: IncentivePolicy, { pick }: Words): PolicyRule[] {
  const rates = watch_time.rates.flatMap(({ from, value }) =>
    value.map(({ level, unit_price }) => ({
      clause: 'C7',
      rule: pick([
        `Unit price of level ${level}, where the export has none`,
        `结算单价：等级 ${level}（导出文件未给出时）`,
      ]),
      from: watch_time.rates.length > 1 ? from : '',
      value: pick([`${unit_price} CNY a minute`, `${unit_price} 元/分钟`]),
    })),
  );
  const caps = watch_time.daily_caps.flatMap(({ from, value }) =>
    value.map(({ max_level, cap }) => ({
      clause: 'C8',
      rule: pick([
        `Daily cap: top level of the day up to ${max_level}`,
        `单日封顶：当日最高等级 ${max_level} 级及以下`,
      ]),
      from: watch_time.daily_caps.length > 1 ? from : '',
      value: pick([`${readable(cap)} CNY an anchor and day`, `每位主播每天 ${readable(cap)} 元`]),
    })),
  );
  return [
    ...rates,
    ...caps,
    one('C8', pick(['Daily cap: levels above', '单日封顶：更高等级']), pick(['no cap', '不封顶'])),
  ];
}

function indexRule(clause: string, { op, value }: Bonus['scarcity_index'], { pick }: Words, bonus: string): PolicyRule {
  return one(
    clause,
    pick([`${bonus}: sessions that count`, `${bonus}：计入的场次`]),
    pick([`scarcity index ${op} ${value}`, `内容稀缺度指数 ${op} ${value}`]),
  );
}

function tierRules(clause: string, tiers: Bonus['tiers'], { pick }: Words, bonus: string): PolicyRule[] {
  return tiers.map(({ valid_days, valid_minutes, amount }, at) =>
    one(
      clause,
      pick([`${bonus}: tier ${at + 1}`, `${bonus}：第 ${at + 1} 档`]),
      pick([
        `${readable(amount)} CNY from ${valid_days} valid days and ${valid_minutes} minutes on`,
        `有效天不少于 ${valid_days} 天且有效时长不少于 ${valid_minutes} 分钟：${readable(amount)} 元`,
      ]),
    ),
  );
}

const clauseNumber = ({ clause }: Declared): number => Number(clause.slice(1));

/** What every bonus has, and beside it what one alone has: the newcomer's window (C9), the share that forfeits attendance (C11). */
function bonusRules(policy: IncentivePolicy, { name, clause, head }: Declared, words: Words): PolicyRule[] {
  const bonus = words.pick(head);
  const { scarcity_index, tiers } = policy[name];
  return [
    ...(name === 'newcomer_bonus' ? [windowRule(policy[name].window_days, bonus, words)] : []),
    indexRule(clause, scarcity_index, words, bonus),
    ...tierRules(clause, tiers, words, bonus),
    ...(name === 'attendance_bonus' ? [shareRule(policy[name].low_level_share, bonus, words)] : []),
  ];
}

function windowRule(days: number, bonus: string, { pick }: Words): PolicyRule {
  return one(
    'C9',
    pick([`${bonus}: window`, `${bonus}：激励期`]),
    pick([`the day of certification and ${days} days after it`, `认证当日及其后 ${days} 天`]),
  );
}

function shareRule(
  { max_level, min_minutes, op, share }: IncentivePolicy['attendance_bonus']['low_level_share'],
  bonus: string,
  { pick }: Words,
): PolicyRule {
  return one(
    'C11',
    pick([`${bonus}: forfeited`, `${bonus}：不予发放`]),
    pick([
      `where sessions of level ${max_level} or below are a share ${op} ${share} of all of ${min_minutes} minutes or more`,
      `等级 ${max_level} 及以下的场次占全部不少于 ${min_minutes} 分钟的场次 ${op} ${share}`,
    ]),
  );
}

function disqualificationRules({ disqualification }: IncentivePolicy, words: Words): PolicyRule[] {
  const { pick, zh } = words;
  const codes = disqualification.compliance_codes.map((code) =>
    one(
      'C12',
      pick([`Compliance code ${code}`, `合规安全码：${termZh(code, 'compliance')}`]),
      forfeits(PART_NAMES, words),
    ),
  );
  const rules = disqualification.penalties.map((rule) =>
    one(
      rule.of === 'agency' ? 'C13' : 'C12',
      ruleIn(rule, { zh, kinds: words.kinds }),
      `${within(rule, words)}${forfeits(rule.forfeits, words)}`,
    ),
  );
  const expelled = disqualification.expelled;
  if (expelled === undefined) return [...codes, ...rules];
  return [...codes, ...rules, one('P6', pick(['Expelled', '清退']), forfeits(expelled.forfeits, words))];
}

function within({ within_days }: PenaltyRule, { pick }: Words): string {
  if (within_days === null) return pick(['within the period: ', '结算期内：']);
  return pick([`within ${within_days} days up to the evaluation date: `, `截至结算日的 ${within_days} 天内：`]);
}

function forfeits(parts: readonly Part[], words: Words): string {
  const { pick, comma } = words;
  if (parts.length === PART_NAMES.length) return pick(['forfeits all rewards', '全部激励不予发放']);
  const names = parts.map((part) => words.head(part));
  return pick([`forfeits ${names.join(comma)}`, `${names.join(comma)}不予发放`]);
}
