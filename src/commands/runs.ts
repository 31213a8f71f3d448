import { join, resolve } from 'node:path';
import Table from 'cli-table3';
import { type Close, closeIn } from '../close/close-file.js';
import type { Context } from '../context/context.js';
import { type BudgetState, type Budgets, isOver } from '../core/budget.js';
import { readable } from '../core/money.js';
import { isThere } from '../disk/folders.js';
import type { Manifest } from '../emit/manifest.js';
import { loadPolicy } from '../policy/load-policy.js';
import { programmeFor } from '../programmes/registry.js';
import { type Load, loadOf, readLoads } from '../runs/known-at.js';
import { type Published, publishedBelow } from '../runs/published.js';
import type { HoldOptions } from '../settings/run-options.js';
import { budgetFor, budgetOf } from '../summary/budget.js';
import { printableLine } from '../text/terminal.js';
import { holdReading, warehouseFile } from '../warehouse/hold.js';
import { tellIn } from '../words/say.js';

/** A run folder that was published. */
export interface PublishedRun {
  run_id: string;
  policy: string;
  period: Manifest['period'];
  as_of: string;
  /** The first load after which exactly its files stood; null where the warehouse has no such load. */
  known_at: { load: number; loaded_at: string } | null;
  /** Where it was closed: its number in the chain, which revision of its period, when and by whom. */
  closed: { close_no: number; revision: number; closed_at: string; closed_by: string } | null;
  /** The closed run that it adjusts, and by how much. */
  restates: { run_id: string; revision: number; delta: string } | null;
  totals: Manifest['totals'];
  /** The month's budget beside it, where settle.yaml says one. */
  budget: BudgetState | null;
  finished_at: string;
  run_dir: string;
}

/** `settle runs`: the published runs below the output folder, policy by policy, in the order in which they ended. */
export async function runs(
  options: HoldOptions & { out: string; budget?: Budgets | undefined },
  context: Context,
): Promise<{ answer: object; text: () => string }> {
  const published = publishedBelow(resolve(options.out));
  const file = warehouseFile(options.warehouse, options.out);
  const loads = isThere(file)
    ? await holdReading(file, {}, options, context, ({ warehouse }) => readLoads(warehouse))
    : [];
  const all: PublishedRun[] = [];
  for (const found of published) all.push(asRun(found, loads, await besideBudget(found, options.budget)));
  return { answer: { out: options.out, runs: all }, text: () => tableOf(all, tellIn(context.language)) };
}

/** A run whose programme and month have a budget beside it; others aren't looked at more closely. */
async function besideBudget({ dir, manifest }: Published, budgets: Budgets | undefined): Promise<BudgetState | null> {
  if (budgetFor(manifest, budgets) === undefined) return null;
  const { policy } = await loadPolicy(join(dir, 'policy.yaml'));
  return budgetOf(manifest, budgets, programmeFor(policy).summary) ?? null;
}

function asRun({ dir, manifest }: Published, loads: readonly Load[], budget: BudgetState | null): PublishedRun {
  const { run_id, policy, period, as_of, totals, finished_at, restates } = manifest;
  const known = loadOf(loads, manifest);
  const [closed] = closeIn(dir);
  return {
    run_id,
    policy: policy.id,
    period,
    as_of,
    known_at: known === undefined ? null : { load: known.load, loaded_at: known.loaded_at },
    closed: closed === undefined ? null : closedBy(closed.close),
    restates: restates ? { run_id: restates.run_id, revision: restates.revision, delta: restates.delta } : null,
    totals,
    budget,
    finished_at: finished_at.slice(0, 19),
    run_dir: dir,
  };
}

function closedBy({ close_no, revision, closed_at, closed_by }: Close): PublishedRun['closed'] {
  return { close_no, revision, closed_at, closed_by };
}

function tableOf(all: readonly PublishedRun[], tell: ReturnType<typeof tellIn>): string {
  if (all.length === 0)
    return `${tell('No published run found. To look elsewhere, give the folder of run folders: --out DIR')}\n`;
  const budgeted = all.some(({ budget }) => budget !== null);
  const table = new Table({
    head: [
      ...[tell('policy'), tell('run'), tell('as of'), tell('known at'), tell('anchors'), tell('total, CNY')],
      tell('adjusts by'),
      ...(budgeted ? [tell('budget'), tell('left'), tell('projected')] : []),
      ...[tell('finished'), tell('closed')],
    ],
    colAligns: [
      ...(['left', 'left', 'left', 'left', 'right', 'right', 'right'] as const),
      ...(budgeted ? (['right', 'right', 'right'] as const) : []),
      ...(['left', 'left'] as const),
    ],
    style: { head: [], border: [], compact: true },
  });
  for (const { policy, run_id, as_of, known_at, totals, finished_at, closed, restates, budget } of all) {
    const known = known_at === null ? '' : tell('load {load}', { load: known_at.load });
    table.push([
      printableLine(policy),
      printableLine(run_id),
      printableLine(as_of),
      known,
      readable(String(totals.anchors ?? '')),
      readable(String(totals.total ?? '')),
      restates === null ? '' : readable(restates.delta),
      ...(budgeted ? budgetCells(budget) : []),
      printableLine(finished_at),
      closed === null ? '' : printableLine(tell('revision {revision}, {closed_at} by {closed_by}', { ...closed })),
    ]);
  }
  return `${table.toString()}\n`;
}

/** What is over stands with an exclamation mark: a table has no colours. */
function budgetCells(state: BudgetState | null): string[] {
  if (state === null) return ['', '', ''];
  const { budget, left, projected } = state;
  const marked = (amount: string, rest: string): string => `${readable(amount)}${isOver(rest) ? ' !' : ''}`;
  return [readable(budget), marked(left, left), projected === null ? '' : marked(projected.total, projected.left)];
}
