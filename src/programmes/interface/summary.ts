import type { Warehouse } from '../../engine/duckdb/warehouse.js';
import type { Wording } from '../../words/said.js';

/** A line of the summary's amounts. */
export interface SummaryRow {
  label: Wording;
  /** A name of the manifest's totals. */
  total: string;
  /** What is taken: shown with a minus. */
  minus?: true;
  /** What each reason takes stands below it. */
  reasons?: true;
}

/** What a programme tells of a settlement beyond the manifest. Amounts are CNY, as text. */
export interface ProgrammeBreakdown {
  /** Sessions that nobody is paid for until something comes, rows that another row settles, and a remark. */
  unsettled: { sessions: number; settled: number; remark: Wording };
  /** How many lines of the control desk's list are as they were settled, how many aren't, and how much it lacks; null: there is no list. */
  control: { agree: number; differ: number; lacking: number } | null;
  invalidBy: { reason: string; sessions: number }[];
  forfeitedBy: { reason: string; anchors: number; amount: string; words?: Wording }[];
  /** Whether some anchor's amount stands under several reasons. */
  forfeitsOverlap: boolean;
  statuses: { status: string; anchors: number }[];
}

/** A line of what a programme counts that pays nobody. */
export interface SummaryCount {
  label: Wording;
  /** A name of the manifest's totals. */
  total: string;
}

export interface ProgrammeSummary {
  /** Of a programme that pays nobody: what stands in place of anchors, sessions and amounts. */
  counts?: readonly SummaryCount[];
  /** Amounts above the total, in their order. */
  rows: readonly SummaryRow[];
  /** From the relations that the settlement has written. */
  /**
   * What a run that stops before its period's end may come to at that end, CNY: an estimate, from the manifest's totals and how many
   * days of the period have passed.
   */
  projected: (totals: Readonly<Record<string, string | number>>, days: { elapsed: number; all: number }) => string;
  readBreakdown: (warehouse: Warehouse) => Promise<ProgrammeBreakdown>;
  /** What `touch` names, so many of it. */
  touched: (what: string, count: number) => Wording;
  /** A warning of the manifest, which is English there, in whichever language. */
  warning: (text: string) => Wording;
  /** The Chinese words for a code of the results (a status, reason, fault or cause), or for what its stranger says in a cell; one that nobody knows stands as it is. */
  chinese: (code: string) => string;
}
