import type { Policy } from '../programmes/interface/policy.js';
import { programmeFor } from '../programmes/registry.js';

type Fields = Record<string, unknown>;

/** The mapping of a policy that stands under a key; empty where the policy doesn't speak of it. */
function fieldsOf(policy: Policy, section: string): Fields {
  return (policy as unknown as Record<string, Fields | undefined>)[section] ?? {};
}

/** The keys whose values differ, as `section.key`, in the order of the file; remarks are no difference. */
export function differingKeys(a: Policy, b: Policy): string[] {
  return programmeFor(a).policy.sections.flatMap((section) => {
    const [mine, other] = [fieldsOf(a, section), fieldsOf(b, section)];
    return Object.keys({ ...mine, ...other })
      .filter((key) => JSON.stringify(mine[key]) !== JSON.stringify(other[key]))
      .map((key) => `${section}.${key}`);
  });
}

/** A policy with one key's value of another. */
export function withKeyOf(policy: Policy, other: Policy, key: string): Policy {
  const [section, name] = key.split('.') as [string, string];
  const fields = { ...fieldsOf(policy, section), [name]: fieldsOf(other, section)[name] };
  return { ...policy, [section]: fields } as Policy;
}
