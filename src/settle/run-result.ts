import type { BudgetState } from '../core/budget.js';
import type { LoadReport } from '../load/load.js';
import type { Notice } from '../notices/notice.js';
import type { Attention } from '../runs/told.js';
import type { PeriodResult } from './settle-period.js';

export interface RunResult extends PeriodResult {
  load: LoadReport;
  /** Notices of the place, as they stand now: what this run saw of the folder, and what the last night saw besides. */
  place: Notice[];
  /** In Beijing the period's last day isn't over; or the period is closed, and the run stops before that day. */
  provisional: boolean;
  /** The last load that counted, where it was asked for. */
  knownLoad: number | undefined;
  /** What people are to look at. */
  attention: Attention;
  /** `--transfer` was given, whether or not there was anybody to move. */
  transferAsked: boolean;
  /** Of the programme's month, where settle.yaml says one. */
  budget: BudgetState | undefined;
}
