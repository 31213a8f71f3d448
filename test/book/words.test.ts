import { describe, expect, test } from 'vitest';
import { NOTICE_CODES } from '../../src/notices/codes.js';
import { loadPolicy } from '../../src/policy/load-policy.js';
import { HEADS, SHEETS } from '../../src/programmes/content-incentive/book/words/heads.js';
import { policyRules } from '../../src/programmes/content-incentive/book/words/policy-rules.js';
import {
  BOOK_NOTICES_ZH,
  CAUSES,
  FIXES_ZH,
  SEVERITIES,
  STATUSES,
} from '../../src/programmes/content-incentive/book/words/terms.js';
import { wordsIn } from '../../src/programmes/content-incentive/book/words/words.js';
import { COMPARISON } from '../../src/programmes/content-incentive/comparison.js';
import type { IncentivePolicy } from '../../src/programmes/content-incentive/policy/to-policy.js';
import { ANCHOR_REASONS, QUARANTINE_CODES, SESSION_REASONS } from '../support/contract-words.js';
import { LISTED_NOTICES } from '../support/listed-notices.js';
import { SAMPLE_POLICY } from '../support/workspace.js';

/** No word of a book lacks, in either language. */

const HAN = /\p{Script=Han}/u;
const zh = wordsIn('zh');
const en = wordsIn('en');

test('heads, sheets and terms are English in English and Chinese in Chinese', () => {
  const pairs = [HEADS, SHEETS, STATUSES, SEVERITIES, CAUSES].flatMap((words) => Object.values(words));
  expect(pairs.length).toBeGreaterThan(80);
  expect(pairs.filter(([english, chinese]) => HAN.test(english) || !HAN.test(chinese))).toEqual([]);
  expect(pairs.filter(([, chinese]) => /[(),:;]/.test(chinese))).toEqual([]);
});

test('a sheet has a name that every spreadsheet takes, and its own', () => {
  for (const at of [0, 1] as const) {
    const names = Object.values(SHEETS).map((both) => both[at]);
    expect(names.filter((name) => name.length > 31 || /[[\]:*?/\\]/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('every notice of a run, every fault and every cause has its words', () => {
  const told = Object.keys(NOTICE_CODES).filter((code) => !LISTED_NOTICES.includes(code));
  expect(Object.keys(BOOK_NOTICES_ZH).sort()).toEqual(told.sort());
  expect(
    Object.values(BOOK_NOTICES_ZH)
      .flatMap((words) => Object.values(words))
      .filter((text) => !HAN.test(text)),
  ).toEqual([]);
  expect(Object.keys(FIXES_ZH).sort()).toEqual([...QUARANTINE_CODES].sort());
  const causes = [...COMPARISON.causes.map(({ cause }) => cause), 'program', 'agency'];
  expect(causes.filter((cause) => !Object.hasOwn(CAUSES, cause))).toEqual([]);
});

describe('words for codes', () => {
  test.each([...SESSION_REASONS, ...ANCHOR_REASONS])('%s', async (code) => {
    const { policy } = await loadPolicy(SAMPLE_POLICY);
    expect(zh.reasons(code, policy as IncentivePolicy)).toMatch(HAN);
    expect(en.reasons(code, policy as IncentivePolicy)).not.toMatch(/_/);
  });

  test('several are told apart, and what nobody knows stands as it is', async () => {
    const { policy } = await loadPolicy(SAMPLE_POLICY);
    const say = (codes: string) => zh.reasons(codes, policy as IncentivePolicy);
    expect(say('too_short;punished:vulgar')).toBe('时长不足；处罚（低俗色情）');
    expect(say('')).toBe('');
    expect(say('old-rule')).toBe('old-rule');
    expect(zh.part('constructor')).toBe('constructor');
    expect(zh.causes('sessions_late:12.00;penalties:-3.00')).toBe('迟到场次 12.00；处罚 -3.00');
  });

  test('a row that another settles needs nothing', () => {
    const needs = 'nothing: sessions-2.csv, line 7, settles the session; remove this row from its file';
    expect(zh.needs('bad_time', needs)).toContain('sessions-2.csv:7');
    expect(zh.needs('no_unit_price;unknown_anchor', 'x')).toBe(
      '在政策中补上该等级的单价，或在场次中填写结算单价；在主播文件中补上该主播的正确行',
    );
    expect(en.needs('bad_time', needs)).toBe(needs);
  });
});

/** Every value of a policy, as text. */
function leavesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leavesOf);
  return value === null ? [] : [String(value)];
}

test('the policy stands there with every number, each with its clause', async () => {
  const { policy } = await loadPolicy(SAMPLE_POLICY);
  const {
    rules: _rules,
    id: _id,
    programme: _programme,
    programmeIsNamed: _named,
    timezone: _zone,
    currency: _currency,
    ...values
  } = policy as IncentivePolicy;
  for (const words of [zh, en]) {
    const rules = policyRules(policy as IncentivePolicy, words);
    const text = rules
      .map(({ rule, value }) => `${rule} ${value}`)
      .join('\n')
      .replaceAll(',', '');
    const numbers = leavesOf(values).filter((leaf) => /\d/.test(leaf));
    expect(numbers.length).toBeGreaterThan(40);
    expect(numbers.filter((leaf) => !text.includes(leaf))).toEqual([]);
    expect(rules.filter(({ clause }) => !/^[CP]\d+$/.test(clause))).toEqual([]);
    const clauses = new Set(rules.map(({ clause }) => clause));
    for (const clause of [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13]) expect(clauses).toContain(`C${clause}`);
  }
});

test('values that are dated say from when on', async () => {
  const { policy } = await loadPolicy(SAMPLE_POLICY);
  const changed = {
    ...(policy as IncentivePolicy),
    valid_day: {
      min_minutes: [
        { from: '2023-11-01', value: 30 },
        { from: '2023-11-15', value: 40 },
      ],
    },
  };
  const days = policyRules(changed, zh).filter(({ clause }) => clause === 'C5');
  expect(days.map(({ from, value }) => [from, value])).toEqual([
    ['2023-11-01', '不少于 30 分钟'],
    ['2023-11-15', '不少于 40 分钟'],
  ]);
});
