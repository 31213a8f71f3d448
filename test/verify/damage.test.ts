import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SettleError } from '../../src/core/errors.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { buildRun, read, remove, sealRun } from '../support/case-run.js';
import { DEEP, deepUnless } from '../support/deep.js';

/** Damage that nobody made to fit: every changed byte, line and file is found, and nothing is thrown. */

let run = '';
afterEach(() => remove(run));

const FILES = [
  ...['settlement.csv', 'days.csv', 'sessions.csv', 'quarantine.csv', 'notices.csv', 'policy.yaml', 'manifest.json'],
  ...['inputs/anchors.csv', 'inputs/penalties.csv', 'inputs/scarcity.csv', 'anchors/_independent/a1.csv'],
];

async function countWith(file: string, data: string | Uint8Array): Promise<number> {
  const before = readFileSync(join(run, file));
  writeFileSync(join(run, file), data);
  const { count } = await verifyRun(run);
  writeFileSync(join(run, file), before);
  return count;
}

describe('a changed byte', () => {
  beforeEach(() => {
    run = buildRun('36-faults-at-settlement');
  });

  for (const file of FILES) {
    test(`of ${file}`, { ...deepUnless(file === 'days.csv'), timeout: 60_000 }, async () => {
      const data = readFileSync(join(run, file));
      const step = Math.max(1, Math.floor(data.length / 60));
      for (let at = 0; at < data.length; at += step) {
        const flipped = Buffer.from(data);
        flipped[at] = (flipped[at] ?? 0) ^ (at % 2 === 0 ? 0x01 : 0x80);
        expect(await countWith(file, flipped), `byte ${at}`).toBeGreaterThan(0);
      }
    });

    test(`more or fewer in ${file}`, deepUnless(file === 'days.csv'), async () => {
      const text = read(join(run, file));
      const others = [
        ...['', '\n', ' ', 'x\n', `${text} `, `${text}\n`, ` ${text}`, `\ufeff${text}`, text.slice(0, -1)],
        ...[text.replace('\n', '\r\n'), text.replaceAll('\n', '\r\n'), text.replace(',', ', '), text.slice(0, 20)],
        text + text,
      ];
      for (const other of others) {
        if (other !== text) expect(await countWith(file, other), JSON.stringify(other)).toBeGreaterThan(0);
      }
    });
  }

  test('each line of manifest.json, missing or doubled', DEEP, async () => {
    const lines = read(join(run, 'manifest.json')).split('\n');
    for (let at = 0; at < lines.length - 1; at += 1) {
      expect(await countWith('manifest.json', lines.filter((_, i) => i !== at).join('\n')), `-${at}`).not.toBe(0);
      const doubled = lines.flatMap((line, i) => (i === at ? [line, line] : [line]));
      expect(await countWith('manifest.json', doubled.join('\n')), `2x${at}`).not.toBe(0);
    }
  });

  test('each line of each file, missing, doubled or swapped with the next', { ...DEEP, timeout: 60_000 }, async () => {
    for (const file of FILES.filter((name) => name.endsWith('.csv'))) {
      const lines = read(join(run, file)).split('\n');
      for (let at = 0; at < lines.length - 1; at += 1) {
        const removed = lines.filter((_, i) => i !== at).join('\n');
        expect(await countWith(file, removed), `${file} -${at}`).not.toBe(0);
        const doubled = lines.flatMap((line, i) => (i === at ? [line, line] : [line])).join('\n');
        expect(await countWith(file, doubled), `${file} 2x${at}`).not.toBe(0);
        const swapped = lines
          .with(at, lines[at + 1] ?? '')
          .with(at + 1, lines[at] ?? '')
          .join('\n');
        expect(await countWith(file, swapped), `${file} ${at}<>`).not.toBe(0);
      }
    }
  });
});

describe('files', () => {
  beforeEach(() => {
    run = buildRun('18-once-per-person');
  });

  test.each([...FILES])('%s is missing', async (file) => {
    rmSync(join(run, file));
    const { differences } = await verifyRun(run);
    expect(differences).toContainEqual(expect.objectContaining({ file, found: 'no such file' }));
  });

  test.each(['note.txt', '.hidden', 'inputs/payers.csv', 'anchors/g1/a1.csv', 'anchors/_independent/zz.csv', 'x/y/z'])(
    '%s is in excess',
    async (file) => {
      mkdirSync(join(run, file, '..'), { recursive: true });
      writeFileSync(join(run, file), '');
      expect((await verifyRun(run)).differences).toContainEqual(
        expect.objectContaining({ file, expected: 'no such file' }),
      );
    },
  );

  test('all statements are missing', async () => {
    rmSync(join(run, 'anchors'), { recursive: true });
    expect((await verifyRun(run)).count).toBeGreaterThan(0);
  });

  test('a folder in excess', async () => {
    mkdirSync(join(run, 'more'));
    expect((await verifyRun(run)).differences).toContainEqual(expect.objectContaining({ found: 'an empty folder' }));
  });

  test('a symbolic link, to a file, to a folder, to nothing', async () => {
    symlinkSync('settlement.csv', join(run, 'link'));
    symlinkSync('inputs', join(run, 'folder'));
    symlinkSync('nowhere', join(run, 'anchors/broken'));
    const links = (await verifyRun(run)).differences.map(({ file, found }) => `${file}: ${found}`);
    expect(links.sort()).toEqual(['anchors/broken', 'folder', 'link'].map((file) => `${file}: a symbolic link`));
  });

  test('a file replaced by a link to the same bytes, by a folder', async () => {
    const place = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    for (const file of ['settlement.csv', 'manifest.json', 'policy.yaml', 'inputs/anchors.csv']) {
      const data = readFileSync(join(run, file));
      writeFileSync(join(place, 'copy'), data);
      rmSync(join(run, file));
      symlinkSync(join(place, 'copy'), join(run, file));
      expect((await verifyRun(run)).count, file).toBeGreaterThan(0);
      rmSync(join(run, file));
      mkdirSync(join(run, file));
      expect((await verifyRun(run)).count, file).toBeGreaterThan(0);
      rmSync(join(run, file), { recursive: true });
      writeFileSync(join(run, file), data);
    }
    rmSync(place, { recursive: true });
    expect((await verifyRun(run)).count).toBe(0);
  });
});

describe('what is no run folder is refused', () => {
  test('a path of nothing, of a file, an empty folder, another folder', async () => {
    run = mkdtempSync(join(tmpdir(), 'verify-'));
    await expect(verifyRun(join(run, 'none'))).rejects.toBeInstanceOf(SettleError);
    await expect(verifyRun(run)).rejects.toMatchObject({ code: 'usage', exit: 2 });
    writeFileSync(join(run, 'days.csv'), 'x');
    await expect(verifyRun(run)).rejects.toMatchObject({ code: 'usage' });
    await expect(verifyRun(join(run, 'days.csv'))).rejects.toMatchObject({ code: 'usage' });
    writeFileSync(join(run, 'manifest.json'), '{}');
    expect((await verifyRun(run)).count).toBeGreaterThan(0);
  });
});

describe('a damaged folder gives differences and throws nothing', () => {
  const GARBAGE: Record<string, string | Uint8Array> = {
    nothing: '',
    'one quote': '"',
    'open quotes': 'a,"b\n'.repeat(5000),
    'a quote never closed': `${'"'}${'x\n'.repeat(2_000_000)}`,
    'one long line': 'x'.repeat(5_000_000),
    'one long line of commas': ','.repeat(3_000_000),
    'empty lines': '\n'.repeat(100_000),
    'bytes of all kinds': Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 256),
    'NUL bytes': new Uint8Array(10_000),
    'UTF-16': Buffer.from('\ufeffsession_id,anchor_id\n', 'utf16le'),
    'deep JSON': `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    'a JSON null': 'null\n',
    'a JSON list': '[]\n',
    'wrong types everywhere':
      '{"run_id":1,"program":[],"policy":null,"period":"x","as_of":{},"inputs":[1,null,[]],"outputs":{"a":1},' +
      '"accounting":{"rows_read":-1,"settled":"3"},"totals":7,"warnings":[[]],"started_at":0,"finished_at":false}\n',
    'a bomb of YAML': `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]\n`)
      .join('')}`,
  };

  beforeEach(() => {
    run = buildRun('18-once-per-person');
  });

  for (const [kind, data] of Object.entries(GARBAGE)) {
    test(`${kind} in each file`, { ...DEEP, timeout: 60_000 }, async () => {
      for (const file of FILES) expect(await countWith(file, data), file).toBeGreaterThan(0);
    });
  }

  test('garbage after a sound beginning', { ...DEEP, timeout: 60_000 }, async () => {
    for (const file of FILES.filter((name) => name.endsWith('.csv'))) {
      for (const data of [`"${'x\n'.repeat(1000)}`, 'x'.repeat(3_000_000), '\0\n', ',,,\n', '\ud800\n', '"a"b\n']) {
        const before = readFileSync(join(run, file));
        appendFileSync(join(run, file), data);
        expect((await verifyRun(run)).count, file).toBeGreaterThan(0);
        writeFileSync(join(run, file), before);
      }
    }
  });

  test('a certification date that is none', async () => {
    const text = read(join(run, 'inputs/anchors.csv'));
    for (const date of ['2023-11-0x', '2023-11-', '2023-11-05 ', '2023-11-1']) {
      const data = text.replace(/^((?:[^,]*,){5})2023-11-\d\d/m, `$1${date}`);
      expect(data).not.toBe(text);
      expect(await countWith('inputs/anchors.csv', data), date).toBeGreaterThan(0);
    }
  });

  test('the policy at a loss of each of its keys is named', async () => {
    const policy = read(join(run, 'policy.yaml'));
    for (const [, key = ''] of policy.matchAll(/"(\w+)":/g)) {
      const text = policy.replaceAll(`"${key}":`, `"${key}_":`);
      writeFileSync(join(run, 'policy.yaml'), text);
      sealRun(run);
      const { count } = await verifyRun(run);
      // What the verification doesn't use, the run's own check of the policy answers for.
      const unused = ['timezone', 'currency', 'scarcity', 'renewed_every_days', 'of'];
      if (!unused.includes(key)) expect(count, key).toBeGreaterThan(0);
    }
  });

  test('the list is cut and all are counted', async () => {
    writeFileSync(join(run, 'sessions.csv'), 'x\n'.repeat(1000));
    const report = await verifyRun(run, { most: 7 });
    expect(report.differences).toHaveLength(7);
    expect(report.count).toBeGreaterThan(1000);
  });

  test('progress is told', async () => {
    const steps = new Set<string>();
    await verifyRun(run, { onProgress: (step) => steps.add(step) });
    expect([...steps]).toContain('sessions.csv');
  });
});
