import { join } from 'node:path';
import type { CsvRecord } from '../../src/load/csv/strict-csv.js';
import { exportNamed } from '../../src/load/folder.js';
import { readWorkbook, type Workbook } from '../../src/load/workbook/workbook.js';
import { workspace, write } from '../support/workspace.js';
import { type Made, made, ofRows } from './made.js';

/** Reads a workbook as a load does, without a warehouse. */
export async function look(content: Buffer, name = 'sessions-1.xlsx'): Promise<Workbook> {
  const folder = write(workspace(), { [name]: content });
  const file = exportNamed(name, join(folder, name));
  if (file === undefined) throw new Error(`${name} is no export`);
  return readWorkbook(file, join(folder, 'strings'));
}

export async function recordsIn(content: Buffer, name?: string): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const record of (await look(content, name)).records()) records.push(record);
  return records;
}

/** Columns of all types, in the order of the sheet: an id, a time, a flag, a level, a text, a decimal. */
const COLUMNS = [
  ...['session_id', 'anchor_id', 'started_at', 'ended_at', 'settleable', 'quality_level', 'track', 'rec_dwell_minutes'],
  ...['unit_price', 'effective_seconds', 'suspended', 'replay_deleted_at', 'note'],
];
const HEADER = `<row r="1">${COLUMNS.map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`).join('')}</row>`;

/** Cells by the column that they stand in, as XML without a place: `<c t="b"><v>1</v></c>`. */
export type Cells = Record<string, string>;

/** The text that is read of each of these cells, which stand in a row of their own. */
export async function textsOf(cells: Cells, others: Partial<Made> = {}): Promise<Record<string, string>> {
  const row = COLUMNS.map((column) => cells[column] ?? '<c/>').join('');
  const [record] = await recordsIn(ofRows(`${HEADER}<row r="2">${row}</row>`, others));
  return Object.fromEntries(
    Object.keys(cells).map((column) => [column, record?.cells[COLUMNS.indexOf(column)] ?? 'no row']),
  );
}

export { made };
