import { isUtf8 } from 'node:buffer';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { verify } from '../../src/commands/verify.js';
import { readStrictly } from '../../src/load/csv/strict-csv.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { variations } from '../support/deep.js';
import { contentOf, filesIn, SAMPLE_POLICY, SAMPLES, SILENT, settle, workspace } from '../support/workspace.js';
import { ofRows, textRow } from './made.js';

/** A month settles to the same files, whether its exports are CSV or workbooks of them. */

/** Each record of a CSV in the row of its line; those with other than the header's cells are no row of a sheet, and left out of both. */
async function twinOf(path: string, folder: string): Promise<{ csv: string; workbook: Buffer }> {
  const bytes = path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path);
  const text = new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'gb18030').decode(bytes);
  const plain = join(folder, 'plain.csv');
  writeFileSync(plain, text);
  const rows: string[] = [];
  const csv: string[] = [];
  let width: number | undefined;
  for await (const { line, cells } of readStrictly('plain.csv', plain)) {
    width ??= cells.length;
    if (cells.length !== width) continue;
    while (csv.length < line - 1) csv.push('');
    csv.push(cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join());
    rows.push(textRow(cells, line));
    const more = cells.join('').split('\n').length - 1; // a cell of several lines
    if (more > 0) throw new Error('its twin would have other lines');
  }
  return { csv: `${csv.join('\n')}\n`, workbook: ofRows(rows.join('')) };
}

async function twins(month: string): Promise<{ csv: RunResult; workbook: RunResult }> {
  const folder = workspace();
  for (const name of ['csv', 'workbook']) mkdirSync(join(folder, name));
  for (const name of readdirSync(join(SAMPLES, month)).filter((each) => /\.csv(\.gz)?$/.test(each))) {
    const stem = name.replace(/\.csv(\.gz)?$/, '');
    const twin = await twinOf(join(SAMPLES, month, name), folder);
    writeFileSync(join(folder, 'csv', `${stem}.csv`), twin.csv);
    writeFileSync(join(folder, 'workbook', `${stem}.xlsx`), twin.workbook);
  }
  const run = (name: string): Promise<RunResult> =>
    settle({ policy: SAMPLE_POLICY, input: join(folder, name), out: join(folder, `out-${name}`) });
  return { csv: await run('csv'), workbook: await run('workbook') };
}

/** What a run folder holds besides its manifest, as if its exports had been CSV. */
function filesOf({ runDir }: RunResult): Record<string, string> {
  const files = filesIn(runDir).filter((file) => file !== 'manifest.json');
  const asCsv = (text: string): string => text.replaceAll('.xlsx', '.csv');
  return Object.fromEntries(Object.entries(contentOf(runDir, files)).map(([file, text]) => [file, asCsv(text)]));
}

variations(['2023-11', '2023-11-faulty'])(
  '%s as CSV and as workbooks',
  async (month) => {
    const { csv, workbook } = await twins(month);
    expect(filesOf(workbook)).toEqual(filesOf(csv));
    expect(workbook.exit).toBe(csv.exit);
    const { totals, accounting, inputs } = workbook.manifest;
    expect({ totals, accounting }).toEqual({ totals: csv.manifest.totals, accounting: csv.manifest.accounting });
    expect(inputs.map(({ file }) => file)).toEqual(
      csv.manifest.inputs.map(({ file }) => file.replace('.csv', '.xlsx')),
    );
    expect(inputs.map(({ reading }) => reading)).toEqual(inputs.map(() => ({ reader: 2 })));
    expect((await verify(workbook.runDir, SILENT)).exit).toBe(0);
  },
  60_000,
);
