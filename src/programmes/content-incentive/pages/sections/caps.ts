import { sumOf } from '../../../../book/sum.js';
import type { PageColumn, PageSection, PageText } from '../../../../page/model.js';
import type { CapFigures, Capped } from '../read/days.js';
import { shareOf } from '../share.js';
import type { PageRun } from '../shown.js';

const AMOUNTS = ['gross', 'withheld', 'watch_time'] as const;

/** C8: what the daily caps withhold, by level and by day. */
export function capSection({ both }: PageRun, { byLevel, byDate }: CapFigures): PageSection {
  const columns = (first: PageColumn): PageColumn[] => [
    first,
    { head: ['Days of anchors', '主播天数'], kind: 'count', total: true },
    { head: ['At the cap', '触及封顶'], kind: 'count', total: true },
    ...AMOUNTS.map((name): PageColumn => ({ head: both((words) => words.head(name)), kind: 'money', total: true })),
    { head: ['Withheld, share', '扣减占比'], kind: 'percent' },
  ];
  const rowsOf = (all: Map<string, Capped>, of: (key: string) => PageText): PageText[][] =>
    [...all].map(([key, { days, capped, ...sums }]) => [
      of(key),
      String(days),
      String(capped),
      ...AMOUNTS.map((name) => sums[name]),
      shareOf(sums.withheld, sums.gross),
    ]);
  const chartOf = (all: Map<string, Capped>, of: (key: string) => string) => ({
    shape: 'columns' as const,
    categories: [...all.keys()].map(of),
    series: [
      { name: both((words) => words.head('watch_time')), values: [...all.values()].map((each) => each.watch_time) },
      { name: both((words) => words.head('withheld')), values: [...all.values()].map((each) => each.withheld) },
    ],
  });
  const level = { head: both((words) => words.head('top_level')), kind: 'text' as const };
  const date = { head: both((words) => words.head('date')), kind: 'date' as const };
  const withheld = sumOf([...byLevel.values()].map((each) => each.withheld));
  return {
    name: 'caps',
    title: ['Daily caps', '单日封顶'],
    blocks: [
      {
        note: [
          'What an anchor earned on a date beyond the cap of its highest quality level is withheld (C8). A level above the last cap has none.',
          '主播单日收入超过当日最高质量等级对应的封顶金额的部分不予计发（C8）；高于最后一档的等级不封顶。',
        ],
      },
      ...(byDate.size === 0
        ? []
        : [
            {
              caption: ['Watch time by date (CNY)', '每日时长激励（元）'] as const,
              chart: chartOf(byDate, (key) => key.slice(5)),
              behind: {
                name: 'caps-by-date',
                caption: ['By date (CNY)', '按日期（元）'] as const,
                columns: columns(date),
                rows: rowsOf(byDate, (key) => key),
              },
            },
          ]),
      {
        table: {
          name: 'caps-by-level',
          caption: [
            `By the highest level of the date (CNY); withheld in all: ${withheld}`,
            `按当日最高等级（元），共扣减 ${withheld}`,
          ],
          columns: columns(level),
          rows: rowsOf(byLevel, (key) => both(({ zh }) => (zh ? `等级 ${key}` : `Level ${key}`))),
        },
      },
    ],
  };
}
