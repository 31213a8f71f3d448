/** A run of a period, as it is compared with one of another. */
export interface MonthRun {
  /** The run folder; whoever calls has checked its hashes. */
  dir: string;
}

/** What changed from one period to another. Amounts are CNY, as text. */
export interface MonthChange {
  a: string;
  b: string;
  delta: string;
  /** By the names of `PartOfChange`, in their order; together they are the delta to the fen. */
  parts: Record<string, string>;
  /** Quantities that the parts follow from, as text, e.g. minutes of dwell. */
  measures: Record<string, { a: string; b: string }>;
}

export interface AnchorChange extends MonthChange {
  anchor_id: string;
  nickname: string;
  /** null: no agency, or no row in that period. */
  agency_a: string | null;
  agency_b: string | null;
  /** In which of the two settlements the anchor has a row. */
  in_a: boolean;
  in_b: boolean;
}

export interface AgencyChange extends MonthChange {
  /** null: of all anchors that have none. */
  agency_id: string | null;
  name: string;
  /** How many have a row. */
  anchors: { a: number; b: number };
}

export interface MonthsCompared {
  total: MonthChange;
  /** The largest changes first, by their size; equal ones by id. */
  agencies: AgencyChange[];
  anchors: AnchorChange[];
}

/** A name of a part of a change, or of a measure, with its words in both languages. */
export interface NameOfChange {
  name: string;
  words: readonly [en: string, zh: string];
}

/** How a programme takes the change from one period to another apart. */
export interface Months {
  parts: readonly NameOfChange[];
  measures: readonly NameOfChange[];
  /** From the files of two run folders alone. */
  compare: (a: MonthRun, b: MonthRun) => Promise<MonthsCompared>;
}
