import type { Mapping } from '../core/reading.js';

/**
 * How the cells of a column are read.
 * `read`, `sound` and `faults` are SQL on the trimmed cell that carries the column's name, most of it calls of the macros
 * in sql/dialects/duckdb/cells.sql. `faults` says in full what `sound` says shortly; a row that isn't sound must have a fault,
 * and staging fails where it has none.
 */
export interface Column {
  name: string;
  chinese: string;
  /** What its cells are: ids and texts are looked at for words and figures that programs write in place of them. */
  holds: 'id' | 'text' | 'other';
  /** What it means for the figures that a file has no such column, as the end of a sentence; blank for a required one, and where it means nothing. */
  absent: string;
  /** A blank cell is the fault `missing`, and a header without the column makes the file unusable. */
  required: boolean;
  /** What it holds, by the contract's table. */
  type: 'id' | 'time' | 'date' | 'flag' | 'integer' | 'decimal' | 'text' | 'word';
  /** SQL: the type of its values in the warehouse. */
  stored: string;
  /**
   * RE2: the form of a sound cell, looked at before any cast, because casts round and accept more than the contract does.
   * It has no comma in it and no space at either end, so that a line of such cells can be looked at whole.
   */
  form: string;
  /** Whether there is a value to a cell of that form; undefined where there always is. */
  exists?: string;
  /** SQL: the value of a sound cell, the default of a blank one. */
  read: string;
  /** Whether a cell that isn't blank is sound. */
  sound: string;
  /** Each gives a fault's code or NULL. */
  faults: string[];
  /** For times, which are costly to read and looked at several times: the value of a cell of that form, computed first, as `<name>_read`. */
  early?: (cell: string) => string;
  /** Of a column of words those that the contract gives, with the Chinese ones. */
  words?: Readonly<Record<string, string>>;
  /** What another system calls the column (settle.yaml). */
  aliases?: readonly string[];
  /** The same column, reading what this SQL gives in place of the cell. */
  of: (cell: string) => Column;
}

/** Whether a header cell names a column. */
export function isCalled({ name, chinese, aliases }: Column, cell: string): boolean {
  return cell === name || cell === chinese || aliases?.includes(cell) === true;
}

/** The columns that a header must have, of those that it hasn't; any one of the last is enough where they are a kind's `either`. */
export function lackingOf({ columns, either = [] }: Kind, has: (column: Column) => boolean): Column[] {
  const required = columns.filter((column) => column.required && !has(column));
  const one = columns.filter(({ name }) => either.includes(name));
  return one.some(has) ? required : [...required, ...one];
}

/** SQL: two rows of a kind have the same key, its columns named by what stands in front of them. */
export function sameKey({ key, columns }: Kind, one: string, other: string): string {
  const sames = key.map((name) => {
    const required = columns.find((column) => column.name === name)?.required === true;
    return `${one}${name} ${required ? '=' : 'IS NOT DISTINCT FROM'} ${other}${name}`;
  });
  return sames.join(' AND ');
}

/** A check between the cells of one row; its fault is told of `column`. */
export interface RowCheck {
  column: string;
  /** Whether the row passes, given that its cells are sound. */
  sound: string;
  fault: string;
}

export interface Kind {
  /** What names of its files begin with. */
  name: string;
  /** Words of a file's name by which somebody means the kind. */
  meant: RegExp;
  /** Whom the other exports are about: its words stand in names of other kinds too. */
  master: boolean;
  table: string;
  /** A column of it that isn't required is blank in some rows, which is a value like any other. */
  key: string[];
  /** Columns of which a header has one at least, where none of them is required. */
  either?: readonly string[];
  columns: Column[];
  checks: RowCheck[];
  /** Its cells are shown to nobody, nor are those of a header that may be a row of them. */
  secret?: true;
  /** What its columns and their words are called besides. */
  mapping?: Mapping;
}

export type Type = (
  cell: string,
) => Omit<Column, 'name' | 'chinese' | 'required' | 'absent' | 'holds' | 'of'> & { holds?: Column['holds'] };

/** A cell that is exactly this is a missing value, as a blank one is (ClickHouse, Hive and MySQL write it). */
export const MISSING = '\\N';

/** SQL: whether a cell has a form. */
function has(cell: string, form: string): string {
  return `regexp_full_match(${cell}, '${form}')`;
}

/** SQL for the columns that are staged with cells: what is read early of those that have their form. */
export function readEarly(columns: readonly Column[]): string {
  return columns
    .map(({ name, form, early }) =>
      early === undefined ? '' : `, CASE WHEN ${has(name, form)} THEN ${early(name)} END AS ${name}_read`,
    )
    .join('');
}

const ID = '[A-Za-z0-9][A-Za-z0-9_.-]{0,63}';
export const idCell: Type = (cell) => ({
  type: 'id',
  stored: 'VARCHAR',
  holds: 'id',
  form: ID,
  read: cell,
  sound: has(cell, ID),
  faults: [`CASE WHEN NOT ${has(cell, ID)} THEN 'bad_id' END`],
});

// YYYY-M-D or YYYY/M/D, 2000 to 2099; then a space or T, H:MM or H:MM:SS with a fraction of zeros; then nothing (Beijing),
// Z, or an offset of hours, which may have minutes.
const DATE = '20[0-9]{2}(?:-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{1,2}';
const OFFSET = '[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?';
const TIME = `${DATE}[ T](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.0{1,9})?)?(?:Z|${OFFSET})?`;
export const dateCell: Type = (cell) => {
  const exists = `read_date(${cell}) IS NOT NULL`;
  const sound = `${has(cell, DATE)} AND ${exists}`;
  return {
    type: 'date',
    stored: 'DATE',
    form: DATE,
    exists,
    read: `read_date(${cell})`,
    sound,
    faults: [`CASE WHEN ${cell} IS NOT NULL AND NOT (${sound}) THEN 'bad_date' END`],
  };
};
export const time: Type = (cell) => ({
  type: 'time',
  stored: 'TIMESTAMP',
  form: TIME,
  early: (staged) => `read_time(${staged})`,
  exists: `${cell}_read IS NOT NULL`,
  read: `${cell}_read`,
  sound: `${cell}_read IS NOT NULL`,
  faults: [`CASE WHEN ${cell} IS NOT NULL AND ${cell}_read IS NULL THEN 'bad_time' END`],
});

export const flagCell: Type = (cell) => ({
  type: 'flag',
  stored: 'BOOLEAN',
  form: '[YyNn10]|是|否|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]',
  read: `read_flag(${cell})`,
  sound: `read_flag(${cell}) IS NOT NULL`,
  faults: [`fault_flag(${cell})`],
});

const integer =
  (sqlType: string, form: string, range: string): Type =>
  (cell) => ({
    type: 'integer',
    stored: sqlType,
    form,
    read: `TRY_CAST(${cell} AS ${sqlType})`,
    sound: has(cell, form),
    faults: [`fault_integer(${cell})`, `${range}(${cell})`],
  });
// Zeros in front and behind the point are no digits too many.
export const level = integer('TINYINT', '0*[1-9][0-9]?(?:\\.0+)?', 'fault_level');
export const counted = integer('INTEGER', '0*[0-9]{1,9}(?:\\.0+)?', 'fault_count');
export const seconds = integer('BIGINT', '[0-9]+(?:\\.0+)?', 'fault_not_negative');

export const decimalCell =
  (whole: number, fraction: number): Type =>
  (cell) => {
    const form = `0*[0-9]{1,${whole}}(?:\\.[0-9]{1,${fraction}}0*)?`;
    return {
      type: 'decimal',
      stored: `DECIMAL(${whole + fraction}, ${fraction})`,
      form,
      read: `TRY_CAST(${cell} AS DECIMAL(${whole + fraction}, ${fraction}))`,
      sound: has(cell, form),
      faults: [
        `fault_decimal(${cell})`,
        `fault_decimal_range(${cell}, ${whole})`,
        `fault_decimal_precision(${cell}, ${fraction})`,
      ],
    };
  };

/** Characters that stand in a text, of which the first and the last are no spaces. Counting them would make RE2's program as many times as long. */
const TEXT = '[^,\\p{Cc} ](?:[^,\\p{Cc}]*[^,\\p{Cc} ])?';

export const textCell =
  (most: number): Type =>
  (cell) => {
    const fits = `length(${cell}) <= ${most}`;
    return {
      type: 'text',
      stored: 'VARCHAR',
      holds: 'text',
      form: TEXT,
      exists: `${fits} AND ${cell} <> '${MISSING}'`,
      read: cell,
      sound: `${fits} AND NOT has_control(${cell})`, // a quoted cell may hold a comma
      faults: [`fault_text(${cell}, ${most})`],
    };
  };
export const freeText: Type = (cell) => ({
  type: 'text',
  stored: 'VARCHAR',
  holds: 'text',
  form: TEXT,
  exists: `${cell} <> '${MISSING}'`,
  read: cell,
  sound: `NOT has_control(${cell})`,
  faults: [`CASE WHEN has_control(${cell}) THEN 'bad_value' END`],
});

const ACCOUNT = '[A-Za-z0-9]{1,64}';
/** A number of a bank account. A spreadsheet rounds a long one as it does an id, so one that it holds as a number is a fault. */
export const accountCell: Type = (cell) => ({
  type: 'text',
  stored: 'VARCHAR',
  holds: 'id',
  form: ACCOUNT,
  read: cell,
  sound: has(cell, ACCOUNT),
  faults: [`CASE WHEN NOT ${has(cell, ACCOUNT)} THEN 'bad_value' END`],
});

/** A column of known words, in English or Chinese; `others`: what any other word must be. */
export const words =
  (chinese: Record<string, string>, others?: Type): Type =>
  (cell) => {
    const known = Object.entries(chinese).map(([english, word]) => `WHEN '${word}' THEN '${english}'`);
    // No IN: DuckDB makes a join of a long list, and a join loses the order of the rows, by which they get their lines.
    const all = Object.entries(chinese).flat();
    const other = others?.(cell);
    const given = other?.exists;
    const sound = `(CASE ${cell} ${all.map((word) => `WHEN '${word}' THEN true`).join(' ')} ELSE ${other?.sound ?? 'false'} END)`;
    return {
      type: 'word',
      stored: 'VARCHAR',
      words: chinese,
      holds: other?.holds ?? 'other',
      form: [...all, ...(other === undefined ? [] : [other.form])].join('|'),
      ...(given === undefined ? {} : { exists: given }),
      read: `CASE ${cell} ${known.join(' ')} ELSE ${cell} END`,
      sound,
      faults: [`CASE WHEN ${cell} IS NOT NULL AND NOT ${sound} THEN 'bad_value' END`],
    };
  };
