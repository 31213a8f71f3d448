import type { Budgets } from '../core/budget.js';
import { decimal, fixed } from '../core/money.js';

import type { SparkSettings } from '../engine/spark/settings.js';
import type { Mappings } from '../exports/mapping.js';
import { NOTICE_CODES } from '../notices/codes.js';
import type { Lowered } from '../notices/notice.js';
import { KINDS } from '../programmes/registry.js';
import { say } from '../words/say.js';
import type { Finding } from '../yaml/faults.js';
import { isMapping, unknownKey } from './findings.js';
import { columnFindings, mappingsIn, wordFindings } from './mappings.js';
import { sparkFindings, sparkIn } from './spark.js';

/** How often something new of a kind of export should come, and the days that may pass until then. */
export const PACES = { daily: 1, weekly: 7, monthly: 31 } as const;
export type Pace = keyof typeof PACES;

/** By kind of export. */
export type Expected = Readonly<Record<string, Pace>>;

/** What settle.yaml alone may say, each in a form of its own. */
export interface Structured {
  expect: Expected;
  /** Sorted by code: the order of the file must not be seen in a run's id. */
  lowered: readonly Lowered[];
  /** What other systems call columns and words. */
  mappings: Mappings;
  /** A close is paid once another person has reviewed it. */
  fourEyes: boolean;
  /** What a payee must be due to be paid, CNY with two decimals. */
  minimumPayout: string;
  /** What a month may cost. */
  budget: Budgets;
  /** Where Spark is. */
  spark: SparkSettings | undefined;
}

/** Keys of settle.yaml that neither a flag nor a variable can say, and what is wrong with what one says. */
export const STRUCTURED: Record<string, (value: unknown) => Finding[]> = {
  expect: expectFindings,
  notices: noticeFindings,
  columns: columnFindings,
  words: wordFindings,
  four_eyes: (value) =>
    typeof value === 'boolean' ? [] : [{ path: ['four_eyes'], expected: say('expected true or false') }],
  minimum_payout: (value) => (isAmount(value) ? [] : [{ path: ['minimum_payout'], expected: AMOUNT }]),
  budget: budgetFindings,
  spark: sparkFindings,
};

/** The values of a file in which nothing was found to be wrong. */
export function structuredIn(value: Record<string, unknown>, folder: string): Structured {
  const notices = (value.notices ?? {}) as Record<string, Pick<Lowered, 'severity' | 'reason'>>;
  const lowered = Object.entries(notices).map(([code, { severity, reason }]) => ({ code, severity, reason }));
  return {
    expect: (value.expect ?? {}) as Expected,
    lowered: lowered.sort((a, b) => (a.code < b.code ? -1 : 1)),
    mappings: mappingsIn(value),
    fourEyes: value.four_eyes === true,
    minimumPayout: fixed(decimal((value.minimum_payout ?? '0') as string), 2),
    budget: (value.budget ?? {}) as Budgets,
    spark: sparkIn(value, folder),
  };
}

const AMOUNT = say('expected an amount of CNY as a text: "50.00"');

function isAmount(value: unknown): boolean {
  return typeof value === 'string' && /^\d{1,13}(\.\d{1,2})?$/.test(value);
}

function expectFindings(value: unknown): Finding[] {
  if (!isMapping(value))
    return [
      { path: ['expect'], expected: say('expected kinds of exports: {example}', { example: '{ sessions: daily }' }) },
    ];
  const kinds = KINDS.map(({ name }) => name as string);
  return Object.entries(value).flatMap(([kind, pace]): Finding[] => {
    const path = ['expect', kind];
    if (!kinds.includes(kind)) return [unknownKey(path, kinds)];
    return typeof pace === 'string' && Object.hasOwn(PACES, pace)
      ? []
      : [{ path, expected: say('expected {words}', { words: Object.keys(PACES).join(', ') }) }];
  });
}

const LOWERED = '{ severity: info, reason: "why" }';

function noticeFindings(value: unknown): Finding[] {
  if (!isMapping(value))
    return [
      {
        path: ['notices'],
        expected: say('expected codes of notices: {example}', { example: `{ last_line_open: ${LOWERED} }` }),
      },
    ];
  return Object.entries(value).flatMap(([code, said]): Finding[] => {
    const path = ['notices', code];
    const known = NOTICE_CODES[code];
    if (known === undefined || !Object.hasOwn(NOTICE_CODES, code)) return [unknownKey(path, Object.keys(NOTICE_CODES))];
    if (known.severity === 'info')
      return [{ path, found: code, expected: say('this notice is info already: remove the line') }];
    return isMapping(said)
      ? loweredFindings(path, said)
      : [{ path, expected: say('expected {words}', { words: LOWERED }) }];
  });
}

function loweredFindings(path: readonly string[], said: Record<string, unknown>): Finding[] {
  const known = ['severity', 'reason'];
  const { severity, reason } = said;
  return [
    ...Object.keys(said).flatMap((key) => (known.includes(key) ? [] : [unknownKey([...path, key], known)])),
    ...(severity === 'info'
      ? []
      : [{ path: [...path, 'severity'], expected: say('expected info: a notice can only be lowered') }]),
    ...(isReason(reason)
      ? []
      : [{ path: [...path, 'reason'], expected: say('expected a text that says why nobody need be asked') }]),
  ];
}

function isReason(reason: unknown): boolean {
  return typeof reason === 'string' && reason.trim() !== '' && !/\p{Cc}/u.test(reason);
}

const BUDGET = '{ content-live: { 2023-11: "40000.00" } }';

/** Amounts are texts, as in policies: a number would be a binary one. */
function budgetFindings(value: unknown): Finding[] {
  if (!isMapping(value))
    return [
      { path: ['budget'], expected: say('expected programmes with their months: {example}', { example: BUDGET }) },
    ];
  return Object.entries(value).flatMap(([programme, months]): Finding[] => {
    if (!isMapping(months))
      return [{ path: ['budget', programme], expected: say('expected months, as in {example}', { example: BUDGET }) }];
    return Object.entries(months).flatMap(([month, amount]): Finding[] => {
      const path = ['budget', programme, month];
      if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(month))
        return [{ path, found: month, expected: say('expected a month, YYYY-MM'), unknownKey: true }];
      return isAmount(amount) ? [] : [{ path, expected: AMOUNT }];
    });
  });
}
