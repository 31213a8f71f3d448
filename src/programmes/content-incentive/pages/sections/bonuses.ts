import { decimal, fixed, readable } from '../../../../core/money.js';
import type { PageBlock, PageColumn, PageSection, PageText } from '../../../../page/model.js';
import type { CsvRow } from '../../book/read.js';
import type { Head } from '../../book/words/heads.js';
import { BONUSES, type BonusName } from '../../policy/parts.js';
import type { IncentivePolicy } from '../../policy/to-policy.js';
import type { TierProgress } from '../read/progress.js';
import type { SessionFigures } from '../read/sessions.js';
import type { PageRun } from '../shown.js';

type Tier = IncentivePolicy[BonusName]['tiers'][number];

/** Near a tier is who has so many fifths of its days and of its minutes. */
const [NEAR, OF] = [4, 5];

/** C10, C11: how many anchors reach which tier, and who is near the next. */
export function bonusSection(shown: PageRun, figures: SessionFigures): PageSection {
  return {
    name: 'bonuses',
    title: ['Bonuses', '全勤与新手激励'],
    blocks: [
      {
        note: [
          `As earned, before anything is forfeited. Near a better tier is an anchor in scope that has at least ${NEAR} fifths of its valid days and of its valid minutes.`,
          `按达标金额列示，未扣除不予发放的部分。「接近更高档位」指适用范围内、该档位的有效天数和有效分钟数均已达到五分之四（${NEAR * 20}%）的主播。`,
        ],
      },
      ...BONUSES.flatMap(({ name }) => [tierTable(shown, name), nearTable(shown, name, figures)]),
    ],
  };
}

const amountOf = (tier: Tier): string => fixed(decimal(tier.amount), 2);

function conditions({ valid_days, valid_minutes }: Tier): PageText {
  return [
    `${valid_days} valid days and ${readable(String(valid_minutes))} minutes`,
    `有效天 ${valid_days} 天且有效时长 ${readable(String(valid_minutes))} 分钟`,
  ];
}

function tierTable({ both, book }: PageRun, bonus: BonusName): PageBlock {
  const reached = new Map<string, number>();
  for (const row of book.anchors) {
    const amount = row[bonus] ?? '';
    reached.set(amount, (reached.get(amount) ?? 0) + 1);
  }
  const tiers = book.policy[bonus].tiers.map((tier): PageText[] => {
    const amount = amountOf(tier);
    const anchors = reached.get(amount) ?? 0;
    reached.delete(amount); // two tiers of one amount are one for whoever is paid
    return [conditions(tier), amount, String(anchors), fixed(decimal(amount).times(anchors), 2)];
  });
  const none = [...reached.values()].reduce((sum, count) => sum + count, 0);
  return {
    table: {
      name: `tiers-${bonus.replaceAll('_', '-')}`,
      caption: both((words) => (words.zh ? `${words.head(bonus)}：各档位（元）` : `${words.head(bonus)}: tiers (CNY)`)),
      columns: [
        { head: ['Tier', '档位'], kind: 'note' },
        { head: ['Amount', '每位金额'], kind: 'money' },
        { head: both((words) => words.head('anchors')), kind: 'count', total: true },
        { head: ['Earned', '达标金额'], kind: 'money', total: true },
      ],
      rows: [...tiers, [['no tier', '未达标'], '0.00', String(none), '0.00']],
    },
  };
}

interface Near {
  row: CsvRow;
  tier: Tier;
  has: TierProgress;
}

function nearTable({ both, book, agency }: PageRun, bonus: BonusName, { progress }: SessionFigures): PageBlock {
  const near = book.anchors.flatMap((row): Near[] => {
    if (row.status === 'out_of_scope') return [];
    const has = progress.progress(bonus, row.anchor_id ?? '');
    const tier = has && nextTier(book.policy[bonus].tiers, row[bonus] ?? '0', has);
    return has === undefined || tier === undefined ? [] : [{ row, tier, has }];
  });
  near.sort((a, b) => lackingDays(a) - lackingDays(b) || lackingSeconds(a) - lackingSeconds(b) || byId(a, b));
  const column = (head: Head, kind: PageColumn['kind']): PageColumn => ({
    head: both((words) => words.head(head)),
    kind,
  });
  return {
    table: {
      name: `near-${bonus.replaceAll('_', '-')}`,
      caption: both((words) =>
        words.zh ? `${words.head(bonus)}：接近更高档位的主播` : `${words.head(bonus)}: who is near a better tier`,
      ),
      columns: [
        column('anchor_id', 'id'),
        column('nickname', 'text'),
        column('agency_id', 'id'),
        { head: ['Tier', '目标档位'], kind: 'note' },
        { head: ['Would earn', '该档金额'], kind: 'money' },
        { head: ['Earns', '现达标金额'], kind: 'money' },
        { head: ['Valid days', '有效天数'], kind: 'count' },
        { head: ['Valid minutes', '有效分钟'], kind: 'count' },
        { head: ['Days lacking', '还差天数'], kind: 'count' },
        { head: ['Minutes lacking', '还差分钟'], kind: 'count' },
      ],
      rows: near.map(({ row, tier, has }) => [
        row.anchor_id ?? '',
        row.nickname ?? '',
        agency(row.agency_id ?? ''),
        conditions(tier),
        amountOf(tier),
        row[bonus] ?? '',
        String(has.days),
        String(Math.floor(has.seconds / 60)),
        String(lackingDays({ tier, has })),
        String(Math.ceil(lackingSeconds({ tier, has }) / 60)),
      ]),
    },
  };
}

const lackingDays = ({ tier, has }: Pick<Near, 'tier' | 'has'>): number => Math.max(0, tier.valid_days - has.days);
const lackingSeconds = ({ tier, has }: Pick<Near, 'tier' | 'has'>): number =>
  Math.max(0, tier.valid_minutes * 60 - has.seconds);
const byId = (a: Near, b: Near): number => ((a.row.anchor_id ?? '') < (b.row.anchor_id ?? '') ? -1 : 1);

/** Of the tiers that pay more than is earned, the least of those that are near. */
function nextTier(tiers: readonly Tier[], earned: string, { days, seconds }: TierProgress): Tier | undefined {
  return tiers
    .filter(({ amount }) => decimal(amount).greaterThan(decimal(earned)))
    .sort((a, b) => decimal(a.amount).comparedTo(decimal(b.amount)))
    .find((tier) => days * OF >= tier.valid_days * NEAR && seconds * OF >= tier.valid_minutes * 60 * NEAR);
}
