import type { Differences } from '../differences.js';
import type { PacketUnit } from './packet-data.js';

/** One unit's rows of a run, as a second implementation reads them. */
export interface Slice {
  unit: PacketUnit;
  policy: string;
  /** The shared facts of the run, by name. */
  facts: ReadonlyMap<string, string>;
  /** A shared file's records, its header first; undefined: the run had no such file. */
  shared: (file: string) => readonly string[] | undefined;
  /** The unit's records, group by group. */
  groups: readonly { anchor: string; files: readonly { file: string; records: readonly string[] }[] }[];
  cover: { total: string; closed_before: string; due: string };
}

/** A thing that the rows say and that can't be recomputed from them, because it depends on others. */
export interface SliceFact {
  fact: string;
  anchor_id: string;
}

export interface SliceFound {
  anchors: number;
  sessions: number;
  facts: SliceFact[];
}

/** A second implementation over one unit's rows. */
export type VerifySlice = (slice: Slice, differences: Differences) => Promise<SliceFound>;
