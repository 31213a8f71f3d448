import { z } from 'zod';
import { decimal } from '../../../core/money.js';
import { decimals, id } from '../../../yaml/leaves.js';
import { worded } from '../../../yaml/worded.js';
import { sayIncentive as say } from '../words/say.js';
import { RESERVED } from './reasons.js';

/** Single values that this programme's policies alone have. */

/** The one account kind that the loader knows a Chinese word for, and turns into the English one. */
const KIND_IN_CHINESE = '内容型';

/** Low sessions over all: 0 to 1. */
export const share = decimals('0.20', { before: 1, after: 6 }).refine((text) => !decimal(text).greaterThan(1), {
  error: worded(say('expected a share from "0" to "1", e.g. "0.20" for 20 percent')),
});

export const ruleId = id.refine((text) => !RESERVED.includes(text), {
  error: worded(
    say('choose another id: {reserved} are reasons of the settlement itself', { reserved: RESERVED.join(', ') }),
  ),
});

const KIND_WORDS = worded(
  say('expected an account kind as the exports write it, without spaces around it, e.g. content'),
);
/** C1: compared with the export's cell, which is trimmed. */
export const accountKind = z
  .string({ error: KIND_WORDS })
  .refine((text) => text !== '' && text === text.trim() && !/\p{Cc}/u.test(text), { error: KIND_WORDS, abort: true })
  .refine((text) => text !== KIND_IN_CHINESE, {
    error: worded(say('write content: the exports may say 内容型, a policy may not')),
  });
