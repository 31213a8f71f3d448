import type { SliceFact } from '../../../verify/packet/slice.js';
import type { Wording } from '../../../words/said.js';
import { sayIncentive as say } from '../words/say.js';

/** What rows say that can't be recomputed from them, in words. */
export function factSaid({ anchor_id }: SliceFact): Wording {
  return say('{anchor}: the newcomer bonus of this person is kept by an account of another agency, as the rows say', {
    anchor: anchor_id,
  });
}
