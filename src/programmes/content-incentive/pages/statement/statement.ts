import type { PageSection, PageText } from '../../../../page/model.js';
import type { BookedRun } from '../../../interface/book.js';
import type { Statement, StatementAsked } from '../../../interface/pages.js';
import type { Words } from '../../book/words/words.js';
import type { IncentivePolicy } from '../../policy/to-policy.js';
import { both, withinText } from '../shown.js';
import { amountSection } from './amounts.js';
import { paidSections } from './paid.js';
import { type OfAnchor, readAnchor } from './read.js';
import {
  statementDays,
  statementIneligible,
  statementPenalties,
  statementSessions,
  statementUnsettled,
} from './tables.js';

/** The statement of one anchor: what `anchors/` says as a file, and what people ask about it. */
export async function statementOf(run: BookedRun, { anchor, earlier }: StatementAsked): Promise<Statement> {
  const found = await readAnchor(run, anchor);
  const policy = run.policy as IncentivePolicy;
  const name = withinText(found.row?.nickname ?? found.master?.nickname ?? '');
  const line = (words: Words): string => words.title('', run, undefined)[1];
  return {
    page: {
      title: both((words) => `${anchor}${name === '' ? '' : ` ${name}`} · ${words.pick(['statement', '对账单'])}`),
      about: both((words) => `${policy.id} · ${line(words)}`),
      sections: [
        whoSection(found, policy),
        ...amountSection(found),
        ...(await paidSections(run, found, { anchor, earlier })),
        statementDays(found),
        statementSessions(found, policy),
        ...statementPenalties(found),
        ...statementIneligible(found),
        ...statementUnsettled(found),
      ],
    },
    status: found.row?.status ?? null,
    total: found.row?.total ?? '0.00',
  };
}

function whoSection({ row, master, agencyName, unsettled }: OfAnchor, policy: IncentivePolicy): PageSection {
  const agency = row?.agency_id ?? unsettled[0]?.agency_id ?? master?.agency_id ?? '';
  const reasons = row?.reasons ?? '';
  const state: PageText = row === undefined ? NOT_SETTLED : both((words) => words.status(row.status ?? ''));
  const lines: (readonly [PageText, PageText])[] = [
    [both((words) => words.head('anchor_id')), row?.anchor_id ?? unsettled[0]?.anchor_id ?? master?.anchor_id ?? ''],
    [both((words) => words.head('nickname')), row?.nickname ?? master?.nickname ?? ''],
    [
      ['Agency', '机构'],
      agency === '' ? both((words) => words.agency('')) : `${agency} ${withinText(agencyName)}`.trim(),
    ],
    [both((words) => words.head('status')), state],
    ...(reasons === ''
      ? []
      : [[both((words) => words.head('reasons')), both((words) => words.reasons(reasons, policy))] as const]),
  ];
  return {
    name: 'anchor',
    title: ['Anchor', '主播'],
    blocks: [
      {
        table: {
          name: 'anchor',
          caption: ['Who it is for', '对账对象'],
          columns: [
            { head: both((words) => words.head('item')), kind: 'text' },
            { head: ['Value', '内容'], kind: 'note' },
          ],
          rows: lines,
        },
      },
    ],
  };
}

const NOT_SETTLED: PageText = ['nothing is settled in this run', '本批次没有已结算的场次'];
