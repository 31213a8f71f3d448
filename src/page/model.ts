/** What a page for people holds, whatever it is about. */

/** A text in both languages. */
export type Bilingual = readonly [en: string, zh: string];

/** A plain text is the same in both: an id, a name, a figure. */
export type PageText = string | Bilingual;

/**
 * How the cells of a column are shown and sorted. `count`, `money`, `minutes`, `index`, `price` and `percent` are decimals as text, all of one
 * column with as many places, blank where there is none; `figure` is one of any form, as it is written; `id` and `date` never break, `note` does.
 */
export type PageKind =
  | 'id'
  | 'text'
  | 'note'
  | 'date'
  | 'count'
  | 'money'
  | 'minutes'
  | 'index'
  | 'price'
  | 'percent'
  | 'figure';

export interface PageColumn {
  head: PageText;
  kind: PageKind;
  /** Its cells are added up below. */
  total?: boolean;
  /** A terminal has no room for it. */
  wide?: true;
}

export interface PageTable {
  /** Its own on the page: letters and hyphens. */
  name: string;
  caption: PageText;
  /** What stands above says the same: only readers hear it. */
  quiet?: true;
  columns: readonly PageColumn[];
  rows: readonly (readonly PageText[])[];
}

/** A figure by itself; `before` and `change` where it is compared with another run's. */
export interface PageFigure {
  label: PageText;
  kind: PageKind;
  text: string;
  before?: string;
  change?: string;
  strong?: true;
}

/** Values of charts are decimals as text; they become numbers only to find the place of a mark. */
export type Chart =
  /** Signed steps from nothing to a sum; `sum` stands on the ground. */
  | { shape: 'waterfall'; steps: readonly { label: PageText; value: string; sum?: true }[] }
  /** A stack for each category; no value is negative. */
  | {
      shape: 'columns';
      categories: readonly string[];
      series: readonly { name: PageText; values: readonly string[] }[];
    }
  /** A bar for each, to the left where it is negative. */
  | { shape: 'bars'; bars: readonly { label: PageText; value: string }[] }
  /** A field for each, the darker the more. */
  | { shape: 'heat'; rows: readonly { label: PageText; values: readonly string[] }[]; columns: readonly string[] }
  /** A line from 0, 0 to 100, 100, both in percent. */
  | { shape: 'curve'; points: readonly { x: string; y: string }[]; x: PageText; y: PageText };

export type PageBlock =
  | { note: PageText }
  | { figures: readonly PageFigure[] }
  | { table: PageTable }
  /** A chart with the figures that it is made of. */
  | { chart: Chart; caption: PageText; behind: PageTable }
  /** Lines below each other, those that belong to one above it set in. */
  | { lines: readonly { text: PageText; depth: number }[] };

export interface PageSection {
  /** Its own on the page: letters and hyphens. */
  name: string;
  title: PageText;
  blocks: readonly PageBlock[];
}

export interface Page {
  /** What it is, e.g. `content-live-2023-11`, and what of. */
  title: PageText;
  /** Of which run, in a line. */
  about: PageText;
  sections: readonly PageSection[];
}
