import { loadPolicy } from '../policy/load-policy.js';
import type { Language } from '../words/said.js';
import { tellIn } from '../words/say.js';

/** `settle policy check`: faults are thrown, each with line and key. */
export async function checkPolicy(file: string, language?: Language): Promise<{ answer: object; text: () => string }> {
  const { policy, sha256 } = await loadPolicy(file);
  const { id, period } = policy;
  return {
    answer: { policy: { id, sha256 }, period },
    text: () => `${tellIn(language)('{file} is valid: {id}, {from} to {to}', { file, id, ...period })}\n`,
  };
}
