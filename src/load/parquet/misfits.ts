import type { Column } from '../../exports/column-types.js';
import { unusable } from '../unusable.js';
import type { ParquetColumn } from './schema.js';
import { isWide, MOST_DIGITS } from './texts.js';

/** A known column that can't be read for what it says, and the name of the writer where that decides how to put it right. */
export interface Misfit {
  known: Column;
  column: ParquetColumn;
  /** Whether its pages are written in an encoding that DuckDB doesn't read. */
  split: boolean;
}

/** What is wrong with a column, and how its writer does it right. */
interface Said {
  what: string;
  mend: string;
}

/** A file with known columns that can't be read, all of them named. */
export function misfitting(file: string, misfits: readonly Misfit[], createdBy: string): Error {
  const byFault = new Map<string, { names: string[]; mends: Set<string> }>();
  for (const misfit of misfits) {
    const { what, mend } = saidOf(misfit);
    const { names, mends } = byFault.get(what) ?? { names: [], mends: new Set<string>() };
    names.push(misfit.column.name);
    byFault.set(what, { names, mends: mends.add(mend) });
  }
  const faults = [...byFault].map(([what, { names }]) => faultText(names, what));
  const mends = new Set([...byFault.values()].flatMap(({ mends }) => [...mends]));
  const [first] = misfits;
  return unusable(
    file,
    `${faults.join('; ')} (the file was written by ${createdBy.slice(0, 120)})`,
    [...mends].join(' '),
    { column: first?.known.name as string },
  );
}

function faultText(names: readonly string[], what: string): string {
  const many = names.length > 1;
  return `the column${many ? 's' : ''} ${names.join(', ')} ${many ? 'are' : 'is'} ${what}`;
}

function saidOf({ known, column, split }: Misfit): Said {
  if (split) return SPLIT;
  if (column.physical === 'INT96') return INT96;
  if (isWide(column)) return wide(column);
  if (['DOUBLE', 'FLOAT'].includes(column.type))
    return { what: `of the type ${column.type}, which holds no exact figure`, mend: exactly(known, column) };
  if (column.type === 'BLOB') return binary(column);
  const type = column.type.length > 60 ? `${column.type.slice(0, 60)}…` : column.type;
  return { what: `of the type ${type}, which is not read`, mend: `Write ${column.name} as ${RIGHT[known.type]}.` };
}

const INT96: Said = {
  what: "INT96, which doesn't say whether its times are UTC or Beijing's clock",
  mend:
    'Write the times as TIMESTAMP: Spark with spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS or columns of TIMESTAMP_NTZ, pyarrow without use_deprecated_int96_timestamps. ' +
    "Where you know what the writer meant, run with --parquet-int96 instant (UTC) or --parquet-int96 wall (Beijing's clock), or say it as parquet_int96 in settle.yaml.",
};

const SPLIT: Said = {
  what: 'written in the encoding BYTE_STREAM_SPLIT, which is read of FLOAT and DOUBLE alone',
  mend: 'Write the file without it (pyarrow: use_byte_stream_split=False, and no BYTE_STREAM_SPLIT in column_encoding).',
};

function binary({ name }: ParquetColumn): Said {
  return {
    what: 'of the type BLOB: nothing says that its bytes are text',
    mend: `Write ${name} as a string (ClickHouse: output_format_parquet_string_as_string = 1; Impala: PARQUET_ANNOTATE_STRINGS_UTF8 = true).`,
  };
}

function wide({ name, precision, scale }: ParquetColumn): Said {
  return {
    what: `DECIMAL(${precision},${scale}), of more than ${MOST_DIGITS} digits`,
    mend: `Write ${name} as DECIMAL(${MOST_DIGITS},${Math.min(scale, MOST_DIGITS)}) or less.`,
  };
}

/** What a column of a type is written as. */
const RIGHT: Record<Column['type'], string> = {
  id: 'text or an integer',
  time: 'TIMESTAMP or text',
  date: 'DATE or text',
  flag: 'BOOLEAN or text',
  integer: 'an integer',
  decimal: 'DECIMAL or text',
  text: 'text',
  word: 'text',
};

/** pandas makes DOUBLE of integers as soon as one of them is blank; a price, on the other hand, was float from the first. */
function exactly({ type }: Column, { name }: ParquetColumn): string {
  if (type === 'decimal')
    return `Write ${name} as DECIMAL or text (pandas: df['${name}'].map(lambda x: Decimal(str(x)), na_action='ignore')).`;
  return `Write ${name} as ${RIGHT[type]} (pandas makes DOUBLE of integers where one is blank: df['${name}'].astype('Int64')).`;
}
