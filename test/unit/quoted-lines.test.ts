import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainCopy } from '../../src/load/csv/quoted-lines.js';
import { type CsvRecord, readStrictly } from '../../src/load/csv/strict-csv.js';
import { DEEP } from '../support/deep.js';
import { workspace } from '../support/workspace.js';

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

type LineEnd = '\n' | '\r\n';

async function copied(folder: string, text: string, lineEnd: LineEnd = '\n') {
  const [path, target] = [join(folder, 'text.csv'), join(folder, 'copy.csv')];
  rmSync(target, { force: true });
  writeFileSync(path, text);
  const found = await plainCopy(path, lineEnd, 3, target);
  if (found === undefined) expect(existsSync(target)).toBe(false);
  return { found, path, copy: found === undefined ? '' : readFileSync(target, 'utf8') };
}

const PIECES = ['x', '主', ',', ' ', '"', '""', '"y"', '"",', '"主"', '"p,q"', '"p""q"', '\n', '\r', 'z,z,z\n', ',,\n'];
const LINES = ['"m",n,"o"\n', '"m","n","o"\n', '"m","n,n","o"\n', '"","",""\n', '"m",\n'];

test(
  'what is copied without quotes and what is set aside are together what the strict reader reads, each on its line',
  DEEP,
  async () => {
    const folder = workspace();
    const taken = { '\n': 0, '\r\n': 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('a,b,c', '"a","b","c"', '\ufeffa,"b",c'),
        fc.array(fc.constantFrom(...PIECES, ...LINES), { maxLength: 12 }),
        fc.constantFrom<LineEnd[]>('\n', '\r\n'),
        fc.boolean(),
        async (header, pieces, lineEnd, stray) => {
          const lines = `${header}\n${pieces.filter((piece) => stray || piece !== '\r').join('')}`;
          const text = lines.replaceAll('\n', lineEnd);
          if (lineEnd === '\n' && text.includes('\r')) return; // is never asked
          const { found, copy, path } = await copied(folder, text, lineEnd);
          if (found === undefined) return;
          taken[lineEnd] += 1;
          const [first, ...rest] = copy.split(lineEnd);
          expect(first).toBe(header);
          expect(rest.join('')).not.toMatch(/["\r]/);
          expect(found.size).toBe(Buffer.byteLength(copy));
          expect(copy.endsWith(lineEnd)).toBe(text.endsWith(lineEnd));
          const aside = new Set(found.records.map(({ line }) => line));
          const kept = rest
            .map((line, at) => ({ line: at + 2, cells: line.split(',') }))
            .filter(({ line, cells }) => !aside.has(line) && cells.some((cell) => cell.trim() !== ''));
          const [, ...expected] = (await strictly(path)) ?? [];
          expect([...kept, ...found.records].sort((a, b) => a.line - b.line)).toEqual(expected);
        },
      ),
      { numRuns: 4000 },
    );
    for (const count of Object.values(taken)) expect(count).toBeGreaterThan(200);
  },
);

test.each([
  ['a header over two lines', `"a\na",b,c\nx,"y",z\n`],
  ['a record over two lines', `${HEADER}\n"x\ny",y,z\n`],
  ['a quote that is never closed', `${HEADER}\nx,"y,z\n`],
  ['a quote inside a cell', `${HEADER}\nx,y"y,z\n`],
  ['a space before a quote', `${HEADER}\nx, "y",z\n`],
  ['a space behind a quote', `${HEADER}\nx,"y" ,z\n`],
  ['one blank cell in quotes', `${HEADER}\n"x",y,z\n""\n`],
  ['a record that needs its quotes and has a cell too many', `${HEADER}\n"x,x",y,z,\n`],
  ['a line longer than the fast reader takes', `${HEADER}\n"x",y,${'z'.repeat(3_000_000)}\n`],
  ['more lines that need their quotes than are worth it', `${HEADER}\n${'"x,x",y,z\n'.repeat(10_001)}`],
])('%s is left to the strict reader', async (_, text) => {
  expect((await copied(workspace(), text)).found).toBeUndefined();
});

test.each([
  ['a line that ends in LF alone', `${HEADER}\r\n"x",y,z\n"x",y,z\r\n`],
  ['a CR inside a cell', `${HEADER}\r\n"x\rx",y,z\r\n`],
  ['a CR at the very end', `${HEADER}\r\n"x",y,z\r`],
])('among lines that end in CR LF %s is left to the strict reader', async (_, text) => {
  expect((await copied(workspace(), text, '\r\n')).found).toBeUndefined();
});

test('quotes that a cell needs not are taken away over the ends of pieces too, and its line keeps its place', async () => {
  const lines = Array.from({ length: 200_000 }, (_, at) =>
    at % 5000 === 7 ? `"${at},x","y","z"` : `"${at}","y","主"`,
  );
  const { found, copy } = await copied(workspace(), [HEADER, ...lines, ''].join('\n'));
  expect(found?.records.length).toBe(40);
  expect(found?.records[1]).toEqual({ line: 5009, cells: ['5007,x', 'y', 'z'] });
  const plain = lines.map((line) => (line.includes(',x') ? ',,' : line.replaceAll('"', '')));
  expect(copy).toBe([HEADER, ...plain, ''].join('\n'));
});
