import { Sum } from '../../../../book/sum.js';
import type { Part } from '../../policy/parts.js';
import { ANCHOR_REASONS, EXPELLED } from '../../policy/reasons.js';
import type { IncentivePolicy } from '../../policy/to-policy.js';
import type { CsvRow } from '../read.js';

/** What a reason takes: what several take stands under each of them (as in the summary of a run). */
export interface Forfeit {
  reason: string;
  anchors: number;
  /** CNY. */
  amount: string;
}

/** The programme's own rules, by how their reasons begin in settlement.csv. */
const RULES: Record<string, string> = {
  compliance_code: 'compliance_code',
  low_level_share: 'low_level_share',
  person_already_rewarded: 'once_per_person',
};

/** The parts that a reason takes (rulebook, C10 to C14). */
function partsOf(reason: string, { disqualification }: IncentivePolicy): readonly Part[] {
  const id = reason.replace(/^agency:/, '');
  const penalty = disqualification.penalties.find((rule) => rule.id === id);
  if (reason === EXPELLED && disqualification.expelled !== undefined) return disqualification.expelled.forfeits;
  const own = RULES[reason.split(':')[0] as string];
  return penalty?.forfeits ?? ANCHOR_REASONS.find(({ rule }) => rule === own)?.takes ?? [];
}

/** By reason, in byte order. */
export function forfeitsIn(anchors: readonly CsvRow[], policy: IncentivePolicy): Forfeit[] {
  const found = new Map<string, { anchors: number; sum: Sum }>();
  for (const row of anchors) {
    for (const reason of (row.reasons ?? '').split(';')) {
      if (reason === '' || reason === 'out_of_scope') continue;
      const forfeit = found.get(reason) ?? { anchors: 0, sum: new Sum() };
      found.set(reason, forfeit);
      forfeit.anchors++;
      for (const part of partsOf(reason, policy)) forfeit.sum.add(row[part] ?? '0');
    }
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, { anchors: count, sum }]) => ({ reason, anchors: count, amount: sum.text(2) }));
}
