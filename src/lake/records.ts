import type { Int96 } from '../core/reading.js';
import type { Mappings } from '../exports/mapping.js';
import type { Seen } from '../load/stage/seen.js';

/**
 * What a lake says of itself, as JSON. A go is one taking-in of new files: its list is registered first, then each file
 * lands, then it ends. What has ended as counted counts for good; nothing else of it does.
 */

/** A go as it was registered. */
export interface Go {
  go: number;
  /** By which whoever registered it knows it again. */
  token: string;
  /** Whose reading it is: another build may read the same file otherwise. */
  build: string;
  /** The folder of exports, as it was called. */
  folder: string;
  how: How;
  /** What isn't known, in the order in which it counts. */
  files: Listed[];
  /** How many exports of the folder were known without reading them. */
  known: number;
  /** Entries of the folder that are no exports. */
  others: string[];
}

/** How its files are read. */
export interface How {
  encoding: 'gb18030' | null;
  int96: Int96 | null;
  mappings: Mappings;
  again: boolean;
}

export interface Listed {
  name: string;
  /** Size and times, by which every machine sees that nobody has written to it. */
  stamp: string;
  /** The content with which it is nothing new; null where it is read whatever it holds. */
  held: string | null;
}

/** What became of a file of a go. */
export type Landed =
  | { name: string; what: 'known' }
  | { name: string; what: 'loaded'; file: LakeFile }
  | { name: string; what: 'unusable'; message: string; mend: string | null };

/** A file whose rows are in the lake. */
export interface LakeFile {
  name: string;
  kind: string;
  sha256: string;
  rows: number;
  columns: string[];
  unknown: string[];
  reading: string;
  /** Blank where it had just been written. */
  stamp: string;
  seen: Seen[];
  tables: Stored[];
}

/** Rows that a file has of a table of the warehouse; one that it has no row of is left out. */
export interface Stored {
  table: string;
  key: string;
  rows: number;
  /** Of the Parquet file. */
  sha256: string;
}

/** How a go has ended. */
export type End = Counted | Void;

export interface Counted {
  ended: 'counted';
  /** Milliseconds since 1970; never before the go before. */
  at: number;
  /** The number of the load, where there was something new. */
  load: number | null;
  /** What was new, in its order. */
  files: LakeFile[];
}

export interface Void {
  ended: 'void';
  why: 'unusable' | 'left';
  /** What is wrong with its files. */
  faults: { name: string; message: string; mend: string | null }[];
}
