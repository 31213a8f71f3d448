import { join } from 'node:path';
import type { Context } from '../context/context.js';
import { loweredIn } from '../notices/notice.js';
import { writeNoticeTables } from '../notices/tables.js';
import { loadPolicy } from '../policy/load-policy.js';
import { writePolicyTables } from '../policy/tables.js';
import type { Programme } from '../programmes/interface/programme.js';
import { programmeFor } from '../programmes/registry.js';
import { runRules } from '../rules/rules.js';
import { loadThatKnew } from '../runs/known-at.js';
import type { Published } from '../runs/published.js';
import type { Opened } from '../warehouse/hold.js';
import { pinnedFor } from './closed/pinned-by-close.js';

/** What a run was settled by. */
export interface SettledAgain {
  /** The last load that it knew. */
  knownLoad: number;
  programme: Programme;
}

/**
 * Settles a published run's period again by this program: from the files that the run knew, by its own policy and the agencies
 * that were pinned for it, up to its evaluation date. The tables of the settlement are there then, and nothing is kept or published. Throws `differs` where the warehouse doesn't hold its files.
 */
export async function settleAgain(
  { warehouse, scratch }: Opened,
  { dir, manifest }: Published,
  context: Context,
): Promise<SettledAgain> {
  const { policy } = await loadPolicy(join(dir, 'policy.yaml'));
  const programme = programmeFor(policy);
  const knownLoad = await loadThatKnew(warehouse, manifest);
  await writePolicyTables(warehouse, policy, {
    asOf: manifest.as_of,
    knownLoad,
    pinned: pinnedFor(dir, manifest, scratch),
  });
  await writeNoticeTables(warehouse, policy, loweredIn(manifest));
  await runRules(warehouse, programme, (rule, done, total) => context.progress('settle', rule, done, total));
  return { knownLoad, programme };
}
