import type { z } from 'zod';
import { type Table, table } from '../../engine/table.js';
import type { Finding } from '../../yaml/faults.js';
import { id, list, mapping as mappingOf, whole, word } from '../../yaml/leaves.js';
import type { Policy, PolicyReader } from '../interface/policy.js';
import { aboutKeys, aboutOf, periodFaults, truth } from '../listing/policy.js';
import { saidBoth } from '../listing/said.js';
import { yearsOf } from './years.js';

export const POINTS_NAME = 'penalty-points';

const ONLY_DATED = saidBoth(['no value of a policy of points can be dated', '扣分政策中的值不能按日期区分']);
const mapping = <S extends z.ZodRawShape>(shape: S) => mappingOf(shape, ONLY_DATED);

const points = saidBoth(['points', '分']);
const days = saidBoth(['days', '天']);
/** P3: what a threshold, or a severe case, does. */
const MEASURES = ['freeze_live', 'freeze_account', 'expel'] as const;

export const pointsShape = mapping({
  ...aboutKeys(POINTS_NAME, mapping),
  points: mapping({
    cleared_on: mapping({
      month: whole(saidBoth(['a month', '月份']), 1, 12),
      day: whole(saidBoth(['a day of the month', '日']), 1, 28),
    }), // P1
    thresholds: list(
      mapping({
        points: whole(points, 1, 1_000_000),
        measure: word(MEASURES),
        days: whole(days, 1, 36_500).optional(),
        level: id.optional(),
      }),
      saidBoth(['thresholds', '扣分档位']),
      'some',
    ), // P2
  }),
  severe: mapping({ measure: word(['expel', 'none']) }), // P4
  viewers: mapping({ violations: whole(saidBoth(['violations', '次违规']), 1, 1_000_000), severe_closes: truth }), // P5
});
type PointsShape = z.output<typeof pointsShape>;

interface Threshold {
  points: number;
  measure: (typeof MEASURES)[number];
  days: number | null;
  level: string | null;
}

export interface PointsPolicy extends Policy {
  points: { cleared_on: { month: number; day: number }; thresholds: Threshold[] };
  severe: { measure: 'expel' | 'none' };
  viewers: { violations: number; severe_closes: boolean };
}

export const POINTS_POLICY: PolicyReader = {
  shape: pointsShape,
  sense: (value) => [...periodFaults(value), ...thresholdFaults(value)],
  policyOf: ({ points: terms, severe, viewers, ...read }: PointsShape): Omit<PointsPolicy, 'rules'> => ({
    ...aboutOf(read),
    points: {
      cleared_on: { month: terms.cleared_on.month, day: terms.cleared_on.day },
      thresholds: terms.thresholds.map((each) => ({
        ...{ points: each.points, measure: each.measure },
        ...{ days: each.days ?? null, level: each.level ?? null },
      })),
    },
    severe: { measure: severe.measure },
    viewers: { violations: viewers.violations, severe_closes: viewers.severe_closes },
  }),
  tables: ({ points: terms, severe, viewers, period }: PointsPolicy): Record<string, Table> => ({
    policy_points_year: table({ year_from: 'DATE', year_to: 'DATE' }, yearsOf(period, terms.cleared_on)),
    policy_threshold: table(
      { points: 'BIGINT', measure: 'VARCHAR', days: 'INTEGER', level: 'VARCHAR' },
      terms.thresholds.map((each) => ({ ...each })),
    ),
    policy_severe: table({ measure: 'VARCHAR' }, severe.measure === 'none' ? [] : [{ measure: severe.measure }]),
    policy_viewer: table({ violations: 'BIGINT', severe_closes: 'BOOLEAN' }, [
      { violations: viewers.violations, severe_closes: viewers.severe_closes },
    ]),
  }),
  sections: ['points', 'severe', 'viewers'],
  onlyDated: ONLY_DATED,
};

/** P2: thresholds ascend; a freeze has its days, and an expulsion none. */
function thresholdFaults(value: unknown): Finding[] {
  const list = (value as { points?: { thresholds?: unknown } } | null)?.points?.thresholds;
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: Partial<Threshold> | null, at): Finding[] => {
    const path = ['points', 'thresholds', at];
    const before = (list[at - 1] as Partial<Threshold> | null)?.points;
    const found: Finding[] = [];
    const own = each?.points;
    if (typeof before === 'number' && typeof own === 'number' && own <= before)
      found.push({
        path: [...path, 'points'],
        found: saidBoth([`${own} after ${before}`, `${before} 之后的 ${own}`]),
        expected: saidBoth(['expected more points than the threshold above', '应多于上一档的分值']),
      });
    const isFreeze = each?.measure === 'freeze_live' || each?.measure === 'freeze_account';
    if (isFreeze && each?.days === undefined)
      found.push({
        path,
        found: saidBoth(['a freeze without days', '冻结未写天数']),
        expected: saidBoth(['expected the key days', '应写 days']),
      });
    if (each?.measure === 'expel' && each.days !== undefined)
      found.push({
        path: [...path, 'days'],
        found: saidBoth(['days of an expulsion', '清退写了天数']),
        expected: saidBoth(['expected none: an expulsion never ends', '不应写：清退没有期限']),
      });
    return found;
  });
}
