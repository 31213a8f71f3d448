import { dirname, join, resolve } from 'node:path';
import { beijingTime } from '../beijing.js';
import { type Manifest, runIdOf } from '../emit/manifest.js';
import { readPublished, writeRunFolder } from '../emit/run-folder.js';
import { EXIT, SettleError } from '../errors.js';
import { refuseLink } from '../folders.js';
import { checkHead, writeHead } from '../load/head.js';
import { discardUnnoted, type LoadReport, loadFolder } from '../load/load.js';
import { loadPolicy } from '../policy/load-policy.js';
import type { Policy } from '../policy/policy.js';
import { writePolicyTables } from '../policy/tables.js';
import { runAudits } from '../rules/audits.js';
import { runRules } from '../rules/rules.js';
import { openScratch } from '../scratch.js';
import { PROGRAM } from '../version.js';
import { Warehouse, type WarehouseOptions } from '../warehouse.js';
import { type Breakdown, readBreakdown } from './breakdown.js';
import type { Context } from './context.js';

export type { RunOptions } from './run-options.js';

import { bounds, evaluationDate, knownEncoding, type RunOptions, wholeNumber } from './run-options.js';

export interface RunResult {
  exit: number;
  manifest: Manifest;
  runDir: string;
  /** The same work was published before; not a byte was changed. */
  alreadyThere: boolean;
  load: LoadReport;
  /** For the summary; undefined where the run was there already. */
  breakdown: Breakdown | undefined;
}

/** `settle run`: load what is new, settle the policy's period, publish. */
export async function run(options: RunOptions, context: Context): Promise<RunResult> {
  const startedAt = beijingTime(context.clock());
  const { policy, bytes, sha256 } = await loadPolicy(options.policy);
  const asOf = evaluationDate(policy, options.asOf);
  const encoding = knownEncoding(options.encoding);
  const { memoryLimit, threads } = bounds(options);
  const scratch = openScratch();
  context.onSignal(scratch.remove);
  try {
    const policyDir = join(resolve(options.out), policy.id);
    refuseLink(policyDir);
    const file = options.warehouse ?? join(dirname(resolve(options.out)), 'settlement.duckdb');
    context.progress('open', '', 0, 0);
    const warehouse = await openWaiting(
      { file, scratch: scratch.dir, folders: [policyDir, options.input], memoryLimit, threads },
      options.wait,
      context,
    );
    context.onSignal(() => warehouse.interrupt());
    context.watch(() => warehouse.percent);
    const head = {
      program: { ...PROGRAM },
      policy: { id: policy.id, sha256 },
      period: policy.period,
      as_of: asOf,
      started_at: startedAt,
    };
    return await settle(warehouse, {
      options,
      context,
      policy,
      bytes,
      head,
      encoding,
      scratch: scratch.dir,
      policyDir,
    });
  } finally {
    scratch.remove();
  }
}

interface Work {
  options: RunOptions;
  context: Context;
  policy: Policy;
  bytes: Uint8Array;
  head: Omit<Manifest, 'run_id' | 'inputs' | 'outputs' | 'accounting' | 'totals' | 'warnings' | 'finished_at'>;
  encoding: string | undefined;
  scratch: string;
  policyDir: string;
}

/** From the open warehouse to the published folder. Under --strict the load is kept only if no row is quarantined. */
async function settle(warehouse: Warehouse, work: Work): Promise<RunResult> {
  const { options, context, policy, head } = work;
  let loaded = false;
  try {
    await checkHead(warehouse);
    const load = await loadFolder(warehouse, {
      folder: options.input,
      scratch: work.scratch,
      now: context.clock(),
      encoding: work.encoding,
      onFile: (done, total, name) => context.progress('load', name, done, total),
    });
    const commit = async (): Promise<void> => {
      await warehouse.run('COMMIT');
      loaded = true;
      await writeHead(warehouse);
      await warehouse.checkpoint();
    };
    if (!options.strict) await commit();
    const runId = await identify(warehouse, work);
    const runDir = join(work.policyDir, runId);
    const published = await readPublished(runDir);
    if (published !== undefined) {
      if (options.strict) refuseQuarantined(published.inputs, undefined);
      if (options.strict) await commit();
      return { exit: exitOf(published), manifest: published, runDir, alreadyThere: true, load, breakdown: undefined };
    }
    await writePolicyTables(warehouse, policy, head.as_of);
    await runRules(warehouse, (rule, done, total) => context.progress('settle', rule, done, total));
    await audit(warehouse, context);
    const breakdown = await readBreakdown(warehouse);
    if (options.strict) {
      refuseQuarantined([], breakdown);
      await commit();
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
    return { exit: exitOf(manifest), manifest, runDir, alreadyThere: false, load, breakdown };
  } finally {
    if (loaded) warehouse.close();
    else await giveBack(warehouse);
  }
}

const RETRY_MS = 200;

/** Opens the warehouse; one that another run holds is asked for again until the time is up. */
async function openWaiting(options: WarehouseOptions, wait: string | undefined, context: Context): Promise<Warehouse> {
  const until = context.clock() + 1000 * wholeNumber('--wait', wait ?? '0');
  for (;;) {
    try {
      return await Warehouse.open(options);
    } catch (error) {
      if (!(error instanceof SettleError && error.code === 'held') || context.clock() >= until) throw error;
      context.progress('open', 'held by another run, waiting', 0, 0);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Leaves the warehouse as it was found. */
async function giveBack(warehouse: Warehouse): Promise<void> {
  const ignore = (): undefined => undefined; // what can't be taken away now is taken away by the next load
  await warehouse.run('ROLLBACK').catch(ignore); // there may be no transaction: not yet, or a failed statement ended it
  if (!warehouse.created) await discardUnnoted(warehouse).catch(ignore);
  warehouse.discard();
}

async function identify(warehouse: Warehouse, { head, options }: Work): Promise<string> {
  const files = await warehouse.rows(
    'SELECT file, sha256 FROM export_file WHERE replaced_by_load IS NULL ORDER BY file_no',
  );
  return runIdOf({
    version: head.program.version,
    policySha256: head.policy.sha256,
    asOf: head.as_of,
    statements: options.statements,
    inputs: files.map((row) => ({ file: row.file as string, sha256: row.sha256 as string })),
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
