import { resolve } from 'node:path';
import { beijingTime } from '../beijing.js';
import { SettleError } from '../errors.js';
import { type LoadReport, loadFolder } from '../load/load.js';
import type { Notice } from '../notices/notice.js';
import { filesIgnored } from '../place/file-ignored.js';
import type { Context } from './context.js';
import { type Held, hold, warehouseFile } from './hold.js';
import { keepSighting, ownPaths, seenBefore } from './keep-sighting.js';
import { lastKnownLoad, refuseMissing, timeOf } from './known-at.js';
import { isProvisional } from './provisional.js';
import { namingNeed } from './room.js';
import { type RunOptions, readingOf } from './run-options.js';
import { type PeriodResult, planOf, settlePeriod } from './settle-period.js';
import { type Attention, attentionOf } from './told.js';

export type { RunOptions } from './run-options.js';

export interface RunResult extends PeriodResult {
  load: LoadReport;
  /** Notices of the place, as they stand now: what this run saw of the folder, and what the last night saw besides. */
  place: Notice[];
  /** In Beijing the period's last day isn't over. */
  provisional: boolean;
  /** The last load that counted, where it was asked for. */
  knownLoad: number | undefined;
  /** What people are to look at. */
  attention: Attention;
}

/** `settle run`: load what is new, settle the policy's period, publish. */
export async function run(options: RunOptions, context: Context): Promise<RunResult> {
  const plan = await planOf(options, beijingTime(context.clock()));
  const reading = readingOf(options);
  const input = inputOf(options);
  const file = warehouseFile(options.warehouse, options.out);
  if (options.knownAt !== undefined) refuseMissing(file);
  return namingNeed(input[0], () =>
    hold(file, [plan.policyDir, ...input], options, context, async (held) => {
      const load = await loadNew(held, input, reading, context);
      if (!plan.strict) await held.keep();
      const knownLoad = await lastKnownLoad(held.warehouse, options.knownAt);
      const until =
        options.knownAt === undefined ? undefined : await timeOf(held.warehouse, knownLoad, options.knownAt);
      const settled = await settlePeriod(held, plan, { load: knownLoad, until }, context);
      const place = await seeFolder(held, { ...options, warehouse: file }, input, load, context);
      const provisional = isProvisional(plan.policy.period, context.clock);
      const attention = await attentionOf(held.warehouse, resolve(options.out), settled.runDir, place);
      const known = options.knownAt === undefined ? undefined : knownLoad;
      return { ...settled, load, attention, place, provisional, knownLoad: known };
    }),
  );
}

/** The folder of exports; a run that settles what the warehouse knew at some time needs none, and loads none. */
function inputOf({ input, knownAt }: RunOptions): [string] | [] {
  if (knownAt !== undefined) return [];
  if (input !== undefined) return [input];
  throw new SettleError('usage', "required option '--input <dir>' not specified", { mend: 'See settle run --help.' });
}

/** Loads what is new and leaves a transaction open. */
async function loadNew(
  { warehouse, scratch }: Held,
  [folder]: [string] | [],
  reading: ReturnType<typeof readingOf>,
  context: Context,
): Promise<LoadReport> {
  if (folder !== undefined) {
    const onFile = (done: number, total: number, name: string): void => context.progress('load', name, done, total);
    return loadFolder(warehouse, { folder, scratch, now: context.clock(), ...reading, onFile });
  }
  await warehouse.run('BEGIN TRANSACTION');
  return { loaded: [], known: 0, others: [] };
}

/** Keeps what lies among the exports and is none, where there is or was such; of the rest the last night's word stands. */
async function seeFolder(
  held: Held,
  options: RunOptions & { warehouse: string },
  [folder]: [string] | [],
  { others }: LoadReport,
  { clock }: Context,
): Promise<Notice[]> {
  const before = await seenBefore(held.warehouse, options.out);
  if (folder === undefined) return before;
  const ignored = filesIgnored(folder, others, ownPaths({ ...options, more: [options.policy] }));
  const rest = before.filter(({ code }) => code !== 'file_ignored');
  if (ignored.length === 0 && rest.length === before.length) return before;
  const sighting = { at: beijingTime(clock()), by: 'run', notices: [...ignored, ...rest] } as const;
  return keepSighting(held, options.out, sighting, options.lowered ?? []);
}
