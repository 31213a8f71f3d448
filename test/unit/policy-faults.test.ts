import { describe, expect, test } from 'vitest';
import { edited, refused, SAMPLE } from '../support/policy-sample.js';

type Edit = [from: string, to: string];
/** What is edited in the sample → the one fault that it gives. */
type Case = [edit: Edit, line: number, key: string, words: string];

const CAP = '"160.00"';
const PRICE = '"0.010000"';
const RULE = '{ id: vulgar-3, kinds: [vulgar], at_least: 3, within: period, forfeits: all }';
const rule = (text: string): Edit => [RULE, text];
const minutes = (text: string): Edit => ['min_minutes: 30\n', `min_minutes: ${text}\n`];

const KEYS: Case[] = [
  [['daily_caps:', 'daily_caps: []\n  daily_cap:'], 21, 'watch_time.daily_cap', 'did you mean daily_caps?'],
  [['valid_day:', 'validDay: 1\nvalid_day:'], 12, 'validDay', 'did you mean valid_day?'],
  [['valid_day:', '"a b": 1\nvalid_day:'], 12, '["a b"]', 'unknown key'],
  [['valid_day:', '__proto__: { x: 1 }\nvalid_day:'], 12, '__proto__', 'unknown key'],
  [['valid_day:', 'constructor: 1\nvalid_day:'], 12, 'constructor', 'unknown key'],
  [['valid_day:', '1: 1\nvalid_day:'], 12, '1', 'unknown key'],
  [['valid_day:', '<<: { a: 1 }\nvalid_day:'], 12, '["<<"]', 'merge keys are not allowed'],
  [['{ level: 2,', '{ clauses: C7, level: 2,'], 18, 'watch_time.rates[0].clauses', 'did you mean clause?'],
  [['{ op: "=",', '{ op: "=", __proto__: 1,'], 25, 'newcomer_bonus.scarcity_index.__proto__', 'unknown key'],
  [
    rule(RULE.replace('at_least: 3', 'at_least: 3, at_most: 9')),
    37,
    'disqualification.penalties[0].at_most',
    'unknown key',
  ],
  [['currency: CNY\n', ''], 1, 'currency', 'the key is missing; expected CNY'],
  [['  first_live_on_or_after: 2023-02-01\n', ''], 5, 'scope.first_live_on_or_after', 'the key is missing'],
  [['scarcity:\n  renewed_every_days: 10\n', ''], 1, 'scarcity', 'the key is missing'],
  [[', cap: "3200.00"', ''], 22, 'watch_time.daily_caps[1].cap', 'the key is missing; expected a decimal in quotes'],
  [['op: ">", ', ''], 31, 'attendance_bonus.low_level_share.op', 'the key is missing'],
  [['currency: CNY', 'currency: CNY\ncurrency: CNY'], 4, 'currency', 'a second time'],
  [['{ level: 2,', '{ level: 2, "level": 3,'], 18, 'watch_time.rates[0].level', 'a second time'],
];

const TYPES: Case[] = [
  [
    [CAP, '160.5'],
    21,
    'watch_time.daily_caps[0].cap',
    'found the number 160.5; expected a decimal in quotes, e.g. "160.50"',
  ],
  [[CAP, '160'], 21, 'watch_time.daily_caps[0].cap', 'found the number 160;'],
  [[PRICE, '0.010'], 18, 'watch_time.rates[0].unit_price', 'found the number 0.010;'],
  [['share: "0.20"', 'share: 0.20'], 31, 'attendance_bonus.low_level_share.share', 'in quotes'],
  [['value: "1" ', 'value: 1 '], 25, 'newcomer_bonus.scarcity_index.value', 'in quotes'],
  [minutes('"30"'), 9, 'valid_session.min_minutes', 'found the text "30"; expected minutes: a whole number'],
  [minutes('30.5'), 9, 'valid_session.min_minutes', 'found the number 30.5'],
  [minutes('30.0'), 9, 'valid_session.min_minutes', 'found the number 30.0'],
  [minutes('0x1E'), 9, 'valid_session.min_minutes', 'found the number 0x1E'],
  [minutes('3e1'), 9, 'valid_session.min_minutes', 'found the number 3e1'],
  [minutes('030'), 9, 'valid_session.min_minutes', 'found the number 030'],
  [minutes('.inf'), 9, 'valid_session.min_minutes', 'found the number .inf'],
  [minutes('-1'), 9, 'valid_session.min_minutes', 'found the number -1'],
  [minutes('-0'), 9, 'valid_session.min_minutes', 'found the number -0'],
  [minutes('1000001'), 9, 'valid_session.min_minutes', '0 to 1,000,000'],
  [minutes('99999999999999999999'), 9, 'valid_session.min_minutes', 'found the number 99999999999999999999'],
  [minutes(''), 9, 'valid_session.min_minutes', 'found no value'],
  [minutes('true'), 9, 'valid_session.min_minutes', 'found the value true'],
  [minutes('[30]'), 9, 'valid_session.min_minutes', 'found a list'],
  [['months: 1', 'months: 1201'], 11, 'valid_session.replay_retention_months', '0 to 1,200'],
  [['every_days: 10', 'every_days: 0'], 15, 'scarcity.renewed_every_days', '1 to 36,500'],
  [['within_days: 30', 'within_days: 0'], 38, 'disqualification.penalties[1].within_days', '1 to 36,500'],
  [['level: 2,', 'level: 0,'], 18, 'watch_time.rates[0].level', '1 to 99'],
  [['max_level: 3', 'max_level: 100'], 22, 'watch_time.daily_caps[1].max_level', '1 to 99'],
  [['at_least: 3', 'at_least: 0'], 37, 'disqualification.penalties[0].at_least', 'penalties: a whole number, 1 to'],
  [['[content]', 'content'], 6, 'scope.account_kinds', 'found the text "content"; expected a list'],
  [['[content]', '[]'], 6, 'scope.account_kinds', 'at least one'],
  [['[content]', '[2023]'], 6, 'scope.account_kinds[0]', 'found the number 2023'],
  [['[content]', '[" content"]'], 6, 'scope.account_kinds[0]', 'without spaces'],
  [['[content]', '[内容型]'], 6, 'scope.account_kinds[0]', 'write content'],
  [['{ from: 2023-11-01, to: 2023-11-30 }', '2023-11'], 4, 'period', 'expected a mapping with the keys from, to'],
  [['id: content-live', 'note: 5\nid: content-live'], 1, 'note', 'found the number 5'],
  [['id: content-live', 'clause: [C1, 2]\nid: content-live'], 1, 'clause[1]', 'found the number 2'],
];

const FORMS: Case[] = [
  ...['-1', '+1', '1e3', '1,000', '1_000', '.5', '5.', '', ' 1', '１'].map(
    (text): Case => [[CAP, JSON.stringify(text)], 21, 'watch_time.daily_caps[0].cap', 'digits with at most one point'],
  ),
  [[CAP, '"160.001"'], 21, 'watch_time.daily_caps[0].cap', '18 digits before the point and 2 after'],
  [[CAP, '"1234567890123456789"'], 21, 'watch_time.daily_caps[0].cap', '18 digits before'],
  [['"500.00"', '"500.001"'], 27, 'newcomer_bonus.tiers[0].amount', '2 after'],
  [[PRICE, '"1000000"'], 18, 'watch_time.rates[0].unit_price', '6 digits before the point and 6 after'],
  [[PRICE, '"0.0000001"'], 18, 'watch_time.rates[0].unit_price', '6 after'],
  [['value: "1" ', 'value: "10000" '], 25, 'newcomer_bonus.scarcity_index.value', '4 digits before'],
  [['"1.5"', '"1.5001"'], 30, 'attendance_bonus.scarcity_index.value', '3 after'],
  [['"0.20"', '"1.000001"'], 31, 'attendance_bonus.low_level_share.share', 'from "0" to "1"'],
  [['"0.20"', '"0.0000001"'], 31, 'attendance_bonus.low_level_share.share', '6 after'],
  [['op: ">=",', 'op: "=>",'], 30, 'attendance_bonus.scarcity_index.op', 'one of =, >=, >, <=, <'],
  [['2023-02-01', '2023-02-29'], 7, 'scope.first_live_on_or_after', 'a valid date'],
  [['2023-02-01', '2023/02/01'], 7, 'scope.first_live_on_or_after', 'YYYY-MM-DD'],
  [['2023-02-01', '1999-12-31'], 7, 'scope.first_live_on_or_after', '2000 to 2099'],
  [['2023-02-01', '20230201'], 7, 'scope.first_live_on_or_after', 'found the number 20230201'],
  [['to: 2023-11-30', 'to: 2023-10-31'], 4, 'period.to', "before the period's first day 2023-11-01"],
  [['Asia/Shanghai', 'UTC'], 2, 'timezone', 'expected Asia/Shanghai'],
  [['CNY', 'USD'], 3, 'currency', 'expected CNY'],
  [['id: content-live-2023-11', 'id: ../x'], 1, 'id', 'expected an id'],
  [['id: content-live-2023-11', 'id: .x'], 1, 'id', 'expected an id'],
  [['id: content-live-2023-11', `id: ${'a'.repeat(65)}`], 1, 'id', '1 to 64'],
  [['id: content-live-2023-11', 'id: 202311'], 1, 'id', 'put quotes around an id of digits'],
  [['[recorded, idle]', '[recorded, 挂机]'], 10, 'valid_session.invalidating_penalties[1]', 'expected an id'],
  [['[red]', '[red, blue]'], 35, 'disqualification.compliance_codes[1]', 'green, yellow, red'],
];

const SENSE: Case[] = [
  [['[red]', '[red, red]'], 35, 'disqualification.compliance_codes[1]', 'red a second time'],
  [['[recorded, idle]', '[idle, idle]'], 10, 'valid_session.invalidating_penalties[1]', 'idle a second time'],
  [['[content]', '[content, content]'], 6, 'scope.account_kinds[1]', 'a second time'],
  [['level: 3,', 'level: 2,'], 19, 'watch_time.rates[1].level', 'give each level one rate'],
  [
    ['max_level: 3', 'max_level: 2'],
    22,
    'watch_time.daily_caps[1].max_level',
    'level 2 after level 2; the rows overlap',
  ],
  [
    ['max_level: 3', 'max_level: 1'],
    22,
    'watch_time.daily_caps[1].max_level',
    'level 1 after level 2; the rows overlap',
  ],
  [['id: fake-30d', 'id: vulgar-3'], 38, 'disqualification.penalties[1].id', 'vulgar-3 a second time'],
  ...['out_of_scope', 'low_level_share', 'person_already_rewarded'].map(
    (word): Case => [
      ['id: vulgar-3', `id: ${word}`],
      37,
      'disqualification.penalties[0].id',
      'reasons of the settlement',
    ],
  ),
  [['id: vulgar-3', 'id: "a;b"'], 37, 'disqualification.penalties[0].id', 'expected an id'],
  [['kinds: [vulgar]', 'kinds: []'], 37, 'disqualification.penalties[0].kinds', 'at least one'],
  [['kinds: [vulgar]', 'kinds: [vulgar, vulgar]'], 37, 'disqualification.penalties[0].kinds[1]', 'a second time'],
  [['of: agency', 'of: person'], 39, 'disqualification.penalties[2].of', 'one of anchor, agency'],
  [['within: period', 'within: month'], 37, 'disqualification.penalties[0].within', 'expected period'],
  [
    ['within: period', 'within: period, within_days: 3'],
    37,
    'disqualification.penalties[0].within_days',
    'exactly one',
  ],
  [[' within: period,', ''], 37, 'disqualification.penalties[0]', 'neither within nor within_days'],
  [['forfeits: all', 'forfeits: none'], 37, 'disqualification.penalties[0].forfeits', 'expected all, or a list'],
  [['forfeits: all', 'forfeits: []'], 37, 'disqualification.penalties[0].forfeits', 'at least one'],
  [['[watch_time]', '[watch_time, cap]'], 38, 'disqualification.penalties[1].forfeits[1]', 'one of watch_time'],
  [['[watch_time]', '[watch_time, watch_time]'], 38, 'disqualification.penalties[1].forfeits[1]', 'a second time'],
];

const dated = (...entries: string[]): Edit =>
  minutes(`{ dated: [${entries.map((entry) => `{ ${entry} }`).join(', ')}] }`);
const AT = 'valid_session.min_minutes.dated';

const DATED: Case[] = [
  [dated(), 9, AT, 'at least one'],
  [dated('from: 2023-11-02, value: 30'), 9, `${AT}[0].from`, 'this leaves a gap'],
  [
    dated('from: 2023-11-01, value: 1', 'from: 2023-11-01, value: 2'),
    9,
    `${AT}[1].from`,
    '2023-11-01 after 2023-11-01',
  ],
  [dated('from: 2023-11-09, value: 1', 'from: 2023-11-01, value: 2'), 9, `${AT}[1].from`, 'dated values must ascend'],
  [dated('from: 2023-11-31, value: 1'), 9, `${AT}[0].from`, 'a valid date'],
  [dated('from: 2023-11-01'), 9, `${AT}[0].value`, 'the key is missing'],
  [dated('from: 2023-11-01, value: "1"'), 9, `${AT}[0].value`, 'found the text "1"'],
  [dated('from: 2023-11-01, value: 1, to: 2023-11-02'), 9, `${AT}[0].to`, 'unknown key'],
  [minutes('{ dated: 30 }'), 9, AT, 'expected a list'],
  [minutes('{ dated: [{ from: 2023-11-01, value: 3 }], x: 1 }'), 9, 'valid_session.min_minutes.x', 'unknown key'],
  [
    ['window_days: 30', 'window_days: { dated: [] }'],
    24,
    'newcomer_bonus.window_days',
    'only a value directly under valid_session',
  ],
  [['[content]', '{ dated: [] }'], 6, 'scope.account_kinds', 'only a value directly under valid_session'],
  [['"160.00"', '{ dated: [] }'], 21, 'watch_time.daily_caps[0].cap', 'only a value directly under valid_session'],
  [
    ['renewed_every_days: 10', 'renewed_every_days: 10\n  dated: []'],
    16,
    'scarcity.dated',
    'only a value directly under',
  ],
];

const YAML: Case[] = [
  [['months: 1', 'months: *x'], 11, 'valid_session.replay_retention_months', 'aliases are not allowed'],
  [['months: 1', 'months: &x 1'], 11, 'valid_session.replay_retention_months', 'marks for aliases are not allowed'],
  [['months: 1', 'months: !!int 1'], 11, 'valid_session.replay_retention_months', 'tags are not allowed'],
  [['months: 1', 'months: ! 1'], 11, 'valid_session.replay_retention_months', 'tags are not allowed'],
  [['months: 1', 'months: !mine 1'], 11, 'valid_session.replay_retention_months', 'tags are not allowed'],
  [['currency:', '&k currency:'], 3, 'currency', 'marks for aliases are not allowed'],
  [['[content]', '[content'], 7, '', 'this is not YAML'],
  [['id: content', '--- {}\n---\nid: content'], 2, '', 'found a second document'],
  [['id: content', '%YAML 1.1\n---\nid: content'], 1, '', '%YAML'],
  [['id: content', '%FOO\n---\nid: content'], 1, '', 'begins with %'],
  [['currency: CNY', 'currency: a: b'], 3, '', 'this is not YAML'],
  [['currency: CNY', 'currency：CNY'], 3, '', 'found the full-width mark ：; type the half-width : instead'],
  [['[content]', '["，", content # ，'], 7, '', 'this is not YAML'],
];

const ALL = { KEYS, TYPES, FORMS, SENSE, DATED, YAML };

describe.each(Object.entries(ALL))('%s', (_, cases) => {
  test.each(cases)('%j → line %i, %s: %s', (edit, line, key, words) => {
    const { message, details, faults, exit } = refused(edited(edit));
    expect(faults.map((fault) => [fault.line, fault.key])).toEqual([[line, key]]);
    expect(faults[0]?.message).toContain(words);
    expect(message).toBe(`policy.yaml:${line}: ${key && `${key}: `}${faults[0]?.message}`);
    expect(details).toMatchObject({ file: 'policy.yaml', line, key });
    expect(exit).toBe(2);
  });
});

test.each([
  [['  min_minutes: 30', '\tmin_minutes: 30'], 9, 'found a tab; indent with spaces'],
  [['"160.00"', '"160.00'], 21, 'Missing closing "quote'],
] as [Edit, number, string][])('%j: the first of the faults that follow from it is the slip', (edit, line, words) => {
  const { details, message } = refused(edited(edit));
  expect(details).toMatchObject({ line, key: '' });
  expect(message.split('\n')[0]).toContain(words);
});

describe('several faults', () => {
  test('are told together, in the order of the file', () => {
    const text = edited(
      [CAP, '160.5'],
      ['[red]', '[red, red]'],
      ['CNY', 'USD'],
      ['max_level: 3', 'max_level: 2'],
      minutes('&a "30"'),
    );
    const { faults, message } = refused(text);
    expect(faults.map(({ line, key }) => `${line} ${key}`)).toEqual([
      '3 currency',
      '9 valid_session.min_minutes',
      '21 watch_time.daily_caps[0].cap',
      '22 watch_time.daily_caps[1].max_level',
      '35 disqualification.compliance_codes[1]',
    ]);
    expect(message.split('\n')).toHaveLength(5);
  });

  test('are told one by one where nearly everything is missing', () => {
    expect(refused('id: x\n').faults).toHaveLength(11);
  });

  test('are cut after a thousand, and the rest counted', () => {
    const { faults, message } = refused(Array.from({ length: 1500 }, (_, i) => `k${i}: 1\n`).join('') + SAMPLE);
    expect(faults).toHaveLength(1000);
    expect(message).toContain('and 500 more faults');
  });

  test('never reach the prototype of anything', () => {
    refused(edited(['valid_day:', '__proto__: { polluted: 1 }\nvalid_day:']));
    refused(
      JSON.stringify({}).replace('{}', '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'),
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
