import { loadPolicy } from '../policy/load-policy.js';

/** `settle policy check`: faults are thrown, each with line and key. */
export async function checkPolicy(file: string): Promise<{ answer: object; text: () => string }> {
  const { policy, sha256 } = await loadPolicy(file);
  const { id, period } = policy;
  return {
    answer: { policy: { id, sha256 }, period },
    text: () => `${file} is valid: ${id}, ${period.from} to ${period.to}\n`,
  };
}
