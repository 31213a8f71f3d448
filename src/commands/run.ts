import { resolve } from 'node:path';
import { trustedCloses } from '../close/agreement.js';
import type { Context } from '../context/context.js';
import { beijingTime } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import { lastKnownLoad, refuseMissing, timeOf } from '../runs/known-at.js';
import { attentionOf } from '../runs/told.js';
import { type RunOptions, readingAsked } from '../settings/run-options.js';
import { notTransferred } from '../settle/closed/transferred.js';
import { planOf } from '../settle/plan.js';
import { isProvisional } from '../settle/provisional.js';
import type { RunResult } from '../settle/run-result.js';
import { seePlaceByRun } from '../settle/see-place.js';
import { type PeriodResult, settlePeriod } from '../settle/settle-period.js';
import { budgetOf } from '../summary/budget.js';
import { hold, warehouseFile } from '../warehouse/hold.js';
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
      const place = await seePlaceByRun(
        held,
        { ...options, warehouse: file },
        { input: source.input, load, plan, settled },
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
