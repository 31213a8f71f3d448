import { dirname, join } from 'node:path';
import { trustedCloses } from '../../close/agreement.js';
import { closeIn, closeOf, type FoundClose } from '../../close/close-file.js';
import { readAmounts } from '../../compare/amounts.js';
import { findCauses, makeAdjustments } from '../../compare/causes.js';
import { filesAfter, filesOf } from '../../compare/side.js';
import type { Context } from '../../context/context.js';
import { SettleError } from '../../core/errors.js';
import type { Manifest, Restates } from '../../emit/manifest.js';
import { readPublished } from '../../emit/run-folder.js';
import { literal, type Warehouse } from '../../engine/duckdb/warehouse.js';
import { loadPolicy } from '../../policy/load-policy.js';
import type { Horizon } from '../../policy/tables.js';
import { isThisProgram } from '../../program/version.js';
import type { Policy } from '../../programmes/interface/policy.js';
import type { Programme } from '../../programmes/interface/programme.js';
import { programmeFor } from '../../programmes/registry.js';
import { runRules } from '../../rules/rules.js';
import type { Published } from '../../runs/published.js';
import type { Opened } from '../../warehouse/hold.js';
import { say } from '../../words/say.js';
import { claimOf, refuseOtherProgramme } from '../other-programme.js';
import type { Plan } from '../plan.js';
import { pinnedFor } from './pinned-by-close.js';

/** The run that a period was closed with last; its figures are the ones that were paid. */
export interface ClosedRun {
  found: FoundClose;
  dir: string;
  manifest: Manifest;
}

/** The last close of the plan's period, with its run as it was published; of closes made later than `until` none counts. */
export async function closedRun(
  warehouse: Warehouse,
  plan: Plan,
  until: string | undefined,
): Promise<ClosedRun | undefined> {
  const { from, to } = plan.policy.period;
  const claim = claimOf(plan.policy);
  const closes = await trustedCloses(warehouse, dirname(plan.policyDir), until);
  await refuseOtherProgramme(claim, closes);
  const found = closeOf(claim, closes);
  if (found === undefined) return undefined;
  const dir = dirname(found.path);
  const manifest = await readPublished(dir);
  if (manifest !== undefined) return { found, dir, manifest };
  throw new SettleError(
    'differs',
    say('the run that {from} to {to} was closed with has no folder any more', { from, to }),
    {
      file: dir,
      mend: say('Restore the run folder from a copy; a closed one is never deleted.'),
    },
  );
}

/** The closed run that a published one restates, as both say it. */
export async function restatedBy({ dir, manifest }: Published): Promise<ClosedRun | undefined> {
  const { restates } = manifest;
  if (restates === undefined) return undefined;
  const closedDir = join(dirname(dirname(dir)), restates.policy_id, restates.run_id);
  const closed = await readPublished(closedDir);
  const [found] = closeIn(closedDir);
  if (closed !== undefined && found?.sha256 === restates.sha256) return { found, dir: closedDir, manifest: closed };
  throw new SettleError(
    'differs',
    say('the close that {run_id} restates, in {closedDir}, is gone or changed', { run_id: manifest.run_id, closedDir }),
    {
      file: closedDir,
      mend: say(
        'Restore the folder from a copy; a closed one is never changed. To see what is wrong: settle verify {dir}',
        { dir },
      ),
    },
  );
}

/** Whether an anchor with a session in the period has another agency now than the one that is pinned. */
export async function hasMoved(warehouse: Warehouse, programme: Programme): Promise<boolean> {
  await runRules(warehouse, programme, () => undefined, { wanted: ['standing_anchor', 'period_row'], given: [] });
  const moved = await warehouse.count(`SELECT count(*) FROM standing_anchor AS a
    WHERE a.agency_id IS DISTINCT FROM a.latest_agency_id AND a.anchor_id IN (SELECT r.anchor_id FROM period_row AS r)`);
  return moved > 0;
}

/** Why a new settlement, by this policy, differs from the closed one: from here on `cause_amount` and the closed amounts are there. */
export async function findAdjustments(
  { warehouse, scratch }: Opened,
  { dir, manifest }: ClosedRun,
  by: Policy,
  { knownLoad, asOf, pinned }: Horizon,
  context: Context,
): Promise<void> {
  const { policy } = await loadPolicy(join(dir, 'policy.yaml'));
  const closed = {
    ...{ files: await filesOf(warehouse, manifest.inputs), policy, asOf: manifest.as_of },
    pinned: pinnedFor(dir, manifest, scratch),
  };
  const restated = { files: await filesAfter(warehouse, knownLoad), policy: by, asOf, pinned };
  const same = isThisProgram(manifest.program);
  await findCauses(warehouse, closed, restated, !same, (step, done, total) =>
    context.progress('compare', step, done, total),
  );
  await readAmounts(warehouse, programmeFor(policy), 'a', dir, scratch);
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE compared_program AS SELECT ${same} AS same`);
}

/** Once the new settlement is made: a line for every amount that isn't what was closed, and what they come to. */
export async function makeRestatement(
  warehouse: Warehouse,
  programme: Programme,
  { found, manifest }: ClosedRun,
  transfer: boolean,
): Promise<Restates> {
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE agency_transfer AS SELECT ${transfer} AS wanted;
    CREATE OR REPLACE TEMP TABLE b_amount AS FROM part_amount;
    CREATE OR REPLACE TEMP TABLE b_anchor AS SELECT anchor_id, agency_id FROM anchor_settlement`);
  await makeAdjustments(warehouse, programme);
  const { lines, delta } = await warehouse.one(`SELECT (SELECT count(*) FROM adjustment) AS lines,
    total - CAST(${literal(String(manifest.totals.total))} AS DECIMAL(38, 2)) AS delta FROM run_total`);
  const { close_no, revision, policy, run_id } = found.close;
  return {
    ...{ close_no, revision, policy_id: policy.id, run_id, sha256: found.sha256 },
    lines: Number(lines),
    delta: delta as string,
    transfer,
  };
}
