import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENCODING, leavesEncodedAs, readFooter } from '../../src/load/parquet/footer.js';
import { copyRestated } from '../../src/load/parquet/restated.js';
import { readStruct, writeStruct } from '../../src/load/parquet/thrift-compact.js';
import { workspace } from '../support/workspace.js';

/** Footers are taken apart and put together again without a byte of them lost. */

const HERE = import.meta.dirname;
const FILES = [HERE, join(HERE, 'more')].flatMap((folder) =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.parquet') ? [join(folder, name)] : [])),
);

test.each(FILES.map((path) => [path.slice(HERE.length + 1), path]))(
  '%s stays as its writer wrote it',
  (_name, path) => {
    const { footer } = readFooter(path);
    const { fields, end } = readStruct(footer);
    expect(end).toBe(footer.length);
    expect(writeStruct(fields).equals(footer)).toBe(true);
    const copy = join(workspace(), 'copy.parquet');
    copyRestated(path, copy, new Map());
    expect(readFileSync(copy).equals(readFileSync(path))).toBe(true);
  },
);

test('the columns of an encoding are found', () => {
  const found = FILES.filter((path) => leavesEncodedAs(path, ENCODING.BYTE_STREAM_SPLIT).size > 0);
  expect(found).toEqual([join(HERE, 'pa-bss.parquet')]);
});

const FIELDS = fc.array(
  fc.record({
    id: fc.integer({ min: -1000, max: 1000 }),
    type: fc.constant(8),
    value: fc.uint8Array({ maxLength: 200 }).map((bytes) => {
      const head = bytes.length < 128 ? [bytes.length] : [(bytes.length % 128) | 0x80, bytes.length >> 7];
      return Buffer.from([...head, ...bytes]);
    }),
  }),
);

test('any struct comes back as it was, whatever the numbers of its fields', () => {
  fc.assert(
    fc.property(FIELDS, (fields) => {
      expect(readStruct(writeStruct(fields)).fields).toEqual(fields);
    }),
  );
});

test('a footer of other bytes is refused with a RangeError, or read to its end', () => {
  const whole = readFileSync(join(HERE, 'more', 'ns-utc.parquet'));
  const { start, footer } = readFooter(join(HERE, 'more', 'ns-utc.parquet'));
  const folder = workspace();
  const source = join(folder, 'source.parquet');
  const byte = fc.tuple(fc.nat({ max: footer.length - 1 }), fc.nat({ max: 255 }));
  const change = fc.array(byte, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(change, (changes) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of changes) bytes[start + at] = value;
      writeFileSync(source, bytes);
      expect(leavesEncodedAs(source, ENCODING.BYTE_STREAM_SPLIT)).toBeInstanceOf(Set);
      try {
        copyRestated(source, join(folder, 'copy.parquet'), new Map([[{ element: 3, leaf: 2 }, {}]]));
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['a struct within a struct without end', Buffer.alloc(100_000, 0x1c)],
  ['a list of more items than bytes', Buffer.from([0x29, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x0f, 0])],
  ['a text longer than the footer', Buffer.from([0x18, 0xff, 0xff, 0x03, 0x61])],
  ['a number of eleven bytes', Buffer.from([0x15, ...Array(11).fill(0x80), 0])],
  ['a map', Buffer.from([0x1b, 0, 0])],
  ['nothing', Buffer.alloc(0)],
])('%s is no struct', (_what, bytes) => {
  expect(() => readStruct(bytes)).toThrow(RangeError);
});
