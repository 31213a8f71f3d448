import type { NoticeCode, Severity } from '../programmes/interface/notices.js';
import { PROGRAMMES } from '../programmes/registry.js';
import { NOTICES_ZH } from '../words/zh/notices.js';

type Unworded = Omit<NoticeCode, 'chinese'>;

const rows = (severity: Severity, fix: string): Unworded => ({ scope: 'rows', severity, fix });
const load = (severity: Severity, fix: string): Unworded => ({ scope: 'load', severity, fix });
const place = (severity: Severity, fix: string): Unworded => ({ scope: 'place', severity, fix });

/** The codes of the contract's table that every programme has, and behind them those that it leaves to us. */
const CODES: Record<keyof typeof NOTICES_ZH, Unworded> = {
  day_without_sessions: rows('attention', 'Export the sessions of that day, if there were any, and run again.'),
  file_shrank: load('attention', 'If the file is a part of the export, put the whole file in its place and run again.'),
  file_all_out: rows('attention', 'Fix what quarantine.csv says of the file and run again.'),
  file_ignored: place(
    'attention',
    'Export it as CSV, Parquet or workbook under a name that begins with its kind, or move it away.',
  ),
  last_line_open: load('attention', 'Compare the end of the file with the source; export it again if it was cut.'),
  column_like: load('attention', 'Rename the column to exactly what the contract calls it and run again.'),
  column_absent: load('info', 'Export the file again with the column, if blank cells are not meant.'),
  times_without_seconds: load('attention', 'Export times with seconds and run again.'),
  encoding_doubtful: load('attention', 'Save the file as UTF-8 and run again.'),
  id_rounded: load('attention', 'Export the ids as text, not by way of a spreadsheet, and run again.'),
  id_point_zero: load('attention', 'Export the ids as text or whole numbers and run again.'),
  null_word: load('attention', 'Leave missing cells blank and run again.'),
  copy_supersedes: rows(
    'attention',
    'Withdraw the copy: put a file of its name with the header alone in its place, and run again.',
  ),
  session_other_anchor: rows('attention', 'Give two sessions two ids, or correct the anchor, and run again.'),
  sessions_overlap: rows('attention', 'Keep one row of a broadcast, or correct the times, and run again.'),
  day_too_long: rows('attention', "Check the times of that day's sessions, and export them again."),
  kind_unknown: rows('attention', 'Correct the kind of the penalties, or name it in the policy, and run again.'),
  account_kind_unknown: rows('info', 'Correct the account kind, or name it in the policy, and run again.'),
  agency_unknown: rows('attention', 'Correct the agency of the penalty or of its anchors, and run again.'),
  session_unknown: rows('info', 'Export the session, or correct its id in the penalty, and run again.'),
  title_rows: load('info', 'Look whether a row above the header is one of the data; if so, move it below.'),
  other_sheets: load('info', 'Save each sheet that is meant as a file of its own.'),
  int96_read: load('info', 'Ask what the writer means by INT96, and read all its files in one way.'),
  read_by_older: load('attention', 'Read the files again with settle load --again.'),
  overdue_export: place('attention', 'Look why the export did not come.'),
  policy_missing: place('attention', "Put the closed period's policy file back."),
  policy_changed: place(
    'attention',
    'Put the policy file back as it was, or restate the period and close the restatement.',
  ),
  agency_changed: place(
    'attention',
    'Nothing, if the closed period stays with the earlier agency; else settle run --transfer, and close that run.',
  ),
  day_without_policy: place('attention', 'Put a policy for that day among the policies.'),
  feed_stale: place(
    'attention',
    'Settle both programmes with settle nightly, or by hand in the order of what they feed; then run again.',
  ),
  correction_undone: load(
    'attention',
    'Save the correcting file under another name and run again, if its rows are meant to stand.',
  ),
  formulas_zero: load('attention', 'Open the workbook in a spreadsheet, save it and run again, or export values.'),
  cells_merged: load('attention', 'Unmerge the cells, fill in every one of them and run again.'),
  dates_with_z: load(
    'attention',
    "Compare a time with the control desk's; if it is eight hours early, export Beijing's clock and run again.",
  ),
  control_differs: rows(
    'attention',
    'Find out whether the control desk or the export is wrong, correct that one, and run again.',
  ),
  control_missing: rows(
    'attention',
    "Export the session, or correct its quarantined row, or take it off the control desk's list, and run again.",
  ),
  control_lacks: rows(
    'attention',
    "Ask whether the session took place; put it on the control desk's list, or take it out of the export, and run again.",
  ),
};

const OWN: Record<string, NoticeCode> = Object.assign({}, ...PROGRAMMES.map(({ notices }) => notices.codes));

/** Every code of the contract's table, in its order (contract, "Notices"): those of a programme stand before the workbook's. */
export const NOTICE_CODES: Record<string, NoticeCode> = Object.fromEntries(
  Object.entries(CODES).flatMap(([code, known]): [string, NoticeCode][] => [
    ...(code === 'title_rows' ? Object.entries(OWN) : []),
    [code, { ...known, chinese: NOTICES_ZH[code as keyof typeof NOTICES_ZH] }],
  ]),
);
