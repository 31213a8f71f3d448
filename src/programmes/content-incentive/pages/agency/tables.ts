import type { PageColumn, PageKind, PageSection, PageText } from '../../../../page/model.js';
import type { Book, CsvRow } from '../../book/read.js';
import type { Head } from '../../book/words/heads.js';
import { both } from '../shown.js';
import type { HittingPenalty } from './read.js';

const column = (head: Head, kind: PageKind): PageColumn => ({
  head: both((words) => words.head(head)),
  kind,
  ...(kind === 'money' ? { total: true } : {}),
});

/** C8: each day of which a cap withheld something. */
export function cappedSection(capped: readonly CsvRow[]): PageSection {
  const columns: PageColumn[] = [
    column('anchor_id', 'id'),
    column('date', 'date'),
    column('top_level', 'count'),
    { head: both((words) => words.head('cap')), kind: 'money' },
    column('gross', 'money'),
    column('withheld', 'money'),
    column('watch_time', 'money'),
  ];
  const heads = ['anchor_id', 'date', 'top_level', 'cap', 'gross', 'withheld', 'watch_time'];
  return {
    name: 'capped',
    title: ['Withheld by daily caps', '封顶扣减'],
    blocks: [
      {
        table: {
          name: 'capped',
          caption: ['Each date of an anchor on which a cap withheld something (CNY)', '触及封顶的主播与日期（元）'],
          columns,
          rows: capped.map((row) => heads.map((head) => row[head] ?? '')),
        },
      },
    ],
  };
}

/** Penalties on the agency, its anchors and their sessions, with what stands by each. */
export function hittingSection(penalties: readonly HittingPenalty[], { policy }: Book): PageSection {
  return {
    name: 'penalties',
    title: ['Penalties', '处罚'],
    blocks: [
      {
        table: {
          name: 'penalties',
          caption: ['Penalties on the agency, its anchors and their sessions', '机构、主播及其场次的处罚'],
          columns: [
            { head: ['Penalty', '处罚ID'], kind: 'id' },
            { head: ['On', '对象'], kind: 'id' },
            { head: ['Session', '场次ID'], kind: 'id' },
            { head: ['Kind', '处罚类型'], kind: 'text' },
            { head: ['Imposed', '处罚时间'], kind: 'date' },
            { head: ['State', '处罚状态'], kind: 'text' },
            { head: ['What stands by it', '由此适用的原因'], kind: 'note' },
          ],
          rows: penalties.map(({ row, reasons }): PageText[] => [
            row.penalty_id ?? '',
            row.anchor_id === '' ? (row.agency_id ?? '') : (row.anchor_id ?? ''),
            row.session_id ?? '',
            both((words) => words.kinds([row.kind ?? ''])),
            row.penalized_at ?? '',
            row.status === 'revoked' ? ['revoked', '已撤销'] : ['upheld', '生效'],
            reasons.length === 0 ? '' : both((words) => words.reasons(reasons.join(';'), policy)),
          ]),
        },
      },
    ],
  };
}
