import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { decimal } from '../../src/core/money.js';
import { ownPay, PayCheck } from '../../src/programmes/content-incentive/verify/figures/pay.js';
import { PolicyFault } from '../../src/programmes/content-incentive/verify/figures/policy.js';
import { readTerms } from '../../src/programmes/content-incentive/verify/figures/terms.js';
import { Prints, SessionKeys } from '../../src/programmes/content-incentive/verify/keys.js';
import { dayNumber, monthsLater, secondsOf } from '../../src/verify/calendar.js';
import { needsParser, readRecords, recordText } from '../../src/verify/csv.js';
import { Differences } from '../../src/verify/differences.js';
import { exact, type FigureKind, figure, money, OPERATORS, shareHolds } from '../../src/verify/figures.js';
import { byteOrder, isGuardedText, isId, isLevel, isText, isWhole, wholeOf } from '../../src/verify/forms.js';
import { fileRows } from '../../src/verify/reading/file-rows.js';
import { CASES, read, toCsv } from '../support/case-run.js';
import { DEEP } from '../support/deep.js';

const place = mkdtempSync(join(tmpdir(), 'verify-parts-'));
afterAll(() => rmSync(place, { recursive: true }));

describe('figures (C7)', () => {
  const digits = (n: number): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: 10n ** BigInt(n) - 1n });
  const scaled = (value: bigint, places: number): string => {
    const text = value.toString().padStart(places + 1, '0');
    return `${text.slice(0, -places)}.${text.slice(-places)}`;
  };
  const policy = read(join(CASES, '15-dated-values/policy.json'));
  const check = new PayCheck(readTerms(policy));
  const pay = (dwell: string, price: string, index: string) => {
    const known = check.index(index);
    if (known === undefined) throw new Error(index);
    return check.pay(dwell, price, known);
  };

  test('an amount is the product of the decimals, rounded half up once', () => {
    fc.assert(
      fc.property(digits(15), digits(12), digits(7), (a, b, c) => {
        const [dwell, price, index] = [scaled(a, 2), scaled(b, 6), scaled(c, 3)];
        const { fen, text } = pay(dwell, price, index);
        expect(text).toBe(money(decimal(dwell).times(price).times(index)));
        expect(scaled(fen, 2)).toBe(text);
      }),
    );
  });

  test('a product on the half of a fen is rounded up', () => {
    expect(pay('0.50', '0.010000', '1.000').text).toBe('0.01');
    expect(pay('0.49', '0.010000', '1.000').text).toBe('0.00');
    expect([ownPay('7.10').text, ownPay('7.1').text]).toEqual(['7.10', '0.00']);
  });

  test('money is read as it is written', () => {
    fc.assert(
      fc.property(digits(40), (fen) => {
        const text = scaled(fen, 2);
        const amount = figure(text, 'money');
        expect(amount && money(amount)).toBe(text);
      }),
    );
    const shown = ['0', '0.05', '-20', '-0.05', '-0.001'].map((text) => money(decimal(text)));
    expect(shown).toEqual(['0.00', '0.05', '-20.00', '-0.05', '0.00']);
  });

  test('other forms are none', () => {
    const read = (text: string, kind: FigureKind) => figure(text, kind)?.toFixed();
    for (const text of ['', '1', '1.0', '01.00', '-1.00', '1.000', '+1.00', '1,00', '.50', '1e2', '１.00']) {
      expect([text, read(text, 'money')]).toEqual([text, undefined]);
      expect([text, read(text, 'dwell')]).toEqual([text, undefined]);
    }
    expect(read('9999999999999.99', 'dwell')).toBe('9999999999999.99');
    expect(read('10000000000000.00', 'dwell')).toBeUndefined();
    expect(read('1000000.000000', 'price')).toBeUndefined();
    expect(read('10000.000', 'index')).toBeUndefined();
  });

  test('a share is compared exactly', () => {
    const fifth = decimal('0.20');
    expect(OPERATORS.map((op) => shareHolds(1, 5, op, fifth))).toEqual([true, true, false, true, false]);
    expect(OPERATORS.map((op) => shareHolds(1, 4, op, fifth))).toEqual([false, true, true, false, false]);
    expect(OPERATORS.map((op) => shareHolds(1, 6, op, fifth))).toEqual([false, false, false, true, true]);
    expect(shareHolds(1, 3, '=', decimal('0.333333'))).toBe(false);
    expect([exact('1.'), exact('-1'), exact('1e3'), exact(''), exact('1'.repeat(41))]).toEqual(
      Array(5).fill(undefined),
    );
    expect(exact(`${'0'.repeat(50)}1.50${'0'.repeat(50)}`)?.toFixed()).toBe('1.5');
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
    expect(['0', '10', '999999999999999'].map(wholeOf)).toEqual([0, 10, 999_999_999_999_999]);
    expect(['', '00', '01', '-1', '1.0', '1 ', '1'.repeat(16)].map(wholeOf)).toEqual(Array(7).fill(-1));
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
    const reader = fileRows(path, 'rows.csv', HEADER, differences);
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

  test('a record is written as the contract asks: quoted where it must be, and nowhere else', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 4 }), (cells) => {
        expect(`${recordText(cells)}\n`).toBe(toCsv([cells]));
      }),
    );
  });

  test('a text that needs no parser is what the parser makes of it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(',', 'a', '\n', ' ', "'", '\t', '茶', '\ufeff', '\0')), (parts) => {
        const text = `${parts.join('')}\n`;
        expect(needsParser(text)).toBe(false);
        const { records } = readRecords(text);
        const lines = text.split('\n').slice(0, -1);
        expect(records.map(({ record }) => record)).toEqual(lines.map((line) => line.split(',')));
      }),
    );
  });

  test('a fault ends the records before it', () => {
    const read = (text: string, most?: number) => {
      const { records, fault } = readRecords(text, most);
      return [records.length, fault];
    };
    expect(read('a,"b\n')).toEqual([0, 'open']);
    expect(read('a\n"b"c\n')).toEqual([1, 'misplaced']);
    expect(read('a\nb"c\n')).toEqual([1, 'misplaced']);
    expect(read('"a\nb"\n"c\n', 1)).toEqual([1, undefined]);
  });

  test('reading goes on behind a record that cannot be read', () => {
    const found = rowsOf(`${HEADER}\na,"b"c,d\ne,f,g\nh,"i\nj",k\nl,m"n,o\np,q,"r,\ns"\n`);
    expect(found.rows).toEqual([
      ['e', 'f', 'g'],
      ['h', 'i\nj', 'k'],
      ['p', 'q', 'r,\ns'],
    ]);
    expect(found.differences.list.map(({ key }) => key)).toEqual(['row 1', 'row 4']);
    expect(found.count).toBe(5);
  });

  test('a record of many lines is read to its end, and what follows it too', () => {
    const rows = [1, 2, 3, 5, 8, 1000, 30_000].map((lines) => ['x\n'.repeat(lines), `${lines}`, '"']);
    expect(rowsOf(toCsv([HEADER.split(','), ...rows])).rows).toEqual(rows);
  });

  test('records over the borders of what is read at once', DEEP, () => {
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

  test('report a record that is too long, wherever the reading begins', () => {
    const path = join(place, 'long.csv');
    const most = 1 << 20;
    for (const [length, faults] of [
      [most, 0],
      [most + 1, 1],
      [most + 1000, 1],
      [most + 400_000, 1],
    ] as const) {
      for (const before of [0, 1, 1000, 100_000, 262_143, 262_144]) {
        const from = HEADER.length + 1;
        const padding = before === 0 ? '' : `${'p'.repeat(before - 1)}\n`;
        writeFileSync(path, `${HEADER}\n${padding}${'x'.repeat(length - 4)},y,z\na,b,c\n`);
        for (const at of [from, from + before]) {
          const differences = new Differences(10);
          const reader = fileRows(path, 'long.csv', HEADER, differences, { from: at, to: Infinity });
          while (reader.next() !== undefined);
          const long = differences.list.filter(({ found }) => found.endsWith('without a line end'));
          expect(long.length, `${length} bytes after ${before}, read from ${at}`).toBe(faults);
        }
      }
    }
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
    keys.report('keys.csv', () => fileRows(path, 'keys.csv', header, new Differences(0)), differences);
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

describe('fingerprints taken elsewhere', () => {
  const path = (): string => join(place, 'keys.csv');
  const header = 'session_id,x';
  const ids = Array.from({ length: 40_000 }, (_, i) => `s${i}`);

  /** What is found where the second half's fingerprints come from another reader, before those of the first. */
  function found(all: string[], slots: number): string[] {
    writeFileSync(path(), toCsv([header.split(','), ...all.map((id) => [id, 'x'])]));
    const differences = new Differences(100);
    const keys = new SessionKeys(slots);
    const prints = new Prints((taken) => keys.addPrints(taken));
    for (const id of all.slice(all.length / 2)) prints.add(id);
    prints.flush();
    for (const id of all.slice(0, all.length / 2)) keys.add(id);
    keys.report('keys.csv', () => fileRows(path(), 'keys.csv', header, new Differences(0)), differences);
    return differences.list.map(({ key }) => key).sort();
  }

  test.each([1 << 20, 1 << 12])('find what stands in both halves, in a table of %s slots', (slots) => {
    expect(found(ids, slots)).toEqual([]);
    expect(found([...ids, 's1', 's20001', 's39999'], slots)).toEqual(['s1', 's20001', 's39999']);
  });

  test('of more ids made to look alike than are looked at, one may stand twice', () => {
    writeFileSync(path(), toCsv([header.split(','), ['s1', 'x'], ['s2', 'x']]));
    for (const [alike, differ] of [
      [10_000, 0],
      [10_001, 1],
    ] as const) {
      const differences = new Differences(100);
      const keys = new SessionKeys(1 << 20);
      for (let i = 1; i <= alike; i += 1) keys.addPrints(new Uint32Array([i, 7, i, 7]));
      keys.report('keys.csv', () => fileRows(path(), 'keys.csv', header, new Differences(0)), differences);
      expect(differences.count).toBe(differ);
    }
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
    expect(after?.caps.map(({ maxLevel, fen, text }) => [maxLevel, fen, text])).toEqual([
      [3, 5000n, '50.00'],
      [4, 9000n, '90.00'],
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
