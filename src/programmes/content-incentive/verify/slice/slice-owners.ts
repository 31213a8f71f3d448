import type { Differences } from '../../../../verify/differences.js';
import { cellsOfRecord } from '../../../../verify/packet/facts.js';
import type { Slice } from '../../../../verify/packet/slice.js';

/** Where a row names its anchor and its agency. */
const NAMED: Readonly<Record<string, { anchor?: number; agency?: number }>> = {
  'inputs/agencies.csv': { agency: 0 },
  'inputs/anchors.csv': { anchor: 0, agency: 2 },
  'settlement.csv': { anchor: 2, agency: 4 },
  'days.csv': { anchor: 0 },
  'sessions.csv': { anchor: 1 },
  'inputs/ineligible.csv': { anchor: 0 },
  'inputs/penalties.csv': { anchor: 1, agency: 2 },
  'unsettled.csv': { anchor: 3, agency: 4 },
  'adjustments.csv': { anchor: 0, agency: 1 },
};

/** A penalty names an anchor or its agency, and a row that is left out may lack either. */
const EITHER = new Set(['inputs/penalties.csv', 'unsettled.csv']);

/** Each row is the unit's own, and stands in the group of its anchor. */
export function checkOwners({ unit, groups }: Slice, differences: Differences): void {
  const agency = unit.kind === 'agency' ? unit.id : '';
  for (const { anchor, files } of groups)
    for (const { file, records } of files) {
      const named = NAMED[file];
      if (named === undefined) continue;
      for (const record of records) {
        const cells = cellsOfRecord(record);
        const at = (place: number | undefined): string => (place === undefined ? '' : (cells[place] ?? ''));
        const key = cells[0] ?? '';
        if (at(named.anchor) !== anchor)
          differences.add(
            file,
            key,
            named.anchor === undefined ? '' : 'anchor_id',
            at(named.anchor),
            anchor || 'no anchor',
          );
        const isOwn = at(named.agency) === agency || (EITHER.has(file) && at(named.agency) === '');
        if (named.agency !== undefined && !isOwn)
          differences.add(file, key, 'agency_id', at(named.agency), agency || 'no agency');
      }
    }
}
