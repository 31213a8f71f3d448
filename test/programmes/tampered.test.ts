import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/emit/manifest.js';
import { verifyRun } from '../../src/runs/verify-run.js';
import { fromCsv, type Manifest, readManifest, toCsv, writeSealed } from '../support/case-run.js';
import { DEEP } from '../support/deep.js';
import { OTHERS, type OtherProgramme } from '../support/programmes.js';
import { overwrite, settle, workspace } from '../support/workspace.js';

/** A forger who makes hash, count and seal of a list fit again: only judging anew finds what was changed. */

type Table = string[][];
type Edit = (rows: Table) => Table | undefined;

async function settled({ policy, exports }: OtherProgramme): Promise<string> {
  return (await settle({ policy, input: exports, out: join(workspace(), 'out') })).runDir;
}

/** How many differences there are once a file is rewritten and sealed; the folder is as it was afterwards. */
async function forged(run: string, file: string, edit: Edit, more?: (manifest: Manifest) => void): Promise<number> {
  const [before, manifest] = [file, 'manifest.json'].map((name) => readFileSync(join(run, name)));
  const [header = [], ...rows] = fromCsv(String(before));
  const changed = edit(rows.map((row) => [...row]));
  if (changed === undefined) return Number.POSITIVE_INFINITY; // the table has no room for it
  const text = toCsv([header, ...changed]);
  expect(text === String(before) && more === undefined).toBe(false);
  overwrite(join(run, file), text);
  const said = readManifest(run);
  const output = said.outputs.find((each) => each.file === file);
  Object.assign(output ?? {}, { sha256: sha256(Buffer.from(text)), rows: changed.length });
  more?.(said);
  overwrite(join(run, 'manifest.json'), ''); // published files are for reading alone
  writeSealed(run, said);
  const { count } = await verifyRun(run);
  overwrite(join(run, file), before as Buffer);
  overwrite(join(run, 'manifest.json'), manifest as Buffer);
  return count;
}

/** Another cell of the same form. */
function another(cell: string): string {
  if (/^\d+$/.test(cell)) return String(BigInt(cell) + 1n);
  if (/^\d{4}-\d\d-\d\d/.test(cell)) return cell.replace(/^\d{4}/, (year) => String(Number(year) - 1));
  if (cell === 'Y' || cell === 'N') return cell === 'Y' ? 'N' : 'Y';
  return cell === '' ? '1' : `${cell}x`;
}

/** Whole rows, as a forger would change them. */
const ROWS: Record<string, Edit> = {
  'the first row gone': (rows) => rows.slice(1),
  'the last row gone': (rows) => rows.slice(0, -1),
  'the first row twice': ([first = [], ...rest]) => [first, first, ...rest],
  'the first two in the other order': ([first = [], second, ...rest]) =>
    second === undefined ? undefined : [second, first, ...rest],
  'a row of nobody': ([first = [], ...rest]) => [first.with(0, '0'), first, ...rest],
  'no row at all': () => [],
};

/** A column of each row in turn, so that a long list takes no longer than a short one. */
function cellOf(column: number, isNote: boolean): Edit {
  return (rows) => {
    const row = rows[column % rows.length];
    if (row === undefined) return undefined;
    const cell = row[column] ?? '';
    row[column] = isNote && cell !== '' ? '' : another(cell); // how a fix is worded is people's
    return rows;
  };
}

async function unseen(other: OtherProgramme, columnsOf: (columns: number) => number[]): Promise<string[]> {
  const run = await settled(other);
  expect((await verifyRun(run)).differences).toEqual([]);
  const missed: string[] = [];
  for (const { file, columns } of other.own.lists) {
    const edits: [string, Edit][] = columnsOf(columns.length).map((place) => [
      `another ${columns[place]?.name}`,
      cellOf(place, columns[place]?.kind === 'note'),
    ]);
    for (const [what, edit] of [...edits, ...Object.entries(ROWS)])
      if ((await forged(run, file, edit)) === 0) missed.push(`${file}: ${what}`);
  }
  for (const { total } of other.own.counts)
    if ((await forged(run, 'notices.csv', (rows) => rows, oneMore(total))) === 0) missed.push(`total ${total}`);
  return missed;
}

const oneMore = (name: string) => (manifest: Manifest) => {
  const totals = manifest.totals as unknown as Record<string, number>;
  totals[name] = (totals[name] ?? 0) + 1;
};

describe.each(OTHERS)('$programme.name', (other) => {
  test('a cell and a row of each list, and each total, are judged anew', async () => {
    expect(await unseen(other, () => [0])).toEqual([]);
  });

  test('and so is every column', DEEP, async () => {
    expect(await unseen(other, (columns) => Array.from({ length: columns }, (_, place) => place))).toEqual([]);
  });
});
