import { closeOf } from '../close/close-file.js';
import type { Context } from '../context/context.js';
import type { EventLog } from '../context/event-log.js';
import type { BeijingDate } from '../core/beijing.js';
import type { Budgets } from '../core/budget.js';
import { asFailure, type SettleError } from '../core/errors.js';
import type { Acceptance } from '../notices/accepted.js';
import { differenceIn } from '../runs/differences.js';
import type { Published } from '../runs/published.js';
import { pinnedByClose } from '../settle/closed/pinned-by-close.js';
import { concern, type History } from '../settle/concern.js';
import { claimOf, refuseOtherProgramme } from '../settle/other-programme.js';
import type { Plan } from '../settle/plan.js';
import { settlePeriod } from '../settle/settle-period.js';
import type { Held } from '../warehouse/hold.js';
import { levelOf, stopOf } from './ending.js';
import type { NightlyPeriod } from './night.js';
import { failed, settled, untouched } from './period.js';
import { toldOf } from './told.js';
import { logUpgrade, upgradeOf } from './upgrade.js';

/** The night's date, and the last load that counts. */
interface Night {
  date: BeijingDate;
  load: number;
  accepted: readonly Acceptance[];
  /** Whether the second implementation is asked about every run. */
  verify: boolean;
  budgets: Budgets | undefined;
}

/** Every period for itself: what keeps one from being settled keeps no other. */
export async function settleAll(
  held: Held,
  plans: readonly Plan[],
  night: Night,
  history: History,
  context: Context,
  log: EventLog,
): Promise<{ periods: NightlyPeriod[]; failures: SettleError[] }> {
  const periods: NightlyPeriod[] = [];
  const failures: SettleError[] = [];
  for (const plan of plans) {
    try {
      const done = await settleOne(held, plan, night, history, context);
      if (done === undefined) continue;
      const { period, differs } = done;
      periods.push(period);
      if (differs) failures.push(differs);
      log.write(differs ? 'failed' : period.why === null ? 'untouched' : 'settled', levelOf(period.exit), period);
      logUpgrade(log, period.policy, period.upgrade);
      for (const notice of period.attention)
        log.write('notice', notice.accepted ? 'info' : 'warning', {
          policy: period.policy,
          run_id: period.run_id,
          ...notice,
        });
    } catch (error) {
      const stop = stopOf(error, context, periods.filter(({ run_id }) => run_id !== null).length);
      if (stop !== error) throw stop;
      const failure = asFailure(error);
      failures.push(failure);
      periods.push(
        failed({ plan, closed: closeOf(claimOf(plan.policy), history.closes), clock: context.clock }, failure),
      );
      log.write('failed', 'error', periods.at(-1));
    }
  }
  return { periods, failures };
}

/** The run of the plan's policy that ended last. */
function runBefore({ policy }: Plan, { runs }: History): Published | undefined {
  return runs.findLast(({ manifest }) => manifest.policy.id === policy.id);
}

/** Settles a period if the night concerns it. A closed one, which new data alone concerns, is settled to its end. */
async function settleOne(
  held: Held,
  given: Plan,
  night: Night,
  history: History,
  context: Context,
): Promise<{ period: NightlyPeriod; differs?: SettleError | null | undefined } | undefined> {
  const claim = claimOf(given.policy);
  await refuseOtherProgramme(claim, history.closes); // told every night, whether or not anything new concerns the period
  const closed = closeOf(claim, history.closes);
  const plan = closed === undefined ? given : { ...given, asOf: given.policy.period.to };
  context.progress('settle', plan.policy.id, 0, 0);
  const why = await concern(
    held.warehouse,
    plan,
    night,
    history,
    closed,
    closed && pinnedByClose(closed, held.scratch),
  );
  const about = { plan, closed, clock: context.clock, budgets: night.budgets };
  if (why !== undefined) {
    const last = runBefore(plan, history);
    const upgrade = closed === undefined ? await upgradeOf(held, last, context) : null;
    const result = await settlePeriod(held, plan, { load: night.load, until: undefined }, context);
    const run = { dir: result.runDir, manifest: result.manifest };
    const before = result.alreadyThere ? run : last;
    const told = await toldOf(held.warehouse, run, before, night.accepted);
    const differs = night.verify ? await differenceIn(result.runDir, context) : null;
    return { period: settled(about, why, result, told, differs, upgrade), differs };
  }
  return closed !== undefined && night.date <= plan.policy.period.to ? { period: untouched(about) } : undefined;
}
