import type { PageBlock, PageSection, PageText } from '../../../../page/model.js';
import type { SummaryFigures } from '../../book/sheets/figures.js';
import type { SessionFigures } from '../read/sessions.js';
import { shareOf } from '../share.js';
import type { PageRun } from '../shown.js';
import { descending } from './agencies.js';

/** Why sessions are invalid, and what takes from anchors. */
export function reasonSection(shown: PageRun, figures: SessionFigures, summary: SummaryFigures): PageSection {
  const { overlap } = summary;
  return {
    name: 'reasons',
    title: shown.both((words) => words.head('reasons')),
    blocks: [
      ...ofSessions(shown, figures),
      ...ofAnchors(shown, summary),
      ...(overlap ? [{ note: shown.both((words) => words.overlap) }] : []),
    ],
  };
}

const reasonIn = ({ both, book }: PageRun, reason: string): PageText =>
  both((words) => words.reasons(reason, book.policy));

function ofSessions(shown: PageRun, { byReason, sessions, valid }: SessionFigures): PageBlock[] {
  const all = descending(
    [...byReason].map(([id, count]) => ({ id, count: String(count) })),
    ({ count }) => count,
  );
  const caption = [
    `Why sessions are not valid (${sessions - valid} of ${sessions}; one with several reasons counts under each)`,
    `场次无效的原因（${sessions} 场中 ${sessions - valid} 场；有多个原因的在各原因下分别计入）`,
  ] as const;
  const table = {
    name: 'session-reasons',
    caption,
    columns: [
      { head: shown.both((words) => words.head('reasons')), kind: 'note' as const },
      { head: shown.both((words) => words.head('sessions')), kind: 'count' as const },
      { head: ['Of all sessions', '占全部场次'] as const, kind: 'percent' as const },
    ],
    rows: all.map(({ id, count }) => [reasonIn(shown, id), count, shareOf(count, String(sessions))]),
  };
  if (all.length === 0) return [{ table }];
  const bars = all.map(({ id, count }) => ({ label: reasonIn(shown, id), value: count }));
  return [{ caption, chart: { shape: 'bars', bars }, behind: table }];
}

function ofAnchors(shown: PageRun, { forfeits }: SummaryFigures): PageBlock[] {
  const all = descending(
    forfeits.map((each) => ({ id: each.reason, ...each })),
    ({ amount }) => amount,
  );
  const caption = ['What takes rewards from anchors (CNY)', '主播激励不予发放的原因（元）'] as const;
  const table = {
    name: 'anchor-reasons',
    caption,
    columns: [
      { head: shown.both((words) => words.head('reasons')), kind: 'note' as const },
      { head: shown.both((words) => words.head('anchors')), kind: 'count' as const },
      { head: shown.both((words) => words.head('forfeited')), kind: 'money' as const },
    ],
    rows: all.map(({ id, anchors, amount }) => [reasonIn(shown, id), String(anchors), amount]),
  };
  if (all.length === 0) return [{ table }];
  const bars = all.map(({ id, amount }) => ({ label: reasonIn(shown, id), value: amount }));
  return [{ caption, chart: { shape: 'bars', bars }, behind: table }];
}
