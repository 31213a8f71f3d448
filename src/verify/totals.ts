import type { AnchorFigures } from './anchors.js';
import { money } from './figures.js';

/** The manifest's totals, as the recomputed rows add up to them. */
export interface Totals {
  anchors: number;
  sessions: number;
  validSessions: number;
  gross: bigint;
  withheld: bigint;
  watchTime: bigint;
  attendance: bigint;
  newcomer: bigint;
  forfeited: bigint;
  total: bigint;
}

export function noTotals(): Totals {
  const none = { gross: 0n, withheld: 0n, watchTime: 0n, attendance: 0n, newcomer: 0n, forfeited: 0n, total: 0n };
  return { anchors: 0, sessions: 0, validSessions: 0, ...none };
}

export function addToTotals(totals: Totals, anchor: AnchorFigures): void {
  totals.anchors += 1;
  totals.validSessions += anchor.validSessions;
  totals.gross += anchor.gross;
  totals.withheld += anchor.withheld;
  totals.watchTime += anchor.watchTime;
  totals.attendance += anchor.attendance;
  totals.newcomer += anchor.newcomer;
  totals.forfeited += anchor.forfeited;
  totals.total += anchor.total;
}

/** The totals in the manifest's names, order and types. */
export function totalsAsPublished(totals: Totals): Record<string, number | string> {
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
