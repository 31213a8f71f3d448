import type { EventLog } from '../context/event-log.js';
import type { BeijingDate } from '../core/beijing.js';
import { asFailure, type SettleError } from '../core/errors.js';
import { type Plan, planOf } from '../settle/plan.js';
import type { NightlyOptions } from './night.js';
import { type NightPolicies, policiesFor } from './policies.js';

/** Reads the policies, and logs what is wrong with them. */
export async function readPolicies(
  { policies }: NightlyOptions,
  date: BeijingDate,
  log: EventLog,
): Promise<NightPolicies> {
  const found = await policiesFor(policies, date);
  for (const { code, message, details } of found.failures) log.write('policy', 'error', { code, message, ...details });
  for (const message of found.warnings) log.write('policy', 'warning', { message });
  return found;
}

/** A plan for each policy; one that can't be made is a failure of its period. */
export async function plansOf(
  { out, statements, lowered }: NightlyOptions,
  policies: readonly string[],
  asOf: BeijingDate,
  startedAt: string,
): Promise<{ plans: Plan[]; failures: SettleError[] }> {
  const plans: Plan[] = [];
  const failures: SettleError[] = [];
  for (const policy of policies) {
    try {
      plans.push(await planOf({ policy, out, asOf, strict: false, statements, lowered }, startedAt));
    } catch (error) {
      failures.push(asFailure(error));
    }
  }
  return { plans, failures };
}
