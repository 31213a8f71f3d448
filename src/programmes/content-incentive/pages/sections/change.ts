import { Sum } from '../../../../book/sum.js';
import { difference } from '../../../../core/money.js';
import type { PageSection, PageText } from '../../../../page/model.js';
import type { BookedRun } from '../../../interface/book.js';
import { anchorsOf, type CsvRow } from '../../book/read.js';
import type { PageRun } from '../shown.js';
import { agencyLabel, descending } from './agencies.js';

const BARS = 15;

interface Change {
  id: string;
  anchors: readonly [now: number, before: number];
  now: string;
  before: string;
  delta: string;
}

/** What each agency is paid, beside another month's. */
export async function changeSection(shown: PageRun, against: BookedRun): Promise<PageSection> {
  const { both, book, agency } = shown;
  const before = await anchorsOf(against, book.asked);
  const changes = changesOf(book.anchors, before);
  const largest = descending(changes, ({ delta }) => delta.replace('-', '')).slice(0, BARS);
  const sorted = descending(largest, ({ delta }) => delta);
  const head = (now: 'total' | 'anchors', of: readonly [string, string]): PageText =>
    both((words) => (words.zh ? `${words.head(now)}（${of[1]}）` : `${words.head(now)}, ${of[0]}`));
  const [THIS, LAST] = [['this run', '本期'] as const, ['compared with', '上期'] as const];
  const gone = before.filter(({ anchor_id }) => !book.anchors.some((row) => row.anchor_id === anchor_id)).length;
  return {
    name: 'change',
    title: ['Change by agency', '机构变动'],
    blocks: [
      { note: both((words) => words.comparedWith(against)) },
      {
        caption: [
          `Change of the total payable, the ${sorted.length} largest (CNY)`,
          `应付合计变动最大的 ${sorted.length} 家（元）`,
        ],
        chart: {
          shape: 'bars',
          bars: sorted.map(({ id, delta }) => ({ label: agencyLabel(shown, id), value: delta })),
        },
        behind: {
          name: 'largest-changes',
          caption: ['Change (CNY)', '变动（元）'],
          columns: [
            { head: both((words) => words.head('agency_id')), kind: 'text' },
            { head: both((words) => words.head('change')), kind: 'money' },
          ],
          rows: sorted.map(({ id, delta }) => [agencyLabel(shown, id), delta]),
        },
      },
      {
        table: {
          name: 'changes',
          caption: ['Each agency (CNY)', '各机构（元）'],
          columns: [
            { head: both((words) => words.head('agency_id')), kind: 'id' },
            { head: both((words) => words.head('agency_name')), kind: 'text' },
            { head: head('anchors', THIS), kind: 'count', total: true },
            { head: head('anchors', LAST), kind: 'count', total: true },
            { head: head('total', THIS), kind: 'money', total: true },
            { head: head('total', LAST), kind: 'money', total: true },
            { head: both((words) => words.head('change')), kind: 'money', total: true },
          ],
          rows: changes.map(({ id, anchors, now, before: was, delta }) => [
            agency(id),
            book.names.get(id) ?? '',
            ...anchors.map(String),
            now,
            was,
            delta,
          ]),
        },
      },
      {
        note: [
          `${gone} anchors of the other run are in this one no more, and ${book.anchors.length - (before.length - gone)} are new.`,
          `上期主播中 ${gone} 位本期没有场次，本期新增 ${book.anchors.length - (before.length - gone)} 位。`,
        ],
      },
    ],
  };
}

/** By agency, in byte order of their ids. */
function changesOf(now: readonly CsvRow[], before: readonly CsvRow[]): Change[] {
  const [ours, theirs] = [byAgency(now), byAgency(before)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].sort().map((id) => {
    const [one, other] = [ours.get(id), theirs.get(id)];
    const [paid, was] = [one?.sum.text(2) ?? '0.00', other?.sum.text(2) ?? '0.00'];
    return {
      id,
      anchors: [one?.anchors ?? 0, other?.anchors ?? 0],
      now: paid,
      before: was,
      delta: difference(paid, was),
    };
  });
}

function byAgency(rows: readonly CsvRow[]): Map<string, { anchors: number; sum: Sum }> {
  const found = new Map<string, { anchors: number; sum: Sum }>();
  for (const { agency_id = '', total = '0' } of rows) {
    const agency = found.get(agency_id) ?? { anchors: 0, sum: new Sum() };
    found.set(agency_id, agency);
    agency.anchors++;
    agency.sum.add(total);
  }
  return found;
}
