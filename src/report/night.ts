import { SettleError } from '../core/errors.js';
import { readable } from '../core/money.js';
import type { NightlyPeriod, NightlyResult } from '../night/night.js';
import { upgradeLines } from '../night/upgrade.js';
import { PROGRAMMES } from '../programmes/registry.js';
import { causesText } from '../summary/restated-causes.js';
import { countOf } from '../text/count.js';
import { printableLine } from '../text/terminal.js';
import { inLanguage, type Language, type Wording } from '../words/said.js';
import { say, tellIn } from '../words/say.js';
import { budgetLine } from './budget-text.js';
import { newLines, openLines } from './night-new.js';
import { harmlessLine } from './place-text.js';

type Tell = ReturnType<typeof tellIn>;

export type Shown = (path: string) => string;

/** What a night's mail tells, part by part: each gives lines, or none. */
const PARTS: readonly ((night: NightlyResult, shown: Shown, language: Language) => string[])[] = [
  ({ periods, failures }, shown, language) => periods.map((period) => lineOf(period, failures, shown, language)),
  (night, _shown, language) => upgradeLines(night, language),
  (night, _shown, language) => policyLines(night, language),
  (night, _shown, language) => exportLines(night, tellIn(language)),
  ({ place }, _shown, language) => harmlessLine(place, language),
  (night, _shown, language) => newLines(night, language),
  (night, _shown, language) => openLines(night, language),
  (night, _shown, language) => unclosedLines(night, tellIn(language)),
];

/** A line for each period, as it is read in a mail, and what was unusual about policies and exports. */
export function nightlyText(night: NightlyResult, shown: Shown, language: Language = 'en'): string {
  return PARTS.flatMap((part) => part(night, shown, language))
    .map((line) => `${line}\n`)
    .join('');
}

/** A failure, or what a period's answer says of one. */
type Failed = SettleError | { code: string; message: string };

/** Failures that are no period's own: policies above all. */
function policyLines({ failures, periods, warnings }: NightlyResult, language: Language): string[] {
  const told = new Set(periods.map(({ error }) => error?.message));
  return [
    ...failures.filter(({ message }) => !told.has(message)).map((failure) => failedWords(failure, language)),
    ...warnings.map((warning) =>
      tellIn(language)('WARNING: {warning}', { warning: printableLine(inLanguage(warning, language)) }),
    ),
  ];
}

function failedWords(failure: Failed, language: Language): string {
  const message = failure instanceof SettleError ? failure.in(language).message : failure.message;
  const [what = ''] = message.split('\n');
  return tellIn(language)('FAILED ({code}): {what}', { code: failure.code, what: printableLine(what) });
}

/** What was unusual about the exports. */
function exportLines({ periods, loaded, others, exports, date }: NightlyResult, tell: Tell): string[] {
  const lines: string[] = [];
  const left = loaded.reduce((sum, { quarantined }) => sum + quarantined, 0);
  const told = periods.some(({ quarantined }) => (quarantined ?? 0) > 0);
  // Rows that no period's line tells of: the only period that the night lies in is closed, and untouched by them.
  if (left > 0 && !told)
    lines.push(
      tell('{rows} of the new files left out for their form; see settle files', {
        rows: countOf(left, '{n} row', '{n} rows'),
      }),
    );
  const folder = printableLine(exports.folder);
  if (exports.files === 0 && others.length === 0) lines.push(tell('{folder} is empty', { folder }));
  else if (exports.files === 0) lines.push(tell('no export lies in {folder}', { folder }));
  else if (loaded.length === 0) lines.push(tell('no new file among the exports'));
  if (exports.gone > 0)
    lines.push(
      tell('{files} from {folder}: is it the right folder? What was loaded still counts', {
        files: goneWords(exports.gone),
        folder,
      }),
    );
  if (!exports.for_date) lines.push(tell('no file for {date}: no session of any export ended on that day', { date }));
  return lines;
}

function goneWords(files: number): Wording {
  return files === 1
    ? say('the only file that was loaded before is gone')
    : say('all {files} files that were loaded before are gone', { files: readable(String(files)) });
}

function lineOf(period: NightlyPeriod, failures: readonly SettleError[], shown: Shown, language: Language): string {
  const { policy, period: days, as_of, provisional, error } = period;
  const tell = tellIn(language);
  const until = tell(provisional ? 'as of {as_of}, provisional' : 'as of {as_of}', { as_of });
  const head = [printableLine(policy), tell('{from} to {to}', days), until];
  if (error !== undefined)
    return [
      ...head,
      failedWords(failures.find(({ message }) => message === error.message) ?? error, language),
      ...figuresOf(period, tell, language),
    ].join('  ');
  return [
    ...head,
    ...figuresOf(period, tell, language),
    ...closeWords(period, tell),
    ...placeOf(period, shown, tell),
  ].join('  ');
}

function figuresOf({ totals, quarantined, budget }: NightlyPeriod, tell: Tell, language: Language): string[] {
  if (totals === null) return [];
  const left =
    (quarantined ?? 0) === 0
      ? []
      : [tell('{rows} quarantined', { rows: countOf(quarantined as number, '{n} row', '{n} rows') })];
  if (totals.total === undefined) return [...countsOf(totals, language), ...left]; // nobody is paid
  const anchors = tell(totals.anchors === 1 ? '{n} anchor' : '{n} anchors', { n: readable(String(totals.anchors)) });
  const total = tell('{total} CNY', { total: readable(String(totals.total)) });
  return [anchors, total, ...budgetLine(budget, tell), ...left];
}

/** What a programme that pays nobody counts, each by its name in the summary. */
function countsOf(totals: NonNullable<NightlyPeriod['totals']>, language: Language): string[] {
  const known = PROGRAMMES.filter(({ pays }) => pays === false).map(({ summary }) => summary.counts ?? []);
  const counts = known.find((each) => each.every(({ total }) => totals[total] !== undefined)) ?? [];
  return counts.map(({ label, total }) => {
    const name = inLanguage(label, language).trim();
    return `${name} ${readable(String(totals[total]))}`;
  });
}

function closeWords({ closed, restated, run_id }: NightlyPeriod, tell: Tell): string[] {
  if (closed === null) return [];
  const by = tell('closed by close {close_no} of {closed_at}', {
    close_no: closed.close_no,
    closed_at: closed.closed_at,
  });
  if (run_id === null) return [`${by}: nothing new touches it`];
  if (run_id === closed.run_id) return [`${by}: as it was closed, nothing is left to pay`];
  if (restated === null) return [`${by}: settled anew beside it`];
  if (restated.lines === 0) return [`${by}: restated, and no amount has changed: nothing is left to pay`];
  const values = {
    by,
    lines: countOf(restated.lines, '{n} adjustment', '{n} adjustments'),
    delta: readable(restated.delta),
    causes: causesText(restated.causes, NIGHT_WORDS),
    revision: restated.revision + 1,
    run_id: run_id ?? '',
  };
  return [
    tell(
      '{by}: restated with {lines} of {delta} CNY ({causes}), to be closed as revision {revision}: settle close {run_id}',
      values,
    ),
  ];
}

/** What was told in a night that nobody has read would never be paid. */
function unclosedLines({ unclosed }: NightlyResult, tell: Tell): string[] {
  if (unclosed.length === 0) return [];
  return [
    tell('Adjusted in earlier runs, and neither closed nor paid since:'),
    ...unclosed.map(({ policy, period, run_id, lines, delta, revision }) => {
      const values = {
        policy: printableLine(policy),
        ...period,
        lines: countOf(lines, '{n} adjustment', '{n} adjustments'),
        delta: readable(delta),
        revision,
        run_id,
      };
      return tell(
        '  {policy}  {from} to {to}  {lines} of {delta} CNY, to be closed as revision {revision}: settle close {run_id}',
        values,
      );
    }),
  ];
}

function placeOf({ why, touched, already_there, run_dir }: NightlyPeriod, shown: Shown, tell: Tell): string[] {
  if (run_dir === null) return [];
  return [already_there ? tell('nothing new') : reason(why, touched, tell), printableLine(shown(run_dir))];
}

function reason(why: NightlyPeriod['why'], touched: NightlyPeriod['touched'], tell: Tell): string {
  if (why === 'date') return tell('for the date');
  if (why === 'unsettled') return tell('not settled up to this day before');
  return tell('for new data: {list}', { list: touched.map(({ what, rows }) => touchedWords(what, rows)) });
}

/** Of whichever programme knows it. */
function touchedWords(what: string, rows: number): Wording {
  const known = PROGRAMMES.map(({ summary }) => summary.touched(what, rows));
  return known.find((words) => typeof words !== 'string') ?? (known[0] as Wording);
}

/** A cause's word, by whichever programme has one: a night may be of several. */
const NIGHT_WORDS = {
  summary: {
    chinese: (code: string): string =>
      PROGRAMMES.map(({ summary }) => summary.chinese(code)).find((word) => word !== code) ?? code,
  },
};
