import { decimal, ZERO } from '../../../core/money.js';
import { money } from '../../../verify/figures.js';
import type { Amounts, AnchorFigures } from './figures/anchors.js';

/** The manifest's totals, as the recomputed rows add up to them. */
export interface Totals extends Amounts {
  anchors: number;
  sessions: number;
  validSessions: number;
}

export function noTotals(): Totals {
  const earned = { gross: ZERO, withheld: ZERO, watchTime: ZERO, attendance: ZERO, newcomer: ZERO };
  return { anchors: 0, sessions: 0, validSessions: 0, ...earned, forfeited: ZERO, total: ZERO };
}

export function addToTotals(totals: Totals, anchor: AnchorFigures): void {
  totals.anchors += 1;
  totals.validSessions += anchor.validSessions;
  totals.gross = totals.gross.plus(anchor.gross);
  totals.withheld = totals.withheld.plus(anchor.withheld);
  totals.watchTime = totals.watchTime.plus(anchor.watchTime);
  totals.attendance = totals.attendance.plus(anchor.attendance);
  totals.newcomer = totals.newcomer.plus(anchor.newcomer);
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
    watch_time: money(totals.watchTime),
    attendance_bonus: money(totals.attendance),
    newcomer_bonus: money(totals.newcomer),
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
  totals.watchTime = totals.watchTime.plus(decimal(other.watch_time));
  totals.attendance = totals.attendance.plus(decimal(other.attendance_bonus));
  totals.newcomer = totals.newcomer.plus(decimal(other.newcomer_bonus));
  totals.forfeited = totals.forfeited.plus(decimal(other.forfeited));
  totals.total = totals.total.plus(decimal(other.total));
}
