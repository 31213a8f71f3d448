import { type Amount, fixed } from '../../../../core/money.js';
import { datesFrom } from '../../../../verify/calendar.js';
import { money, OPERATORS, type Operator, PLACES, units } from '../../../../verify/figures.js';
import { isDay } from '../../../../verify/forms.js';
import { BONUSES, type Bonus, PART_NAMES, type Part } from '../parts.js';
import { type Dated, PolicyPlace } from './policy.js';

/** A condition on the scarcity index of the sessions that a bonus counts (C10, C11). */
export interface IndexCondition {
  op: Operator;
  value: Amount;
}

/** C10, C11: what earns a bonus. */
export interface Tier {
  validDays: number;
  validSeconds: number;
  amount: Amount;
}

/** C12, C13: a rule that forfeits parts where penalties of its kinds are many enough. */
export interface PenaltyRule {
  id: string;
  kinds: ReadonlySet<string>;
  of: 'anchor' | 'agency';
  atLeast: number;
  /** The first Beijing date on which a penalty counts; the last is the evaluation date. */
  countsFrom: { within: 'period' } | { withinDays: number };
  forfeits: readonly Part[];
}

/** What is in force on one settlement date: the values that the policy may date (C3, C5, C7, C8). */
export interface DayTerms {
  minSeconds: number;
  invalidating: ReadonlySet<string>;
  retentionMonths: number;
  /** P6: which causes make a session invalid. */
  ineligible: ReadonlySet<string>;
  validDaySeconds: number;
  /** The policy's price of a level, as a session's cell would show it. */
  rates: ReadonlyMap<number, string>;
  /** Ascending by level. */
  caps: readonly Cap[];
}

/** C8: what a day pays at most up to a level, and as its row of days.csv shows it. */
export interface Cap {
  maxLevel: number;
  fen: bigint;
  text: string;
}

/** The policy as the verification needs it. Field names follow the rulebook's terms. */
export interface Terms {
  id: string;
  /** Undefined where the policy doesn't name it. */
  programme: string | undefined;
  from: string;
  to: string;
  accountKinds: ReadonlySet<string>;
  firstLiveFrom: string;
  newcomer: { windowDays: number; index: IndexCondition };
  attendance: { index: IndexCondition; lowLevel: LowLevel };
  tiers: Readonly<Record<Bonus, readonly Tier[]>>;
  complianceCodes: ReadonlySet<string>;
  rules: readonly PenaltyRule[];
  /** P6: the parts that an expulsion takes; undefined where the policy doesn't say. */
  expelledForfeits: readonly Part[] | undefined;
  /** P6: whether the policy asks who is ineligible. */
  asksIneligible: boolean;
  /** Every kind of penalty that the policy names, for whatever date. */
  penaltyKinds: ReadonlySet<string>;
  /** The terms of every date from the period's first to its last. */
  onDate: ReadonlyMap<string, DayTerms>;
}

/** C11: the share of low-level sessions that forfeits the attendance bonus. */
export interface LowLevel {
  maxLevel: number;
  minSeconds: number;
  op: Operator;
  share: Amount;
}

function condition(place: PolicyPlace): IndexCondition {
  return { op: place.at('op').oneOf(OPERATORS), value: place.at('value').decimal() };
}

function tier(place: PolicyPlace): Tier {
  return {
    validDays: place.at('valid_days').whole(),
    validSeconds: place.at('valid_minutes').whole() * 60,
    amount: place.at('amount').decimal(PLACES.money),
  };
}

/** A bonus that the policy doesn't speak of has no tier. */
function tiersIn(policy: PolicyPlace): Record<Bonus, Tier[]> {
  const tiers = (bonus: Bonus): Tier[] => (policy.at(bonus).absent ? [] : policy.at(bonus).at('tiers').each(tier));
  return Object.fromEntries(BONUSES.map((bonus) => [bonus, tiers(bonus)])) as Record<Bonus, Tier[]>;
}

function rule(place: PolicyPlace): PenaltyRule {
  const forfeits = place.at('forfeits');
  const of = place.at('of');
  const days = place.at('within_days');
  if (days.absent) place.at('within').oneOf(['period']);
  return {
    id: place.at('id').text(),
    kinds: new Set(place.at('kinds').each((kind) => kind.text())),
    of: of.absent ? 'anchor' : of.oneOf(['anchor', 'agency']),
    atLeast: place.at('at_least').whole(),
    countsFrom: days.absent ? { within: 'period' } : { withinDays: days.whole() },
    forfeits: partsAt(forfeits),
  };
}

function partsAt(forfeits: PolicyPlace): readonly Part[] {
  return forfeits.value === 'all' ? PART_NAMES : forfeits.each((part) => part.oneOf(PART_NAMES));
}

function rates(place: PolicyPlace): Map<number, string> {
  const entries = place.each((row): [number, string] => {
    const price = row.at('unit_price').decimal(PLACES.price);
    return [row.at('level').whole(), fixed(price, PLACES.price)];
  });
  return new Map(entries);
}

function caps(place: PolicyPlace): Cap[] {
  return place.each((row) => {
    const text = money(row.at('cap').decimal(PLACES.money));
    return { maxLevel: row.at('max_level').whole(), fen: units(text), text };
  });
}

/** The value in force on a date: the last that begins on it or before. */
function inForce<T>(values: Dated<T>, date: string): T {
  let current = values[0].value;
  for (const { from, value } of values) if (from <= date) current = value;
  return current;
}

/** The kinds of penalties that make a session invalid, from a date on (C3). */
function invalidating(policy: PolicyPlace, from: string): Dated<ReadonlySet<string>> {
  const place = policy.at('valid_session').at('invalidating_penalties');
  return place.dated((kinds) => new Set(kinds.each((kind) => kind.text())), from);
}

/** P6: the causes that a session is held against, from a date on; none where the policy has no such key. */
function causes(policy: PolicyPlace, from: string): Dated<ReadonlySet<string>> {
  const place = policy.at('valid_session').at('ineligible');
  if (place.absent) return [{ from, value: new Set() }];
  return place.dated((list) => new Set(list.each((cause) => cause.text())), from);
}

/** Spreads the dated values over the period's dates, so that a session only looks its date up. */
function termsByDate(policy: PolicyPlace, from: string, to: string): Map<string, DayTerms> {
  const session = policy.at('valid_session');
  const watchTime = policy.at('watch_time');
  const minutes = session.at('min_minutes').dated((place) => place.whole(), from);
  const kinds = invalidating(policy, from);
  const held = causes(policy, from);
  const months = session.at('replay_retention_months').dated((place) => place.whole(), from);
  const dayMinutes = policy
    .at('valid_day')
    .at('min_minutes')
    .dated((place) => place.whole(), from);
  const allRates = watchTime.at('rates').dated(rates, from);
  const allCaps = watchTime.at('daily_caps').dated(caps, from);
  const terms = new Map<string, DayTerms>();
  for (const date of datesFrom(from, to)) {
    terms.set(date, {
      minSeconds: inForce(minutes, date) * 60,
      invalidating: inForce(kinds, date),
      retentionMonths: inForce(months, date),
      ineligible: inForce(held, date),
      validDaySeconds: inForce(dayMinutes, date) * 60,
      rates: inForce(allRates, date),
      caps: inForce(allCaps, date),
    });
  }
  return terms;
}

function period(policy: PolicyPlace): { from: string; to: string } {
  const place = policy.at('period');
  const from = place.at('from').text();
  const to = place.at('to').text();
  if (!isDay(from) || !isDay(to) || from > to) place.refuse('two dates in order');
  return { from, to };
}

/** Reads the terms; throws `PolicyFault` at the first place that can't be read. */
export function readTerms(text: string): Terms {
  const policy = PolicyPlace.parse(text);
  const { from, to } = period(policy);
  const newcomer = policy.at('newcomer_bonus');
  const attendance = policy.at('attendance_bonus');
  const low = attendance.at('low_level_share');
  const rules = policy.at('disqualification').at('penalties').each(rule);
  const expelled = policy.at('disqualification').at('expelled');
  const kinds = [...invalidating(policy, from).map(({ value }) => value), ...rules.map((one) => one.kinds)];
  return {
    id: policy.at('id').text(),
    programme: policy.at('programme').absent ? undefined : policy.at('programme').text(),
    from,
    to,
    accountKinds: new Set(
      policy
        .at('scope')
        .at('account_kinds')
        .each((kind) => kind.text()),
    ),
    firstLiveFrom: policy.at('scope').at('first_live_on_or_after').text(),
    newcomer: {
      windowDays: newcomer.at('window_days').whole(),
      index: condition(newcomer.at('scarcity_index')),
    },
    attendance: {
      index: condition(attendance.at('scarcity_index')),
      lowLevel: {
        maxLevel: low.at('max_level').whole(),
        minSeconds: low.at('min_minutes').whole() * 60,
        op: low.at('op').oneOf(OPERATORS),
        share: low.at('share').decimal(),
      },
    },
    tiers: tiersIn(policy),
    complianceCodes: new Set(
      policy
        .at('disqualification')
        .at('compliance_codes')
        .each((code) => code.text()),
    ),
    rules,
    expelledForfeits: expelled.absent ? undefined : partsAt(expelled.at('forfeits')),
    asksIneligible: !expelled.absent || !policy.at('valid_session').at('ineligible').absent,
    penaltyKinds: new Set(kinds.flatMap((some) => [...some])),
    onDate: termsByDate(policy, from, to),
  };
}
