import type { Differences } from '../../../verify/differences.js';
import { money } from '../../../verify/figures.js';
import { byteOrder, isId } from '../../../verify/forms.js';
import { breathe } from '../../../verify/reading/breathe.js';
import type { Rows } from '../../../verify/rows.js';
import { HEADERS } from './columns.js';
import type { Control } from './exports/control.js';
import type { Ineligible } from './exports/ineligible.js';
import type { AnchorRecord } from './exports/inputs.js';
import type { Penalties } from './exports/penalties.js';
import { type AnchorFigures, AnchorSettlement, newcomerWindow } from './figures/anchors.js';
import { DaysComparison } from './figures/day-rows.js';
import { AnchorDays, type DayLine, type DaySums } from './figures/days.js';
import type { Findings } from './figures/findings.js';
import type { SessionCheck } from './figures/sessions.js';
import type { Terms } from './figures/terms.js';
import type { Statements } from './folder/statements.js';
import { PART_NAMES, PARTS } from './parts.js';
import { addToTotals, noTotals, type Totals } from './totals.js';

const FILE = 'settlement.csv';
const COLUMNS = HEADERS[FILE].split(',');
const REASONS = COLUMNS.indexOf('reasons');
const CLAUSES: Record<string, string> = {
  status: 'C12',
  valid_sessions: 'C3',
  valid_seconds: 'C4',
  valid_days: 'C5',
  watch_time_gross: 'C7',
  cap_withheld: 'C8',
  ...Object.fromEntries(PARTS.map(({ part, clause }) => [part, clause])),
  forfeited: 'C12',
  total: 'C12',
  reasons: 'C12',
};
/** Rows between two breaths, in which progress is shown and an interruption is heard. */
const BREATH = 16_384;

/** One of the merged files: its next row, and the column by which all of them are sorted first. */
export class Cursor {
  head: string[] | undefined;
  private read = 0;

  constructor(
    private readonly rows: Rows | undefined,
    private readonly column: number,
  ) {
    this.head = rows?.next();
  }

  get anchorId(): string | undefined {
    return this.head?.[this.column];
  }

  /** Whether it is time for a breath. */
  get due(): boolean {
    return this.read % BREATH === 0;
  }

  get bytesRead(): number {
    return this.rows?.bytesRead ?? 0;
  }

  advance(): void {
    this.read += 1;
    this.head = this.rows?.next();
  }
}

/** What the walk needs; the three files are read side by side. */
export interface Walk {
  sessions: Cursor;
  days: Cursor;
  settlement: Cursor;
  terms: Terms;
  asOf: string;
  anchors: ReadonlyMap<string, AnchorRecord>;
  penalties: Penalties;
  ineligible: Ineligible;
  sessionCheck: SessionCheck;
  /** Absent in a run without statements. */
  statements: Statements | undefined;
  findings: Findings;
  control: Control;
  differences: Differences;
  onSession: (id: string) => void;
  onBreath: (bytes: number) => void;
  /** Only some anchors are read: others of a person may be elsewhere. */
  amongOthers?: boolean;
}

/** An anchor that waits for its person's others (C10). */
export interface Waiting {
  anchorId: string;
  person: string;
  certifiedOn: string;
  /** Its row says that another anchor was rewarded; where all anchors are read, nobody asks. */
  saysRewarded?: boolean;
}

/** C10: the earliest certified of a person's anchors keeps the bonus, then the smallest id; these forfeit it. */
export function alreadyRewarded(waiting: readonly Waiting[]): Set<string> {
  const keeping = new Map<string, Waiting>();
  for (const one of waiting) {
    const other = keeping.get(one.person);
    const order = other && (byteOrder(one.certifiedOn, other.certifiedOn) || byteOrder(one.anchorId, other.anchorId));
    if (order === undefined || order < 0) keeping.set(one.person, one);
  }
  const forfeiting = waiting.filter(({ person, anchorId }) => keeping.get(person)?.anchorId !== anchorId);
  return new Set(forfeiting.map(({ anchorId }) => anchorId));
}

/**
 * Walks the anchors in the order of the files, each with its sessions, its days and its row of settlement.csv. Memory
 * holds one anchor's days, and the few anchors whose person has several with a newcomer bonus.
 */
export class SettlementWalk {
  readonly totals: Totals = noTotals();
  /** In the order of the files; `complete` settles them when all are known. */
  readonly waiting: Waiting[] = [];
  /** The first and the last anchor that it came by. */
  first: string | undefined;
  last: string | undefined;
  private readonly completions: ((rewarded: ReadonlySet<string>) => void)[] = [];
  private readonly anchorsOfPerson = new Map<string, number>();

  constructor(private readonly walk: Walk) {
    for (const anchor of walk.anchors.values()) {
      if (anchor.person === '' || newcomerWindow(anchor, walk.terms, walk.asOf) === undefined) continue;
      this.anchorsOfPerson.set(anchor.person, (this.anchorsOfPerson.get(anchor.person) ?? 0) + 1);
    }
  }

  /** Comes by every anchor; those that wait are left for `complete`. */
  async run(): Promise<void> {
    const { sessions, days, settlement, differences } = this.walk;
    for (;;) {
      const ids = [sessions.anchorId, days.anchorId, settlement.anchorId].filter((id) => id !== undefined);
      if (ids.length === 0) break;
      const anchorId = ids.reduce((least, id) => (byteOrder(id, least) < 0 ? id : least));
      if (this.last !== undefined && byteOrder(this.last, anchorId) >= 0) {
        const file = [sessions, days, settlement].findIndex((cursor) => cursor.anchorId === anchorId);
        differences.add(['sessions.csv', 'days.csv', FILE][file] ?? FILE, anchorId, 'anchor_id', this.last, 'sorted');
      }
      this.first ??= anchorId;
      this.last = anchorId;
      await this.anchor(anchorId);
    }
  }

  /** Settles those that wait; the given ones' person was rewarded by another anchor (C10). */
  complete(rewarded: ReadonlySet<string>): void {
    for (const complete of this.completions) complete(rewarded);
  }

  private async anchor(anchorId: string): Promise<void> {
    const { days: dayRows, terms, asOf, anchors, findings, differences } = this.walk;
    const anchor = anchors.get(anchorId);
    if (!isId(anchorId)) differences.add(FILE, anchorId, 'anchor_id', anchorId, 'an id');
    if (anchor === undefined) differences.add('inputs/anchors.csv', anchorId, '', 'no row', 'a row', 'C1');
    const days = new AnchorDays(terms, anchor && newcomerWindow(anchor, terms, asOf));
    const sessions = await this.sessions(anchorId, anchor, days);
    const { lines, sums } = days.close();
    findings.anchor(anchorId, lines);
    const comparison = new DaysComparison(anchorId, lines, differences);
    while (dayRows.anchorId === anchorId) {
      if (dayRows.head !== undefined) comparison.row(dayRows.head);
      dayRows.advance();
      if (dayRows.due) await this.breathe();
    }
    comparison.end();
    const row = await this.settlementRow(anchorId);
    if (sessions === 0 && row !== undefined) differences.add(FILE, anchorId, '', 'a row', 'no row without a session');
    if (sessions > 0 && row === undefined) differences.add(FILE, anchorId, '', 'no row', 'a row');
    this.totals.sessions += sessions;
    if (anchor !== undefined && (sessions > 0 || row !== undefined))
      this.settle(anchorId, anchor, days, { lines, sums }, row);
  }

  /** Adds up the anchor's sessions; returns how many rows it has. */
  private async sessions(anchorId: string, anchor: AnchorRecord | undefined, days: AnchorDays): Promise<number> {
    const { sessions, sessionCheck, findings, ineligible, control, differences, onSession } = this.walk;
    let rows = 0;
    let [dateBefore, idBefore] = ['', ''];
    while (sessions.anchorId === anchorId && sessions.head !== undefined) {
      const [id = '', , date = ''] = sessions.head;
      const sorted = dateBefore < date || (dateBefore === date && byteOrder(idBefore, id) < 0);
      if (rows > 0 && !sorted) {
        differences.add('sessions.csv', id, 'session_id', `after ${idBefore} of ${dateBefore}`, 'each once, sorted');
      }
      [dateBefore, idBefore] = [date, id];
      onSession(id);
      control.take(sessions.head, findings.found.held);
      const facts = sessionCheck.check(sessions.head, anchor);
      if (facts !== undefined) {
        days.add(facts);
        findings.session(id, facts);
        if (ineligible.concerns(anchorId)) findings.start(anchorId, facts);
      }
      rows += 1;
      sessions.advance();
      if (sessions.due) await this.breathe();
    }
    return rows;
  }

  /** The anchor's first row of settlement.csv; any more are reported. */
  private async settlementRow(anchorId: string): Promise<string[] | undefined> {
    const { settlement, differences } = this.walk;
    let first: string[] | undefined;
    while (settlement.anchorId === anchorId) {
      if (first === undefined) first = settlement.head;
      else differences.add(FILE, anchorId, 'anchor_id', 'another row', 'each anchor once');
      settlement.advance();
      if (settlement.due) await this.breathe();
    }
    return first;
  }

  private settle(
    anchorId: string,
    anchor: AnchorRecord,
    days: AnchorDays,
    { lines, sums }: { lines: readonly DayLine[]; sums: DaySums },
    row: readonly string[] | undefined,
  ): void {
    const { terms, penalties, ineligible, asOf } = this.walk;
    const isExpelled = ineligible.concerns(anchorId) && ineligible.expelled(anchorId, terms, asOf);
    const settlement = new AnchorSettlement(anchorId, anchor, days, sums, terms, penalties, isExpelled);
    anchor.settled = true;
    const complete = (personAlreadyRewarded: boolean): void => {
      const figures = settlement.figures(personAlreadyRewarded);
      addToTotals(this.totals, figures);
      if (row === undefined) return;
      this.compare(anchorId, anchor, figures, row);
      this.walk.statements?.compare(anchorId, anchor.agency, lines, figures);
    };
    const { person, certifiedOn } = anchor;
    const { amongOthers = false } = this.walk;
    const least = amongOthers && person !== '' ? 1 : 2;
    if (!settlement.earnsNewcomer || (this.anchorsOfPerson.get(person) ?? 0) < least) {
      complete(false);
      return;
    }
    const saysRewarded = amongOthers && (row?.[REASONS] ?? '').split(';').includes('person_already_rewarded');
    this.waiting.push({ anchorId, person, certifiedOn, saysRewarded });
    this.completions.push((rewarded) => complete(rewarded.has(anchorId)));
  }

  private compare(anchorId: string, anchor: AnchorRecord, figures: AnchorFigures, row: readonly string[]): void {
    const { terms, differences } = this.walk;
    const expected = [
      ...[terms.from, terms.to, anchorId, anchor.nickname, anchor.agency, figures.status],
      ...[figures.validSessions, figures.validSeconds, figures.validDays].map(String),
      ...[figures.gross, figures.withheld, ...PART_NAMES.map((part) => figures.earned[part])].map(money),
      ...[figures.forfeited, figures.total].map(money),
      figures.reasons,
    ];
    COLUMNS.forEach((column, i) => {
      differences.compare(FILE, anchorId, column, row[i] ?? '', expected[i] ?? '', CLAUSES[column]);
    });
  }

  private async breathe(): Promise<void> {
    this.walk.onBreath(this.walk.sessions.bytesRead);
    await breathe();
  }
}
