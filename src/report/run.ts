import { difference, readable } from '../core/money.js';
import { acceptLines, openIn } from '../runs/told.js';
import type { RunResult } from '../settle/run-result.js';
import { wordOf } from '../summary/code-words.js';
import { groupLines } from '../summary/fault-groups.js';
import { causesText, transferredText } from '../summary/restated-causes.js';
import { countOf } from '../text/count.js';
import { plainTable } from '../text/plain-table.js';
import { printableLine } from '../text/terminal.js';
import { wrappedTo } from '../text/width.js';
import { inLanguage, joined, type Language, type Said } from '../words/said.js';
import { say, tellIn } from '../words/say.js';
import { attentionLines } from './attention-text.js';
import { harmlessLine } from './place-text.js';
import { judgedTable } from './run/judged-text.js';
import { moneyTable } from './run/money-text.js';

type Tell = ReturnType<typeof tellIn>;
type Paint = (style: 'bold' | 'red' | 'yellow' | 'green' | 'dim', text: string) => string;

/** What finance reads after a run: who, how much, what was taken away and why, where the files are, what to do next. */
export function summaryOf(result: RunResult, paint: Paint, shownDir: string, language: Language = 'en'): string {
  const { manifest, alreadyThere } = result;
  const tell = tellIn(language);
  const lines = [paint('bold', titleOf(result, tell))];
  if (alreadyThere)
    lines.push(tell('This work was settled before; its run folder is there already and was not changed.'));
  lines.push(
    '',
    ...(result.programme.pays === false
      ? [judgedTable(result, language), '', ...faultLines(result, language)]
      : paidLines(result, paint, language)),
    ...restatedLines(result, language),
    ...untransferredLines(result, tell),
  );
  lines.push(...loadLines(result, language), ...warningLines(result, paint, language));
  lines.push(...harmlessLine(result.place, language), ...attentionPart(result, paint, language));
  lines.push(tell('Files   {shownDir}', { shownDir }), tell('Next    settle verify {shownDir}', { shownDir }));
  if (result.restated !== undefined && !alreadyThere) lines.push(`        settle diff closed ${manifest.run_id}`);
  return `${lines.join('\n')}\n`;
}

function paidLines(result: RunResult, paint: Paint, language: Language): string[] {
  return [countsTable(result, language), '', ...faultLines(result, language), moneyTable(result, paint, language), ''];
}

function titleOf({ manifest: { policy, period, as_of }, provisional, closed }: RunResult, tell: Tell): string {
  const asOf = as_of === period.to ? '' : tell(', as of {as_of}', { as_of });
  const why =
    closed !== undefined && as_of < period.to
      ? tell('the run stops before the period ends')
      : tell('the period is not over');
  const more = provisional ? tell(', provisional: {why}', { why }) : '';
  return `${tell('{policy}: {from} to {to}', { policy: policy.id, ...period })}${asOf}${more}`;
}

/** Characters of a list in one line. */
const LINE = 72;
/** Columns of one where characters take two: it fits behind the figures on a terminal of 80. */
const WIDE_LINE = 50;

/** Names, figures flush right, remarks. */
const table = (rows: string[][]): string => plainTable(rows, [1]);

function countsTable({ manifest, breakdown, programme }: RunResult, language: Language): string {
  const { totals, accounting } = manifest;
  const tell = tellIn(language);
  const word = (code: string): string => wordOf(programme, code, language);
  const list = (entries: { name: string; count: number }[]): string =>
    joined(entries.map(({ name, count }) => spaced(name, grouped(count)))).in(language);
  const invalid = breakdown?.invalidBy.map(({ reason, sessions }) => ({ name: word(reason), count: sessions })) ?? [];
  const notSettled = [
    [tell('outside the period'), accounting.outside_period],
    [tell('quarantined'), accounting.quarantined],
    [tell('collapsed'), accounting.collapsed],
    [tell('superseded'), accounting.superseded],
  ] as const;
  const quarantined = manifest.inputs.reduce((sum, input) => sum + input.quarantined, 0);
  const faults = list(breakdown?.quarantinedBy.map(({ code, lines }) => ({ name: word(code), count: lines })) ?? []);
  const statuses =
    breakdown?.statuses.map(({ status, anchors }) => ({
      name: language === 'en' ? status.replaceAll('_', ' ') : word(status),
      count: anchors,
    })) ?? [];
  return table([
    [tell('Anchors'), grouped(totals.anchors), list(statuses)],
    [
      tell('Session rows read'),
      grouped(accounting.rows_read),
      list(notSettled.filter(([, count]) => count > 0).map(([name, count]) => ({ name, count }))),
    ],
    [tell('Sessions settled'), grouped(totals.sessions), ''],
    [
      tell('  valid'),
      grouped(totals.valid_sessions),
      invalid.length === 0 ? '' : wrapped(tell('the others: {list}', { list: list(invalid) }), language),
    ],
    ...unsettledRow(breakdown, language),
    ...controlRow(breakdown, tell),
    [
      tell('Rows quarantined, all files'),
      grouped(quarantined),
      quarantined === 0
        ? ''
        : wrapped(
            `${faults === '' ? '' : tell('faults: {faults}; ', { faults })}${tell('see quarantine.csv')}`,
            language,
          ),
    ],
  ]);
}

/** Sessions that nobody is paid for until something comes. */
function unsettledRow(breakdown: RunResult['breakdown'], language: Language): string[][] {
  if (breakdown === undefined || breakdown.unsettled.sessions + breakdown.unsettled.settled === 0) return [];
  const { sessions, remark } = breakdown.unsettled;
  return [[tellIn(language)('Sessions unsettled'), grouped(sessions), inLanguage(remark, language)]];
}

/** What the control desk counted, beside what was settled. */
function controlRow(breakdown: RunResult['breakdown'], tell: Tell): string[][] {
  if (breakdown?.control == null) return [];
  const { agree, differ, lacking } = breakdown.control;
  const lacks =
    lacking === 0
      ? ''
      : say(lacking === 1 ? '; {n} settled session it lacks' : '; {n} settled sessions it lacks', {
          n: grouped(lacking),
        });
  const remark = tell('agree, {differ} differ{lacks}', { differ: grouped(differ), lacks });
  return [[tell('Held against control'), grouped(agree), remark]];
}

/** What is wrong with the rows that were quarantined, and how to fix it. */
function faultLines({ breakdown }: RunResult, language: Language): string[] {
  const lines = breakdown === undefined ? [] : groupLines(breakdown.faultGroups);
  return lines.length === 0 ? [] : [...lines.map((line) => `  ${inLanguage(line, language)}`), ''];
}

/** What a closed period is adjusted by, or that nothing is left to pay. */
function restatedLines(result: RunResult, language: Language): string[] {
  const { manifest, restated, causes, transferred, closed, programme } = result;
  const tell = tellIn(language);
  if (closed?.by_this_run) {
    const { revision, closed_at } = closed;
    const values = { revision, closed_at, closed_by: printableLine(closed.closed_by) };
    return [
      tell('Closed  revision {revision}, with this run, at {closed_at} by {closed_by}: nothing is left to pay', values),
    ];
  }
  if (restated === undefined) {
    if (closed === undefined) return [];
    const { revision, run_id } = closed;
    return [
      tell('Closed  revision {revision}, run {run_id}: this run stops before the period ends, and adjusts nothing', {
        revision,
        run_id,
      }),
    ];
  }
  const { revision, run_id, lines, delta } = restated;
  const amount = readable(difference(String(manifest.totals.total), delta));
  const paid = tell('Closed  revision {revision}, run {run_id}: {amount} CNY', { revision, run_id, amount });
  if (lines === 0) return [paid, tell('        no amount has changed: nothing is left to pay')];
  const by = { lines: countOf(lines, '{n} line', '{n} lines'), delta: readable(delta) };
  return [
    paid,
    tell('        adjusted by {lines} of adjustments.csv: {delta} CNY', by),
    ...(Object.keys(causes).length === 0
      ? []
      : [tell('        by cause: {causes}', { causes: causesText(causes, programme) })]),
    ...(transferred === undefined ? [] : [`        ${transferredText(transferred).in(language)}`]),
  ];
}

/** Why nothing came of `--transfer`, where nothing did. */
function untransferredLines({ transferAsked, manifest, closed }: RunResult, tell: Tell): string[] {
  if (!transferAsked || manifest.restates?.transfer === true) return [];
  const { as_of, period } = manifest;
  if (closed === undefined)
    return [tell("--transfer changed nothing: the period isn't closed, and has the latest agencies")];
  if (as_of < period.to)
    return [tell('--transfer changed nothing: the run stops before the period ends, and restates nothing')];
  return [tell('--transfer changed nothing: no anchor has another agency now than the one that it was paid through')];
}

/** A list in lines that fit beside the figures. */
function wrapped(text: string, language: Language): string {
  if (language !== 'en') return wrappedTo(text, WIDE_LINE, /(?<=[、；])/u).join('\n');
  const lines = [''];
  for (const word of text.split(/(?<=,) /)) {
    const line = lines.at(-1) as string;
    if (line === '' || line.length + word.length < LINE)
      lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

function loadLines({ load, knownLoad, alreadyThere }: RunResult, language: Language): string[] {
  const tell = tellIn(language);
  if (knownLoad !== undefined)
    return [tell('Known   what the warehouse knew after load {knownLoad}; nothing was loaded', { knownLoad })];
  const lines: string[] = [];
  const files = (count: number): Said => countOf(count, '{n} file', '{n} files');
  if (load.loaded.length > 0 || !alreadyThere) {
    lines.push(
      tell('Loaded  {fresh} new, {known} known already', {
        fresh: files(load.loaded.length),
        known: files(load.known),
      }),
    );
  }
  for (const { file, replaced, withdrawn } of load.loaded) {
    if (replaced)
      lines.push(
        tell(
          withdrawn === 1
            ? '        {file} replaces the file of that name; {withdrawn} of its rows is withdrawn'
            : '        {file} replaces the file of that name; {withdrawn} of its rows are withdrawn',
          { file: printableLine(file), withdrawn: grouped(withdrawn) },
        ),
      );
  }
  return lines;
}

const MOST_WARNINGS = 10;

function warningLines({ manifest, programme }: RunResult, paint: Paint, language: Language): string[] {
  const tell = tellIn(language);
  const shown = manifest.warnings
    .slice(0, MOST_WARNINGS)
    .map((text) =>
      paint(
        'yellow',
        tell('Warning {text}', { text: printableLine(inLanguage(programme.summary.warning(text), language)) }),
      ),
    );
  const more = manifest.warnings.length - shown.length;
  return more > 0 ? [...shown, tell('        and {more} more in manifest.json', { more })] : shown;
}

/** The same for people who asked for JSON, on standard error. */
export function attentionNotes({ attention, place }: RunResult, language: Language = 'en'): string[] {
  const open = openIn(attention);
  const lines = attentionLines([...open.run, ...open.place], language).map((line) =>
    tellIn(language)('attention: {line}', { line: line.trim() }),
  );
  return [...harmlessLine(place, language), ...lines];
}

/** What may cost or give away money, and nobody has accepted yet, under a heading of its own. */
function attentionPart({ attention, manifest }: RunResult, paint: Paint, language: Language): string[] {
  const tell = tellIn(language);
  const open = openIn(attention);
  const count = open.run.length + open.place.length;
  if (count === 0) return [];
  const notices = countOf(count, '{n} notice', '{n} notices');
  const head = paint('bold', tell('Attention: {notices} nobody has accepted', { notices }));
  const lines = attentionLines([...open.run, ...open.place], language).map((line) => paint('yellow', line));
  const accept = acceptLines(open, manifest).map((line) => tell('  if all is as it should be: {line}', { line }));
  return ['', head, ...lines, ...accept, ''];
}

/** A name and its number; no space stands beside a full-width mark. */
function spaced(name: string, count: string): string {
  return /[）」]$/.test(name) ? `${name}${count}` : `${name} ${count}`;
}

function grouped(count: string | number | undefined): string {
  return readable(String(count));
}
