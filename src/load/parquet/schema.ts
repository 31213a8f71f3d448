import { literal, type Row, type Warehouse } from '../../engine/duckdb/warehouse.js';
import type { FooterPlace } from './footer.js';

/** A column of a Parquet file: what its own schema says of it, and what DuckDB makes of it. */
export interface ParquetColumn {
  /** What the file calls it. */
  name: string;
  /** What DuckDB calls it: where a name comes again, in small or large letters, it gives another. */
  cell: string;
  /** DuckDB's type, which doesn't heed all that the schema says. */
  type: string;
  place: FooterPlace;
  /** The schema's words, as the format calls them; NULL for a structure. */
  physical: string | null;
  converted: string | null;
  /** DuckDB's writing of it: `TimestampType(isAdjustedToUTC=1, …)`. */
  logical: string | null;
  precision: number;
  scale: number;
}

/** A file's rows; DuckDB would add columns for folders that are called like `a=b`. */
export function rowsOfParquet(path: string): string {
  return `read_parquet(${literal(path)}, hive_partitioning = false)`;
}

/** The columns themselves, whatever they are made of, in the file's order. */
export async function readColumns(warehouse: Warehouse, path: string): Promise<ParquetColumn[]> {
  const read = await warehouse.rows(`DESCRIBE SELECT * FROM ${rowsOfParquet(path)}`);
  const schema = topElements(
    await warehouse.rows(`SELECT name, type, converted_type, logical_type, precision, scale, num_children
      FROM parquet_schema(${literal(path)})`),
  );
  if (schema.length !== read.length) throw new Error(`${read.length} columns under ${schema.length} names`);
  return read.map(({ column_name, column_type }, at) => {
    const { row, place } = schema[at] as TopElement;
    return {
      name: row.name ?? '',
      cell: column_name as string,
      type: column_type as string,
      place,
      physical: row.type ?? null,
      converted: row.converted_type ?? null,
      logical: row.logical_type ?? null,
      ...digitsOf(row),
    };
  });
}

/** The digits of a DECIMAL, all of them and those behind the point; 0 where it is none. */
function digitsOf({ precision, scale, logical_type }: Row): { precision: number; scale: number } {
  const [, itsScale, itsPrecision] = /^DecimalType\(scale=(\d+), precision=(\d+)\)$/.exec(logical_type ?? '') ?? [];
  return { precision: Number(precision ?? itsPrecision ?? 0), scale: Number(scale ?? itsScale ?? 0) };
}

interface TopElement {
  row: Row;
  place: FooterPlace;
}

/** Of a schema that names each column before what it is made of, and the table first, the columns. */
function topElements([, ...elements]: Row[]): TopElement[] {
  const found: TopElement[] = [];
  let leaf = 0;
  for (let at = 0, within = 0; at < elements.length; at += 1) {
    const row = elements[at] as Row;
    const children = Number(row.num_children ?? 0);
    if (within === 0) found.push({ row, place: { element: at + 1, leaf } });
    else within -= 1;
    within += children;
    if (children === 0) leaf += 1;
  }
  return found;
}

/** Who wrote the file, by its own word. */
export async function readCreatedBy(warehouse: Warehouse, path: string): Promise<string> {
  const { created_by } = await warehouse.one(`SELECT created_by FROM parquet_file_metadata(${literal(path)})`);
  return (created_by ?? '').trim() || 'an unnamed program';
}

/** Those of the columns, by DuckDB's names, that hold no value in any row. What can't be read at all does hold some. */
export async function columnsOfNulls(
  warehouse: Warehouse,
  path: string,
  cells: readonly string[],
  isTheFiles: (error: unknown) => boolean,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const cell of cells) {
    try {
      if ((await warehouse.count(`SELECT count(${cell}) FROM ${rowsOfParquet(path)}`)) === 0) found.add(cell);
    } catch (error) {
      if (!isTheFiles(error)) throw error;
    }
  }
  return found;
}
