import { join, resolve } from 'node:path';
import type { BeijingDate } from '../core/beijing.js';
import { refuseFile, refuseLink } from '../disk/folders.js';
import type { Lowered } from '../notices/notice.js';
import { loadPolicy } from '../policy/load-policy.js';
import type { Policy } from '../programmes/interface/policy.js';
import { programmeFor } from '../programmes/registry.js';
import { rangeRowsAsked } from '../settings/run-options.js';
import { evaluationDate } from './evaluation-date.js';

/** What a period is settled by, and where to: all but the rows. */
export interface Plan {
  policy: Policy;
  /** The policy file as it is, for the run folder's copy. */
  bytes: Uint8Array;
  sha256: string;
  /** E. */
  asOf: BeijingDate;
  /** `<out>/<policy id>` */
  policyDir: string;
  strict: boolean;
  statements: boolean;
  /** Anchors that have another agency than the one they were closed with get it, by lines of their own. */
  transfer: boolean;
  /** Notices that the settings lower. */
  lowered: readonly Lowered[];
  /** A table of more rows is published by ranges of anchors. */
  rangeRows: number;
  /** Beijing. */
  startedAt: string;
}

export interface PlanOptions {
  policy: string;
  out: string;
  asOf?: string | undefined;
  strict: boolean;
  statements: boolean;
  transfer?: boolean | undefined;
  lowered?: readonly Lowered[] | undefined;
  rangeRows?: string | undefined;
}

/** Reads the policy and says what is to be settled by it, before any warehouse is opened. */
export async function planOf(options: PlanOptions, startedAt: string): Promise<Plan> {
  const read = await loadPolicy(options.policy);
  const policyDir = join(resolve(options.out), read.policy.id);
  const asOf = evaluationDate(read.policy, options.asOf);
  refuseFile(policyDir);
  refuseLink(policyDir);
  const { strict, transfer = false, lowered = [] } = options;
  const statements = options.statements && programmeFor(read.policy).statements !== undefined;
  const rangeRows = rangeRowsAsked(options);
  return { ...read, asOf, policyDir, strict, statements, transfer, lowered, rangeRows, startedAt };
}

/** How much of the history counts. */
export interface Known {
  load: number;
  /** Beijing; closes made later aren't known. Undefined: all are. */
  until: string | undefined;
}
