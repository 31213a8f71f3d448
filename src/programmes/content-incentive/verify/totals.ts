import { decimal, ZERO } from '../../../core/money.js';
import { money } from '../../../verify/figures.js';
import type { Amounts, AnchorFigures } from './figures/anchors.js';
import { eachPart } from './parts.js';

/** The manifest's totals, as the recomputed rows add up to them. */
export interface Totals extends Amounts {
  anchors: number;
  sessions: number;
  validSessions: number;
}

export function noTotals(): Totals {
  const amounts = { gross: ZERO, withheld: ZERO, earned: eachPart(() => ZERO), forfeited: ZERO, total: ZERO };
  return { anchors: 0, sessions: 0, validSessions: 0, ...amounts };
}

export function addToTotals(totals: Totals, anchor: AnchorFigures): void {
  totals.anchors += 1;
  totals.validSessions += anchor.validSessions;
  totals.gross = totals.gross.plus(anchor.gross);
  totals.withheld = totals.withheld.plus(anchor.withheld);
  totals.earned = eachPart((part) => totals.earned[part].plus(anchor.earned[part]));
  totals.forfeited = totals.forfeited.plus(anchor.forfeited);
  totals.total = totals.total.plus(anchor.total);
}

export type PublishedTotals = ReturnType<typeof totalsAsPublished>;

/** The totals in the manifest's names, order and types. */
export function totalsAsPublished(totals: Totals) {
  return {
    anchors: totals.anchors,
    sessions: totals.sessions,
    valid_sessions: totals.validSessions,
    watch_time_gross: money(totals.gross),
    cap_withheld: money(totals.withheld),
    ...eachPart((part) => money(totals.earned[part])),
    forfeited: money(totals.forfeited),
    total: money(totals.total),
  };
}

/** Adds what another part of the anchors came to. */
export function addPublished(totals: Totals, other: PublishedTotals): void {
  totals.anchors += other.anchors;
  totals.sessions += other.sessions;
  totals.validSessions += other.valid_sessions;
  totals.gross = totals.gross.plus(decimal(other.watch_time_gross));
  totals.withheld = totals.withheld.plus(decimal(other.cap_withheld));
  totals.earned = eachPart((part) => totals.earned[part].plus(decimal(other[part])));
  totals.forfeited = totals.forfeited.plus(decimal(other.forfeited));
  totals.total = totals.total.plus(decimal(other.total));
}
