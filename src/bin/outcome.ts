import type { Context } from '../context/context.js';
import type { SettleError } from '../core/errors.js';
import type { painter } from '../text/terminal.js';
import type { Wording } from '../words/said.js';

/** What a command that a signal ends says of what it leaves. */
export interface Stop {
  left: Wording;
  mend: Wording;
}

/** What a command gives back: its answer as an object and as text for people, and its exit code where that isn't 0. */
export interface Outcome {
  exit?: number;
  answer: object;
  text: (paint: ReturnType<typeof painter>) => string;
  /** What its text tells of and its answer doesn't, for people who asked for JSON. */
  notes?: readonly string[];
  /** What went wrong although there is an answer; for people, on standard error. */
  failures?: readonly SettleError[];
}

/** Does a command's work, prints its answer and takes its exit code; `stop` where the command settles nothing. */
export type Act = (work: (context: Context) => Promise<Outcome>, stop?: Stop) => Promise<void>;
