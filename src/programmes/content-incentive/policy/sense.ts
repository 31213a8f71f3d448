import { isDate } from '../../../core/beijing.js';
import type { Said } from '../../../words/said.js';
import type { Finding, Path } from '../../../yaml/faults.js';
import { sayIncentive as say } from '../words/say.js';
import { EXPELLED } from './reasons.js';

/**
 * What no single value shows: order, overlap, gaps, repeats. It reads the values as they are in the file, whatever
 * their shape, so that a fault of shape in one place hides no fault of sense in another.
 */
export function sense(policy: unknown): Finding[] {
  return [
    ...periodOrder(policy),
    ...DATED.flatMap((path) => datedOrder(policy, path)),
    ...LISTS.flatMap((path) => inForce(policy, path).flatMap((at) => repeatedTexts(policy, at))),
    ...inForce(policy, ['watch_time', 'rates']).flatMap((at) => repeatedLevels(policy, at)),
    ...inForce(policy, ['watch_time', 'daily_caps']).flatMap((at) => capOrder(policy, at)),
    ...penaltyRules(policy),
  ];
}

/** The values that may be dated (contract, "Policy"). */
const DATED: Path[] = [
  ['valid_session', 'min_minutes'],
  ['valid_session', 'invalidating_penalties'],
  ['valid_session', 'replay_retention_months'],
  ['valid_session', 'ineligible'],
  ['valid_day', 'min_minutes'],
  ['watch_time', 'rates'],
  ['watch_time', 'daily_caps'],
];

const LISTS: Path[] = [
  ['scope', 'account_kinds'],
  ['valid_session', 'invalidating_penalties'],
  ['valid_session', 'ineligible'],
  ['disqualification', 'compliance_codes'],
];

const RULES: Path = ['disqualification', 'penalties'];

function get(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}

/** The items of a list with their paths; none where there is no list. */
function items(policy: unknown, path: Path): { path: Path; value: unknown }[] {
  const list = get(policy, path);
  return Array.isArray(list) ? list.map((value, i) => ({ path: [...path, i], value })) : [];
}

/** The paths of the values themselves: the one undated, or that of each dated entry. */
function inForce(policy: unknown, path: Path): Path[] {
  const entries = items(policy, [...path, 'dated']);
  return entries.length === 0 ? [path] : entries.map((entry) => [...entry.path, 'value']);
}

function dateAt(policy: unknown, path: Path): string | undefined {
  const value = get(policy, path);
  return typeof value === 'string' && isDate(value) ? value : undefined;
}

function periodOrder(policy: unknown): Finding[] {
  const path = ['period', 'to'];
  const from = dateAt(policy, ['period', 'from']);
  const to = dateAt(policy, path);
  if (from === undefined || to === undefined || from <= to) return [];
  return [
    {
      path,
      found: say("{to}, before the period's first day {from}", { to, from }),
      expected: say('expected that day or a later one'),
    },
  ];
}

/** Every day of the period has exactly one value: entries ascend, and the first begins in time. */
function datedOrder(policy: unknown, value: Path): Finding[] {
  const findings: Finding[] = [];
  const froms = items(policy, [...value, 'dated']).flatMap((entry) => {
    const path = [...entry.path, 'from'];
    const from = dateAt(policy, path);
    return from === undefined ? [] : [{ path, from }];
  });
  for (const [i, { path, from }] of froms.entries()) {
    const before = froms[i - 1]?.from;
    if (before === undefined || before < from) continue;
    const expected = say('dated values must ascend, each from a later day than the one above it');
    findings.push({ path, found: say('{from} after {before}', { from, before }), expected });
  }
  const first = froms.reduce((least, entry) => (entry.from < least.from ? entry : least), froms[0] ?? NOWHERE);
  const start = dateAt(policy, ['period', 'from']);
  // Where an entry has no readable date, it isn't clear yet whether there is a gap.
  const all = froms.length === items(policy, [...value, 'dated']).length;
  if (all && start !== undefined && first.from > start) {
    const expected = say("this leaves a gap: the first value must begin on the period's first day {start} or earlier", {
      start,
    });
    findings.push({ path: first.path, found: say('{from} as the first day', { from: first.from }), expected });
  }
  return findings;
}

const NOWHERE: { path: Path; from: string } = { path: [], from: '' };

/** Each item whose name an earlier one has. */
function repeats(named: { path: Path; name: unknown }[], expected: Said): Finding[] {
  const seen = new Set<unknown>();
  return named.flatMap(({ path, name }) => {
    if (typeof name !== 'string' && !Number.isFinite(name)) return [];
    if (seen.has(name)) return [{ path, found: say('{name} a second time', { name: String(name) }), expected }];
    seen.add(name);
    return [];
  });
}

function repeatedTexts(policy: unknown, list: Path): Finding[] {
  const named = items(policy, list).map(({ path, value }) => ({ path, name: value }));
  return repeats(named, say('list each of them once'));
}

function repeatedLevels(policy: unknown, list: Path): Finding[] {
  const named = items(policy, list).map(({ path, value }) => ({
    path: [...path, 'level'],
    name: get(value, ['level']),
  }));
  return repeats(named, say('the rates overlap: give each level one rate'));
}

/** C8: a level is served by the first row that reaches it, so a row below or beside the one before would never serve. */
function capOrder(policy: unknown, list: Path): Finding[] {
  let highest = Number.NEGATIVE_INFINITY;
  return items(policy, list).flatMap(({ path, value }) => {
    const level = get(value, ['max_level']);
    if (typeof level !== 'number' || !Number.isFinite(level)) return [];
    const before = highest;
    highest = Math.max(highest, level);
    if (level > before) return [];
    const expected = say('the rows overlap: each needs a higher max_level than the one above it');
    return [
      { path: [...path, 'max_level'], found: say('level {level} after level {before}', { level, before }), expected },
    ];
  });
}

/** C12, C13 */
function penaltyRules(policy: unknown): Finding[] {
  const rules = items(policy, RULES);
  const ids = rules.map(({ path, value }) => ({ path: [...path, 'id'], name: get(value, ['id']) }));
  return [
    ...repeats(ids, say('give each rule an id of its own')),
    ...rules.flatMap(({ path }) => repeatedTexts(policy, [...path, 'kinds'])),
    ...rules.flatMap(({ path }) => repeatedTexts(policy, [...path, 'forfeits'])),
    ...rules.flatMap(({ path, value }) => oneWindow(path, value)),
    ...repeatedTexts(policy, ['disqualification', 'expelled', 'forfeits']),
    ...(get(policy, ['disqualification', EXPELLED]) === undefined ? [] : ids.flatMap(namedExpelled)),
  ];
}

/** P6: with the key, the word is a reason of the settlement's own. */
function namedExpelled({ path, name }: { path: Path; name: unknown }): Finding[] {
  if (name !== EXPELLED) return [];
  return [{ path, found: say('{name} a second time', { name }), expected: say('give each rule an id of its own') }];
}

function oneWindow(path: Path, rule: unknown): Finding[] {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return [];
  const period = Object.hasOwn(rule, 'within');
  const days = Object.hasOwn(rule, 'within_days');
  if (period !== days) return [];
  const expected = say('expected exactly one of `within: period` and `within_days: N`');
  return [
    {
      path: days ? [...path, 'within_days'] : path,
      found: say(days ? 'both within and within_days' : 'neither within nor within_days'),
      expected,
    },
  ];
}
