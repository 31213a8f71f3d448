import { sumOf } from '../../../book/sum.js';
import { difference } from '../../../core/money.js';
import type { PacketCover } from '../../../verify/packet/packet-data.js';
import type { Packets } from '../../interface/packets.js';
import { factSaid } from './fact-said.js';
import { packetFiles } from './packet-files.js';
import { packetPage } from './packet-page.js';

const SHOWN = ['inputs/agencies.csv', 'settlement.csv', 'adjustments.csv'] as const;
const TOTAL = 15;
const DELTA = 6;

/** A unit's packet of the incentive. */
export const PACKETS: Packets = {
  files: packetFiles,
  shared: ['inputs/scarcity.csv'],
  shown: SHOWN,
  cover: coverOf,
  page: packetPage,
  factSaid,
};

/** What is due now: of a restated period its adjustments alone. */
function coverOf(rows: (file: string) => readonly (readonly string[])[], restated: boolean): PacketCover {
  const total = sumOf(rows('settlement.csv').map((cells) => cells[TOTAL] ?? ''));
  const due = restated ? sumOf(rows('adjustments.csv').map((cells) => cells[DELTA] ?? '')) : total;
  return { total, closed_before: difference(total, due), due };
}
