import type { BeijingDate } from '../../../core/beijing.js';
import type { BonusName } from '../policy/parts.js';
import type { FlagColumn } from '../policy/reasons.js';
import type { Vocabulary } from './words/terms-zh.js';
import type { Sentence, TestName, Thing } from './words/words-en.js';

/**
 * What an explanation says, apart from the language it is said in. Every figure is one that the rules computed; what is
 * added here are the thresholds beside it, how far it lies from them, and what would change the outcome.
 */

/** A value in a sentence; a text stands as it is: an id, a date, a word of an export. */
export type Datum =
  | string
  | { seconds: number }
  /** Seconds that a policy gives in minutes: "30 minutes". */
  | { minutes: number }
  /** A span of time that may take days: the time between two moments, not a duration. */
  | { span: number }
  /** CNY, as text; `amount` without the unit. */
  | { money: string }
  | { amount: string }
  | { count: number; of: Thing }
  /** A column of the exports, by either of its names. */
  | { column: string; chinese: string }
  /** Characters by their code points, as sql/dialects/duckdb/clues.sql lists them: "U+0020 (a space), U+00A0". */
  | { characters: string }
  /** "12 more seconds". */
  | { more: number }
  /** Of a hundred, as text: "20 %". */
  | { percent: string }
  /** Y or N. */
  | { flag: boolean }
  /** What a flag says when it is set or not: "settleable = Y". */
  | { state: StateName; is: boolean }
  /** A date or time, and anything after it. */
  | { notBefore: string }
  /** Names and codes of exports, policies and results, such as `idle`; Chinese has words for them. */
  | { terms: readonly string[]; of: Vocabulary }
  | { ids: readonly string[] }
  /** Penalties by id and kind. */
  | { imposed: readonly { penalty_id: string; kind: string }[] }
  | Phrase
  | { all: readonly Phrase[] };

/** The tests of C1 and C3 that look at a flag. */
export type StateName = 'in_scope' | FlagColumn;

export interface Phrase {
  say: Sentence;
  with: Record<string, Datum>;
}

export function phrase(say: Sentence, values: Record<string, Datum> = {}): Phrase {
  return { say, with: values };
}

/** One name or code, as a value of a sentence. */
export function term(name: string, of: Vocabulary): Datum {
  return { terms: [name], of };
}

/** One test of the rules. */
export interface Test {
  clause: string;
  test: TestName;
  value: Datum | null;
  threshold: Datum | null;
  /** It is passed: nothing is refused by it. */
  holds: boolean;
  margin: Phrase | null;
  /** The smallest single fact that would turn a test that isn't passed. */
  change: Phrase | null;
}

/** Where a row stands. */
export interface Source {
  file: string;
  line: number;
}

export interface Anchor {
  anchor_id: string;
  nickname: string | null;
  agency_id: string | null;
  person_id: string | null;
  account_kind: string;
  first_live_on: BeijingDate;
  newcomer_certified_on: BeijingDate | null;
  compliance_code: string;
  source: Source;
}

export interface Penalty {
  penalty_id: string;
  kind: string;
  /** Beijing. */
  penalized_at: string;
  session_id: string | null;
  source: Source;
  counts: boolean;
  /** Why it doesn't count. */
  why: Phrase | null;
}

/** C7: dwell × price × index, and where price and index come from. */
export interface Calculation {
  rec_dwell_minutes: string;
  unit_price: string;
  unit_price_from: Phrase;
  scarcity_index: string;
  scarcity_index_from: Phrase;
  /** The table's row; null where the index is the export's own. */
  scarcity_source: Source | null;
  /** Exact, before it is rounded. */
  product: string;
  amount: string;
}

export interface Session {
  session_id: string;
  date: BeijingDate;
  started_at: string;
  ended_at: string;
  effective_seconds: number;
  quality_level: number;
  track: string;
  source: Source;
  /** False where it is quarantined: valid, and without a price or an index. */
  settled: boolean;
  valid: boolean;
  /** Reason codes. */
  reasons: string[];
  amount: string;
  /** Null where it isn't valid. */
  calculation: Calculation | null;
  /** C3, and C6 and C7 where price or index is missing. */
  tests: Test[];
  /** Whether it counts for the bonuses and the share. */
  counts: Test[];
  penalties: Penalty[];
  change: Phrase | null;
}

export interface Day {
  date: BeijingDate;
  sessions: number;
  valid_sessions: number;
  valid_seconds: number;
  valid_day: boolean;
  top_level: number | null;
  cap: string | null;
  gross: string;
  withheld: string;
  watch_time: string;
  /** C5, C8 */
  tests: Test[];
  /** Whether it is a valid day for the bonuses: by the sessions alone that count for them. */
  counts: Test[];
}

export interface BonusTier {
  amount: string;
  reached: boolean;
  tests: Test[];
  margin: Phrase | null;
  change: Phrase | null;
  /** While the month isn't over. */
  pace: Phrase | null;
}

export interface Bonus {
  bonus: BonusName;
  clause: string;
  /** Why there is none to be had, and what would change that. */
  none: Phrase | null;
  change: Phrase | null;
  window: { from: BeijingDate; to: BeijingDate } | null;
  days: number;
  seconds: number;
  /** Valid sessions that count, and those whose index fails the bonus' own test; null where every valid one counts. */
  counted: Phrase | null;
  amount: string;
  tiers: BonusTier[];
  /** C11's share of low sessions. */
  share: Test | null;
}

/** One account of the anchor's person (C10). */
export interface Account {
  anchor_id: string;
  newcomer_certified_on: BeijingDate | null;
  newcomer_bonus: string;
  keeps: boolean;
}

/** A rule that may take rewards away; its reason stands where it does. */
export interface Rule {
  reason: string;
  clause: string;
  stands: boolean;
  /** Which penalties it counts. */
  counts: Phrase | null;
  test: Test;
  /** Of the kinds that it counts, on the anchor or its agency. */
  penalties: Penalty[];
  /** What it takes, as parts with their amounts; a part that several rules take stands with each. */
  takes: Record<string, string>;
}

/** A session row that isn't settled. */
export interface LeftOut {
  session_id: string | null;
  ended_at: string | null;
  source: Source;
  code: string;
  why: Phrase;
  change: Phrase | null;
}

/** What the settlement says of the anchor: names and values of settlement.csv. */
export type Figures = Record<string, string | null>;

export interface Explanation {
  run_id: string;
  policy: string;
  period: { from: BeijingDate; to: BeijingDate };
  as_of: BeijingDate;
  /** Blank where a session is asked for whose row shows none. */
  anchor_id: string;
  /** Null where no sound row of it stands. */
  anchor: Anchor | null;
  /** Null where none of its sessions is settled. */
  figures: Figures | null;
  scope: Test[];
  days: Day[];
  sessions: Session[];
  bonuses: Bonus[];
  accounts: Account[];
  rules: Rule[];
  /** What would undo the forfeits; null where nothing is forfeited. */
  change: Phrase | null;
  left_out: LeftOut[];
  /** Sessions that are quarantined for want of a price or an index; they stand in `left_out` too. */
  unsettled: Session[];
  /** Rows of sessions files that were left out for their form and show no anchor. */
  unattributed: number;
}

/** What several refusals take together: the one change, or all of them. */
export function together(changes: readonly (Phrase | null)[]): Phrase | null {
  const found = changes.filter((change) => change !== null);
  const [only] = found;
  if (only === undefined) return null;
  return found.length === 1 ? only : phrase('takes_all', { all: { all: found } });
}
