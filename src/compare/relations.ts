import type { Programme } from '../programmes/interface/programme.js';
import { readSteps, type Step, stepsIn } from '../rules/rules.js';

/** What the steps of a comparison do with relations of the settlement; it follows from what they read and write. */
export interface ComparedRelations {
  steps: readonly Step[];
  /** Of a side's rows, what is held against the other's: read as `a_…` and `b_…`. */
  kept: readonly string[];
  /** What says how the sides differ: made of them alone, once. */
  found: readonly string[];
  /** What each replacement gives to the rules in place of their own. */
  given: readonly string[];
}

/** What is asked of a side besides its steps: whose sessions it has, and through whom they are paid. */
const ASKED = ['period_row', 'standing_anchor'];

export function relationsOf(programme: Programme): ComparedRelations {
  const steps = stepsIn(programme.sql.comparison, programme.sql.derived);
  const settled = readSteps(programme).map(({ writes }) => writes);
  const read = new Set([...steps.flatMap(({ reads }) => reads), ...ASKED.map((relation) => `a_${relation}`)]);
  const kept = settled.filter((relation) => read.has(`a_${relation}`) || read.has(`b_${relation}`));
  const known = new Set(kept.flatMap((relation) => [`a_${relation}`, `b_${relation}`]));
  const found: string[] = [];
  for (const { reads, writes } of steps) {
    if (!reads.every((relation) => known.has(relation))) continue;
    known.add(writes);
    found.push(writes);
  }
  return { steps, kept, found, given: steps.map(({ writes }) => writes).filter((name) => settled.includes(name)) };
}
