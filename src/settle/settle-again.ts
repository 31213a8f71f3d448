import { join } from 'node:path';
import type { Context } from '../context/context.js';
import { loweredIn } from '../notices/notice.js';
import { writeNoticeTables } from '../notices/tables.js';
import { loadPolicy } from '../programmes/content-incentive/policy/load-policy.js';
import { writePolicyTables } from '../programmes/content-incentive/policy/tables.js';
import { runRules } from '../rules/rules.js';
import { loadThatKnew } from '../runs/known-at.js';
import type { Published } from '../runs/published.js';
import type { Reading } from '../warehouse/hold.js';
import { pinnedFor } from './pinned-by-close.js';

/**
 * Settles a published run's period again by this program: from the files that the run knew, by its own policy and the agencies
 * that were pinned for it, up to its evaluation date. The tables of the settlement are there then, and nothing is kept or published. Gives the last load that
 * the run knew; `differs` where the warehouse doesn't hold its files.
 */
export async function settleAgain(
  { warehouse, scratch }: Reading,
  { dir, manifest }: Published,
  context: Context,
): Promise<number> {
  const { policy } = await loadPolicy(join(dir, 'policy.yaml'));
  const knownLoad = await loadThatKnew(warehouse, manifest.inputs);
  await writePolicyTables(warehouse, policy, {
    asOf: manifest.as_of,
    knownLoad,
    pinned: pinnedFor(dir, manifest, scratch),
  });
  await writeNoticeTables(warehouse, policy, loweredIn(manifest));
  await runRules(warehouse, (rule, done, total) => context.progress('settle', rule, done, total));
  return knownLoad;
}
