import type { FoundClose } from '../close/close-file.js';
import type { Manifest } from '../emit/manifest.js';
import { EXIT, type SettleError } from '../errors.js';
import { readable } from '../money.js';
import type { Touch } from '../rules/since.js';
import { printableLine } from '../terminal.js';
import type { Why } from './concern.js';
import { leftAlone } from './left-alone.js';
import type { NightlyResult } from './nightly.js';
import type { PeriodResult, Plan } from './settle-period.js';

/** What became of a period in a night. */
export interface NightlyPeriod {
  policy: string;
  period: Manifest['period'];
  as_of: string;
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
  restated: NonNullable<PeriodResult['restated']> | null;
  totals: Manifest['totals'] | null;
  /** Rows that the run left out, of any file. */
  quarantined: number | null;
  error?: { code: string; message: string; [more: string]: unknown };
}

export function settled(
  plan: Plan,
  why: Why,
  closed: FoundClose | undefined,
  { exit, manifest, runDir, alreadyThere, restated }: PeriodResult,
): NightlyPeriod {
  return {
    ...untouched(plan, closed),
    why: why.because,
    touched: why.because === 'data' ? why.touched : [],
    run_id: manifest.run_id,
    run_dir: runDir,
    exit,
    already_there: alreadyThere,
    restated: restated ?? null,
    totals: manifest.totals,
    quarantined: manifest.inputs.reduce((sum, { quarantined }) => sum + quarantined, 0),
  };
}

export function untouched(plan: Plan, closed: FoundClose | undefined): NightlyPeriod {
  return {
    policy: plan.policy.id,
    period: plan.policy.period,
    as_of: plan.asOf,
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
  };
}

export function failed(plan: Plan, closed: FoundClose | undefined, failure: SettleError): NightlyPeriod {
  const error = { code: failure.code, message: failure.message, ...failure.details };
  return { ...untouched(plan, closed), exit: failure.exit, error };
}

function closeOf({ close: { close_no, run_id, closed_at, closed_by } }: FoundClose): NightlyPeriod['closed'] {
  return { close_no, run_id, closed_at, closed_by };
}

/** A line for each period, as it is read in a mail, and what was unusual about the exports. */
export function nightlyText({ periods, loaded, others }: NightlyResult, shown: (path: string) => string): string {
  const lines = periods.map((period) => lineOf(period, shown));
  const left = loaded.reduce((sum, { quarantined }) => sum + quarantined, 0);
  const told = periods.some(({ quarantined }) => (quarantined ?? 0) > 0);
  // Rows that no period's line tells of: the only period that the night lies in is closed, and untouched by them.
  if (left > 0 && !told)
    lines.push(`${counted(left, 'row')} of the new files left out for their form; see settle files`);
  if (loaded.length === 0) lines.push('no new file among the exports');
  lines.push(...leftAlone({ others }));
  return lines.map((line) => `${line}\n`).join('');
}

function lineOf(period: NightlyPeriod, shown: (path: string) => string): string {
  const { policy, period: days, as_of, error } = period;
  const head = [printableLine(policy), `${days.from} to ${days.to}`, `as of ${as_of}`];
  if (error !== undefined) {
    const [what = ''] = error.message.split('\n');
    return [...head, `FAILED (${error.code}): ${printableLine(what)}`].join('  ');
  }
  return [...head, ...figuresOf(period), ...closeWords(period), ...placeOf(period, shown)].join('  ');
}

function figuresOf({ totals, quarantined }: NightlyPeriod): string[] {
  if (totals === null) return [];
  const figures = [counted(totals.anchors, 'anchor'), `${readable(String(totals.total))} CNY`];
  return (quarantined ?? 0) > 0 ? [...figures, `${counted(quarantined as number, 'row')} quarantined`] : figures;
}

function closeWords({ closed, restated, run_id }: NightlyPeriod): string[] {
  if (closed === null) return [];
  const by = `closed by close ${closed.close_no} of ${closed.closed_at}`;
  if (run_id === null) return [`${by}: nothing new touches it`];
  if (restated === null) return [`${by}: settled anew beside it`];
  const sum = `${counted(restated.lines, 'adjustment')} of ${readable(restated.delta)} CNY`;
  return [`${by}: restated with ${sum}, to be closed as revision ${restated.revision + 1}: settle close ${run_id}`];
}

function placeOf({ why, touched, already_there, run_dir }: NightlyPeriod, shown: (path: string) => string): string[] {
  if (run_dir === null) return [];
  return [already_there ? 'nothing new' : reason(why, touched), printableLine(shown(run_dir))];
}

function reason(why: NightlyPeriod['why'], touched: readonly Touch[]): string {
  if (why === 'date') return 'for the date';
  if (why === 'unsettled') return 'not settled up to this day before';
  return `for new data: ${touched.map(({ what, rows }) => counted(rows, what)).join(', ')}`;
}

const PLURAL: Record<string, string> = { penalty: 'penalties', 'scarcity index': 'scarcity indices' };

function counted(number: number, thing: string): string {
  return `${readable(String(number))} ${number === 1 ? thing : (PLURAL[thing] ?? `${thing}s`)}`;
}
