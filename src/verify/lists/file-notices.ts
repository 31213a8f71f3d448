import type { Differences } from '../differences.js';
import { byteOrder, wholeOf } from '../forms.js';

/** Notices of exports as they were loaded, whatever they hold (contract, "Notices"): their form, and what the manifest shows of them. */

const FILE = 'notices.csv';
type Severity = 'attention' | 'info';
type Line = readonly string[];

/** What each cell of a code's line must be; a count that means nothing is blank. */
interface Form {
  severities: readonly Severity[];
  /** The least that is told. */
  count?: number;
  /** Whether a column is its subject. */
  column?: true;
  value?: true;
}

const EITHER: readonly Severity[] = ['attention', 'info'];
const ATTENTION: readonly Severity[] = ['attention'];

const FORMS = new Map<string, Form>([
  ['file_shrank', { severities: ATTENTION, count: 1 }],
  ['file_all_out', { severities: ATTENTION, count: 1 }],
  ['last_line_open', { severities: ATTENTION, value: true }],
  ['column_like', { severities: ATTENTION, column: true, value: true }],
  ['column_absent', { severities: EITHER, column: true }],
  ['times_without_seconds', { severities: ATTENTION, count: 1 }],
  ['encoding_doubtful', { severities: ATTENTION }],
  ['id_rounded', { severities: ATTENTION, count: 2, column: true }],
  ['id_point_zero', { severities: ATTENTION, count: 2, column: true }],
  ['null_word', { severities: ATTENTION, count: 1, column: true }],
  ['title_rows', { severities: EITHER, count: 1 }],
  ['other_sheets', { severities: EITHER, count: 1 }],
  ['int96_read', { severities: EITHER, value: true }],
  ['read_by_older', { severities: ATTENTION, count: 0 }],
  ['correction_undone', { severities: ATTENTION, count: 1, value: true }],
  ['formulas_zero', { severities: ATTENTION, count: 2, column: true }],
  ['cells_merged', { severities: ATTENTION, count: 1 }],
  ['dates_with_z', { severities: ATTENTION, count: 1 }],
]);

/** What the manifest says of the exports, and of codes that the settings lower. */
export interface SeenFiles {
  inputs: readonly {
    file: string;
    kind: string;
    rows: number;
    quarantined: number;
    reading?: { doubtful?: unknown; int96?: unknown };
  }[];
  severities?: Readonly<Record<string, { severity: string }>> | undefined;
}

/** Looks at every line of such a code, and for every line that the manifest asks for; gives the lines of other codes. */
export function otherNotices(lines: readonly Line[], manifest: SeenFiles, differences: Differences): Line[] {
  checkOrder(lines, differences);
  const others = lines.filter(([code = '']) => !FORMS.has(code));
  const ofFiles = lines.filter(([code = '']) => FORMS.has(code));
  for (const line of ofFiles) checkForm(line, FORMS.get(line[0] ?? '') as Form, manifest, differences);
  for (const [code, due] of dueOf(manifest)) {
    const told = ofFiles.filter(([of]) => of === code).map(([, , file, , count]) => `${file} ${count}`.trim());
    differences.compare(FILE, code, '', told.join('\n'), due.sort(byteOrder).join('\n'), 'contract');
  }
  return others;
}

/** The lines that follow from the manifest alone. */
function dueOf({ inputs }: SeenFiles): Map<string, string[]> {
  const files = (some: SeenFiles['inputs']): string[] => some.map(({ file }) => file);
  const out = inputs.filter(({ rows, quarantined }) => rows > 0 && rows === quarantined);
  return new Map([
    ['file_all_out', out.map(({ file, rows }) => `${file} ${rows}`)],
    ['encoding_doubtful', files(inputs.filter(({ reading }) => reading?.doubtful !== undefined))],
    ['int96_read', files(inputs.filter(({ reading }) => reading?.int96 !== undefined))],
  ]);
}

function checkForm(line: Line, form: Form, { inputs, severities }: SeenFiles, differences: Differences): void {
  const [code = '', severity = '', file = '', subject = '', count = '', value = '', message = ''] = line;
  const hold = (holds: boolean, column: string, found: string, expected: string): void => {
    if (!holds) differences.add(FILE, `${code} ${file} ${subject}`.trim(), column, found, expected, 'contract');
  };
  const lowered = severities?.[code]?.severity;
  const may: readonly string[] = lowered === undefined ? form.severities : [lowered, 'info'];
  hold(may.includes(severity), 'severity', severity, may.join(' or '));
  const [kind = ''] = subject.split(';');
  const isOfKind = code === 'column_absent' && file === '' && inputs.some((input) => input.kind === kind);
  hold(isOfKind || inputs.some((input) => input.file === file), 'file', file, 'an input of the manifest');
  hold((subject !== '') === (form.column === true), 'subject', subject, form.column ? 'a column' : 'a blank cell');
  if (form.count === undefined) hold(count === '', 'count', count, 'a blank cell');
  else hold(wholeOf(count) >= form.count, 'count', count, `a count, at least ${form.count}`);
  hold(value === '' || form.value === true, 'value', value, 'a blank cell');
  hold(message.trim() !== '', 'message', message, 'words');
  if (code !== 'read_by_older') return;
  const rows = inputs.find((input) => input.file === file)?.rows;
  hold(count === String(rows), 'count', count, String(rows));
}

/** By code, file, subject, value and message, each line once. */
function checkOrder(lines: readonly Line[], differences: Differences): void {
  const keyOf = ([code = '', , file = '', subject = '', , value = '', message = '']: Line): string[] => [
    ...[code, file, subject, value.replace(/^'/, ''), message],
  ];
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    if (before === undefined) continue;
    const [one, other] = [keyOf(before), keyOf(line)];
    const place = one.findIndex((cell, column) => cell !== other[column]);
    const isAfter = place >= 0 && byteOrder(one[place] ?? '', other[place] ?? '') < 0;
    if (!isAfter) differences.add(FILE, other.slice(0, 3).join(' '), '', one.join(' '), 'each line once, sorted');
  }
}
