import { ACCOUNT_KINDS, COMPLIANCE_CODES, PENALTY_KINDS, PENALTY_STATUSES } from './words.js';

/**
 * The exports' columns, as the contract lists them: one table for header checks and staging.
 * `read`, `sound` and `faults` are SQL on the trimmed cell that carries the column's name, most of it calls of the macros
 * in sql/10_staging/cells.sql. `faults` says in full what `sound` says shortly; a row that isn't sound must have a fault,
 * and staging fails where it has none.
 */
export interface Column {
  name: string;
  chinese: string;
  /** What its cells are: ids and texts are looked at for words and figures that programs write in place of them. */
  holds: 'id' | 'text' | 'other';
  /** What it means for the figures that a file has no such column, as the end of a sentence; blank for a required one. */
  absent: string;
  /** A blank cell is the fault `missing`, and a header without the column makes the file unusable. */
  required: boolean;
  /** What it holds, by the contract's table. */
  type: 'id' | 'time' | 'date' | 'flag' | 'integer' | 'decimal' | 'text' | 'word';
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
}

/** A check between the cells of one row; its fault is told of `column`. */
export interface RowCheck {
  column: string;
  /** Whether the row passes, given that its cells are sound. */
  sound: string;
  fault: string;
}

export interface Kind {
  name: 'sessions' | 'anchors' | 'penalties' | 'scarcity' | 'agencies';
  table: string;
  key: string[];
  columns: Column[];
  checks: RowCheck[];
}

type Type = (
  cell: string,
) => Omit<Column, 'name' | 'chinese' | 'required' | 'absent' | 'holds'> & { holds?: Column['holds'] };

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
const id: Type = (cell) => ({
  type: 'id',
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
const date: Type = (cell) => {
  const exists = `read_date(${cell}) IS NOT NULL`;
  const sound = `${has(cell, DATE)} AND ${exists}`;
  return {
    type: 'date',
    form: DATE,
    exists,
    read: `read_date(${cell})`,
    sound,
    faults: [`CASE WHEN ${cell} IS NOT NULL AND NOT (${sound}) THEN 'bad_date' END`],
  };
};
const time: Type = (cell) => ({
  type: 'time',
  form: TIME,
  early: (staged) => `read_time(${staged})`,
  exists: `${cell}_read IS NOT NULL`,
  read: `${cell}_read`,
  sound: `${cell}_read IS NOT NULL`,
  faults: [`CASE WHEN ${cell} IS NOT NULL AND ${cell}_read IS NULL THEN 'bad_time' END`],
});

const flag: Type = (cell) => ({
  type: 'flag',
  form: '[YyNn10]|是|否|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]',
  read: `read_flag(${cell})`,
  sound: `read_flag(${cell}) IS NOT NULL`,
  faults: [`fault_flag(${cell})`],
});

const integer =
  (sqlType: string, form: string, range: string): Type =>
  (cell) => ({
    type: 'integer',
    form,
    read: `TRY_CAST(${cell} AS ${sqlType})`,
    sound: has(cell, form),
    faults: [`fault_integer(${cell})`, `${range}(${cell})`],
  });
// Zeros in front and behind the point are no digits too many.
const level = integer('TINYINT', '0*[1-9][0-9]?(?:\\.0+)?', 'fault_level');
const seconds = integer('BIGINT', '[0-9]+(?:\\.0+)?', 'fault_not_negative');

const decimal =
  (whole: number, fraction: number): Type =>
  (cell) => {
    const form = `0*[0-9]{1,${whole}}(?:\\.[0-9]{1,${fraction}}0*)?`;
    return {
      type: 'decimal',
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

const text =
  (most: number): Type =>
  (cell) => {
    const fits = `length(${cell}) <= ${most}`;
    return {
      type: 'text',
      holds: 'text',
      form: TEXT,
      exists: `${fits} AND ${cell} <> '${MISSING}'`,
      read: cell,
      sound: `${fits} AND NOT has_control(${cell})`, // a quoted cell may hold a comma
      faults: [`fault_text(${cell}, ${most})`],
    };
  };
const freeText: Type = (cell) => ({
  type: 'text',
  holds: 'text',
  form: TEXT,
  exists: `${cell} <> '${MISSING}'`,
  read: cell,
  sound: `NOT has_control(${cell})`,
  faults: [`CASE WHEN has_control(${cell}) THEN 'bad_value' END`],
});

/** A column of known words, in English or Chinese; `others`: what any other word must be. */
const words =
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
      holds: other?.holds ?? 'other',
      form: [...all, ...(other === undefined ? [] : [other.form])].join('|'),
      ...(given === undefined ? {} : { exists: given }),
      read: `CASE ${cell} ${known.join(' ')} ELSE ${cell} END`,
      sound,
      faults: [`CASE WHEN ${cell} IS NOT NULL AND NOT ${sound} THEN 'bad_value' END`],
    };
  };

function required(name: string, chinese: string, type: Type): Column {
  return { name, chinese, required: true, absent: '', holds: 'other', ...type(name) };
}

/** `absent`: what a file without the column means; `standsFor`: SQL for the value of a blank cell, NULL where none is given. */
function optional(name: string, chinese: string, type: Type, absent: string, standsFor?: string): Column {
  const made = type(name);
  return {
    name,
    chinese,
    required: false,
    absent,
    holds: 'other',
    ...made,
    read: standsFor === undefined ? made.read : `coalesce(${made.read}, ${standsFor})`,
  };
}

export const KINDS: readonly Kind[] = [
  {
    name: 'sessions',
    table: 'session_row',
    key: ['session_id'],
    columns: [
      required('session_id', '场次ID', id),
      required('anchor_id', '主播ID', id),
      required('started_at', '开播时间', time),
      required('ended_at', '下播时间', time),
      required('settleable', '场次是否结算', flag),
      required('quality_level', '内容质量等级', level),
      required('track', '赛道', text(64)),
      required('rec_dwell_minutes', '推荐有效用户停留时长', decimal(13, 2)),
      optional('unit_price', '结算单价', decimal(6, 6), "every session takes the policy's rate of its level"),
      optional('scarcity_index', '内容稀缺度指数', decimal(4, 3), "every session takes the scarcity table's index"),
      optional(
        'effective_seconds',
        '有效时长秒',
        seconds,
        'every session counts from its start to its end',
        'seconds_between(started_at_read, ended_at_read)',
      ),
      optional('suspended', '中途暂停', flag, 'no session counts as suspended', 'false'),
      optional('opted_out', '放弃结算', flag, 'no session counts as opted out', 'false'),
      optional('replay_deleted_at', '回放删除时间', time, 'no replay counts as deleted'),
    ],
    checks: [
      {
        column: 'ended_at',
        sound: 'ended_at_read >= started_at_read',
        fault: 'fault_order(started_at_read, ended_at_read)',
      },
      {
        column: 'effective_seconds',
        sound: `CASE WHEN effective_seconds IS NULL THEN true ELSE whole_digits(effective_seconds) <= 18
          AND TRY_CAST(effective_seconds AS BIGINT) <= seconds_between(started_at_read, ended_at_read) END`,
        fault: 'fault_effective(started_at_read, ended_at_read, effective_seconds)',
      },
    ],
  },
  {
    name: 'anchors',
    table: 'anchor_row',
    key: ['anchor_id'],
    columns: [
      required('anchor_id', '主播ID', id),
      optional('nickname', '主播昵称', text(128), 'no nickname is shown'),
      optional('agency_id', '机构ID', id, 'every anchor counts as independent'),
      required('account_kind', '账号类型', words(ACCOUNT_KINDS, freeText)),
      required('first_live_on', '首播日期', date),
      optional('newcomer_certified_on', '新咖认证日期', date, 'no anchor counts as a newcomer'),
      optional('person_id', '出镜主播ID', id, 'every anchor counts as a person of its own'),
      optional('compliance_code', '合规安全码', words(COMPLIANCE_CODES), 'every anchor counts as green', "'green'"),
    ],
    checks: [],
  },
  {
    name: 'penalties',
    table: 'penalty_row',
    key: ['penalty_id'],
    columns: [
      required('penalty_id', '处罚ID', id),
      optional('anchor_id', '主播ID', id, 'every penalty must name an agency'),
      optional('agency_id', '机构ID', id, 'every penalty must name an anchor'),
      optional('session_id', '场次ID', id, 'no penalty makes a session invalid'),
      required('kind', '处罚类型', words(PENALTY_KINDS, id)),
      required('penalized_at', '处罚时间', time),
      optional('status', '处罚状态', words(PENALTY_STATUSES), 'every penalty counts as upheld', "'upheld'"),
    ],
    checks: [
      {
        column: 'anchor_id',
        sound: '(anchor_id IS NOT NULL OR agency_id IS NOT NULL)',
        fault: 'fault_no_owner(anchor_id, agency_id)',
      },
      {
        column: 'agency_id',
        sound: '(anchor_id IS NULL OR agency_id IS NULL)',
        fault: 'fault_two_owners(anchor_id, agency_id)',
      },
    ],
  },
  {
    name: 'scarcity',
    table: 'scarcity_row',
    key: ['track', 'effective_from'],
    columns: [
      required('track', '赛道', text(64)),
      required('effective_from', '生效日期', date),
      required('scarcity_index', '内容稀缺度指数', decimal(4, 3)),
    ],
    checks: [],
  },
  {
    name: 'agencies',
    table: 'agency_row',
    key: ['agency_id'],
    columns: [
      required('agency_id', '机构ID', id),
      optional('name', '机构名称', freeText, 'agencies are shown without names'),
    ],
    checks: [],
  },
];
