import { join, resolve } from 'node:path';
import { beijingTime } from '../beijing.js';
import { type Manifest, runIdOf } from '../emit/manifest.js';
import { readPublished, writeRunFolder } from '../emit/run-folder.js';
import { EXIT, SettleError } from '../errors.js';
import { refuseLink } from '../folders.js';
import { type LoadReport, loadFolder } from '../load/load.js';
import { loadPolicy } from '../policy/load-policy.js';
import type { Policy } from '../policy/policy.js';
import { writePolicyTables } from '../policy/tables.js';
import { runAudits } from '../rules/audits.js';
import { runRules, standingFiles } from '../rules/rules.js';
import { PROGRAM } from '../version.js';
import type { Warehouse } from '../warehouse.js';
import { type Breakdown, readBreakdown } from './breakdown.js';
import type { Context } from './context.js';
import { type Held, hold, warehouseFile } from './hold.js';
import { lastKnownLoad, refuseMissing } from './known-at.js';
import { evaluationDate, knownEncoding, type RunOptions } from './run-options.js';

export type { RunOptions } from './run-options.js';

export interface RunResult {
  exit: number;
  manifest: Manifest;
  runDir: string;
  /** The same work was published before; not a byte was changed. */
  alreadyThere: boolean;
  load: LoadReport;
  /** The last load that counted, where it was asked for. */
  knownLoad: number | undefined;
  /** For the summary; undefined where the run was there already. */
  breakdown: Breakdown | undefined;
}

/** `settle run`: load what is new, settle the policy's period, publish. */
export async function run(options: RunOptions, context: Context): Promise<RunResult> {
  const startedAt = beijingTime(context.clock());
  const { policy, bytes, sha256 } = await loadPolicy(options.policy);
  const asOf = evaluationDate(policy, options.asOf);
  const encoding = knownEncoding(options.encoding);
  const input = inputOf(options);
  const policyDir = join(resolve(options.out), policy.id);
  refuseLink(policyDir);
  const file = warehouseFile(options.warehouse, options.out);
  if (options.knownAt !== undefined) refuseMissing(file);
  const head = {
    program: { ...PROGRAM },
    policy: { id: policy.id, sha256 },
    period: policy.period,
    as_of: asOf,
    started_at: startedAt,
  };
  return hold(file, [policyDir, ...input], options, context, (held) =>
    settle(held, { options, context, policy, bytes, head, encoding, input, policyDir }),
  );
}

interface Work {
  options: RunOptions;
  context: Context;
  policy: Policy;
  bytes: Uint8Array;
  head: Omit<Manifest, 'run_id' | 'inputs' | 'outputs' | 'accounting' | 'totals' | 'warnings' | 'finished_at'>;
  encoding: string | undefined;
  /** The folder of exports; none where only what is known counts. */
  input: [string] | [];
  policyDir: string;
}

/** A run that settles what the warehouse knew at some time needs no exports, and loads none. */
function inputOf({ input, knownAt }: RunOptions): [string] | [] {
  if (knownAt !== undefined) return [];
  if (input !== undefined) return [input];
  throw new SettleError('usage', "required option '--input <dir>' not specified", { mend: 'See settle run --help.' });
}

/** From the open warehouse to the published folder. Under --strict the load is kept only if no row is quarantined. */
async function settle(held: Held, work: Work): Promise<RunResult> {
  const { warehouse, keep } = held;
  const { options, context, policy, head } = work;
  const load = await loadNew(held, work);
  if (!options.strict) await keep();
  const knownLoad = await lastKnownLoad(warehouse, options.knownAt);
  await writePolicyTables(warehouse, policy, { asOf: head.as_of, knownLoad });
  const known = { load, knownLoad: options.knownAt === undefined ? undefined : knownLoad };
  const runId = await identify(warehouse, work);
  const runDir = join(work.policyDir, runId);
  const published = await readPublished(runDir);
  if (published !== undefined) {
    if (options.strict) refuseQuarantined(published.inputs, undefined);
    if (options.strict) await keep();
    return { exit: exitOf(published), manifest: published, runDir, alreadyThere: true, breakdown: undefined, ...known };
  }
  await runRules(warehouse, (rule, done, total) => context.progress('settle', rule, done, total));
  await audit(warehouse, context);
  const breakdown = await readBreakdown(warehouse);
  if (options.strict) {
    refuseQuarantined([], breakdown);
    await keep();
  }
  const manifest = await writeRunFolder(warehouse, {
    policyDir: work.policyDir,
    policyBytes: work.bytes,
    statements: options.statements,
    head: { run_id: runId, ...head },
    clock: context.clock,
    progress: context.progress,
    onStaged: context.onSignal,
  });
  return { exit: exitOf(manifest), manifest, runDir, alreadyThere: false, breakdown, ...known };
}

/** Loads what is new and leaves a transaction open. */
async function loadNew({ warehouse, scratch }: Held, { input, context, encoding }: Work): Promise<LoadReport> {
  const [folder] = input;
  if (folder !== undefined) {
    const onFile = (done: number, total: number, name: string): void => context.progress('load', name, done, total);
    return loadFolder(warehouse, { folder, scratch, now: context.clock(), encoding, onFile });
  }
  await warehouse.run('BEGIN TRANSACTION');
  return { loaded: [], known: 0, others: [] };
}

/** The run's id, from the files that stand. */
async function identify(warehouse: Warehouse, { head, options }: Work): Promise<string> {
  const files = await standingFiles(warehouse);
  return runIdOf({
    version: head.program.version,
    policySha256: head.policy.sha256,
    asOf: head.as_of,
    statements: options.statements,
    inputs: files,
  });
}

async function audit(warehouse: Warehouse, context: Context): Promise<void> {
  context.progress('audit', '', 0, 0);
  const failures = await runAudits(warehouse);
  if (failures.length === 0) return;
  throw new SettleError(
    'differs',
    `the settlement fails its own audit, so nothing was published:\n${failures
      .map(({ audit, why, rows }) => `  ${audit}: ${why}\n    first row: ${JSON.stringify(rows[0])}`)
      .join('\n')}`,
    {
      audits: failures.map(({ audit }) => audit),
      mend: 'This is a defect of the program: keep the exports and the policy, and report it.',
    },
  );
}

function exitOf(manifest: Manifest): number {
  return manifest.inputs.some(({ quarantined }) => quarantined > 0) ? EXIT.quarantined : EXIT.done;
}

function refuseQuarantined(inputs: Manifest['inputs'], breakdown: Breakdown | undefined): void {
  const rows = breakdown?.quarantinedRows ?? inputs.reduce((sum, { quarantined }) => sum + quarantined, 0);
  if (rows === 0) return;
  const first = (breakdown?.firstFaults ?? []).map((fault) => `\n  ${fault}`).join('');
  throw new SettleError(
    'strict',
    `${rows} ${rows === 1 ? 'row' : 'rows'} would be quarantined, and --strict allows none${first}`,
    {
      rows,
      mend: 'Nothing was loaded or written. Mend the exports, or run without --strict to settle the sound rows.',
    },
  );
}
