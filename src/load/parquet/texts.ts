import type { Int96 } from '../../core/reading.js';
import type { Column } from '../../exports/column-types.js';
import { CONVERTED, PHYSICAL } from './footer.js';
import type { Restated } from './restated.js';
import type { ParquetColumn } from './schema.js';

/**
 * How a column's cells become the text that a CSV would hold: SQL for it, given SQL for the cell, by the macros of
 * sql/dialects/duckdb/parquet.sql. Each step is a query of its own, for the engine computes an expression again wherever it stands.
 */
export interface Texts {
  steps: ((cell: string) => string)[];
  /** What the schema must be made to say first, so that DuckDB reads the cell as the steps take it. */
  restated?: Restated;
}

/** Calls of macros, one after the other. */
function by(...macros: string[]): Texts['steps'] {
  return macros.map((macro) => (cell) => `${macro}(${cell})`);
}

const AS_IT_STANDS: Texts = { steps: [(cell) => `CAST(${cell} AS VARCHAR)`] };
/** Spaces around a text are no part of it, and a blank one is none. */
const TEXT: Texts = { steps: by('cell') };

/** Of a column that can be read, how; undefined where it can't. `int96`: what INT96 is taken for, where somebody said it. */
export function textsOf(column: ParquetColumn, known: Column, int96: Int96 | undefined): Texts | undefined {
  if (column.physical === 'INT96' && column.type === 'TIMESTAMP')
    return int96 && { steps: [...NANOSECONDS, ...by(ofNanoseconds(known, int96))], restated: TWELVE_BYTES };
  const isList = column.physical === null || column.type.endsWith('[]');
  if (isList || isWide(column)) return undefined;
  return timesOf(column, known) ?? byLogicalTypeAlone(column) ?? plainTexts(column);
}

/** INT96 as the twelve bytes that it is, and what makes nanoseconds of them: DuckDB's own reading cuts off all below a microsecond. */
const TWELVE_BYTES: Restated = { type: PHYSICAL.FIXED_LEN_BYTE_ARRAY, length: 12 };
const NANOSECONDS = by('number_of_int96', 'parts_of_number', 'turned_parts', 'ns_of_parts');

/** In a date column midnight is the day, and an instant is Beijing's time. */
function ofNanoseconds({ type }: Column, meaning: Int96): string {
  const said = type === 'date' ? 'day_of_ns' : 'clock_of_ns';
  return meaning === 'instant' ? `beijing_${said}` : said;
}

/**
 * TIMESTAMP columns. By the format a logical type says whether they are adjusted to UTC; without one, the converted types
 * TIMESTAMP_MILLIS and _MICROS are, though DuckDB reads them as if they weren't. Of instants in nanoseconds DuckDB cuts
 * off what is below a microsecond, so they are read as the numbers that they are.
 */
function timesOf({ physical, logical, converted, type }: ParquetColumn, known: Column): Texts | undefined {
  if (!type.startsWith('TIMESTAMP') || physical !== 'INT64') return undefined;
  const date = known.type === 'date';
  const adjusted = /^TimestampType\(isAdjustedToUTC=([01])/.exec(logical ?? '')?.[1];
  if (adjusted === '0') return date ? { steps: by('day_text') } : AS_IT_STANDS;
  if (adjusted === '1' && /NANOS=NanoSeconds/.test(logical ?? ''))
    return { steps: by(ofNanoseconds(known, 'instant')), restated: {} };
  if (adjusted === '1' || (logical === null && converted?.startsWith('TIMESTAMP_') === true))
    return { steps: by('us_of_instant', date ? 'beijing_day_of_us' : 'beijing_clock_of_us') };
  return undefined;
}

/** What DuckDB's DECIMAL holds. One of more digits it reads as a DOUBLE, which may be of another size. */
export const MOST_DIGITS = 38;

/** A DECIMAL of more digits than can be read. */
export function isWide({ converted, logical, precision }: ParquetColumn): boolean {
  const decimal = converted === 'DECIMAL' || logical?.startsWith('DecimalType') === true;
  return decimal && precision > MOST_DIGITS;
}

/** DuckDB knows these by the converted type alone, and would take cents for yuan where a logical type stands without it. */
function byLogicalTypeAlone(column: ParquetColumn): Texts | undefined {
  const name = column.converted === null ? /^(\w+)Type\(/.exec(column.logical ?? '')?.[1] : undefined;
  const { physical, precision, scale } = column;
  if (name === 'Decimal') {
    const type = `DECIMAL(${precision},${scale})`;
    return restated({ converted: CONVERTED.DECIMAL, precision, scale }, plainTexts({ ...column, type }));
  }
  if (name === 'String' || name === 'Enum') return restated({ converted: CONVERTED.UTF8 }, TEXT);
  if (name === 'Date') return restated({ converted: CONVERTED.DATE }, AS_IT_STANDS);
  const unsigned = name === 'Int' && /isSigned=0/.test(column.logical ?? '');
  const converted = physical === 'INT64' ? CONVERTED.UINT_64 : CONVERTED.UINT_32;
  return unsigned ? restated({ converted }, AS_IT_STANDS) : undefined;
}

function restated(as: Restated, texts: Texts | undefined): Texts | undefined {
  return texts && { ...texts, restated: as };
}

const PLAIN = /^(BOOLEAN|DATE|U?(TINYINT|SMALLINT|INTEGER|BIGINT)|DECIMAL\(.*\)|UUID|"NULL")$/;

function plainTexts({ type }: ParquetColumn): Texts | undefined {
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision !== undefined && precision === scale) return { steps: by('decimal_text') };
  if (type === 'VARCHAR') return TEXT;
  return PLAIN.test(type) ? AS_IT_STANDS : undefined;
}
