import { join } from 'node:path';
import type { Context } from '../context/context.js';
import { EXIT, SettleError } from '../core/errors.js';
import { type Manifest, type Restates, runIdOf } from '../emit/manifest.js';
import { type RunFolder, readPublished, writeRunFolder } from '../emit/run-folder.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import type { Engine, OnRelation } from '../engine/engine.js';
import type { Lowered } from '../notices/notice.js';
import { writeNoticeTables } from '../notices/tables.js';
import { type Horizon, writePolicyTables } from '../policy/tables.js';
import { PROGRAM } from '../program/version.js';
import type { Programme } from '../programmes/interface/programme.js';
import { programmeFor } from '../programmes/registry.js';
import { runAudits } from '../rules/audits.js';
import { NOTHING_PINNED } from '../rules/pinned.js';
import { runRules, standingFiles } from '../rules/rules.js';
import { type Breakdown, readBreakdown } from '../summary/breakdown.js';
import { groupLines } from '../summary/fault-groups.js';
import type { Held } from '../warehouse/hold.js';
import { joined } from '../words/said.js';
import { say } from '../words/say.js';
import { type OfClose, ofClose } from './closed/period-close.js';
import { pinnedBy } from './closed/pinned-by-close.js';
import { type ClosedRun, closedRun, findAdjustments, hasMoved, makeRestatement } from './closed/restate.js';
import { engineOf } from './engine-of.js';
import type { Known, Plan } from './plan.js';
import { runToShareWith } from './run-to-share-with.js';

export interface PeriodResult extends OfClose {
  programme: Programme;
  exit: number;
  manifest: Manifest;
  runDir: string;
  /** The same work was published before; not a byte was changed. */
  alreadyThere: boolean;
  /** For the summary; undefined where nobody reads one, or the run was there already. */
  breakdown: Breakdown | undefined;
}

/**
 * From the loaded warehouse to the published folder: settles the plan's period with what was known after a load.
 * Under --strict the load is kept only if no row is quarantined; otherwise whoever calls has kept it.
 */
export async function settlePeriod(held: Held, plan: Plan, known: Known, context: Context): Promise<PeriodResult> {
  const { warehouse, keep } = held;
  const { policy, policyDir, asOf, strict } = plan;
  const programme = programmeFor(policy);
  const closed = await closedRun(warehouse, plan, known.until);
  // What stops before the period's end is no new settlement of it, and adjusts nothing.
  const restating = asOf < policy.period.to ? undefined : closed;
  const { horizon, transfer } = await horizonOf(held, plan, known, restating);
  const runId = await identify(warehouse, plan, restating, transfer);
  const runDir = join(policyDir, runId);
  const published = await readPublished(runDir);
  if (published !== undefined) {
    if (strict) refuseQuarantined(published.inputs, undefined);
    if (strict) await keep();
    return {
      ...{ exit: exitOf(published), manifest: published, runDir, programme, alreadyThere: true, breakdown: undefined },
      ...(await ofClose(programme, closed, published, runDir)),
    };
  }
  if (restating !== undefined) await findAdjustments(held, restating, policy, horizon, context);
  await writePolicyTables(warehouse, policy, horizon);
  await writeNoticeTables(warehouse, policy, plan.lowered);
  const engine = await engineOf(held, programme, context);
  try {
    const work = { runId, restating, transfer };
    const done = await computeAndPublish(held, plan, { ...work, engine }, context);
    const { manifest } = done;
    return {
      ...{ exit: exitOf(manifest), runDir, programme, alreadyThere: false, ...done },
      ...(await ofClose(programme, closed, manifest, runDir)),
    };
  } finally {
    await engine.close();
  }
}

/** What is settled under which id, and where. */
interface Work {
  runId: string;
  restating: ClosedRun | undefined;
  transfer: boolean;
  engine: Engine;
}

/** From the policy's tables to the published folder; strict about what is left out, if that was asked for. */
async function computeAndPublish(
  { warehouse, keep }: Held,
  plan: Plan,
  { runId, restating, transfer, engine }: Work,
  context: Context,
): Promise<Pick<PeriodResult, 'manifest' | 'breakdown'>> {
  const { policy, policyDir, strict } = plan;
  const programme = programmeFor(policy);
  const onStep: OnRelation = (rule, done, total) => context.progress('settle', rule, done, total);
  await runRules(warehouse, programme, onStep, undefined, engine);
  const restated = restating && (await makeRestatement(warehouse, programme, restating, transfer));
  await audit(warehouse, programme, restated !== undefined, engine, context);
  const breakdown = strict || context.summary ? await readBreakdown(warehouse, programme) : undefined;
  if (strict) {
    refuseQuarantined([], breakdown);
    await keep();
  }
  const manifest = await writeRunFolder(warehouse, {
    programme,
    policy: plan.policy,
    policyDir,
    policyBytes: plan.bytes,
    statements: plan.statements,
    rangeRows: plan.rangeRows,
    shareWith: runToShareWith(policyDir),
    head: headOf(plan, runId, restated),
    database: engine.name,
    clock: context.clock,
    progress: context.progress,
    onStaged: context.onSignal,
  });
  return { manifest, breakdown };
}

/**
 * How far the settlement looks. In a closed period agencies are pinned, unless they are to be transferred and some anchor
 * of it has another now: a transfer that moves nothing is the same work as none.
 */
async function horizonOf(
  { warehouse, scratch }: Held,
  { policy, asOf, transfer }: Plan,
  { load: knownLoad }: Known,
  closed: ClosedRun | undefined,
): Promise<{ horizon: Horizon; transfer: boolean }> {
  const pinned = closed === undefined ? NOTHING_PINNED : pinnedBy(closed.dir, closed.manifest, scratch);
  const horizon = { asOf, knownLoad, pinned };
  await writePolicyTables(warehouse, policy, horizon);
  const transfers = transfer && (await hasMoved(warehouse, programmeFor(policy)));
  return { horizon: transfers ? { ...horizon, pinned: NOTHING_PINNED } : horizon, transfer: transfers };
}

/** What is known of the manifest before anything is written. */
function headOf(plan: Plan, runId: string, restated: Restates | undefined): RunFolder['head'] {
  const { policy, sha256, asOf, lowered, startedAt } = plan;
  return {
    run_id: runId,
    program: { ...PROGRAM },
    policy: { id: policy.id, sha256 },
    programme: policy.programme,
    period: policy.period,
    as_of: asOf,
    ...(restated === undefined ? {} : { restates: restated }),
    ...(lowered.length === 0 ? {} : { severities: severitiesOf(lowered) }),
    started_at: startedAt,
  };
}

function severitiesOf(lowered: readonly Lowered[]): NonNullable<Manifest['severities']> {
  return Object.fromEntries(lowered.map(({ code, severity, reason }) => [code, { severity, reason }]));
}

/** The run's id, from the files that stand and the close that it restates; the closed work itself restates nothing. */
async function identify(
  warehouse: Warehouse,
  { sha256, asOf, statements, policy, lowered }: Plan,
  closed: ClosedRun | undefined,
  transfer: boolean,
): Promise<string> {
  const inputs = await standingFiles(warehouse);
  const work = { ...PROGRAM, policySha256: sha256, asOf, statements, inputs, severities: lowered };
  const restated = closed?.manifest.restates;
  const itself = runIdOf({ ...work, restates: restated?.sha256, transfer: restated?.transfer === true });
  const isClosed = closed?.manifest.policy.id === policy.id && closed.manifest.run_id === itself && !transfer;
  return isClosed ? itself : runIdOf({ ...work, restates: closed?.found.sha256, transfer });
}

async function audit(
  warehouse: Warehouse,
  programme: Programme,
  restated: boolean,
  engine: Engine,
  context: Context,
): Promise<void> {
  context.progress('audit', '', 0, 0);
  const failures = await runAudits(warehouse, programme, restated, engine);
  if (failures.length === 0) return;
  throw new SettleError(
    'differs',
    say('the settlement fails its own audit, so nothing was published:\n{list}', {
      list: failures
        .map(({ audit, why, rows }) => `  ${audit}: ${why}\n    first row: ${JSON.stringify(rows[0])}`)
        .join('\n'),
    }),
    {
      audits: failures.map(({ audit }) => audit),
      mend: say('This is a defect of the program: keep the exports and the policy, and report it.'),
    },
  );
}

function exitOf(manifest: Manifest): number {
  return manifest.inputs.some(({ quarantined }) => quarantined > 0) ? EXIT.quarantined : EXIT.done;
}

function refuseQuarantined(inputs: Manifest['inputs'], breakdown: Breakdown | undefined): void {
  const rows = breakdown?.quarantinedRows ?? inputs.reduce((sum, { quarantined }) => sum + quarantined, 0);
  if (rows === 0) return;
  const faults = breakdown === undefined ? [] : groupLines(breakdown.faultGroups);
  const list = joined(
    faults.map((fault) => say('\n  {said}', { said: fault })),
    '',
    '',
  );
  throw new SettleError(
    'strict',
    rows === 1
      ? say('1 row would be quarantined, and --strict allows none{list}', { list })
      : say('{rows} rows would be quarantined, and --strict allows none{list}', { rows, list }),
    {
      rows,
      faults: faults.map(String),
      mend: say('Nothing was loaded or written. Fix the exports, or run without --strict to settle the sound rows.'),
    },
  );
}
