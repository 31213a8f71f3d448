import type { Kind } from '../../exports/column-types.js';
import type { Bilingual } from '../../page/model.js';
import type { VerifyRun } from '../../verify/report.js';
import type { PolicyReader } from '../interface/policy.js';
import type { Programme } from '../interface/programme.js';
import type { Output, ProgrammeNotices } from '../interface/settling.js';

/** A column of a list, as people are shown it. */
export interface ListColumn {
  name: string;
  head: Bilingual;
  /** `codes`: codes of the programme, joined by `;`, which people read as words. */
  kind: 'id' | 'text' | 'note' | 'date' | 'count' | 'codes';
}

/** A file of the run folder whose rows are what the programme has judged. */
export interface List {
  file: string;
  /** On pages: letters and hyphens. */
  name: string;
  title: Bilingual;
  columns: readonly ListColumn[];
  /** Columns by which a row is somebody's or something's that is asked for. */
  subjects: readonly string[];
}

/** A code of the lists: what it means, and its clause. */
export interface ListCode {
  words: Bilingual;
  clause: string;
}

/** A programme that judges rows of exports by a policy and pays nobody: lists with a verdict a row. */
export interface Listing {
  name: string;
  /** What its runs are called on pages and in workbooks. */
  title: Bilingual;
  kinds: readonly Kind[];
  policy: PolicyReader;
  lists: readonly List[];
  /** Further files of a run, such as the rows that it used (`inputs/…`). */
  further: readonly Output[];
  /** Words of what stands in columns of codes, by code. */
  codes: Readonly<Record<string, ListCode>>;
  /** What the summary counts, by names of the manifest's totals. */
  counts: readonly { total: string; words: Bilingual }[];
  notices: ProgrammeNotices;
  /** The list that other programmes are fed with, if any. */
  feeds?: Programme['feeds'];
  verifier: () => Promise<VerifyRun>;
}
