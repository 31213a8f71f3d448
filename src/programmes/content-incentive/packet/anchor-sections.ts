import type { PageSection } from '../../../page/model.js';
import type { PacketData } from '../../../verify/packet/packet-data.js';
import { both } from '../pages/both.js';
import {
  statementDays,
  statementIneligible,
  statementPenalties,
  statementSessions,
  statementUnsettled,
} from '../pages/statement/tables.js';
import type { IncentivePolicy } from '../policy/to-policy.js';
import { stepsBlock } from './chart-section.js';
import { type PacketRow, unitRows } from './packet-page.js';

/** The statement of one anchor: how its amount comes about, its days and sessions, and what stands against them. */
export function anchorSections(packet: PacketData, anchor: string, policy: IncentivePolicy): PageSection[] {
  const own = (file: string): PacketRow[] => unitRows(packet, file).filter(({ anchor_id }) => anchor_id === anchor);
  const [row] = own('settlement.csv');
  const agency = row?.agency_id ?? '';
  const penalties = unitRows(packet, 'inputs/penalties.csv').filter(
    ({ anchor_id, agency_id }) => anchor_id === anchor || (agency !== '' && agency_id === agency),
  );
  const rows = {
    days: own('days.csv'),
    sessions: own('sessions.csv'),
    penalties,
    ineligible: own('inputs/ineligible.csv'),
    unsettled: own('unsettled.csv'),
  };
  return [
    ...(row === undefined ? [] : [amountSection(row, policy)]),
    ...[
      statementDays(rows),
      statementSessions(rows, policy),
      ...statementPenalties(rows),
      ...statementIneligible(rows),
      ...statementUnsettled(rows),
    ].map(ofAnchor),
  ];
}

function amountSection(row: PacketRow, policy: IncentivePolicy): PageSection {
  const { status = '', reasons = '' } = row;
  const why = reasons === '' ? [] : [{ note: both((words) => words.reasons(reasons, policy)) }];
  return {
    name: 'of-amount',
    title: ['Amount (CNY)', '应付金额（元）'],
    blocks: [{ note: both((words) => words.status(status)) }, ...why, stepsBlock([row], 'of-steps')],
  };
}

/** Tables of the page are named once. */
function ofAnchor({ name, title, blocks }: PageSection): PageSection {
  return {
    name: `of-${name}`,
    title,
    blocks: blocks.map((block) =>
      'table' in block ? { table: { ...block.table, name: `of-${block.table.name}` } } : block,
    ),
  };
}
