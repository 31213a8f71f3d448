import type { Warehouse } from '../../engine/duckdb/warehouse.js';
import type { Page } from '../../page/model.js';
import type { Language } from '../../text/language.js';

/** Whose figures are explained, and of which run. */
export interface About {
  run_id: string;
  policy: string;
  period: { from: string; to: string };
  as_of: string;
  anchor_id: string;
}

/** What is asked for: a date, a session, or neither. */
export interface Asked {
  date?: string | undefined;
  session?: string | undefined;
  /** For this agency's eyes: what is somebody else's is withheld. Blank: for an anchor that has none. */
  forAgency?: string | undefined;
}

export type Paint = (style: 'bold' | 'red' | 'yellow' | 'green' | 'dim', text: string) => string;

/** An explanation, as an object for programs and as a page for people. */
export interface Explained {
  answer: (language: Language) => object;
  text: (language: Language, paint: Paint) => string;
  /** The same for a browser, in both languages. */
  page: () => Page;
}

/** How a programme explains an anchor's figures, clause by clause. */
export interface Explainer {
  /** Relations that it looks at. */
  wanted: readonly string[];
  /** Narrows the warehouse to all that can bear on an anchor, so that the rules run over that alone. */
  narrow: (warehouse: Warehouse, anchor: string, session: string | undefined) => Promise<void>;
  /** Reads it from what the rules have written. Throws `usage` where there is nothing to explain. */
  explain: (warehouse: Warehouse, about: About, asked: Asked) => Promise<Explained>;
}
