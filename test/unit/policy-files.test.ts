import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { SettleError } from '../../src/core/errors.js';
import { loadPolicy } from '../../src/policy/load-policy.js';
import { DEEP } from '../support/deep.js';
import { edited, read, refused, SAMPLE } from '../support/policy-sample.js';

const folder = mkdtempSync(join(tmpdir(), 'policy-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function refusedFile(path: string): Promise<SettleError> {
  const error = await loadPolicy(path).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SettleError);
  expect(error).toMatchObject({ code: 'policy', exit: 2 });
  return error as SettleError;
}

describe('a file that is no text of a policy', () => {
  test.each([
    ['empty', '', 1, 'the file is empty'],
    ['comments alone', '# nothing\n\n', 1, 'the file is empty'],
    ['a mark alone', '---\n', 1, 'the file is empty'],
    ['a list', '- a\n', 1, 'found a list'],
    ['a word', 'hello\n', 1, 'found the text "hello"'],
    ['null', 'null', 1, 'found no value'],
    ['a NUL', `${SAMPLE}\0`, 40, 'found a NUL character'],
    ['a NUL in a line', edited(['CNY', 'C\0NY']), 3, 'found a NUL character'],
    ['a second document after ...', `${SAMPLE}...\nid: other\n`, 41, 'found a second document'],
  ])('%s', (_, text, line, words) => {
    const { faults } = refused(text);
    expect(faults[0]?.line).toBe(line);
    expect(faults[0]?.message).toContain(words);
  });

  test('not UTF-8: the line of the first bad byte', () => {
    const bytes = Buffer.concat([Buffer.from('id: x\nnote: '), Buffer.from([0xc4, 0xda]), Buffer.from('\nz: 1\n')]);
    expect(refused(bytes).faults).toMatchObject([{ line: 2, key: '', found: 'bytes that are not UTF-8' }]);
    expect(refused(Buffer.from(`\ufeff${SAMPLE}`, 'utf16le')).faults).toMatchObject([{ line: 1 }]);
  });

  test('larger than 1 MB; just below it, only its content counts', () => {
    expect(refused(Buffer.alloc(1024 * 1024 + 1, 0x20)).message).toContain('found a file of 1048577 bytes');
    expect(() => read(SAMPLE + '#'.repeat(1024 * 1024 - SAMPLE.length))).not.toThrow();
  });
});

describe('a file that cannot be read', () => {
  test('missing, below a file, a folder, a device: each says so, with a mend', async () => {
    const file = join(folder, 'sound.yaml');
    writeFileSync(file, SAMPLE);
    expect((await loadPolicy(file)).policy.id).toBe('content-live-2023-11');
    const said: [path: string, words: string][] = [
      [join(folder, 'none.yaml'), 'there is no such file'],
      [join(file, 'x.yaml'), 'a part of the path is not a folder'],
      [folder, 'this is a folder'],
      ['/dev/null', 'not a regular file'],
      ['', 'there is no such file'],
      ['a\0b', "can't be read"],
    ];
    for (const [path, words] of said) {
      const error = await refusedFile(path);
      expect(error.message).toContain(words);
      expect(error.details).toMatchObject({ file: path, mend: expect.any(String) });
    }
  });

  test.skipIf(process.getuid?.() === 0)('without permission', async () => {
    const file = join(folder, 'closed.yaml');
    writeFileSync(file, SAMPLE);
    chmodSync(file, 0);
    expect((await refusedFile(file)).message).toContain('no permission');
  });

  test('faults name the file as it was given', async () => {
    mkdirSync(join(folder, 'sub'));
    const file = join(folder, 'sub', 'p.yaml');
    writeFileSync(file, edited(['CNY', 'USD']));
    expect((await refusedFile(file)).message).toBe(`${file}:3: currency: found the text "USD"; expected CNY`);
  });

  test('too large is told without reading it', async () => {
    const file = join(folder, 'large.yaml');
    writeFileSync(file, Buffer.alloc(2_000_000, 0x20));
    expect((await refusedFile(file)).message).toContain('found a file of 2000000 bytes');
  });
});

/** Milliseconds of processor time since a call of `process.cpuUsage()`: other programs, which share the machine, take none of it. */
function workedSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Milliseconds of work that refusing a text takes: the best of three. */
function refusalTime(text: string): number {
  const times = [1, 2, 3].map(() => {
    const start = process.cpuUsage();
    refused(text);
    return workedSince(start);
  });
  return Math.min(...times);
}

describe('hostile files', () => {
  const laughs = (kind: 'map' | 'list') => {
    const rows = Array.from({ length: 30 }, (_, i) => {
      const parts = Array.from({ length: 10 }, (_, j) => (kind === 'map' ? `k${j}: *a${i}` : `*a${i}`)).join(', ');
      return `a${i + 1}: &a${i + 1} ${kind === 'map' ? `{ ${parts} }` : `[${parts}]`}\n`;
    });
    return `a0: &a0 ha\n${rows.join('')}${SAMPLE}`;
  };

  test.each(['map', 'list'] as const)('an exploding alias (%s) is refused within 200 ms', (kind) => {
    expect(refusalTime(laughs(kind))).toBeLessThan(200);
    expect(refused(laughs(kind)).message).toContain('aliases are not allowed in a policy');
  });

  test('an alias of itself', () => {
    expect(refused(`note: &x [*x]\n${SAMPLE}`).message).toContain('aliases are not allowed');
  });

  const fill = (text: string) => text.repeat(Math.floor((1024 * 1024) / text.length));
  test.each([
    ['brackets', fill('['), 'nested'],
    ['braces', fill('{'), 'nested'],
    ['list marks', fill('- '), 'nested'],
    ['question marks', fill('? '), 'nested'],
    ['pairs in brackets', fill('[a: '), 'nested'],
    ['balanced brackets', '['.repeat(500_000) + ']'.repeat(500_000), 'nested'],
    ['indented keys', Array.from({ length: 1400 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''), ''],
    ['closing brackets', fill(']'), '100,000 words'],
    ['commas', `[${fill(',').slice(2)}`, '100,000 words'],
    ['repeated keys', fill('k: 1\n'), '100,000 words'],
    ['bad escapes', `"${fill('\\x\n').slice(2)}"`, 'backslash'],
    ['many keys', Array.from({ length: 12_000 }, (_, i) => `k${i}: 1\n`).join(''), 'unknown key'],
    ['the same key', 'k: 1\n'.repeat(12_000), 'a second time'],
    ['documents', fill('---\n'), ''],
    ['a decimal of a million digits', edited(['"160.00"', `"${'0'.repeat(900_000)}1.000001"`]), '18 digits'],
    ['a key of a million letters', `${'k'.repeat(1_000_000)}: 1`, 'key'],
  ])(
    'a megabyte of %s is refused in seconds',
    (_, text, words) => {
      // Wide, for machines at work; what grows by the square takes minutes.
      const start = process.cpuUsage();
      expect(refused(text).message).toContain(words);
      expect(workedSince(start)).toBeLessThan(20_000);
    },
    60_000,
  );
});

describe('random damage', () => {
  const bytes = Buffer.from(SAMPLE);

  function soundOrRefused(damaged: Uint8Array): void {
    try {
      read(damaged);
    } catch (error) {
      if (!(error instanceof SettleError) || error.code !== 'policy') throw error;
      const faults = (error.details.faults ?? []) as { line: number }[];
      expect(faults.length).toBeGreaterThan(0);
      const lines = Buffer.from(damaged).toString('latin1').split('\n').length;
      for (const { line } of faults) expect(line >= 1 && line <= lines + 1).toBe(true);
    }
  }

  test('of single bytes never throws anything but faults of the policy', () => {
    const change = fc.record({ at: fc.nat(bytes.length - 1), to: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const damaged = Buffer.from(bytes);
        for (const { at, to } of changes) damaged[at] = to;
        soundOrRefused(damaged);
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  test('of pieces cut out, doubled or put in never throws anything but faults of the policy', {
    ...DEEP,
    timeout: 60_000,
  }, () => {
    const pieces = [
      '&a ',
      '*a',
      '!!str ',
      '<<: ',
      '__proto__: ',
      '{',
      '}',
      '[',
      ']',
      '- ',
      '? ',
      ': ',
      '"',
      "'",
      '|\n',
      '#',
      '---\n',
      '\t',
      '\ufeff',
      '%',
      '\r',
      'null',
      '.nan',
      '{ dated: [',
    ];
    const cut = fc.record({ at: fc.nat(SAMPLE.length), drop: fc.nat(40), put: fc.constantFrom('', ...pieces) });
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 5 }), (cuts) => {
        let text = SAMPLE;
        for (const { at, drop, put } of cuts) text = text.slice(0, at) + put + text.slice(at + drop);
        soundOrRefused(Buffer.from(text));
      }),
      { numRuns: 500 },
    );
  });

  test('of the values, whatever their shape, never throws anything but faults of the policy', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (json) => soundOrRefused(Buffer.from(json))),
      { numRuns: 300 },
    );
  }, 60_000);
});
