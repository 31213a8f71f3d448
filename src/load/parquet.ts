import { SettleError } from '../errors.js';
import { identifier, literal, type Warehouse } from '../warehouse.js';
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
      const { name, type } = columns[at] as { name: string; type: string };
      return [at, asText(file.name, column.name, identifier(name), type)];
    }),
  );
  return { header, text: (at) => texts.get(at) as string };
}

async function describe(warehouse: Warehouse, file: string, path: string): Promise<{ name: string; type: string }[]> {
  try {
    const rows = await warehouse.rows(`DESCRIBE SELECT * FROM read_parquet(${literal(path)})`);
    return rows.map((row) => ({ name: row.column_name as string, type: row.column_type as string }));
  } catch (error) {
    throw unreadable(file, error);
  }
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
  const said = String((error as Error).message).split('\n')[0];
  return unusable(file, `can't be read as Parquet (${said})`, 'Export it again.');
}

/** Binary floats are refused: what they hold is no exact figure. */
function asText(file: string, column: string, cell: string, type: string): string {
  if (
    /^(VARCHAR|BOOLEAN|DATE|TIMESTAMP(_S|_MS)?|U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DECIMAL\(.*\)|ENUM\(.*\)|UUID)$/.test(
      type,
    )
  )
    return `CAST(${cell} AS VARCHAR)`;
  if (type === 'TIMESTAMP_NS') return `CAST(CAST(${cell} AS TIMESTAMP) AS VARCHAR)`;
  if (type === 'TIMESTAMP WITH TIME ZONE')
    return `CASE WHEN isfinite(${cell}) THEN CAST(make_timestamp(epoch_us(${cell})) AS VARCHAR) || 'Z' WHEN ${cell} IS NOT NULL THEN 'infinity' END`;
  throw unusable(file, `the column ${column} is of the type ${type}, which is not read`, MEND, { column });
}
