import type { BeijingDate } from '../core/beijing.js';
import type { BudgetState, Budgets } from '../core/budget.js';
import type { SettleError } from '../core/errors.js';
import type { Manifest } from '../emit/manifest.js';
import type { Lowered } from '../notices/notice.js';
import type { ExportsSeen } from '../place/exports-seen.js';
import type { Touch } from '../rules/since.js';
import type { LoadedFile } from '../runs/loaded-files.js';
import type { Unclosed } from '../runs/unclosed.js';
import type { HoldOptions, ReadingOptions } from '../settings/run-options.js';
import type { Expected } from '../settings/structured.js';
import type { Why } from '../settle/concern.js';
import type { PeriodResult } from '../settle/settle-period.js';
import type { Upgraded } from '../settle/upgraded.js';
import type { Wording } from '../words/said.js';
import type { NightNotice, NightTold } from './told.js';

/** The flags of `settle nightly`, as given or set. */
export interface NightlyOptions extends HoldOptions, ReadingOptions {
  date?: string | undefined;
  input?: string | undefined;
  /** The lake that exports were loaded into. */
  lake?: string | undefined;
  policies: string;
  out: string;
  statements: boolean;
  log?: string | undefined;
  /** Where a Prometheus textfile is written to. */
  metrics?: string | undefined;
  /** Ask the second implementation about every run. */
  verify?: boolean | undefined;
  /** The settings file, where it isn't the usual one. */
  config?: string | undefined;
  /** How often settle.yaml expects something new of a kind of export. */
  expect?: Expected | undefined;
  /** Notices that settle.yaml lowers. */
  lowered?: readonly Lowered[] | undefined;
  /** What months may cost, which settle.yaml alone can say. */
  budget?: Budgets | undefined;
}

export interface NightlyResult {
  exit: number;
  /** As each line of the log has it. */
  night: string;
  duration_seconds: number;
  /** The night that was settled: its periods run up to this day. */
  date: BeijingDate;
  /** The last load that counts; 0: nothing was ever loaded. */
  load: number;
  /** What this night brought. */
  loaded: LoadedFile[];
  known: number;
  /** Entries of the folder that are no exports. */
  others: string[];
  /** The folder of exports as a whole. */
  exports: ExportsSeen;
  /** Notices of the place, as they stand now. */
  place: NightNotice[];
  /** What will keep a period from being settled. */
  warnings: Wording[];
  periods: NightlyPeriod[];
  /** Adjustments of earlier nights and runs that nobody has closed, so that nobody is paid by them. */
  unclosed: Unclosed[];
  /** What kept a period from being settled, or told, or a line from the log. */
  failures: SettleError[];
}

/** What became of a period in a night. */
export interface NightlyPeriod {
  policy: string;
  period: Manifest['period'];
  as_of: string;
  /** In Beijing its last day isn't over. */
  provisional: boolean;
  /** Why it was settled; null where it is closed and nothing new touches it. */
  why: Why['because'] | null;
  /** Of new data, which rows touch the period. */
  touched: Touch[];
  /** Null where nothing was published, and so on. */
  run_id: string | null;
  run_dir: string | null;
  exit: number;
  already_there: boolean;
  closed: { close_no: number; run_id: string; closed_at: string; closed_by: string } | null;
  /** With what each cause makes of it, CNY. */
  restated: (NonNullable<PeriodResult['restated']> & { causes: PeriodResult['causes'] }) | null;
  totals: Manifest['totals'] | null;
  /** The month's budget beside the total; null where settle.yaml says none. */
  budget: BudgetState | null;
  /** Rows that the run left out, of any file. */
  quarantined: number | null;
  /** What the run's manifest counts of notices. */
  notices: Manifest['notices'] | null;
  /** Whether the second implementation gives the same figures; null where it wasn't asked. */
  verified: boolean | null;
  /** What a person is to look at. */
  attention: NightTold['attention'];
  faults: NightTold['faults'];
  /** By how much the total moved since the run before, CNY. */
  moved: string | null;
  /** Of an open period whose last run another program made: whether this one settles that work otherwise. */
  upgrade: NightUpgrade | null;
  error?: { code: string; message: string; [more: string]: unknown };
}

/** Whether this program gives other figures than another one's last run of a period, for the very work of that run. */
export type NightUpgrade = Pick<Upgraded, 'run_id' | 'program'> &
  (
    | (Omit<Upgraded, 'run_id' | 'program'> & { differs: boolean })
    | { error: { code: string; message: string; [more: string]: unknown } }
  );
