import { Sum } from '../../../../book/sum.js';
import { decimal } from '../../../../core/money.js';
import type { PageSection } from '../../../../page/model.js';
import { shareOf } from '../share.js';
import type { PageRun } from '../shown.js';
import { descending } from './agencies.js';

const TOP = 20;
/** So many points draw the curve. */
const POINTS = 100;

/** How much of the total few anchors have. */
export function concentrationSection({ both, book, agency }: PageRun, total: string): PageSection {
  const paid = descending(
    book.anchors.map((row) => ({ id: row.anchor_id ?? '', row })),
    ({ row }) => row.total ?? '0',
  );
  const running = new Sum();
  const sums = paid.map(({ row }) => {
    running.add(row.total ?? '0');
    return running.text(2);
  });
  const half = sums.findIndex((sum) => decimal(sum).times(2).greaterThanOrEqualTo(decimal(total))) + 1;
  const top = Math.min(TOP, paid.length);
  const table = {
    name: 'top-anchors',
    caption: [`The ${top} anchors that are paid most (CNY)`, `应付合计最高的 ${top} 位主播（元）`] as const,
    columns: [
      { head: ['Rank', '名次'] as const, kind: 'count' as const },
      { head: both((words) => words.head('anchor_id')), kind: 'id' as const },
      { head: both((words) => words.head('nickname')), kind: 'text' as const },
      { head: both((words) => words.head('agency_id')), kind: 'id' as const },
      { head: both((words) => words.head('total')), kind: 'money' as const },
      { head: ['Share', '占比'] as const, kind: 'percent' as const },
      { head: ['Share up to here', '累计占比'] as const, kind: 'percent' as const },
    ],
    rows: paid
      .slice(0, TOP)
      .map(({ row }, at) => [
        String(at + 1),
        row.anchor_id ?? '',
        row.nickname ?? '',
        agency(row.agency_id ?? ''),
        row.total ?? '',
        shareOf(row.total ?? '0', total),
        shareOf(sums[at] ?? '0', total),
      ]),
  };
  if (half === 0 || decimal(total).isZero())
    return { name: 'concentration', title: ['Concentration', '集中度'], blocks: [{ table }] };
  const share = shareOf(sums[top - 1] ?? '0', total);
  return {
    name: 'concentration',
    title: ['Concentration', '集中度'],
    blocks: [
      {
        note: [
          `The ${top} anchors that are paid most have ${share}% of the total; half of it goes to ${half} of ${paid.length} anchors.`,
          `应付合计最高的 ${top} 位主播占 ${share}%；${paid.length} 位主播中，前 ${half} 位合计占一半。`,
        ],
      },
      {
        caption: [
          'Share of the total payable, anchors from the best paid on',
          '应付合计的累计占比（主播按金额从高到低）',
        ],
        chart: {
          shape: 'curve',
          points: pointsOf(sums, total),
          x: ['Anchors', '主播'],
          y: ['Total payable', '应付合计'],
        },
        behind: table,
      },
    ],
  };
}

function pointsOf(sums: readonly string[], total: string): { x: string; y: string }[] {
  const every = Math.ceil(sums.length / POINTS);
  const places = sums.map((_, at) => at + 1).filter((count) => count % every === 0 || count === sums.length);
  const points = places.map((count) => ({
    x: shareOf(String(count), String(sums.length)),
    y: shareOf(sums[count - 1] ?? '0', total),
  }));
  return [{ x: '0', y: '0' }, ...points];
}
