import type { FoundClose } from '../close/close-file.js';
import type { Budgets } from '../core/budget.js';
import { EXIT, type SettleError } from '../core/errors.js';
import type { Why } from '../settle/concern.js';
import type { Plan } from '../settle/plan.js';
import { isProvisional } from '../settle/provisional.js';
import type { PeriodResult } from '../settle/settle-period.js';
import { budgetOf } from '../summary/budget.js';
import type { NightlyPeriod, NightUpgrade } from './night.js';
import { countOpen, type NightTold, NOTHING_TOLD } from './told.js';

/** What a night knows of a period before it is settled. */
interface About {
  plan: Plan;
  closed: FoundClose | undefined;
  clock: () => number;
  budgets?: Budgets | undefined;
}

export function settled(
  about: About,
  why: Why,
  { manifest, runDir, alreadyThere, restated, causes, programme }: PeriodResult,
  told: NightTold,
  differs: SettleError | undefined | null,
  upgrade: NightUpgrade | null,
): NightlyPeriod {
  return {
    ...untouched(about),
    ...told,
    upgrade,
    why: why.because,
    touched: why.because === 'data' ? why.touched : [],
    run_id: manifest.run_id,
    run_dir: runDir,
    exit: countOpen(told) > 0 ? EXIT.quarantined : EXIT.done,
    verified: differs === null ? null : differs === undefined,
    ...(differs ? withError(differs) : {}),
    already_there: alreadyThere,
    restated: restated === undefined ? null : { ...restated, causes },
    totals: manifest.totals,
    budget: budgetOf(manifest, about.budgets, programme.summary) ?? null,
    quarantined: manifest.inputs.reduce((sum, { quarantined }) => sum + quarantined, 0),
    notices: manifest.notices ?? null,
  };
}

export function untouched({ plan, closed, clock }: About): NightlyPeriod {
  return {
    policy: plan.policy.id,
    period: plan.policy.period,
    as_of: plan.asOf,
    provisional: isProvisional(plan.policy.period, clock),
    why: null,
    touched: [],
    run_id: null,
    run_dir: null,
    exit: EXIT.done,
    already_there: false,
    closed: closed === undefined ? null : closeOf(closed),
    restated: null,
    totals: null,
    budget: null,
    quarantined: null,
    notices: null,
    verified: null,
    upgrade: null,
    ...NOTHING_TOLD,
  };
}

export function failed(about: About, failure: SettleError): NightlyPeriod {
  return { ...untouched(about), ...withError(failure) };
}

function withError(failure: SettleError): Pick<NightlyPeriod, 'exit' | 'error'> {
  return { exit: failure.exit, error: { code: failure.code, message: failure.message, ...failure.details } };
}

function closeOf({ close: { close_no, run_id, closed_at, closed_by } }: FoundClose): NightlyPeriod['closed'] {
  return { close_no, run_id, closed_at, closed_by };
}
