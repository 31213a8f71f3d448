import { parseDocument } from 'yaml';
import { penaltyOf } from '../policy/penalty.js';
import type { PolicyShape } from '../policy/schema.js';
import { type IncentivePolicy, toPolicy } from '../policy/to-policy.js';

/**
 * A packet's policy, to be told in words where nobody has checked it: whether it is one, the stranger says. Throws where the
 * text is no policy at all.
 */
export function writtenPolicy(text: string): IncentivePolicy {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw error;
  const shape = document.toJS() as PolicyShape;
  const { disqualification } = shape;
  return toPolicy({
    ...shape,
    disqualification: { ...disqualification, penalties: disqualification.penalties.map(penaltyOf) },
  });
}
