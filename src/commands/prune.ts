import { join, resolve } from 'node:path';
import { trustedCloses } from '../close/agreement.js';
import { foldersIn } from '../close/close-file.js';
import type { Context } from '../context/context.js';
import { beijingTime } from '../core/beijing.js';
import { removeUnpublished } from '../emit/publish.js';
import { type Freed, Room, takeAway } from '../emit/take-away.js';
import { readAccepted } from '../notices/accepted.js';
import { knownBatches } from '../payments/trusted.js';
import { pruneText } from '../report/prune-text.js';
import { readLoads, refuseMissing } from '../runs/known-at.js';
import { type Reason, reasonsToStay } from '../runs/prunable.js';
import type { Pruned, PrunedRun } from '../runs/pruned.js';
import { type Published, publishedBelow } from '../runs/published.js';
import { type HoldOptions, wholeNumber } from '../settings/run-options.js';
import { hold, holdReading, type Opened, warehouseFile } from '../warehouse/hold.js';
import { refuseStrange } from '../warehouse/lost.js';

export interface PruneOptions extends HoldOptions {
  out: string;
  /** Runs that ended within so many days stay; a week unasked, in which whatever went wrong in a night can be looked at. */
  keepDays: string;
  dryRun?: boolean | undefined;
}

const MS_A_DAY = 86_400_000;

/**
 * `settle prune`: takes away the run folders that nothing needs. Exit 6 where closes are missing or changed: it can't
 * be told then what stands on what; and where the warehouse is older than the runs, by which it may have to be made again.
 */
export async function prune(options: PruneOptions, context: Context): Promise<{ answer: Pruned; text: () => string }> {
  const keepDays = wholeNumber('--keep-days', options.keepDays);
  const out = resolve(options.out);
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  const dry = options.dryRun === true;
  const work = async ({ warehouse }: Opened): Promise<{ answer: Pruned; text: () => string }> => {
    await refuseStrange(warehouse, options.out, 'before');
    const closes = await trustedCloses(warehouse, out);
    const runs = publishedBelow(out);
    const accepted = (await readAccepted(warehouse, out)).flatMap(({ run_id }) => run_id ?? []);
    const since = beijingTime(context.clock() - keepDays * MS_A_DAY);
    const batches = [...(await knownBatches(warehouse, out)).values()].flat();
    const paid = batches.flatMap(({ batch }) => batch.closes);
    const known = { runs, closes, paid, loads: await readLoads(warehouse), accepted: new Set(accepted), since };
    const reasons = reasonsToStay(known);
    const answer: Pruned = {
      ...{ out: options.out, keep_days: keepDays, dry_run: dry },
      deleted: takeAll(out, unneeded(reasons), dry, context),
      kept: [...reasons].flatMap(([run, why]) => (why.length > 0 ? [{ ...told(run), why }] : [])),
      others: othersIn(out, runs),
      freed: { runs: 0, files: 0, bytes: 0 },
    };
    for (const { files, bytes } of answer.deleted) {
      answer.freed.runs += 1;
      answer.freed.files += files;
      answer.freed.bytes += bytes;
    }
    return { answer, text: () => pruneText(answer, context.language) };
  };
  const trusting = { ...options, settles: true };
  return dry ? holdReading(file, {}, trusting, context, work) : hold(file, [], trusting, context, work);
}

/** The oldest first, so that a prune that is stopped has left the newest. */
function unneeded(reasons: ReadonlyMap<Published, Reason[]>): Published[] {
  const found = [...reasons].flatMap(([run, why]) => (why.length === 0 ? [run] : []));
  return found.sort((a, b) => (a.manifest.finished_at < b.manifest.finished_at ? -1 : 1));
}

function takeAll(out: string, runs: readonly Published[], dry: boolean, { progress }: Context): (PrunedRun & Freed)[] {
  if (!dry) for (const policy of foldersIn(out)) removeUnpublished(join(out, policy));
  const room = new Room();
  const counted = runs.map((run) => ({ run, freed: room.count(run.dir) })); // before any is gone
  return counted.map(({ run, freed }, at) => {
    progress('prune', run.manifest.run_id, at, runs.length);
    if (!dry) takeAway(run.dir);
    return { ...told(run), ...freed };
  });
}

function told({ dir, manifest: { run_id, policy, as_of, finished_at } }: Published): PrunedRun {
  return { run_id, policy: policy.id, as_of, finished_at: finished_at.slice(0, 19), run_dir: dir };
}

function othersIn(out: string, runs: readonly Published[]): string[] {
  const known = new Set(runs.map(({ dir }) => dir));
  const all = foldersIn(out).flatMap((policy) => foldersIn(join(out, policy)).map((name) => join(out, policy, name)));
  return all.filter((dir) => !known.has(dir)).sort();
}
