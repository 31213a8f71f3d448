import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { decimal, fixed } from '../../src/money.js';
import { dayNumber, monthsLater, secondsOf } from '../../src/verify/calendar.js';
import { Differences } from '../../src/verify/differences.js';
import { amountFen, exact, fenOf, holds, inUnits, money, OPERATORS, units } from '../../src/verify/figures.js';
import { byteOrder, isGuardedText, isId, isLevel, isText, isWhole } from '../../src/verify/forms.js';
import { SessionKeys } from '../../src/verify/keys.js';
import { PolicyFault } from '../../src/verify/policy.js';
import { cellText, quotedCells, Rows } from '../../src/verify/rows.js';
import { readTerms } from '../../src/verify/terms.js';
import { CASES, read, toCsv } from './verify-fixture.js';

const place = mkdtempSync(join(tmpdir(), 'verify-parts-'));
afterAll(() => rmSync(place, { recursive: true }));

describe('figures (C7)', () => {
  const digits = (n: number): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: 10n ** BigInt(n) - 1n });

  test('an amount is the decimal product, rounded half up once', () => {
    fc.assert(
      fc.property(digits(15), digits(12), digits(7), (dwell, price, index) => {
        const scaled = (value: bigint, places: number): string => {
          const text = value.toString().padStart(places + 1, '0');
          return `${text.slice(0, -places)}.${text.slice(-places)}`;
        };
        const product = decimal(scaled(dwell, 2))
          .times(decimal(scaled(price, 6)))
          .times(decimal(scaled(index, 3)));
        expect(money(amountFen(dwell, price, index))).toBe(fixed(product, 2));
      }),
    );
  });

  test('money is read as it is written', () => {
    fc.assert(fc.property(digits(40), (fen) => fenOf(money(fen)) === fen));
    expect([money(0n), money(5n), money(-2000n), money(-5n)]).toEqual(['0.00', '0.05', '-20.00', '-0.05']);
  });

  test('other forms are none', () => {
    for (const text of ['', '1', '1.0', '01.00', '-1.00', '1.000', '+1.00', '1,00', '.50', '1e2', '１.00']) {
      expect([text, fenOf(text)]).toEqual([text, undefined]);
      expect([text, units(text, 'dwell')]).toEqual([text, undefined]);
    }
    expect(units('9999999999999.99', 'dwell')).toBe(999999999999999n);
    expect(units('10000000000000.00', 'dwell')).toBeUndefined();
    expect(units('1000000.000000', 'price')).toBeUndefined();
    expect(units('10000.000', 'index')).toBeUndefined();
  });

  test('a share is compared exactly', () => {
    const fifth = exact('0.20') ?? { digits: 0n, places: 0 };
    expect(OPERATORS.map((op) => holds(1n, 5n, op, fifth))).toEqual([true, true, false, true, false]);
    expect(OPERATORS.map((op) => holds(1n, 4n, op, fifth))).toEqual([false, true, true, false, false]);
    expect(OPERATORS.map((op) => holds(1n, 6n, op, fifth))).toEqual([false, false, false, true, true]);
    expect([exact('1.'), exact('-1'), exact('1e3'), exact('')]).toEqual(Array(4).fill(undefined));
    expect(inUnits({ digits: 1600n, places: 1 }, 2)).toBe(16000n);
    expect(inUnits({ digits: 1000n, places: 4 }, 2)).toBe(10n);
    expect(inUnits({ digits: 1001n, places: 4 }, 2)).toBeUndefined();
  });
});

describe('forms', () => {
  test('byte order is that of UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(byteOrder(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
    expect(byteOrder('\uff5e', '\u{1f600}')).toBeLessThan(0);
  });

  test('ids, whole numbers, levels, texts', () => {
    expect(['a', '0._-', 'a'.repeat(64)].every(isId)).toBe(true);
    expect(['', '-a', 'a b', 'ä', 'a/b', '../a', 'a'.repeat(65), 'a\n'].some(isId)).toBe(false);
    expect(['0', '10'].every(isWhole)).toBe(true);
    expect(['', '00', '01', '-1', '1.0', '1 ', '１'].some(isWhole)).toBe(false);
    expect(['1', '99'].every(isLevel)).toBe(true);
    expect(['0', '01', '100', '-1', ''].some(isLevel)).toBe(false);
    expect(isText('😀'.repeat(64), 64)).toBe(true);
    expect(['', ' a', 'a ', '\ta', 'a\u0007', 'x'.repeat(65)].some((text) => isText(text, 64))).toBe(false);
    expect(isGuardedText(`'=${'x'.repeat(63)}`, 64)).toBe(true);
    expect(isGuardedText(`'${'x'.repeat(64)}`, 64)).toBe(false);
    expect(isGuardedText('=x', 64)).toBe(false);
  });
});

describe('calendar (C2, C3)', () => {
  test('seconds between two times', () => {
    expect(secondsOf('2023-11-06 00:00:00') - secondsOf('2023-11-05 23:59:59')).toBe(1);
    expect(secondsOf('2024-03-01 00:00:00') - secondsOf('2024-02-28 00:00:00')).toBe(2 * 86_400);
    expect(secondsOf('1970-01-01 00:00:00')).toBe(-1);
  });

  test('what is no time and no date', () => {
    const none = [
      ...['2023-11-05 24:00:00', '2023-11-05 10:60:00', '2023-11-05 10:00:60', '2023-11-05T10:00:00', '2023-11-05'],
      ...['2023-02-29 10:00:00', '2023-13-01 10:00:00', '2100-01-01 00:00:00', '2023-11-05 1a:00:00', ''],
      ...['2023-11-05 10:00:00 ', '2023-11-05 -1:00:00', '2023/11/05 10:00:00'],
    ];
    expect(none.map(secondsOf).filter((seconds) => seconds >= 0)).toEqual([]);
    expect(['2023-02-29', '2023-11-31', '20231105', '1999-12-31'].map(dayNumber)).toEqual([-1, -1, -1, -1]);
  });

  test('months later, on the last day where the month is shorter', () => {
    expect(monthsLater('2024-01-31 11:00:00', 1)).toBe('2024-02-29 11:00:00');
    expect(monthsLater('2023-01-31 11:00:00', 1)).toBe('2023-02-28 11:00:00');
    expect(monthsLater('2023-11-30 11:00:00', 3)).toBe('2024-02-29 11:00:00');
    expect(monthsLater('2023-12-15 00:00:00', 0)).toBe('2023-12-15 00:00:00');
    expect(monthsLater('2099-12-31 23:59:59', 2)).toBe('2100-02-28 23:59:59');
  });
});

describe('rows', () => {
  const HEADER = 'track,value,message';

  function rowsOf(text: string | Buffer): { rows: string[][]; differences: Differences; count: number } {
    const path = join(place, 'rows.csv');
    writeFileSync(path, text);
    const differences = new Differences(10);
    const reader = new Rows(path, 'rows.csv', HEADER, differences);
    const rows: string[][] = [];
    for (let row = reader.next(); row !== undefined; row = reader.next()) rows.push(row);
    return { rows, differences, count: reader.finish().rows };
  }

  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 9 }),
    fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '茶', '=') }),
  );

  test('read back what was written, whatever the cells hold', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 20 }), (rows) => {
        const text = toCsv([HEADER.split(','), ...rows]);
        const found = rowsOf(text);
        expect(found.differences.list).toEqual([]);
        expect(found.rows).toEqual(rows);
        expect(found.count).toBe(rows.length);
      }),
    );
  });

  test('agree with a CSV parser on every record with quotes that both accept', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('"', ',', 'a', '""', '"b"')), (parts) => {
        const record = parts.join('');
        const cells = quotedCells(record);
        let parsed: string[][] | undefined;
        try {
          parsed = parse(record, { relax_column_count: true, skip_empty_lines: false });
        } catch {
          parsed = undefined;
        }
        if (record !== '') expect(cells).toEqual(parsed?.[0]);
        if (cells !== undefined) expect(quotedCells(cells.map(cellText).join(','))).toEqual(cells);
      }),
      { numRuns: 1000 },
    );
  });

  test('records over the borders of what is read at once', () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => [`茶${i}`, i % 7 === 0 ? `a "${i}"\n, b` : `${i}`, 'x']);
    const found = rowsOf(toCsv([HEADER.split(','), ...rows]));
    expect(found.differences.list).toEqual([]);
    expect(found.rows).toEqual(rows);
  });

  test('report what is not the one form', () => {
    const others = [
      ...[
        '"a",b,c\n',
        'a,b\n',
        'a,b,c,d\n',
        'a,b,c\r\n',
        'a,b,c',
        '\n',
        'a,"b"c,d\n',
        'a,b"c,d\n',
        'a,"b\n',
        'a,b\r,c\n',
      ],
      Buffer.from([0x61, 0xff, 0x2c, 0x62, 0x2c, 0x63, 0x0a]),
    ];
    for (const other of others) {
      const text = Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from(other)]);
      expect(rowsOf(text).differences.count, JSON.stringify(other)).toBeGreaterThan(0);
    }
    expect(rowsOf(`${HEADER} \na,b,c\n`).differences.count).toBe(1);
  });
});

describe('session keys', () => {
  function twice(ids: string[], slots: number): string[] {
    const header = 'session_id,x';
    const path = join(place, 'keys.csv');
    writeFileSync(path, toCsv([header.split(','), ...ids.map((id) => [id, 'x'])]));
    const differences = new Differences(100);
    const keys = new SessionKeys(slots);
    for (const id of ids) keys.add(id);
    keys.report('keys.csv', () => new Rows(path, 'keys.csv', header, new Differences(0)), differences);
    return differences.list.map(({ key }) => key).sort();
  }

  test('each id once', () => {
    const ids = Array.from({ length: 30_000 }, (_, i) => `s${i}`);
    expect(twice(ids, 1 << 20)).toEqual([]);
    expect(twice(ids, 1 << 12)).toEqual([]);
  });

  test('ids twice are found, though the table holds but a part of them', () => {
    const ids = Array.from({ length: 30_000 }, (_, i) => `s${i}`);
    const again = ['s0', 's7', 's4096', 's15000', 's29998', 's29999'];
    expect(twice([...ids, ...again], 1 << 20)).toEqual([...again].sort());
    expect(twice([...ids, ...again, ...again], 1 << 12)).toEqual([...again].sort());
  });
});

describe('terms', () => {
  const policy = read(join(CASES, '15-dated-values/policy.json'));

  test('a dated value is in force from its date on', () => {
    const { onDate } = readTerms(policy);
    expect([...onDate.keys()].at(-1)).toBe('2023-11-30');
    const [before, after] = [onDate.get('2023-11-15'), onDate.get('2023-11-16')];
    expect([before?.minSeconds, after?.minSeconds]).toEqual([1800, 1200]);
    expect([before?.rates.get(4), after?.rates.get(4)]).toEqual(['1.000000', '2.000000']);
    expect(after?.caps).toEqual([
      { maxLevel: 3, fen: 5000n },
      { maxLevel: 4, fen: 9000n },
    ]);
  });

  test('a policy that cannot be read names the place', () => {
    const wrong: [from: string, to: string, place: string][] = [
      ['"2023-11-30"', '"2023-10-30"', 'period'],
      ['"cap": "50.00"', '"cap": 50.00', 'watch_time.daily_caps.dated[1].value[0].cap'],
      ['"op": ">"', '"op": "!="', 'attendance_bonus.low_level_share.op'],
      ['"from": "2023-11-16"', '"from": "2022-11-16"', 'valid_session.min_minutes.dated'],
      ['"valid_days": 10', '"valid_days": 1.5', 'newcomer_bonus.tiers[0].valid_days'],
      ['"kinds": [', '"kind": [', 'disqualification.penalties[0].kinds'],
    ];
    for (const [from, to, where] of wrong) {
      expect(policy).toContain(from);
      let fault: unknown;
      try {
        readTerms(policy.replace(from, to));
      } catch (error) {
        fault = error;
      }
      expect(fault).toBeInstanceOf(PolicyFault);
      expect(fault).toMatchObject({ place: where });
    }
  });
});
