import type { FoundClose } from '../close/close-file.js';
import type { Manifest } from '../emit/manifest.js';
import { EXIT, type SettleError } from '../errors.js';
import type { Touch } from '../rules/since.js';
import type { Why } from './concern.js';
import { openOf } from './nightly-new.js';
import { type NightTold, NOTHING_TOLD } from './nightly-told.js';
import type { NightUpgrade } from './nightly-upgrade.js';
import { isProvisional } from './provisional.js';
import type { PeriodResult, Plan } from './settle-period.js';

/** What became of a period in a night. */
export interface NightlyPeriod {
  policy: string;
  period: Manifest['period'];
  as_of: string;
  /** In Beijing its last day isn't over. */
  provisional: boolean;
  /** Why it was settled; null where it is closed and nothing new touches it. */
  why: Why['because'] | null;
  /** Of new data, which rows touch the period. */
  touched: Touch[];
  /** Null where nothing was published, and so on. */
  run_id: string | null;
  run_dir: string | null;
  exit: number;
  already_there: boolean;
  closed: { close_no: number; run_id: string; closed_at: string; closed_by: string } | null;
  /** With what each cause makes of it, CNY. */
  restated: (NonNullable<PeriodResult['restated']> & { causes: PeriodResult['causes'] }) | null;
  totals: Manifest['totals'] | null;
  /** Rows that the run left out, of any file. */
  quarantined: number | null;
  /** What the run's manifest counts of notices. */
  notices: Manifest['notices'] | null;
  /** Whether the second implementation gives the same figures; null where it wasn't asked. */
  verified: boolean | null;
  /** What a person is to look at. */
  attention: NightTold['attention'];
  faults: NightTold['faults'];
  /** By how much the total moved since the run before, CNY. */
  moved: string | null;
  /** Of an open period whose last run another program made: whether this one settles that work otherwise. */
  upgrade: NightUpgrade | null;
  error?: { code: string; message: string; [more: string]: unknown };
}

/** What a night knows of a period before it is settled. */
interface About {
  plan: Plan;
  closed: FoundClose | undefined;
  clock: () => number;
}

export function settled(
  about: About,
  why: Why,
  { manifest, runDir, alreadyThere, restated, causes }: PeriodResult,
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
    exit: openOf(told) > 0 ? EXIT.quarantined : EXIT.done,
    verified: differs === null ? null : differs === undefined,
    ...(differs ? withError(differs) : {}),
    already_there: alreadyThere,
    restated: restated === undefined ? null : { ...restated, causes },
    totals: manifest.totals,
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
