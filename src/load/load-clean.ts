import type { Warehouse } from '../warehouse.js';
import { readValues, soundRow } from './read-staged.js';
import { type Batch, isSimple, lineOf, simpleCells } from './stage.js';

/**
 * The usual case in one pass: simple files in which every row is sound, read, checked and typed without staging their
 * text. False where some row isn't sound or some line no row; nothing is loaded then, and the batch is read again in full.
 */
export async function loadClean(warehouse: Warehouse, files: Batch): Promise<boolean> {
  if (!files.every(isSimple)) return false;
  const [{ file, header, fileNo }] = files;
  const { kind } = file;
  const present = new Set(header.columns.map(({ column }) => column));
  // Every cell under its own name, times read once beside them.
  const cells = kind.columns.map(({ name, early }) =>
    early === undefined ? name : `${name}, ${early(name)} AS ${name}_read`,
  );
  const absent = kind.columns
    .filter((column) => !present.has(column))
    .map(({ name }) => `, CAST(NULL AS VARCHAR) AS ${name}`);
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE typed_record AS SELECT file_index, ${readValues(kind)}, ${soundRow(kind)} AS sound
    FROM (SELECT file_index, ${cells.join(', ')} FROM (SELECT *${absent.join('')} FROM ${simpleCells(files)}))`);
  const line = await lineOf(warehouse, 'typed_record', files);
  const unsound = await warehouse.count('SELECT count(*) FROM typed_record WHERE sound IS DISTINCT FROM true');
  if (line === undefined || unsound > 0) return false;
  const columns = kind.columns.map(({ name }) => name).join(', ');
  await warehouse.run(
    `INSERT INTO ${kind.table} SELECT CAST(${fileNo} + file_index AS INTEGER), ${line}, ${columns} FROM typed_record`,
  );
  return true;
}
