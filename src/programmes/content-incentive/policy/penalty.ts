import { PART_NAMES, type Part } from './parts.js';

/** C12, C13: a penalty rule as a policy's file says it. */
interface WrittenRule {
  id: string;
  kinds: string[];
  of?: 'anchor' | 'agency' | undefined;
  at_least: number;
  within_days?: number | null | undefined;
  forfeits: 'all' | Part[];
}

/** The same with everything said that a file may leave out; `within_days` is null where the whole period counts. */
export function penaltyOf({ id, kinds, of = 'anchor', at_least, within_days, forfeits }: WrittenRule) {
  return {
    ...{ id, kinds, of, at_least, within_days: within_days ?? null },
    forfeits: partsTaken(forfeits),
  };
}

/** The rewards that `forfeits:` names. */
export function partsTaken(forfeits: 'all' | Part[]): Part[] {
  return forfeits === 'all' ? [...PART_NAMES] : forfeits;
}
