import type { Column } from '../../exports/column-types.js';
import { joined, type Wording } from '../../words/said.js';
import { say } from '../../words/say.js';
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
interface SaidOfColumn {
  what: Wording;
  mend: Wording;
}

/** A file with known columns that can't be read, all of them named. */
export function misfitting(file: string, misfits: readonly Misfit[], createdBy: string): Error {
  // Those with one fault are named together.
  const byFault = new Map<string, { what: Wording; names: string[] }>();
  const fixes = new Map<string, Wording>();
  const found = misfits.map((misfit) => ({ name: misfit.column.name, ...saidOf(misfit) }));
  for (const { name, what } of found) {
    const names = byFault.get(String(what))?.names ?? [];
    byFault.set(String(what), { what, names: [...names, name] });
  }
  const byFaults = found.toSorted((a, b) => placeIn(byFault, a.what) - placeIn(byFault, b.what));
  for (const { mend } of byFaults) fixes.set(String(mend), mend);
  const faults = [...byFault.values()].map(({ names, what }) => faultText(names, what));
  const mends = [...fixes.values()];
  const [first] = misfits;
  return unusable(
    file,
    say('{faults} (the file was written by {writer})', {
      faults: joined(faults, '; ', '；'),
      writer: createdBy.slice(0, 120),
    }),
    joined(mends, ' ', ''),
    { column: first?.known.name as string },
  );
}

function placeIn(faults: ReadonlyMap<string, unknown>, what: Wording): number {
  return [...faults.keys()].indexOf(String(what));
}

function faultText(names: readonly string[], what: Wording): Wording {
  return names.length > 1
    ? say('the columns {names} are {what}', { names, what })
    : say('the column {names} is {what}', { names, what });
}

function saidOf({ known, column, split }: Misfit): SaidOfColumn {
  if (split) return SPLIT;
  if (column.physical === 'INT96') return INT96;
  if (isWide(column)) return wide(column);
  if (['DOUBLE', 'FLOAT'].includes(column.type))
    return {
      what: say('of the type {type}, which holds no exact figure', { type: column.type }),
      mend: exactly(known, column),
    };
  if (column.type === 'BLOB') return binary(column);
  const type = column.type.length > 60 ? `${column.type.slice(0, 60)}…` : column.type;
  return {
    what: say('of the type {type}, which is not read', { type }),
    mend: say('Write {name} as {type}.', { name: column.name, type: RIGHT[known.type] }),
  };
}

const INT96: SaidOfColumn = {
  what: say("INT96, which doesn't say whether its times are UTC or Beijing's clock"),
  mend: say(
    "Write the times as TIMESTAMP: Spark with spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS or columns of TIMESTAMP_NTZ, pyarrow without use_deprecated_int96_timestamps. Where you know what the writer meant, run with --parquet-int96 instant (UTC) or --parquet-int96 wall (Beijing's clock), or say it as parquet_int96 in settle.yaml.",
  ),
};

const SPLIT: SaidOfColumn = {
  what: say('written in the encoding BYTE_STREAM_SPLIT, which is read of FLOAT and DOUBLE alone'),
  mend: say(
    'Write the file without it (pyarrow: use_byte_stream_split=False, and no BYTE_STREAM_SPLIT in column_encoding).',
  ),
};

function binary({ name }: ParquetColumn): SaidOfColumn {
  return {
    what: say('of the type BLOB: nothing says that its bytes are text'),
    mend: say(
      'Write {name} as a string (ClickHouse: output_format_parquet_string_as_string = 1; Impala: PARQUET_ANNOTATE_STRINGS_UTF8 = true).',
      { name },
    ),
  };
}

function wide({ name, precision, scale }: ParquetColumn): SaidOfColumn {
  return {
    what: say('DECIMAL({precision},{scale}), of more than {MOST_DIGITS} digits', { precision, scale, MOST_DIGITS }),
    mend: say('Write {name} as DECIMAL({MOST_DIGITS},{scale}) or less.', {
      name,
      MOST_DIGITS,
      scale: Math.min(scale, MOST_DIGITS),
    }),
  };
}

/** What a column of a type is written as. */
const RIGHT: Record<Column['type'], Wording> = {
  id: say('text or an integer'),
  time: say('TIMESTAMP or text'),
  date: say('DATE or text'),
  flag: say('BOOLEAN or text'),
  integer: say('an integer'),
  decimal: say('DECIMAL or text'),
  text: say('text'),
  word: say('text'),
};

/** pandas makes DOUBLE of integers as soon as one of them is blank; a price, on the other hand, was float from the first. */
function exactly({ type }: Column, { name }: ParquetColumn): Wording {
  if (type === 'decimal')
    return say(
      "Write {name} as DECIMAL or text (pandas: df['{name}'].map(lambda x: Decimal(str(x)), na_action='ignore')).",
      { name },
    );
  return say(
    "Write {name} as {type} (pandas makes DOUBLE of integers where one is blank: df['{name}'].astype('Int64')).",
    { name, type: RIGHT[type] },
  );
}
