import type { Table } from '../../engine/table.js';
import type { Kind } from '../../exports/column-types.js';
import type { NoticeCode } from './notices.js';

/** Folders below `sql/` that programmes share: rows that stand, what is left out and why, that no row is lost, and what may be wrong with files. */
export const SHARED_STEPS: readonly string[] = ['staging', 'quarantine', 'run', 'notices'];
/** Those among them that are in the SQL of the warehouse's database. */
export const SHARED_IN_WAREHOUSE: readonly string[] = ['quarantine', 'notices'];

/** The folders below `sql/` by which a programme settles; those that programmes share may be among them. */
export interface ProgrammeSql {
  /**
   * Steps from the rows that stand to `anchor_settlement` (anchor_id, agency_id, total …), `part_amount`, `run_total`
   * (the manifest's totals), `session_line`, `session_fault` and `notice`; of a programme that pays nobody, without the first two.
   */
  settlement: readonly string[];
  /** Those of these folders whose steps are in the SQL of the warehouse's database alone; all others may be computed elsewhere. */
  inWarehouse: readonly string[];
  /** Steps to `touch` and `session_of_period`: what has changed since an earlier run. */
  since: readonly string[];
  /** Steps from one settlement to another, to `affected_anchor`, `cause_line` and `adjustment`. */
  comparison: readonly string[];
  /** Steps of the comparison that follow from a declaration: each the text of a step's file. */
  derived?: readonly string[];
  /** Queries that must return no row before anything is published. */
  audits: readonly string[];
  /** Macros that the queries call by name, each a statement that makes one anew. */
  macros?: readonly string[];
  /**
   * Steps to `unheeded` (the columns of a notice): what other programmes found that the policy of a published run doesn't ask
   * for, though figures would be others. They read the run's files as tables of text, `run_<name>` for each of `reads`,
   * `looked_run` (policy_id), the policy's tables and what stands in the warehouse.
   */
  unheeded?: { steps: readonly string[]; reads: readonly string[]; of: Kind; codes: readonly string[] };
  /** A query of the manifest's warnings: column `text`. */
  warnings: string;
}

/** A CSV file of a run folder. */
export interface Output {
  /** Below the run folder. Every programme that pays writes `settlement.csv`, with `anchor_id` and `agency_id`. */
  file: string;
  /** Its query, a path below `sql/`. */
  query: string;
  /** Of a file that carries figures, the cell that names the anchor, counted from 1. */
  anchor?: number;
  /** Its columns of words for people, which other builds may word otherwise. */
  words?: readonly string[];
  /** Only where a closed period is restated. */
  restated?: true;
  /** Only where a policy asks for it, and then alone are exports of the kind read; undefined: always. */
  asked?: { by: (policy: never) => boolean; reads: Kind };
}

/** A kind of input that a comparison replaces by the other settlement's, and so a cause of differences. */
export interface Cause {
  cause: string;
  /** Counts the rows of the kind that aren't alike. */
  changes: string;
  /** With it, E becomes the later of the two, or the second's. */
  asOf?: 'later' | 'second';
}

/** How two settlements of a programme are compared, cause by cause. */
export interface Comparison {
  /** In the order in which they are replaced. */
  causes: readonly Cause[];
  /**
   * The amounts of a published run: a query of anchor_id, settlement_date (null of a part of the whole period), part, amount.
   * `file` gives the SQL of a file of the folder as a table of texts.
   */
  amounts: (file: (name: string) => string) => string;
}

/** What a programme adds to the notices. */
export interface ProgrammeNotices {
  codes: Readonly<Record<string, NoticeCode>>;
  /** Tables of the words that a policy names, for its notices. */
  tables: (policy: never) => Record<string, Table>;
}
