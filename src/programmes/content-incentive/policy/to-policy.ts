import type { BeijingDate } from '../../../core/beijing.js';
import { programmeOfId } from '../../../core/programme.js';
import { NAME } from './name.js';
import type { Dated } from './policy.js';
import type { PolicyShape } from './schema.js';

/** Without the remarks that any mapping may carry. */
type Bare<T> = T extends readonly (infer E)[]
  ? Bare<E>[]
  : T extends object
    ? { [K in keyof T as K extends 'clause' | 'note' ? never : K]: Bare<T[K]> }
    : T;

/** A mapping whose values may be dated: each is a list then, of one entry where it is not. */
type EachDated<S> = { [K in keyof S]: Dated<Exclude<S[K], { dated: unknown }>>[] };

/**
 * A sound policy file as the settlement uses it (rulebook, C1 to C13): every value that may be dated is, and no remark is
 * left. Decimals stay the text of the file (digits with at most one point), so that no binary float ever holds one.
 */
export function toPolicy(shape: PolicyShape) {
  const { programme, ...policy } = bare(shape);
  const first = policy.period.from;
  return {
    ...policy,
    rules: NAME,
    programme: programme ?? programmeOfId(policy.id),
    programmeIsNamed: programme !== undefined,
    valid_session: eachDated(first, policy.valid_session),
    valid_day: eachDated(first, policy.valid_day),
    watch_time: eachDated(first, policy.watch_time),
  };
}

/** A checked policy: every number, operator and table that the settlement computes with. */
export type IncentivePolicy = ReturnType<typeof toPolicy>;

function bare<T>(value: T): Bare<T> {
  if (Array.isArray(value)) return value.map(bare) as Bare<T>;
  if (typeof value !== 'object' || value === null) return value as Bare<T>;
  const { clause, note, ...rest } = value as Record<string, unknown>;
  return Object.fromEntries(Object.entries(rest).map(([key, each]) => [key, bare(each)])) as Bare<T>;
}

function eachDated<S extends object>(first: BeijingDate, section: S): EachDated<S> {
  const entries = Object.entries(section).map(([key, value]) => {
    const isDated = typeof value === 'object' && value !== null && 'dated' in value;
    return [key, isDated ? value.dated : [{ from: first, value }]];
  });
  return Object.fromEntries(entries) as EachDated<S>;
}
