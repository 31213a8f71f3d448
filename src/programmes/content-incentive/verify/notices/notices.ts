import type { Differences } from '../../../../verify/differences.js';
import { byteOrder, isGuarded, isUnguarded, wholeOf } from '../../../../verify/forms.js';
import { isOfThePlace, type Severity } from '../../../../verify/place-codes.js';
import type { Rows } from '../../../../verify/rows.js';
import { OlderReadings } from '../exports/older-readings.js';
import type { ManifestInput } from '../folder/manifest.js';
import { expectedNotices, type Shown } from './expected-notices.js';
import { type NoticeForm, noticeForm } from './notice-codes.js';

const FILE = 'notices.csv';
/** The places of the columns. */
const AT = { code: 0, severity: 1, file: 2, subject: 3, count: 4, value: 5, message: 6 } as const;
type Column = keyof typeof AT;
const SORTED_BY = ['code', 'file', 'subject', 'value', 'message'] as const;

/** A line, of as many cells as the header. */
type Line = readonly string[];

function cell(line: Line, column: Column): string {
  return line[AT[column]] ?? '';
}

/** A text as it was read, as far as the guard lets tell. */
function raw(text: string): string {
  return isGuarded(text) ? text.slice(1) : text;
}

function order(a: Line, b: Line, text: (text: string) => string): number {
  for (const column of SORTED_BY) {
    const [one, other] = [cell(a, column), cell(b, column)];
    const compared = one === other ? 0 : byteOrder(text(one), text(other));
    if (compared !== 0) return compared;
  }
  return 0;
}

/** Checks notices.csv: the form of each line, and the lines that the folder's other files ask for. */
export class Notices {
  /** Lines by severity. */
  readonly counts: Record<Severity, number> = { attention: 0, info: 0 };
  /** The rows that a load withdrew, by file, as a run's id has them. */
  readonly withdrawn = new Map<string, string>();
  private readonly expected: ReturnType<typeof expectedNotices>;
  private readonly inputs: ReadonlyMap<string, ManifestInput>;
  private readonly older: OlderReadings;
  private before: Line | undefined;
  /** Whether a cell of it that lines are sorted by has the guard, so that its order may be that of either text. */
  private guards = false;
  /** Orders that the lines break; that of texts as they are written or as they were read is enough. */
  private readonly disorder = new Set<'written' | 'read'>();

  constructor(
    private readonly shown: Shown,
    private readonly differences: Differences,
  ) {
    const { inputs } = shown.manifest;
    this.expected = expectedNotices(shown);
    this.inputs = new Map(inputs.map((input) => [input.file, input]));
    this.older = new OlderReadings(inputs);
  }

  async read(rows: Rows): Promise<void> {
    await rows.each((line) => this.line(line));
    for (const [code, { lines }] of this.expected) {
      for (const [place, { count, value }] of lines) {
        const expected = ['a line', count && `count ${count}`, value].filter((part) => part !== '').join(', ');
        this.differences.add(FILE, `${code} ${place}`, '', 'no line', expected, 'contract');
      }
    }
    this.older.report(FILE, this.differences);
  }

  private line(line: Line): void {
    const code = cell(line, 'code');
    const severity = cell(line, 'severity');
    this.order(line);
    if (severity === 'attention' || severity === 'info') this.counts[severity] += 1;
    const form = noticeForm(code);
    if (form === undefined) {
      this.add(line, 'code', isOfThePlace(code) ? 'no notice of the place' : 'a code of the contract');
      return;
    }
    this.form(line, form);
    if (code === 'file_shrank') this.withdrawn.set(cell(line, 'file'), cell(line, 'count'));
    if (code === 'read_by_older') this.readByOlder(line);
    if (code === 'kind_unknown' || code === 'account_kind_unknown') this.kind(line, code);
    this.compare(line, code);
  }

  /** What the contract says of the cells of such a line, whatever it is about. */
  private form(line: Line, form: NoticeForm): void {
    const file = cell(line, 'file');
    const lowered = this.shown.manifest.lowered.get(cell(line, 'code'));
    const severities: readonly string[] = lowered === undefined ? form.severities : [lowered];
    if (!severities.includes(cell(line, 'severity'))) this.add(line, 'severity', severities.join(' or '));
    if (file !== '' && !this.inputs.has(file)) this.add(line, 'file', 'an input of the manifest');
    for (const column of ['file', 'subject', 'value'] as const) {
      const [isSound, expected] = form[column];
      if (!isSound(cell(line, column), file)) this.add(line, column, expected);
    }
    const count = cell(line, 'count');
    if (form.count === undefined && count !== '') this.add(line, 'count', 'a blank cell');
    if (form.count !== undefined && wholeOf(count) < form.count)
      this.add(line, 'count', `a count, at least ${form.count}`);
    if (cell(line, 'message').trim() === '') this.add(line, 'message', 'words');
    for (const column of ['value', 'message'] as const)
      if (isUnguarded(cell(line, column))) this.add(line, column, 'a guard before a formula');
  }

  /** The line that the folder asks for; of codes that it wholly shows there is no other. */
  private compare(line: Line, code: string): void {
    const expected = this.expected.get(code);
    if (expected === undefined) return;
    const { lines, inPart } = expected;
    const place = cell(line, 'file') || cell(line, 'subject');
    const notice = lines.get(place);
    if (notice === undefined) {
      if (!inPart) this.add(line, '', 'no such line, or one alone');
      return;
    }
    lines.delete(place);
    const count = cell(line, 'count');
    const { severity = cell(line, 'severity'), value } = notice;
    if (cell(line, 'severity') !== severity) this.add(line, 'severity', severity);
    if (inPart && wholeOf(count) < wholeOf(notice.count)) this.add(line, 'count', `at least ${notice.count}`);
    if (!inPart && count !== notice.count) this.add(line, 'count', notice.count);
    if (cell(line, 'value') !== value) this.add(line, 'value', value);
  }

  private readByOlder(line: Line): void {
    const file = cell(line, 'file');
    const rows = this.inputs.get(file)?.rows;
    if (rows !== undefined && cell(line, 'count') !== String(rows)) this.add(line, 'count', String(rows));
    if (!this.older.tell(file)) this.add(line, '', 'one line');
  }

  /** A kind that is told isn't known; one of accounts that is nearly so may be a slip. */
  private kind(line: Line, code: string): void {
    const { kinds, manifest } = this.shown;
    const kind = cell(line, 'subject');
    const isAccount = code === 'account_kind_unknown';
    if (isAccount ? kinds.knowsAccount(kind) : kinds.knowsPenalty(kind))
      this.add(line, 'subject', 'a kind that nobody names');
    const isNear = isAccount && kinds.isNearlyKnown(kind) && !manifest.lowered.has(code);
    if (isNear && cell(line, 'severity') === 'info')
      this.add(line, 'severity', 'attention, as it is nearly a known kind');
  }

  /** Sorted by code, file and subject, then by value and message; each line once. */
  private order(line: Line): void {
    const { before, guards } = this;
    this.before = line;
    this.guards = isGuarded(cell(line, 'value'));
    if (before === undefined) return;
    const written = order(before, line, (text) => text);
    const read = guards || this.guards ? order(before, line, raw) : written;
    if (written > 0) this.disorder.add('written');
    if (read > 0) this.disorder.add('read');
    if (written !== 0 && this.disorder.size < 2) return;
    const found = `after ${SORTED_BY.map((column) => cell(before, column)).join(' ')}`;
    this.differences.add(FILE, this.key(line), '', found, 'each line once, sorted', 'contract');
    this.disorder.clear();
  }

  private key(line: Line): string {
    const cells = [cell(line, 'code'), cell(line, 'file'), cell(line, 'subject')];
    return cells.filter((text) => text !== '').join(' ');
  }

  private add(line: Line, column: Column | '', expected: string): void {
    const found = column === '' ? 'a line' : cell(line, column);
    this.differences.add(FILE, this.key(line), column, found, expected, 'contract');
  }
}
