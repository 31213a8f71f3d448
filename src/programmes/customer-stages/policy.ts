import type { z } from 'zod';
import { type Table, table } from '../../engine/table.js';
import { list, mapping as mappingOf, whole } from '../../yaml/leaves.js';
import type { Policy, PolicyReader } from '../interface/policy.js';
import { aboutKeys, aboutOf, exportWord, periodFaults } from '../listing/policy.js';
import { saidBoth } from '../listing/said.js';

export const STAGES_NAME = 'customer-stages';

const ONLY_DATED = saidBoth(['no value of a policy of customers can be dated', '客户政策中的值不能按日期区分']);
const mapping = <S extends z.ZodRawShape>(shape: S) => mappingOf(shape, ONLY_DATED);
const days = whole(saidBoth(['days', '天']), 1, 36_500);
const kinds = list(exportWord, saidBoth(['kinds of visits', '行为']), 'some');

export const stagesShape = mapping({
  ...aboutKeys(STAGES_NAME, mapping),
  customers: mapping({ visit_kinds: kinds, visit_days: days }), // K1
  potential: mapping({ active_days: days, visit_kinds: kinds, visit_days: days }), // K2
  reached: mapping({ within_days: days }), // K3
  handshake: mapping({ days_after: days }), // K4
  intent: mapping({ visit_kinds: kinds, days_after: days }), // K5
  order: mapping({ days_after: days }), // K6, K7
});
type StagesShape = z.output<typeof stagesShape>;

export interface StagesPolicy extends Policy {
  customers: { visit_kinds: string[]; visit_days: number };
  potential: { active_days: number; visit_kinds: string[]; visit_days: number };
  reached: { within_days: number };
  handshake: { days_after: number };
  intent: { visit_kinds: string[]; days_after: number };
  order: { days_after: number };
}

/** Kinds of visits, each with what it makes of a customer and for how many dates; one of both lists has a row for each. */
function stageRows({ customers, potential }: Pick<StagesPolicy, 'customers' | 'potential'>) {
  const row = (kind: string, of_customers: boolean, visit_days: number) => ({
    kind,
    of_customers,
    of_potential: !of_customers,
    visit_days,
  });
  return [
    ...[...new Set(customers.visit_kinds)].map((kind) => row(kind, true, customers.visit_days)),
    ...[...new Set(potential.visit_kinds)].map((kind) => row(kind, false, potential.visit_days)),
  ];
}

export const STAGES_POLICY: PolicyReader = {
  shape: stagesShape,
  sense: periodFaults,
  policyOf: ({
    customers,
    potential,
    reached,
    handshake,
    intent,
    order,
    ...read
  }: StagesShape): Omit<StagesPolicy, 'rules'> => ({
    ...aboutOf(read),
    customers,
    potential,
    reached,
    handshake,
    intent,
    order,
  }),
  tables: (policy: StagesPolicy): Record<string, Table> => {
    const columns = { kind: 'VARCHAR', of_customers: 'BOOLEAN', of_potential: 'BOOLEAN', visit_days: 'INTEGER' };
    const windows = {
      active_days: policy.potential.active_days,
      reached_days: policy.reached.within_days,
      handshake_days: policy.handshake.days_after,
      intent_days: policy.intent.days_after,
      order_days: policy.order.days_after,
    };
    return {
      policy_stage: table(columns, stageRows(policy)),
      policy_window: table(
        {
          active_days: 'INTEGER',
          reached_days: 'INTEGER',
          handshake_days: 'INTEGER',
          intent_days: 'INTEGER',
          order_days: 'INTEGER',
        },
        [windows],
      ),
      policy_intent_kind: table(
        { kind: 'VARCHAR' },
        [...new Set(policy.intent.visit_kinds)].map((kind) => ({ kind })),
      ),
    };
  },
  sections: ['customers', 'potential', 'reached', 'handshake', 'intent', 'order'],
  onlyDated: ONLY_DATED,
};
