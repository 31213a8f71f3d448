import type { Differences } from '../../../../verify/differences.js';
import { byteOrder, isUnguarded, isWhole } from '../../../../verify/forms.js';
import type { Rows } from '../../../../verify/rows.js';
import { EXPORT_COLUMNS, FLAGS, kindOf } from '../columns.js';
import type { AnchorRecord, Sources } from './inputs.js';
import type { LeftOut } from './unsettled.js';

/** Where a code can stand: kinds of exports and columns; nothing given, anywhere. */
interface CodePlace {
  kinds?: readonly string[];
  columns?: readonly string[];
}

/** The contract's codes. */
const CODES: Record<string, CodePlace> = {
  missing: {},
  bad_id: {},
  bad_time: {},
  bad_date: {},
  bad_flag: { kinds: ['sessions'], columns: FLAGS.map(({ column }) => column) },
  bad_number: { kinds: ['sessions', 'scarcity', 'control'] },
  too_precise: { kinds: ['sessions', 'scarcity', 'control'] },
  out_of_range: { kinds: ['sessions', 'scarcity', 'control'] },
  bad_value: {},
  ragged_row: { columns: [''] },
  ends_before_start: { kinds: ['sessions'], columns: ['ended_at'] },
  effective_exceeds_duration: { kinds: ['sessions'], columns: ['effective_seconds'] },
  conflicting_duplicate: { columns: ['session_id', 'anchor_id', 'penalty_id', 'track', 'agency_id'] },
  unknown_anchor: { kinds: ['sessions', 'penalties'], columns: ['anchor_id'] },
  penalty_session_mismatch: { kinds: ['penalties'], columns: ['session_id'] },
  no_scarcity_index: { kinds: ['sessions'], columns: ['scarcity_index'] },
  no_unit_price: { kinds: ['sessions'], columns: ['unit_price'] },
};

/** Codes whose cell is blank. */
const BLANK_VALUE = new Set(['missing', 'ragged_row', 'no_scarcity_index', 'no_unit_price']);
const LONGEST_VALUE = 80;

/** Checks quarantine.csv and counts the rows of each export that it leaves out (one row may have several faults). */
export class Quarantine {
  /** Rows left out, by file. */
  readonly rowsOf = new Map<string, number>();
  /** Called with each row of sessions that it leaves out. */
  onSession: ((leftOut: LeftOut) => void) | undefined;
  private leftOut: LeftOut | undefined;
  private before: readonly string[] | undefined;

  constructor(
    private readonly file: string,
    private readonly sources: Sources,
    private readonly anchors: ReadonlyMap<string, AnchorRecord>,
    private readonly differences: Differences,
  ) {}

  async read(rows: Rows): Promise<void> {
    await rows.each((row) => this.row(row));
    this.passOn();
  }

  /** Passes on the row of sessions whose faults are all known. */
  private passOn(): void {
    if (this.leftOut !== undefined) this.onSession?.(this.leftOut);
    this.leftOut = undefined;
  }

  private row(row: readonly string[]): void {
    const [file = '', line = '', column = '', code = '', value = '', message = ''] = row;
    const key = `${file} ${line} ${column}`;
    if (!isWhole(line) || Number(line) < 2) this.add(key, 'line', line, 'a line after the header');
    this.place(key, file, column, code);
    const characters = [...value].length - (isUnguarded(value.slice(1)) && value.startsWith("'") ? 1 : 0);
    if (characters > LONGEST_VALUE) this.add(key, 'value', value, `at most ${LONGEST_VALUE} characters`);
    if (BLANK_VALUE.has(code) && value !== '') this.add(key, 'value', value, 'a blank cell');
    if (isUnguarded(value)) this.add(key, 'value', value, "a ' before a formula");
    if (isUnguarded(message)) this.add(key, 'message', message, "a ' before a formula");
    if (code === 'unknown_anchor' && this.anchors.has(value)) {
      this.add(key, 'value', value, 'an anchor that inputs/anchors.csv lacks');
    }
    if (this.sources.has(file, Number(line))) this.add(key, 'line', line, 'a line that gives no row of inputs/');
    this.order(key, row);
    const [fileBefore, lineBefore] = this.before ?? [];
    if (fileBefore !== file || lineBefore !== line) {
      this.rowsOf.set(file, (this.rowsOf.get(file) ?? 0) + 1);
      this.passOn();
      if (this.onSession !== undefined && kindOf(file) === 'sessions') this.leftOut = { file, line, faults: [] };
    }
    this.leftOut?.faults.push({ column, code, value });
    this.before = row;
  }

  private place(key: string, file: string, column: string, code: string): void {
    const kind = kindOf(file);
    if (kind === undefined) {
      this.add(key, 'file', file, 'an export');
      return;
    }
    const place = Object.hasOwn(CODES, code) ? CODES[code] : undefined;
    if (place === undefined || (place.kinds !== undefined && !place.kinds.includes(kind))) {
      this.add(key, 'code', code, `a code of the contract for ${kind}`);
      return;
    }
    const columns = place.columns ?? EXPORT_COLUMNS[kind] ?? [];
    if (!columns.includes(column)) this.add(key, 'column', column, columns.join(' or ') || 'blank');
  }

  /** Sorted by file, line as a number, column and code; none of these twice. */
  private order(key: string, row: readonly string[]): void {
    if (this.before === undefined) return;
    const [file0 = '', line0 = '', column0 = '', code0 = ''] = this.before;
    const [file = '', line = '', column = '', code = ''] = row;
    const order =
      byteOrder(file0, file) ||
      Number(line0) - Number(line) ||
      byteOrder(column0, column) ||
      byteOrder(code0, code) ||
      0;
    if (!(order < 0)) this.add(key, '', `after ${file0} ${line0} ${column0} ${code0}`, 'each fault once, sorted');
  }

  private add(key: string, column: string, found: string, expected: string): void {
    this.differences.add(this.file, key, column, found, expected);
  }
}
