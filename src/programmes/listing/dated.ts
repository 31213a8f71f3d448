import { z } from 'zod';
import type { Said } from '../../words/said.js';
import type { Finding } from '../../yaml/faults.js';
import { date, list, mapping } from '../../yaml/leaves.js';
import { worded } from '../../yaml/worded.js';
import { saidBoth } from './said.js';

/** Values of a policy that hold from a day on. */

/** A value in force from a day on, up to the day before `before`. */
export interface InForce {
  from: string;
  before: string;
  value: unknown;
}

/** The first day that exports know, and the day after the last (contract, "Inputs"). */
const FIRST = '2000-01-01';
const AFTER_LAST = '2100-01-01';

const ENTRIES = saidBoth(['mappings with the keys from and value', '含 from 和 value 的映射']);
const OR_DATED = worded(saidBoth(['expected a value of its kind, or dated values', '应为相应的值，或按日期区分的值']));

/** A value, or `{ dated: [{ from, value }, …] }`; before the first `from` there is no such rule. `onlyDated` is said of one that is dated within. */
export function dated<T extends z.ZodType>(value: T, onlyDated: Said) {
  const entries = list(mapping({ from: date, value }, onlyDated), ENTRIES, 'some');
  return z.union([mapping({ dated: entries }, onlyDated), value], { error: OR_DATED });
}

/** The values of a key, each with the days on which it is in force. */
export function inForce(value: unknown): InForce[] {
  const entries = (value as { dated?: { from: string; value: unknown }[] }).dated;
  if (entries === undefined) return [{ from: FIRST, before: AFTER_LAST, value }];
  return entries.map(({ from, value: each }, at) => ({
    from,
    before: entries[at + 1]?.from ?? AFTER_LAST,
    value: each,
  }));
}

/** Dated values of some sections of a policy that don't ascend. */
export function datedFaults(policy: unknown, sections: readonly string[]): Finding[] {
  const read = (policy ?? {}) as Record<string, Record<string, { dated?: unknown } | null> | undefined>;
  return sections.flatMap((section) =>
    Object.entries(read[section] ?? {}).flatMap(([key, each]) => {
      const entries = Array.isArray(each?.dated) ? (each.dated as ({ from?: unknown } | null)[]) : [];
      return entries.flatMap((entry, at) => {
        const [from, before] = [entry?.from, entries[at - 1]?.from];
        if (typeof from !== 'string' || typeof before !== 'string' || before < from) return [];
        return [
          {
            path: [section, key, 'dated', at, 'from'],
            found: saidBoth([`${from}, not after ${before}`, `${from}，不晚于 ${before}`]),
            expected: saidBoth(['expected dates that ascend', '应按日期递增']),
          },
        ];
      });
    }),
  );
}
