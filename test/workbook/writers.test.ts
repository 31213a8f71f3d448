import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verify } from '../../src/commands/verify.js';
import { noticesIn } from '../../src/notices/read-notices.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { DEEP, variations } from '../support/deep.js';
import { SAMPLE_POLICY, SILENT, settle, workspace } from '../support/workspace.js';
import { look } from './read.js';

/** One month as workbooks of real programs (README.md beside this file): each settles to what it means, or is refused. */

const HERE = import.meta.dirname;

async function month(file: string): Promise<RunResult> {
  const input = workspace();
  copyFileSync(join(HERE, 'anchors.csv'), join(input, 'anchors.csv'));
  copyFileSync(join(HERE, file), join(input, `sessions-2023-11${file.slice(file.lastIndexOf('.'))}`));
  return settle({ policy: SAMPLE_POLICY, input, out: join(workspace(), 'out'), statements: false });
}

/** What is said of the file besides its rows. */
const toldOf = ({ runDir }: RunResult): unknown[] =>
  (noticesIn(runDir) ?? [])
    .filter(({ code }) => ['title_rows', 'other_sheets'].includes(code))
    .map(({ code, severity, count }) => [code, severity, count]);

let theMonth: Promise<string> | undefined;
/** The same month as a writer of Parquet has it. */
const sessionsOfTheMonth = (): Promise<string> => {
  theMonth ??= month('../parquet/pa-naive.parquet').then(({ runDir }) =>
    readFileSync(join(runDir, 'sessions.csv'), 'utf8'),
  );
  return theMonth;
};

const WRITERS = readdirSync(join(HERE, 'writers')).filter(
  (file) => file.endsWith('.xlsx') && file !== 'encrypted.xlsx',
);

const FLAGS: Record<string, string> = { TRUE: 'Y', FALSE: 'N' };

/** What the rows of a file say, by column: numbers without zeros at their end, flags as Y and N. */
async function saidBy(file: string): Promise<string[][]> {
  const { header, records } = await look(readFileSync(join(HERE, file)));
  const columns = header.columns.toSorted((a, b) => (a.column.name < b.column.name ? -1 : 1));
  const rows: string[][] = [];
  for await (const { line, cells } of records()) {
    const said = columns.map(({ column, at }) => {
      const cell = cells[at] as string;
      if (column.type === 'decimal') return cell.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
      return column.type === 'flag' ? (FLAGS[cell] ?? cell) : cell;
    });
    rows.push([String(line), ...said]);
  }
  return rows;
}

variations(
  WRITERS,
  0,
  6,
)('writers/%s says what the month says', async (file) => {
  const said = await saidBy(`writers/${file}`);
  expect(said).toHaveLength(356);
  expect(said).toEqual(await saidBy('openpyxl-text.xlsx'));
});

test.each([
  ['encrypted.xlsx', /is a workbook that is protected by a password/],
  ['libreoffice.xls', /is a workbook of the old binary form \(\.xls\)/],
  ['libreoffice.ods', /is an OpenDocument spreadsheet/],
])('writers/%s is refused for what it is', async (file, message) => {
  await expect(look(readFileSync(join(HERE, 'writers', file)), 'agencies.xlsx')).rejects.toThrow(message);
});

test.each([
  ['openpyxl-typed.xlsx', 0, []],
  ['openpyxl-text.xlsx', 0, []],
  ['openpyxl-title-total.xlsx', 4, [['title_rows', 'info', 1]]],
  ['xlsxwriter-second-sheet.xlsx', 0, [['other_sheets', 'info', 1]]],
])('%s settles to what it means', async (file, exit, told) => {
  const result = await month(file);
  expect(result.exit).toBe(exit);
  expect(result.manifest.totals).toMatchObject({ total: '49891.91' });
  expect(result.manifest.accounting).toMatchObject({ settled: 355, outside_period: 1 });
  expect(toldOf(result)).toEqual(told);
  expect(readFileSync(join(result.runDir, 'sessions.csv'), 'utf8') === (await sessionsOfTheMonth())).toBe(true);
  expect((await verify(result.runDir, SILENT)).exit).toBe(0);
});

test('the faults of a total line say that it looks like one', DEEP, async () => {
  const { runDir } = await month('openpyxl-title-total.xlsx');
  const lines = readFileSync(join(runDir, 'quarantine.csv'), 'utf8').trimEnd().split('\n').slice(1);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines)
    expect(line).toMatch(/^sessions-2023-11\.xlsx,360,.*line 360 looks like a total line \(合计\)/);
});
