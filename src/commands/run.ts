import { resolve } from 'node:path';
import { trustedCloses } from '../close/agreement.js';
import { closesBelow } from '../close/close-file.js';
import type { Context } from '../context/context.js';
import { beijingTime } from '../core/beijing.js';
import { asFailure, SettleError } from '../core/errors.js';
import type { LoadReport } from '../load/load.js';
import type { Notice } from '../notices/notice.js';
import { agenciesChanged } from '../place/agency-changed.js';
import { filesIgnored } from '../place/file-ignored.js';
import { keepSighting, ownPaths, seenBefore } from '../place/keep-sighting.js';
import { lastKnownLoad, refuseMissing, timeOf } from '../runs/known-at.js';
import { attentionOf } from '../runs/told.js';
import { type RunOptions, readingAsked } from '../settings/run-options.js';
import { notTransferred } from '../settle/closed/transferred.js';
import { planOf } from '../settle/plan.js';
import { isProvisional } from '../settle/provisional.js';
import type { RunResult } from '../settle/run-result.js';
import { type PeriodResult, settlePeriod } from '../settle/settle-period.js';
import { budgetOf } from '../summary/budget.js';
import { type Held, hold, warehouseFile } from '../warehouse/hold.js';
import { refuseLost, refuseStrange } from '../warehouse/lost.js';
import { namingNeed } from '../warehouse/room.js';
import { type ExportSource, foldersOf, takeIn } from '../warehouse/take-in.js';
import { say } from '../words/say.js';

/** `settle run`: load what is new, settle the policy's period, publish. */
export async function run(options: RunOptions, context: Context): Promise<RunResult> {
  const plan = await planOf(options, beijingTime(context.clock()));
  readingAsked(options); // a wrong word is told of before anything is opened
  const source = sourceOf(options);
  const file = warehouseFile(options.warehouse, options.out);
  if (options.knownAt !== undefined) refuseMissing(file);
  refuseLost(file, options.out);
  return namingNeed(source.input, () =>
    hold(file, [plan.policyDir, ...foldersOf(source)], { ...options, settles: true }, context, async (held) => {
      await refuseStrange(held.warehouse, options.out, 'before');
      // Told before anything is loaded; of what was known at a time by then, once that is known.
      if (options.knownAt === undefined) await trustedCloses(held.warehouse, resolve(options.out));
      const load = await takeIn(held, source, context);
      await refuseStrange(held.warehouse, options.out, 'loaded');
      if (!plan.strict) await held.keep();
      const knownLoad = await lastKnownLoad(held.warehouse, options.knownAt);
      const until =
        options.knownAt === undefined ? undefined : await timeOf(held.warehouse, knownLoad, options.knownAt);
      const settled = await settlePeriod(held, plan, { load: knownLoad, until }, context);
      const isClosed = settled.closed !== undefined;
      const place = await seePlace(
        held,
        { ...options, warehouse: file },
        { input: source.input, load, isClosed },
        context,
      );
      const provisional = isProvisional(plan.policy.period, context.clock) || stopsEarly(settled);
      const asked = await notTransferred(held.warehouse, { ...settled, scratch: held.scratch }, place);
      const attention = await attentionOf(held.warehouse, resolve(options.out), settled.runDir, asked);
      const known = options.knownAt === undefined ? undefined : knownLoad;
      const transferAsked = options.transfer === true;
      const budget = budgetOf(settled.manifest, options.budget, settled.programme.summary);
      return { ...settled, load, attention, place, provisional, knownLoad: known, transferAsked, budget };
    }),
  );
}

/** What stops before its closed period's end adjusts nothing. */
function stopsEarly({ closed, manifest: { as_of, period } }: PeriodResult): boolean {
  return closed !== undefined && as_of < period.to;
}

/** Where exports come from; a run that settles what the warehouse knew at some time needs nothing, and loads nothing. */
function sourceOf({ input, lake, ...options }: RunOptions): ExportSource {
  if (options.knownAt !== undefined) return options;
  if (input === undefined && lake === undefined)
    throw new SettleError('usage', say("required option '{flag}' not specified", { flag: '--input <dir>' }), {
      mend: say('See {command} --help.', { command: 'settle run' }),
    });
  if (input !== undefined && lake !== undefined && options.strict)
    throw new SettleError(
      'usage',
      say('--strict keeps nothing where a row is quarantined, and a lake keeps what was loaded'),
      {
        mend: say('Load first, with settle load --lake; then settle with --lake and --strict, and without --input.'),
      },
    );
  return { ...options, input, lake };
}

/** What a run has seen that notices of the place may tell. */
interface Seen {
  input: string | undefined;
  load: LoadReport;
  isClosed: boolean;
}

/**
 * Keeps what lies among the exports and is none, and of a closed period, whose agency is another now, where there is or was
 * such; of the rest the last night's word stands.
 */
async function seePlace(
  held: Held,
  options: RunOptions & { warehouse: string },
  { input: folder, load: { others }, isClosed }: Seen,
  { clock, say: tell, language }: Context,
): Promise<Notice[]> {
  const before = await seenBefore(held.warehouse, options.out);
  if (folder === undefined) return before;
  const ignored = filesIgnored(
    folder,
    others,
    ownPaths({ ...options, more: [options.policy, options.lake ?? []].flat() }),
  );
  const moved = isClosed ? await agenciesSeen(held, options.out, before, { say: tell, language }) : [];
  const looked = isClosed ? ['file_ignored', 'agency_changed'] : ['file_ignored'];
  const rest = before.filter(({ code }) => !looked.includes(code));
  if (ignored.length + moved.length === 0 && rest.length === before.length) return before;
  const sighting = { at: beijingTime(clock()), by: 'run', notices: [...ignored, ...moved, ...rest] } as const;
  return keepSighting(held, options.out, sighting, options.lowered ?? []);
}

/** Anchors of closed periods that have another agency now; where that can't be told, the period is settled all the same. */
async function agenciesSeen(
  { warehouse, scratch }: Held,
  out: string,
  before: readonly Notice[],
  { say: tell, language = 'en' }: Pick<Context, 'say' | 'language'>,
): Promise<Notice[]> {
  try {
    return await agenciesChanged(warehouse, closesBelow(resolve(out)), scratch);
  } catch (error) {
    const { said } = asFailure(error);
    const line = say("agency_changed can't be told, so what was seen before stands: {said}", { said });
    tell(`${line.in(language)}\n`);
    return before.filter(({ code }) => code === 'agency_changed');
  }
}
