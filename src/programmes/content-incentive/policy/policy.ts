import type { BeijingDate } from '../../../core/beijing.js';

/** How a figure is compared with a threshold. The source lost its operators, so each is a parameter. */
export type Operator = '=' | '>=' | '>' | '<=' | '<';

export const OPERATORS: readonly Operator[] = ['=', '>=', '>', '<=', '<'];

/** A value in force from a date on, until the next entry. Lists ascend; an undated value is one entry from the period's first day. */
export interface Dated<T> {
  from: BeijingDate;
  value: T;
}

/** The value in force on a date: the last that begins on it or before. A checked policy has one for every day of its period. */
export function valueOn<T>(dated: readonly Dated<T>[], date: BeijingDate): T {
  let found: Dated<T> | undefined;
  for (const entry of dated) {
    if (entry.from > date) break;
    found = entry;
  }
  if (found === undefined) throw new RangeError(`no value is in force on ${date}`);
  return found.value;
}
