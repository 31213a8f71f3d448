import { readable } from '../core/money.js';
import type { NightlyPeriod, NightlyResult } from '../night/night.js';
import { upgradeLines } from '../night/upgrade.js';
import { PROGRAMMES } from '../programmes/registry.js';
import { causesText } from '../summary/restated-causes.js';
import { printableLine } from '../text/terminal.js';
import { newLines, openLines } from './night-new.js';
import { harmlessLine } from './place-text.js';

export type Shown = (path: string) => string;

/** What a night's mail tells, part by part: each gives lines, or none. */
const PARTS: readonly ((night: NightlyResult, shown: Shown) => string[])[] = [
  ({ periods }, shown) => periods.map((period) => lineOf(period, shown)),
  upgradeLines,
  policyLines,
  exportLines,
  ({ place }) => harmlessLine(place),
  newLines,
  openLines,
  unclosedLines,
];

/** A line for each period, as it is read in a mail, and what was unusual about policies and exports. */
export function nightlyText(night: NightlyResult, shown: Shown): string {
  return PARTS.flatMap((part) => part(night, shown))
    .map((line) => `${line}\n`)
    .join('');
}

/** Failures that are no period's own: policies above all. */
function policyLines({ failures, periods, warnings }: NightlyResult): string[] {
  const told = new Set(periods.map(({ error }) => error?.message));
  return [
    ...failures.filter(({ message }) => !told.has(message)).map((failure) => failedWords(failure)),
    ...warnings.map((warning) => `WARNING: ${printableLine(warning)}`),
  ];
}

function failedWords({ code, message }: { code: string; message: string }): string {
  const [what = ''] = message.split('\n');
  return `FAILED (${code}): ${printableLine(what)}`;
}

/** What was unusual about the exports. */
function exportLines({ periods, loaded, others, exports, date }: NightlyResult): string[] {
  const lines: string[] = [];
  const left = loaded.reduce((sum, { quarantined }) => sum + quarantined, 0);
  const told = periods.some(({ quarantined }) => (quarantined ?? 0) > 0);
  // Rows that no period's line tells of: the only period that the night lies in is closed, and untouched by them.
  if (left > 0 && !told)
    lines.push(`${counted(left, 'row')} of the new files left out for their form; see settle files`);
  const folder = printableLine(exports.folder);
  if (exports.files === 0 && others.length === 0) lines.push(`${folder} is empty`);
  else if (exports.files === 0) lines.push(`no export lies in ${folder}`);
  else if (loaded.length === 0) lines.push('no new file among the exports');
  if (exports.gone > 0)
    lines.push(`${goneWords(exports.gone)} from ${folder}: is it the right folder? What was loaded still counts`);
  if (!exports.for_date) lines.push(`no file for ${date}: no session of any export ended on that day`);
  return lines;
}

function goneWords(files: number): string {
  return files === 1
    ? 'the only file that was loaded before is gone'
    : `all ${readable(String(files))} files that were loaded before are gone`;
}

function lineOf(period: NightlyPeriod, shown: Shown): string {
  const { policy, period: days, as_of, provisional, error } = period;
  const until = `as of ${as_of}${provisional ? ', provisional' : ''}`;
  const head = [printableLine(policy), `${days.from} to ${days.to}`, until];
  if (error !== undefined) return [...head, failedWords(error), ...figuresOf(period)].join('  ');
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
  if (run_id === closed.run_id) return [`${by}: as it was closed, nothing is left to pay`];
  if (restated === null) return [`${by}: settled anew beside it`];
  if (restated.lines === 0) return [`${by}: restated, and no amount has changed: nothing is left to pay`];
  const sum = `${counted(restated.lines, 'adjustment')} of ${readable(restated.delta)} CNY (${causesText(restated.causes)})`;
  return [`${by}: restated with ${sum}, to be closed as revision ${restated.revision + 1}: settle close ${run_id}`];
}

/** What was told in a night that nobody has read would never be paid. */
function unclosedLines({ unclosed }: NightlyResult): string[] {
  if (unclosed.length === 0) return [];
  return [
    'Adjusted in earlier runs, and neither closed nor paid since:',
    ...unclosed.map(({ policy, period, run_id, lines, delta, revision }) => {
      const sum = `${counted(lines, 'adjustment')} of ${readable(delta)} CNY`;
      return `  ${printableLine(policy)}  ${period.from} to ${period.to}  ${sum}, to be closed as revision ${revision}: settle close ${run_id}`;
    }),
  ];
}

function placeOf({ why, touched, already_there, run_dir }: NightlyPeriod, shown: Shown): string[] {
  if (run_dir === null) return [];
  return [already_there ? 'nothing new' : reason(why, touched), printableLine(shown(run_dir))];
}

function reason(why: NightlyPeriod['why'], touched: NightlyPeriod['touched']): string {
  if (why === 'date') return 'for the date';
  if (why === 'unsettled') return 'not settled up to this day before';
  return `for new data: ${touched.map(({ what, rows }) => counted(rows, what)).join(', ')}`;
}

const PLURAL: Record<string, string> = Object.assign({}, ...PROGRAMMES.map(({ summary }) => summary.plurals));

function counted(number: number, thing: string): string {
  return `${readable(String(number))} ${number === 1 ? thing : (PLURAL[thing] ?? `${thing}s`)}`;
}
