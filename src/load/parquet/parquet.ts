import { SettleError } from '../../core/errors.js';
import type { Int96 } from '../../core/reading.js';
import { identifier, type Warehouse } from '../../engine/duckdb/warehouse.js';
import type { Column } from '../../exports/column-types.js';
import { say } from '../../words/say.js';
import { type Header, readHeader } from '../csv/header.js';
import type { ExportFile } from '../folder.js';
import { empty, firstBytes } from '../formats.js';
import { unusable } from '../unusable.js';
import { ENCODING, type FooterPlace, leavesEncodedAs } from './footer.js';
import { type Misfit, misfitting } from './misfits.js';
import { copyRestated, type Restated } from './restated.js';
import { columnsOfNulls, type ParquetColumn, readColumns, readCreatedBy, rowsOfParquet } from './schema.js';
import { type Texts, textsOf } from './texts.js';

/** How a Parquet file is read. */
export interface ParquetHeader {
  header: Header;
  /** SQL for its rows: the known columns under their names, each cell the text that a CSV would hold. */
  parquetRows: string;
  /** The copy that is read instead of the file itself, if there is one. */
  path: string;
  /** What INT96 was taken for, where a known column holds values of it, and who wrote the file. */
  int96: { choice: Int96; createdBy: string } | undefined;
}

/** Looks a Parquet file through as far as its schema tells; a known column that can't be read makes it unusable (exit 3). */
export async function readParquetHeader(
  warehouse: Warehouse,
  file: ExportFile,
  path: string,
  int96: Int96 | undefined,
): Promise<ParquetHeader> {
  refuseOthers(file);
  const columns = await orUnreadable(file.name, readColumns(warehouse, path), true);
  const names = columns.map(({ name }) => name);
  const header = readHeader(file.name, file.kind, names);
  const read = await readKnown(warehouse, path, header, columns, int96);
  const misfits = read.flatMap(({ misfit }) => misfit ?? []);
  const ofInt96 = read.some(({ column, texts }) => column.physical === 'INT96' && texts !== BLANK);
  const createdBy = misfits.length > 0 || ofInt96 ? await readCreatedBy(warehouse, path) : '';
  if (misfits.length > 0) throw misfitting(file.name, misfits, createdBy);
  const readable = restated(file.name, path, read);
  return {
    header,
    parquetRows: rowsAsText(readable, read),
    path: readable,
    int96: ofInt96 && int96 !== undefined ? { choice: int96, createdBy } : undefined,
  };
}

/** A known column, and how it is read or why it can't be. */
interface Known {
  known: Column;
  column: ParquetColumn;
  texts?: Texts;
  misfit?: Misfit;
}

/** Nothing can be misread in nulls, whatever their type. */
const BLANK: Texts = { steps: [() => 'CAST(NULL AS VARCHAR)'] };

async function readKnown(
  warehouse: Warehouse,
  path: string,
  header: Header,
  columns: readonly ParquetColumn[],
  int96: Int96 | undefined,
): Promise<Known[]> {
  const encoded = leavesEncodedAs(path, ENCODING.BYTE_STREAM_SPLIT);
  const found = header.columns.map(({ column: known, at }) => {
    const column = columns[at] as ParquetColumn;
    const split = encoded.has(column.place.leaf) && !['FLOAT', 'DOUBLE'].includes(column.physical ?? '');
    return { known, column, split, texts: split ? undefined : textsOf(column, known, int96) };
  });
  const doubtful = found.filter(({ column, texts }) => texts === undefined || column.physical === 'INT96');
  const cells = doubtful.map(({ column }) => identifier(column.cell));
  const blank = await columnsOfNulls(warehouse, path, cells, isTheFiles);
  return found.map(({ known, column, split, texts }) => {
    if (blank.has(identifier(column.cell))) return { known, column, texts: BLANK };
    return texts === undefined ? { known, column, misfit: { known, column, split } } : { known, column, texts };
  });
}

/** Step by step from the cells to their texts; a column with fewer steps than others waits. */
function rowsAsText(path: string, columns: readonly Known[]): string {
  const each = (say: (column: Known, name: string) => string): string =>
    columns.map((column) => `${say(column, column.known.name)} AS ${column.known.name}`).join(', ');
  const most = Math.max(0, ...columns.map(({ texts }) => texts?.steps.length ?? 0));
  let rows = `SELECT ${each(({ column }) => identifier(column.cell))} FROM ${rowsOfParquet(path)}`;
  for (let step = 0; step < most; step += 1)
    rows = `SELECT ${each(({ texts }, name) => texts?.steps[step]?.(name) ?? name)} FROM (${rows})`;
  return rows;
}

/** Makes a copy with another schema where DuckDB would misread the file's own. */
function restated(file: string, path: string, known: readonly Known[]): string {
  const columns = new Map(
    known.flatMap(({ column, texts }): [FooterPlace, Restated][] =>
      texts?.restated === undefined ? [] : [[column.place, texts.restated]],
    ),
  );
  if (columns.size === 0) return path;
  const copy = path.replace(/(\.parquet)?$/, '-restated.parquet');
  try {
    copyRestated(path, copy, columns);
  } catch (error) {
    throw error instanceof RangeError ? unreadable(file, error) : error;
  }
  return copy;
}

function refuseOthers(file: ExportFile): void {
  const head = firstBytes(file.path, 4).toString('latin1');
  if (head === 'PAR1') return;
  if (head === '') throw empty(file.name);
  if (head === 'PARE')
    throw unusable(file.name, say('is an encrypted Parquet file'), say('Write it without encryption.'));
  throw unusable(
    file.name,
    say('is no Parquet file, although its name says so'),
    say('Export it again, or give it its right ending (.csv).'),
  );
}

/** Failures that are not the file's: of the machine, a signal's, and of a statement itself. */
const NOT_THE_FILES = /^(Out of Memory|INTERRUPT|Permission|Parser|Binder|Catalog) Error|No space left/i;

export function isTheFiles(error: unknown): boolean {
  return !(error instanceof SettleError) && !NOT_THE_FILES.test((error as Error).message);
}

/** Its footer is read before anything else, its pages only with the rows: a damaged one is refused all the same. */
export async function orUnreadable<T>(file: string, reading: Promise<T>, isFooter = false): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const its = isFooter ? !(error instanceof SettleError) : isTheFiles(error);
    throw its ? unreadable(file, error) : error;
  }
}

function unreadable(file: string, error: unknown): Error {
  const [said = ''] = String((error as Error).message).split('\n');
  return unusable(
    file,
    say("can't be read as Parquet ({why})", {
      why: said.replace(/[^\s"']*input-\d+(-part-\d+)?(-restated)?\.parquet/g, file),
    }),
    say('Export it again.'),
  );
}
