import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadPolicy, readPolicy } from '../../src/policy/load-policy.js';
import { valueOn } from '../../src/programmes/content-incentive/policy/policy.js';
import { edited, read, refused, SAMPLE } from '../support/policy-sample.js';

const SHIPPED = new URL('../../data-samples/policy-2023-11.yaml', import.meta.url).pathname;
const CASES = new URL('../cases/', import.meta.url).pathname;

describe('a sound policy', () => {
  test('comes out typed, with an undated value as one entry from the first day', () => {
    const policy = read(SAMPLE);
    expect(policy.period).toEqual({ from: '2023-11-01', to: '2023-11-30' });
    expect(policy.valid_session.min_minutes).toEqual([{ from: '2023-11-01', value: 30 }]);
    expect(policy.watch_time.daily_caps).toEqual([
      {
        from: '2023-11-01',
        value: [
          { max_level: 2, cap: '160.00' },
          { max_level: 3, cap: '3200.00' },
        ],
      },
    ]);
    expect(policy.attendance_bonus.scarcity_index).toEqual({ op: '>=', value: '1.5' });
    expect(policy.disqualification.penalties).toEqual([
      {
        id: 'vulgar-3',
        kinds: ['vulgar'],
        of: 'anchor',
        at_least: 3,
        within_days: null,
        forfeits: ['watch_time', 'attendance_bonus', 'newcomer_bonus'],
      },
      { id: 'fake-30d', kinds: ['fake_trade'], of: 'anchor', at_least: 1, within_days: 30, forfeits: ['watch_time'] },
      {
        id: 'cluster',
        kinds: ['agency_clustering'],
        of: 'agency',
        at_least: 1,
        within_days: null,
        forfeits: ['watch_time', 'attendance_bonus', 'newcomer_bonus'],
      },
    ]);
  });

  test('is the same as JSON, also indented by tabs', () => {
    expect(read(JSON.stringify(parse(SAMPLE)))).toEqual(read(SAMPLE));
    expect(read(JSON.stringify(parse(SAMPLE), null, '\t'))).toEqual(read(SAMPLE));
  });

  test('is the same with CRLF, with a byte order mark, and between --- and ...', () => {
    expect(read(SAMPLE.replaceAll('\n', '\r\n'))).toEqual(read(SAMPLE));
    expect(read(`\ufeff${SAMPLE}`)).toEqual(read(SAMPLE));
    expect(read(`---\n${SAMPLE}...\n`)).toEqual(read(SAMPLE));
  });

  test('may carry clause and note in any mapping, and they are not in the result', () => {
    const text = edited(
      ['period: {', 'period: { note: [a, b], clause: C2,'],
      ['{ level: 2,', '{ clause: C7, note: dear, level: 2,'],
      ['scarcity_index: { op: "="', 'scarcity_index: { note: as printed, op: "="'],
      ['low_level_share: {', 'low_level_share: { clause: C11,'],
      ['{ id: vulgar-3', '{ note: n, id: vulgar-3'],
      ['{ valid_days: 10,', '{ clause: [C10], valid_days: 10,'],
      ['min_minutes: 30\n', 'min_minutes: { note: n, dated: [{ clause: C3, from: 2023-11-01, value: 30 }] }\n'],
    );
    expect(read(text)).toEqual(read(SAMPLE));
  });

  test.each([
    ['account kinds beside content', '[content]', '[content, "商家"]'],
    ['no invalidating penalties', '[recorded, idle]', '[]'],
    ['no compliance codes', '[red]', '[]'],
    ['a price of zero', '"0.010000"', '"0"'],
    ['zeros that are no digits too many', '"0.010000"', '"0000000000.01000000000000"'],
    ['the largest price', '"0.010000"', '"999999.999999"'],
    ['the largest cap', '"160.00"', '"999999999999999999.99"'],
    ['the largest index', 'value: "1" ', 'value: "9999.999" '],
    ['a share of one', '"0.20"', '"1.000000"'],
    ['a share of nothing', '"0.20"', '"0"'],
    ['a period of one day', 'to: 2023-11-30', 'to: 2023-11-01'],
    ['zero minutes', 'min_minutes: 30\n', 'min_minutes: 0\n'],
    ['quoted words and dates', 'from: 2023-11-01', '"from": "2023-11-01"'],
  ])('may have %s', (_, from, to) => {
    expect(() => read(edited([from, to]))).not.toThrow();
  });

  test('may have empty tables', () => {
    const policy = parse(SAMPLE);
    policy.watch_time = { rates: [], daily_caps: [] };
    policy.newcomer_bonus.tiers = [];
    policy.attendance_bonus.tiers = [];
    policy.disqualification.penalties = [];
    expect(read(JSON.stringify(policy)).watch_time.rates).toEqual([{ from: '2023-11-01', value: [] }]);
  });
});

describe('dated values', () => {
  const dated =
    'min_minutes: { dated: [{ from: 2023-01-01, value: 30 }, { from: 2023-11-16, value: 20 }, { from: 2024-01-01, value: 9 }] }\n';

  test('are in force from their day until the next one; an announcement may lie beyond the period', () => {
    const { min_minutes } = read(edited(['min_minutes: 30\n', dated])).valid_session;
    expect(min_minutes).toHaveLength(3);
    expect(valueOn(min_minutes, '2023-11-01')).toBe(30);
    expect(valueOn(min_minutes, '2023-11-15')).toBe(30);
    expect(valueOn(min_minutes, '2023-11-16')).toBe(20);
    expect(valueOn(min_minutes, '2023-12-31')).toBe(20);
    expect(valueOn(min_minutes, '2024-01-01')).toBe(9);
    expect(() => valueOn(min_minutes, '2022-12-31')).toThrow('no value is in force on 2022-12-31');
  });

  test('may be lists and tables', () => {
    const policy = parse(SAMPLE);
    const caps = [{ max_level: 3, cap: '50.00' }];
    const entries = (value: unknown) => ({ dated: [{ from: '2023-11-01', value }] });
    policy.valid_session.invalidating_penalties = entries([]);
    policy.watch_time.daily_caps = entries(caps);
    const checked = read(JSON.stringify(policy));
    expect(checked.valid_session.invalidating_penalties).toEqual([{ from: '2023-11-01', value: [] }]);
    expect(checked.watch_time.daily_caps).toEqual([{ from: '2023-11-01', value: caps }]);
  });
});

describe('the shipped policy', () => {
  test('is sound, and its hash is that of its bytes', async () => {
    const bytes = readFileSync(SHIPPED);
    const loaded = await loadPolicy(SHIPPED);
    expect(loaded.bytes.equals(bytes)).toBe(true);
    expect(loaded.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(readPolicy(bytes, 'x')).toEqual({ policy: loaded.policy, sha256: loaded.sha256 });
    expect(loaded.policy.id).toBe('content-live-2023-11');
  });

  test('explains every value: each mapping, rule and table row has its clause beside it or above', () => {
    const text = readFileSync(SHIPPED, 'utf8');
    for (const clause of ['C1', 'C2', 'C3', 'C5', 'C6', 'C7', 'C8', 'C9', 'C10', 'C11', 'C12', 'C13']) {
      expect(text).toMatch(new RegExp(`(clause: |# |, )\\[?(C\\d+, )*${clause}\\b`));
    }
    expect(text.match(/# READING:/g)?.length).toBeGreaterThanOrEqual(8);
    expect(text.match(/# ILLUSTRATIVE:/g)).toHaveLength(3);
  });
});

// The cases of whole runs are brought in by another part of the test folder; without them there is nothing to look at.
describe.skipIf(!existsSync(CASES))('the policies of the cases', () => {
  const names = existsSync(CASES) ? readdirSync(CASES).filter((name) => existsSync(`${CASES}${name}/policy.json`)) : [];

  test.each(names)('%s', (name) => {
    const bytes = readFileSync(`${CASES}${name}/policy.json`);
    const key = {
      '96-policy-unknown-key': 'watch_time.daily_cap',
      '97-policy-unquoted-decimal': 'watch_time.daily_caps[0].cap',
      '98-policy-dated-gap': 'valid_day.min_minutes.dated[0].from',
    }[name];
    if (key === undefined) expect(() => read(bytes)).not.toThrow();
    else expect(refused(bytes).faults.map((fault) => fault.key)).toEqual([key]);
  });
});
