import type { z } from 'zod';
import { programmeOfId } from '../../../src/core/programme.js';
import { type Table, table } from '../../../src/engine/table.js';
import type { Policy, PolicyReader } from '../../../src/programmes/interface/policy.js';
import { date, decimals, id, mapping as mappingOf, whole, word } from '../../../src/yaml/leaves.js';

/** F1, F2: what a session must last, and what it is paid. */

const ONLY_DATED = 'no value of a flat fee can be dated';
const mapping = <S extends z.ZodRawShape>(shape: S) => mappingOf(shape, ONLY_DATED);
const shape = mapping({
  id,
  rules: word(['flat-fee']),
  programme: id.optional(),
  period: mapping({ from: date, to: date }),
  fee: mapping({
    per_session: decimals('10.00', { before: 18, after: 2 }),
    min_minutes: whole('minutes', 0, 1_000_000),
  }),
});

export interface FeePolicy extends Policy {
  /** CNY for a valid session, and minutes of valid duration. */
  fee: { per_session: string; min_minutes: number };
}

const SECONDS_A_MINUTE = 60;

export const POLICY: PolicyReader = {
  shape,
  sense: () => [],
  policyOf: (read: z.output<typeof shape>) => ({
    id: read.id,
    programme: read.programme ?? programmeOfId(read.id),
    programmeIsNamed: read.programme !== undefined,
    period: { from: read.period.from, to: read.period.to },
    fee: { per_session: read.fee.per_session, min_minutes: read.fee.min_minutes },
  }),
  tables: ({ fee }: FeePolicy): Record<string, Table> => ({
    policy_fee: table({ per_session: 'DECIMAL(38, 2)', min_seconds: 'BIGINT' }, [
      { per_session: fee.per_session, min_seconds: fee.min_minutes * SECONDS_A_MINUTE },
    ]),
  }),
  sections: ['fee'],
  onlyDated: ONLY_DATED,
};
