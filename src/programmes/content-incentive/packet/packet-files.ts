import type { OwnedRow, Owner, PacketFile, RunKnown } from '../../interface/packets.js';
import { noticeOwners, sessionsOfNotice } from './packet-notices.js';

/** Whose the rows of a run folder are, file by file, in the order in which they stand in a packet. */
export function packetFiles(): PacketFile[] {
  const leftOut = new Map<string, Owner>();
  return [
    { file: 'inputs/agencies.csv', owners: ([agency = '']) => ownedBy({ agency, anchor: '' }) },
    { file: 'inputs/anchors.csv', owners: ([anchor = '', , agency = '']) => ownedBy({ agency, anchor }) },
    { file: 'settlement.csv', anchor: 3 },
    { file: 'days.csv', anchor: 1 },
    { file: 'sessions.csv', anchor: 2, session: 1 },
    { file: 'inputs/ineligible.csv', anchor: 1 },
    {
      file: 'inputs/penalties.csv',
      owners: ([, anchor = '', agency = ''], known) =>
        ownedBy(anchor === '' ? { agency, anchor: '' } : { agency: known.agencyOf(anchor) ?? '', anchor }),
    },
    {
      file: 'unsettled.csv',
      owners: (cells, known) => {
        const owner = leftOutOwner(cells, known);
        if (owner === undefined) return [];
        leftOut.set(`${cells[0]}\n${cells[1]}`, owner);
        return ownedBy(owner);
      },
    },
    {
      file: 'quarantine.csv',
      owners: ([file, line]) => {
        const owner = leftOut.get(`${file}\n${line}`);
        return owner === undefined ? [] : ownedBy(owner);
      },
    },
    { file: 'adjustments.csv', owners: ([anchor = '', agency = '']) => ownedBy({ agency, anchor }) },
    { file: 'notices.csv', sessions: sessionsOfNotice, owners: noticeOwners },
    {
      file: 'inputs/control.csv',
      sessions: ([session = '']) => (session === '' ? [] : [session]),
      owners: ([session = ''], known) => {
        const anchor = known.anchorOf(session);
        return anchor === undefined ? [] : ownedBy({ agency: known.agencyOf(anchor) ?? '', anchor });
      },
    },
  ];
}

function ownedBy(owner: Owner): OwnedRow[] {
  return [{ owner }];
}

/** A row that is left out shows its anchor and agency as far as they can be read; one of an anchor nobody knows is nobody's. */
function leftOutOwner(cells: readonly string[], known: RunKnown): Owner | undefined {
  const [, , , anchor = '', agency = '', , codes = ''] = cells;
  if (agency !== '') return { agency, anchor };
  if (anchor === '' || codes.split(';').includes('unknown_anchor')) return undefined;
  return { agency: known.agencyOf(anchor) ?? '', anchor };
}
