import { z } from 'zod';
import { isDate } from '../../core/beijing.js';
import { programmeOfId } from '../../core/programme.js';
import type { Finding } from '../../yaml/faults.js';
import { date, id, word } from '../../yaml/leaves.js';
import { worded } from '../../yaml/worded.js';
import type { Policy } from '../interface/policy.js';
import { saidBoth } from './said.js';

/** What every policy of lists says of itself, whatever it judges. */

/** The keys of a file in front of its terms; `mapping` says what a mapping of the programme is. */
export function aboutKeys<N extends string, M>(name: N, mapping: (shape: { from: typeof date; to: typeof date }) => M) {
  return { id, rules: word([name]), programme: id.optional(), period: mapping({ from: date, to: date }) };
}

interface About {
  id: string;
  programme?: string | undefined;
  period: { from: string; to: string };
}

/** The same as the settlement uses it. */
export function aboutOf({ id: own, programme, period }: About): Omit<Policy, 'rules'> {
  return {
    id: own,
    programme: programme ?? programmeOfId(own),
    programmeIsNamed: programme !== undefined,
    period: { from: period.from, to: period.to },
  };
}

/** true or false. */
export const truth = z.boolean({ error: worded(saidBoth(['expected true or false', '应为 true 或 false'])) });

/** A word of the exports, as they write it. */
export const exportWord = z
  .string({ error: worded(saidBoth(['expected a word as the exports write it', '应为导出文件中的写法'])) })
  .refine((text) => text !== '' && text === text.trim() && !/\p{Cc}/u.test(text), {
    error: worded(saidBoth(['expected a word without spaces around it', '应为前后没有空格的词'])),
  });

/** A period that ends before it begins. */
export function periodFaults(value: unknown): Finding[] {
  const period = (value as { period?: { from?: unknown; to?: unknown } } | null)?.period;
  const [from, to] = [period?.from, period?.to];
  if (typeof from !== 'string' || typeof to !== 'string' || !isDate(from) || !isDate(to) || from <= to) return [];
  return [
    {
      path: ['period', 'to'],
      found: saidBoth([`${to}, before the period's first day ${from}`, `${to}，早于结算期首日 ${from}`]),
      expected: saidBoth(['expected the last day of the period', '应为结算期末日']),
    },
  ];
}
