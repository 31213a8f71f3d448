import { daysLater } from '../../../../verify/calendar.js';
import type { Differences } from '../../../../verify/differences.js';
import { isId, isTime } from '../../../../verify/forms.js';
import type { Rows } from '../../../../verify/rows.js';
import type { PenaltyRule } from '../figures/terms.js';
import {
  type AnchorRecord,
  type CellForm,
  cellForm,
  type InputContext,
  isBlankOr,
  reportForms,
  reportOrder,
} from './inputs.js';

/** A penalty that names a session. */
interface SessionPenalty {
  id: string;
  anchor: string;
  agency: string;
  kind: string;
  upheld: boolean;
}

const FILE = 'inputs/penalties.csv';
/** Slots of a filter that tells most sessions apart from the penalised ones: 2^20, and the bits that it leaves out. */
const FILTER = 1 << 20;
const NONE: readonly string[] = [];
const FILTER_SHIFT = 12;
const FILTERED_BY = 10;

/** A session's place in the filter, by the last characters of its id, in which ids differ most. */
function slot(session: string): number {
  let hash = session.length;
  for (let i = Math.max(0, session.length - FILTERED_BY); i < session.length; i += 1) {
    hash = (Math.imul(hash, 31) + session.charCodeAt(i)) | 0;
  }
  return Math.imul(hash, 0x9e3779b1) >>> FILTER_SHIFT;
}

/** How many penalties of one anchor or agency each of the policy's rules counts. */
class Counts {
  private readonly byId = new Map<string, number[]>();

  constructor(private readonly rules: readonly PenaltyRule[]) {}

  add(id: string, rule: number): void {
    const counts = this.byId.get(id) ?? this.rules.map(() => 0);
    this.byId.set(id, counts);
    counts[rule] = (counts[rule] ?? 0) + 1;
  }

  of(id: string, rule: number): number {
    return this.byId.get(id)?.[rule] ?? 0;
  }
}

/** C12 to C14: the penalties of the run, reduced to what the clauses ask of them. */
export class Penalties {
  private readonly bySession = new Map<string, SessionPenalty[]>();
  /** Nearly every session is without a penalty; a byte by a part of its id says so sooner than a map of texts. */
  private readonly filter = new Uint8Array(FILTER);
  private readonly ofAnchor: Counts;
  private readonly ofAgency: Counts;
  /** The dates on which each rule counts, from and to, both included. */
  private readonly spans: readonly { from: string; to: string }[];
  private readonly rules: readonly PenaltyRule[];

  constructor(context: InputContext) {
    const { terms, asOf } = context;
    this.rules = terms.rules;
    this.spans = terms.rules.map(({ countsFrom }) => ({
      from: 'within' in countsFrom ? terms.from : daysLater(asOf, 1 - countsFrom.withinDays),
      to: asOf,
    }));
    this.ofAnchor = new Counts(terms.rules);
    this.ofAgency = new Counts(terms.rules);
  }

  add(penalty: SessionPenalty, session: string, date: string): void {
    if (session !== '') {
      this.filter[slot(session)] = 1;
      const known = this.bySession.get(session);
      if (known === undefined) this.bySession.set(session, [penalty]);
      else known.push(penalty);
    }
    if (!penalty.upheld) return;
    this.rules.forEach((rule, i) => {
      const span = this.spans[i];
      if (span === undefined || date < span.from || date > span.to || !rule.kinds.has(penalty.kind)) return;
      if (rule.of === 'anchor' && penalty.anchor !== '') this.ofAnchor.add(penalty.anchor, i);
      if (rule.of === 'agency' && penalty.agency !== '') this.ofAgency.add(penalty.agency, i);
    });
  }

  /** Whether a penalty may name the session; false for nearly all that none does. */
  mayConcern(session: string): boolean {
    return this.filter[slot(session)] === 1;
  }

  /** C3: the kinds that make a session invalid, sorted; reports a penalty that is on another anchor's session. */
  punishing(
    session: string,
    of: { anchor: string; agency: string },
    kinds: ReadonlySet<string>,
    differences: Differences,
  ): readonly string[] {
    const penalties = this.bySession.get(session);
    if (penalties === undefined) return NONE;
    const found = new Set<string>();
    for (const penalty of penalties) {
      const own = penalty.anchor !== '' ? penalty.anchor === of.anchor : penalty.agency === of.agency;
      if (!own) {
        differences.add(FILE, penalty.id, 'session_id', session, `a session of ${penalty.anchor || penalty.agency}`);
      } else if (penalty.upheld && kinds.has(penalty.kind)) {
        found.add(penalty.kind);
      }
    }
    return [...found].sort();
  }

  /** C12, C13: the rules that hold for an anchor of an agency. */
  rulesThatHold(anchor: string, agency: string): PenaltyRule[] {
    return this.rules.filter((rule, i) => {
      const counted = rule.of === 'anchor' ? this.ofAnchor.of(anchor, i) : this.ofAgency.of(agency, i);
      return counted >= rule.atLeast;
    });
  }
}

function penaltyForms(anchors: ReadonlyMap<string, AnchorRecord>, agencies: ReadonlySet<string>): CellForm[] {
  const isKnown = isBlankOr((anchor) => anchors.has(anchor));
  const isUpheldOrRevoked = (status: string): boolean => status === 'upheld' || status === 'revoked';
  return [
    cellForm(0, 'penalty_id', isId, 'an id'),
    cellForm(1, 'anchor_id', (anchor, row) => (anchor === '') !== (row[2] === ''), 'an anchor or an agency'),
    cellForm(1, 'anchor_id', isKnown, 'an anchor of inputs/anchors.csv'),
    cellForm(
      2,
      'agency_id',
      isBlankOr((agency) => agencies.has(agency)),
      'an agency of inputs/anchors.csv',
    ),
    cellForm(3, 'session_id', isBlankOr(isId), 'an id or blank'),
    cellForm(4, 'kind', isId, 'an id'),
    cellForm(5, 'penalized_at', isTime, 'a time'),
    cellForm(6, 'status', isUpheldOrRevoked, 'upheld or revoked'),
  ];
}

/** inputs/penalties.csv: every penalty that concerns an anchor of the run or its agency, upheld or revoked. */
export async function readPenalties(
  rows: Rows,
  context: InputContext,
  anchors: ReadonlyMap<string, AnchorRecord>,
): Promise<Penalties> {
  const { differences, sources, kinds } = context;
  const penalties = new Penalties(context);
  const agencies = new Set<string>();
  for (const { agency } of anchors.values()) if (agency !== '') agencies.add(agency);
  const forms = penaltyForms(anchors, agencies);
  let before: string | undefined;
  await rows.each((row) => {
    const [id = '', anchor = '', agency = '', session = '', kind = '', at = '', status = ''] = row;
    const [, , , , , , , sourceFile = '', sourceLine = ''] = row;
    reportForms(differences, rows.file, id, row, forms);
    reportOrder(differences, rows.file, id, before);
    before = id;
    sources.take(rows.file, id, 'penalties', sourceFile, sourceLine);
    kinds.penalty(kind);
    penalties.add({ id, anchor, agency, kind, upheld: status === 'upheld' }, session, at.slice(0, 10));
  });
  return penalties;
}
