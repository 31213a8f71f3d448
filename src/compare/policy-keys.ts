import type { Policy } from '../programmes/content-incentive/policy/policy.js';

/** The mappings of a policy whose direct keys are substituted one by one, in the order of the file. */
const SECTIONS = [
  'scope',
  'valid_session',
  'valid_day',
  'scarcity',
  'watch_time',
  'newcomer_bonus',
  'attendance_bonus',
  'disqualification',
] as const;

type Section = (typeof SECTIONS)[number];
type Fields = Record<string, unknown>;

/** The keys whose values differ, as `watch_time.daily_caps`, in the order of the file; remarks are no difference. */
export function differingKeys(a: Policy, b: Policy): string[] {
  return SECTIONS.flatMap((section) => {
    const [mine, other] = [a[section] as unknown as Fields, b[section] as unknown as Fields];
    return Object.keys(mine)
      .filter((key) => JSON.stringify(mine[key]) !== JSON.stringify(other[key]))
      .map((key) => `${section}.${key}`);
  });
}

/** A policy with one key's value of another. */
export function withKeyOf(policy: Policy, other: Policy, key: string): Policy {
  const [section, name] = key.split('.') as [Section, string];
  const value = (other[section] as unknown as Fields)[name];
  return { ...policy, [section]: { ...policy[section], [name]: value } };
}
