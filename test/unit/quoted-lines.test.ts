import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setAside } from '../../src/load/quoted-lines.js';
import { type CsvRecord, readStrictly } from '../../src/load/strict-csv.js';
import { workspace } from '../workspace.js';

const HEADER = 'a,b,c';

/** What the strict reader makes of a text; undefined where it refuses it. */
async function strictly(path: string): Promise<CsvRecord[] | undefined> {
  const records: CsvRecord[] = [];
  try {
    for await (const record of readStrictly('x.csv', path)) records.push(record);
  } catch {
    return undefined;
  }
  return records;
}

function aside(folder: string, text: string): { found: ReturnType<typeof setAside>; copy: string; path: string } {
  const [path, target] = [join(folder, 'text.csv'), join(folder, 'copy.csv')];
  rmSync(target, { force: true });
  writeFileSync(path, text);
  const found = setAside(path, Buffer.byteLength(text), 3, target);
  return { found, path, copy: found === undefined ? '' : readFileSync(target, 'utf8') };
}

test('what is set aside and what stays are together what the strict reader reads, each on its line', async () => {
  const folder = workspace();
  const piece = fc.constantFrom('x', '主', ',', '"', '""', '"y"', '"p,q"', '\n', 'z,z,z\n', '"m",n,"o"\n', ',,\n');
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const { found, copy, path } = aside(folder, `${HEADER}\n${pieces.join('')}`);
      if (found === undefined) return;
      taken += 1;
      expect(copy).not.toContain('"');
      expect(found.size).toBe(Buffer.byteLength(copy));
      const lines = new Set(found.records.map(({ line }) => line));
      const kept = copy
        .split('\n')
        .map((text, at) => ({ line: at + 1, cells: text.split(',') }))
        .filter(({ line, cells }) => !lines.has(line) && cells.join() !== '');
      const together = [...kept, ...found.records].sort((a, b) => a.line - b.line);
      expect(together).toEqual(await strictly(path));
    }),
    { numRuns: 2000 },
  );
  expect(taken).toBeGreaterThan(200);
});

test.each([
  ['a quoted header', `"a",b,c\nx,y,z\n`],
  ['a record over two lines', `${HEADER}\n"x\ny",y,z\n`],
  ['a quote that is never closed', `${HEADER}\nx,"y,z\n`],
  ['a quote inside a cell', `${HEADER}\nx,y"y,z\n`],
  ['a record with a cell too many', `${HEADER}\n"x",y,z,\n`],
])('%s is left to the strict reader', (_, text) => {
  expect(aside(workspace(), text).found).toBeUndefined();
});
