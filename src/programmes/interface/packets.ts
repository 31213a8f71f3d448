import type { Page } from '../../page/model.js';
import type { PacketCover, PacketData } from '../../verify/packet/packet-data.js';
import type { SliceFact } from '../../verify/packet/slice.js';
import type { Wording } from '../../words/said.js';
import type { Policy } from './policy.js';

/** Whose a row is. An anchor without an agency is a unit of its own; both blank: nobody's. */
export interface Owner {
  agency: string;
  anchor: string;
}

/** A row for one owner; `cells` where it is given with something withheld. */
export interface OwnedRow {
  owner: Owner;
  cells?: readonly string[];
}

/** What is known of the run while its rows are shared out. */
export interface RunKnown {
  /** The agency of an anchor that is settled, blank where it has none; undefined of any other anchor. */
  agencyOf: (anchor: string) => string | undefined;
  /** The anchor of a session that `sessions` of a file asked for; undefined where none is settled. */
  anchorOf: (session: string) => string | undefined;
}

/** A file of the run folder whose rows belong to units. */
export interface PacketFile {
  file: string;
  /** Of a large file that is sorted by anchor: the anchor's cell, counted from 1, before which no cell is quoted. */
  anchor?: number;
  /** The same of the session's id, where other files ask by session. */
  session?: number;
  /** Of any other file: whose a row is, by its cells; none: nobody's. */
  owners?: (cells: readonly string[], known: RunKnown) => readonly OwnedRow[];
  /** The sessions that `owners` will ask for. */
  sessions?: (cells: readonly string[]) => readonly string[];
}

/** How a programme's run is taken apart into packets, and what a packet shows. */
export interface Packets {
  /** In the order in which they stand in a packet; anew for each run, because a file may remember another's rows. */
  files: () => readonly PacketFile[];
  /** Files that stand whole in every packet, beside the policy. */
  shared: readonly string[];
  /** Files of a unit that `cover` and `page` look at. */
  shown: readonly string[];
  /** Amounts of a unit, from its rows; of a period that was closed before, what is due now is less. */
  cover: (rows: (file: string) => readonly (readonly string[])[], restated: boolean) => PacketCover;
  /** The page that people read, from `shown` alone. */
  page: (packet: PacketData, policy: Policy) => Page;
  /** What rows say that can't be recomputed from them, in words. */
  factSaid: (fact: SliceFact) => Wording;
}
