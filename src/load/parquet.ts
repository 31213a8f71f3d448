import { SettleError } from '../errors.js';
import { identifier, literal, type Row, type Warehouse } from '../warehouse.js';
import type { ExportFile } from './folder.js';
import { firstBytes } from './formats.js';
import { type Header, readHeader } from './header.js';
import { unusable } from './unusable.js';

const MEND = 'Write the file again with text, integer, DECIMAL, BOOLEAN, DATE or TIMESTAMP columns, or export CSV.';

/** A Parquet file's header, and for each column SQL that gives its cell as the text that a CSV would hold. */
export async function readParquetHeader(
  warehouse: Warehouse,
  file: ExportFile,
  path: string,
): Promise<{ header: Header; text: (at: number) => string }> {
  if (firstBytes(file.path, 4).toString('latin1') !== 'PAR1') {
    throw unusable(
      file.name,
      'is no Parquet file, although its name says so',
      'Export it again, or give it its right ending (.csv).',
    );
  }
  const columns = await describe(warehouse, file.name, path);
  const header = readHeader(
    file.name,
    file.kind,
    columns.map(({ name }) => name),
  );
  const texts = new Map(
    header.columns.map(({ column, at }) => {
      const { cell, type } = columns[at] as ParquetColumn;
      return [at, asText(file.name, column.name, identifier(cell), type)];
    }),
  );
  return { header, text: (at) => texts.get(at) as string };
}

/** A file's rows; DuckDB would add columns for folders that are called like `a=b`. */
export function rowsOfParquet(path: string): string {
  return `read_parquet(${literal(path)}, hive_partitioning = false)`;
}

interface ParquetColumn {
  /** What the file calls it. */
  name: string;
  /** What DuckDB calls it: where a name comes again, in small or large letters, it gives another. */
  cell: string;
  type: string;
}

async function describe(warehouse: Warehouse, file: string, path: string): Promise<ParquetColumn[]> {
  try {
    const rows = await warehouse.rows(`DESCRIBE SELECT * FROM ${rowsOfParquet(path)}`);
    const names = topNames(await warehouse.rows(`SELECT name, num_children FROM parquet_schema(${literal(path)})`));
    if (names.length !== rows.length) throw new Error(`${rows.length} columns under ${names.length} names`);
    return rows.map(({ column_name, column_type }, at) => ({
      name: names[at] as string,
      cell: column_name as string,
      type: column_type as string,
    }));
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** The names of the columns themselves, from a schema that names each before what it is made of, and the table first. */
function topNames([, ...elements]: Row[]): string[] {
  const names: string[] = [];
  for (let at = 0, within = 0; at < elements.length; at += 1) {
    const { name, num_children } = elements[at] as Row;
    if (within === 0) names.push(name ?? '');
    else within -= 1;
    within += Number(num_children ?? 0);
  }
  return names;
}

/** Failures that are not the file's: of the machine, a signal's, and of a statement itself. */
const NOT_THE_FILES = /^(Out of Memory|INTERRUPT|Permission|Parser|Binder|Catalog) Error|No space left/i;

/** Its footer is read before anything else, its pages only with the rows: a damaged one is refused all the same. */
export async function orUnreadable<T>(file: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const known = error instanceof SettleError || NOT_THE_FILES.test((error as Error).message);
    throw known ? error : unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): Error {
  const [said = ''] = String((error as Error).message).split('\n');
  return unusable(
    file,
    `can't be read as Parquet (${said.replace(/[^\s"']*input-\d+\.parquet/g, file)})`,
    'Export it again.',
  );
}

/** Binary floats are refused: what they hold is no exact figure. */
function asText(file: string, column: string, cell: string, type: string): string {
  if (
    /^(VARCHAR|BOOLEAN|DATE|TIMESTAMP(_S|_MS|_NS)?|U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DECIMAL\(.*\)|ENUM\(.*\)|UUID)$/.test(
      type,
    )
  )
    return `CAST(${cell} AS VARCHAR)`;
  if (type === 'TIMESTAMP WITH TIME ZONE')
    return `CASE WHEN isfinite(${cell}) THEN CAST(make_timestamp(epoch_us(${cell})) AS VARCHAR) || 'Z' WHEN ${cell} IS NOT NULL THEN 'infinity' END`;
  throw unusable(file, `the column ${column} is of the type ${type}, which is not read`, MEND, { column });
}
