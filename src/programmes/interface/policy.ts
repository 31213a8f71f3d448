import type { z } from 'zod';
import type { BeijingDate } from '../../core/beijing.js';
import type { Table } from '../../engine/table.js';
import type { Wording } from '../../words/said.js';
import type { Finding } from '../../yaml/faults.js';

/** What the engine knows of a policy, of whichever programme. */
export interface Policy {
  /** The programme's rules by which it settles: the name of its room. */
  rules: string;
  /** Names the folder of a run. */
  id: string;
  /** Whose periods, closes and adjustments they are. */
  programme: string;
  /** The file says the programme; else it follows from the id. */
  programmeIsNamed: boolean;
  /** Settlement dates, both included. */
  period: { from: BeijingDate; to: BeijingDate };
}

/** How a programme's policies are read, and what its SQL sees of them. */
export interface PolicyReader {
  /** Which keys, types and bounds a file has. */
  shape: z.ZodType;
  /** What is wrong although each value is right by itself. */
  sense: (value: unknown) => Finding[];
  /** A sound file as the settlement uses it. */
  policyOf: (shape: never) => Omit<Policy, 'rules'>;
  /** The policy's tables by their names, for a settlement up to E; shapes: sql/columns.md. */
  tables: (policy: never, asOf: BeijingDate) => Record<string, Table>;
  /** The mappings whose direct keys a comparison replaces one by one, in the order of the file. */
  sections: readonly string[];
  /** What is said of a value that is dated and can't be, as the end of a sentence. */
  onlyDated: Wording;
}
