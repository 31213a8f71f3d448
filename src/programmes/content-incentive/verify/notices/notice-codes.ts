import { isDay, isId, isText } from '../../../../verify/forms.js';
import { isOfThePlace, SEVERITIES, type Severity } from '../../../../verify/place-codes.js';
import { EXPORT_COLUMNS, FIGURE_COLUMNS, ID_COLUMNS, kindOf, OPTIONAL_COLUMNS, WORD_COLUMNS } from '../columns.js';

/** The codes of notices.csv, and the form that the contract ("Notices") gives each line's cells. */

/** Whether a cell is sound, beside its line's file, and what it should be. */
type Cell = readonly [sound: (text: string, file: string) => boolean, expected: string];

export interface NoticeForm {
  severities: readonly Severity[];
  /** The file's kind or ending; that it is one of the run's inputs is looked at besides. */
  file: Cell;
  subject: Cell;
  /** The least that is told; undefined where a count means nothing. */
  count: number | undefined;
  value: Cell;
}

const ATTENTION: readonly Severity[] = ['attention'];
const INFO: readonly Severity[] = ['info'];

const BLANK: Cell = [(text) => text === '', 'a blank cell'];
const ANY: Cell = [() => true, 'any cell'];
const GIVEN: Cell = [(text) => text.trim() !== '', 'a cell that is given'];

const AN_EXPORT: Cell = [(file) => file !== '', 'a file'];
const MAYBE_AN_EXPORT: Cell = ANY;
const OF_SESSIONS: Cell = [(file) => kindOf(file) === 'sessions', 'a file of sessions'];
const A_TEXT: Cell = [(file) => /\.csv(?:\.gz)?$/i.test(file), 'a file of text'];
const A_PARQUET: Cell = [(file) => /\.parquet$/i.test(file), 'a file of Parquet'];
const A_WORKBOOK: Cell = [(file) => /\.xlsx$/i.test(file), 'a workbook'];

const AN_ID: Cell = [isId, 'an id'];
const A_DAY: Cell = [isDay, 'a date'];
const A_WORD: Cell = [(text) => isText(text, Infinity), 'text'];
const A_TRACK: Cell = [(text) => isText(text, 64), 'a track'];
const TWO_IDS: Cell = [(text) => areDifferent(text.split(';')), 'two ids'];
const ID_OR_DAY: Cell = [(text) => isId(text) || isDay(text), 'an id or a date'];
const ON_A_DAY: Cell = [(text) => isOnDay(text.split(';')), 'an anchor and a date'];

function areDifferent(ids: readonly string[]): boolean {
  return ids.length === 2 && ids.every(isId) && ids[0] !== ids[1];
}

function isOnDay([id = '', date = '', ...others]: readonly string[]): boolean {
  return isId(id) && isDay(date) && others.length === 0;
}

function columns(expected: string, of: Record<string, readonly string[]>, among?: readonly string[]): Cell {
  const isOne = (text: string, kind: string | undefined): boolean =>
    kind !== undefined && (of[kind] ?? []).includes(text) && (among === undefined || among.includes(text));
  return [(text, file) => isOne(text, kindOf(file)), expected];
}

const AN_ID_COLUMN = columns('a column of ids of that file', EXPORT_COLUMNS, ID_COLUMNS);
const A_WORD_COLUMN = columns('a column of ids or texts of that file', EXPORT_COLUMNS, WORD_COLUMNS);
const A_FIGURE_COLUMN = columns('a column of figures of that file', EXPORT_COLUMNS, FIGURE_COLUMNS);
const AN_ABSENT_COLUMN = columns('an optional column of that file', OPTIONAL_COLUMNS);

/** Of a file, its column; where all files of a kind lack it, the kind and the column. */
const ABSENT_SOMEWHERE: Cell = [
  (text, file) => {
    const [kind = '', column = ''] = file === '' ? text.split(';') : [kindOf(file), text];
    return (OPTIONAL_COLUMNS[kind] ?? []).includes(column) && (file !== '' || text === `${kind};${column}`);
  },
  'an optional column, of that file or, behind it, of a kind',
];

function form(subject: Cell, others: Partial<NoticeForm> = {}): NoticeForm {
  return { severities: ATTENTION, file: BLANK, count: undefined, value: BLANK, ...others, subject };
}

function ofFile(others: Partial<NoticeForm> = {}): NoticeForm {
  return form(BLANK, { file: AN_EXPORT, ...others });
}

const FORMS = new Map<string, NoticeForm>([
  ['day_without_sessions', form(A_DAY)],
  ['file_shrank', ofFile({ count: 1 })],
  ['file_all_out', ofFile({ count: 1 })],
  ['last_line_open', ofFile({ file: A_TEXT, value: ANY })],
  ['column_like', form(AN_ABSENT_COLUMN, { file: AN_EXPORT, value: GIVEN })],
  ['column_absent', form(ABSENT_SOMEWHERE, { severities: SEVERITIES, file: MAYBE_AN_EXPORT })],
  ['control_differs', form(ID_OR_DAY, { value: GIVEN })],
  ['control_missing', form(AN_ID, { value: ANY })],
  ['control_lacks', form(ID_OR_DAY, { count: 1 })],
  ['times_without_seconds', ofFile({ file: OF_SESSIONS, count: 1 })],
  ['encoding_doubtful', ofFile({ file: A_TEXT })],
  ['id_rounded', form(AN_ID_COLUMN, { file: AN_EXPORT, count: 2 })],
  ['id_point_zero', form(AN_ID_COLUMN, { file: AN_EXPORT, count: 2 })],
  ['null_word', form(A_WORD_COLUMN, { file: AN_EXPORT, count: 1 })],
  ['copy_supersedes', ofFile()],
  ['session_other_anchor', form(AN_ID, { value: TWO_IDS })],
  ['sessions_overlap', form(AN_ID, { count: 1, value: TWO_IDS })],
  ['day_too_long', form(ON_A_DAY, { count: 1 })],
  ['kind_unknown', form(AN_ID, { count: 1 })],
  ['account_kind_unknown', form(A_WORD, { severities: SEVERITIES, count: 1 })],
  ['agency_unknown', form(AN_ID, { count: 1 })],
  ['ineligible_no_session', form(AN_ID, { count: 1 })],
  ['session_unknown', form(AN_ID, { severities: INFO, count: 1 })],
  ['track_unused', form(A_TRACK, { severities: SEVERITIES })],
  ['index_overdue', form(A_TRACK, { count: 1 })],
  ['title_rows', ofFile({ severities: SEVERITIES, file: A_WORKBOOK, count: 1 })],
  ['other_sheets', ofFile({ severities: SEVERITIES, file: A_WORKBOOK, count: 1 })],
  ['correction_undone', ofFile({ count: 1, value: AN_EXPORT })],
  ['formulas_zero', form(A_FIGURE_COLUMN, { file: A_WORKBOOK, count: 2 })],
  ['cells_merged', ofFile({ file: A_WORKBOOK, count: 1 })],
  ['dates_with_z', ofFile({ file: A_WORKBOOK, count: 1 })],
  ['int96_read', ofFile({ severities: SEVERITIES, file: A_PARQUET, value: GIVEN })],
  ['read_by_older', ofFile({ count: 0 })],
]);

/** The form of a code's lines; undefined where none may stand in a run folder. */
export function noticeForm(code: string): NoticeForm | undefined {
  return FORMS.get(code);
}

export function isNoticeCode(code: string): boolean {
  return FORMS.has(code) || isOfThePlace(code);
}
