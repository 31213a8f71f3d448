import type { Differences } from '../../../../verify/differences.js';
import { byteOrder, isId, isTime, isUnguarded } from '../../../../verify/forms.js';
import type { Rows } from '../../../../verify/rows.js';
import type { AnchorRecord } from './inputs.js';

const FILE = 'unsettled.csv';

/** A row of a sessions file that quarantine.csv names, with its faults in their order. */
export interface LeftOut {
  file: string;
  line: string;
  faults: { column: string; code: string; value: string }[];
}

/** What the lines are held against. */
export interface UnsettledContext {
  /** The dates that were settled: a row whose end can be read and lies elsewhere isn't quarantined. */
  from: string;
  asOf: string;
  anchors: ReadonlyMap<string, AnchorRecord>;
  /** Sessions that the control desk names. */
  named: { has: (session: string) => boolean };
}

/** Codes of cells that can be read all the same: an id stands in them. */
const READABLE = new Set(['conflicting_duplicate', 'unknown_anchor']);

/**
 * Compares unsettled.csv with the rows that quarantine.csv names, as they come: both are sorted by file and line, and
 * a line stands for each of them alone.
 */
export class Unsettled {
  /** Of the lines so far. */
  readonly agencies = new Set<string>();
  /** Of those that the control desk names, the sessions of the lines so far. */
  readonly sessions = new Set<string>();
  private head: string[] | undefined;

  constructor(
    private readonly rows: Rows,
    private readonly context: UnsettledContext,
    private readonly differences: Differences,
  ) {
    this.head = rows.next();
  }

  /** Takes the next quarantined row of sessions. */
  take(leftOut: LeftOut): void {
    while (this.head !== undefined && this.behind(leftOut) < 0) this.excess();
    if (this.head === undefined || this.behind(leftOut) > 0) {
      this.add(`${leftOut.file} ${leftOut.line}`, '', 'no line', 'a line for the quarantined row');
      return;
    }
    this.line(this.head, leftOut);
    this.head = this.rows.next();
  }

  /** What is left stands for no quarantined row. */
  end(): void {
    while (this.head !== undefined) this.excess();
  }

  private excess(): void {
    const [file = '', line = ''] = this.head ?? [];
    this.add(`${file} ${line}`, '', 'a line', 'one line, sorted, for each quarantined row of sessions');
    this.head = this.rows.next();
  }

  /** Below zero where the next line comes before the quarantined row's, above where it comes after it. */
  private behind({ file, line }: LeftOut): number {
    const [file0 = '', line0 = ''] = this.head ?? [];
    return byteOrder(file0, file) || (line0 === line ? 0 : Number(line0) - Number(line) || -1);
  }

  private line(row: readonly string[], { file, line, faults }: LeftOut): void {
    const [, , session = '', anchor = '', agency = '', endedAt = '', codes = '', needs = '', needsZh = ''] = row;
    this.agencies.add(agency);
    if (this.context.named.has(session)) this.sessions.add(session);
    const { from, asOf, anchors } = this.context;
    const key = `${file} ${line}`;
    const known = anchors.get(anchor)?.agency;
    const isOfPeriod = isTime(endedAt) && endedAt.slice(0, 10) >= from && endedAt.slice(0, 10) <= asOf;
    for (const [column, cell, isSound, expected] of [
      ['session_id', session, isId(session), 'an id or blank'],
      ['anchor_id', anchor, isId(anchor), 'an id or blank'],
      ['agency_id', agency, isId(agency), 'an id or blank'],
      ['agency_id', agency, known === undefined || agency === known, `${known}, the anchor's, or blank`],
      ['ended_at', endedAt, isOfPeriod, `a time from ${from} to ${asOf}, or blank`],
    ] as const) {
      if (cell !== '' && !isSound) this.add(key, column, cell, expected);
    }
    const expected = [...new Set(faults.map(({ code }) => code))].sort(byteOrder).join(';');
    if (codes !== expected) this.add(key, 'codes', codes, expected);
    if (isUnguarded(needs)) this.add(key, 'needs', needs, 'a guard before a formula');
    if (isUnguarded(needsZh)) this.add(key, 'needs_zh', needsZh, 'a guard before a formula');
    this.unreadable(key, { session_id: session, anchor_id: anchor, ended_at: endedAt }, faults);
  }

  /** A cell that can't be read is blank, and one that can is what quarantine.csv shows of it. */
  private unreadable(key: string, cells: Readonly<Record<string, string>>, faults: LeftOut['faults']): void {
    for (const { column, code, value } of faults) {
      const cell = Object.hasOwn(cells, column) ? cells[column] : undefined;
      if (cell === undefined || code === 'ends_before_start') continue;
      const expected = READABLE.has(code) ? value : '';
      if (cell !== expected) this.add(key, column, cell, expected || 'a blank cell');
    }
  }

  private add(key: string, column: string, found: string, expected: string): void {
    this.differences.add(FILE, key, column, found, expected, 'contract');
  }
}
