import type { Page, PageText } from '../page/model.js';
import type { Difference } from '../verify/differences.js';
import type { PacketData } from '../verify/packet/packet-data.js';
import type { SliceFact, VerifySlice } from '../verify/packet/slice.js';
import type { Wording } from '../words/said.js';

/** What a programme has of its own in a packet that is opened in a browser. */
export interface OpenedProgramme {
  verifySlice: VerifySlice;
  /** The page, each section to be made by itself: what somebody changed may be of any form. */
  page: (data: PacketData) => Omit<Page, 'sections'> & { sections: readonly (() => Page['sections'])[] };
  /** The statement of one anchor; '' asks for none. */
  statement: (data: PacketData, anchor: string) => Page['sections'];
  /** Anchors that have a statement, with their names. */
  anchors: (data: PacketData) => readonly (readonly [id: string, name: string])[];
  /** In words: the file and the column of a difference. */
  placeSaid: (difference: Difference) => readonly [file: PageText, column: PageText];
  factSaid: (fact: SliceFact) => Wording;
}
