import { difference, readable } from '../core/money.js';
import { acceptLines, openIn } from '../runs/told.js';
import type { RunResult } from '../settle/run-result.js';
import { groupLines } from '../summary/fault-groups.js';
import { causesText, transferredText } from '../summary/restated-causes.js';
import { plainTable } from '../text/plain-table.js';
import { printableLine } from '../text/terminal.js';
import { attentionLines } from './attention-text.js';
import { budgetRows } from './budget-text.js';
import { harmlessLine } from './place-text.js';

type Paint = (style: 'bold' | 'red' | 'yellow' | 'green' | 'dim', text: string) => string;

/** What finance reads after a run: who, how much, what was taken away and why, where the files are, what to do next. */
export function summaryOf(result: RunResult, paint: Paint, shownDir: string): string {
  const { manifest, alreadyThere } = result;
  const lines = [paint('bold', titleOf(result))];
  if (alreadyThere) lines.push('This work was settled before; its run folder is there already and was not changed.');
  lines.push(
    '',
    countsTable(result),
    '',
    ...faultLines(result),
    moneyTable(result, paint),
    '',
    ...restatedLines(result),
    ...untransferredLines(result),
  );
  lines.push(...loadLines(result), ...warningLines(result, paint));
  lines.push(...harmlessLine(result.place), ...attentionPart(result, paint));
  lines.push(`Files   ${shownDir}`, `Next    settle verify ${shownDir}`);
  if (result.restated !== undefined && !alreadyThere) lines.push(`        settle diff closed ${manifest.run_id}`);
  return `${lines.join('\n')}\n`;
}

function titleOf({ manifest: { policy, period, as_of }, provisional, closed }: RunResult): string {
  const asOf = as_of === period.to ? '' : `, as of ${as_of}`;
  const whyProvisional =
    closed !== undefined && as_of < period.to ? 'the run stops before the period ends' : 'the period is not over';
  return `${policy.id}: ${period.from} to ${period.to}${asOf}${provisional ? `, provisional: ${whyProvisional}` : ''}`;
}

/** Characters of a list in one line. */
const LINE = 72;

/** Names, figures flush right, remarks. */
const table = (rows: string[][]): string => plainTable(rows, [1]);

function countsTable({ manifest, breakdown }: RunResult): string {
  const { totals, accounting } = manifest;
  const list = (entries: { name: string; count: number }[]): string =>
    entries.map(({ name, count }) => `${name} ${grouped(count)}`).join(', ');
  const invalid = breakdown?.invalidBy.map(({ reason, sessions }) => ({ name: reason, count: sessions })) ?? [];
  const notSettled = [
    ['outside the period', accounting.outside_period],
    ['quarantined', accounting.quarantined],
    ['collapsed', accounting.collapsed],
    ['superseded', accounting.superseded],
  ] as const;
  const quarantined = manifest.inputs.reduce((sum, input) => sum + input.quarantined, 0);
  const faults = list(breakdown?.quarantinedBy.map(({ code, lines }) => ({ name: code, count: lines })) ?? []);
  return table([
    [
      'Anchors',
      grouped(totals.anchors),
      list(
        breakdown?.statuses.map(({ status, anchors }) => ({ name: status.replaceAll('_', ' '), count: anchors })) ?? [],
      ),
    ],
    [
      'Session rows read',
      grouped(accounting.rows_read),
      list(notSettled.filter(([, count]) => count > 0).map(([name, count]) => ({ name, count }))),
    ],
    ['Sessions settled', grouped(totals.sessions), ''],
    ['  valid', grouped(totals.valid_sessions), invalid.length === 0 ? '' : wrapped(`the others: ${list(invalid)}`)],
    ...unsettledRow(breakdown),
    ...controlRow(breakdown),
    [
      'Rows quarantined, all files',
      grouped(quarantined),
      quarantined === 0 ? '' : wrapped(`${faults === '' ? '' : `faults: ${faults}; `}see quarantine.csv`),
    ],
  ]);
}

/** Sessions that nobody is paid for until something comes. */
function unsettledRow(breakdown: RunResult['breakdown']): string[][] {
  if (breakdown === undefined || breakdown.unsettled.sessions + breakdown.unsettled.settled === 0) return [];
  return [['Sessions unsettled', grouped(breakdown.unsettled.sessions), breakdown.unsettled.remark]];
}

/** What the control desk counted, beside what was settled. */
function controlRow(breakdown: RunResult['breakdown']): string[][] {
  if (breakdown?.control == null) return [];
  const { agree, differ, lacking } = breakdown.control;
  const lacks = lacking === 0 ? '' : `; ${grouped(lacking)} settled ${lacking === 1 ? 'session' : 'sessions'} it lacks`;
  return [['Held against control', grouped(agree), `agree, ${grouped(differ)} differ${lacks}`]];
}

/** What is wrong with the rows that were quarantined, and how to fix it. */
function faultLines({ breakdown }: RunResult): string[] {
  const lines = breakdown === undefined ? [] : groupLines(breakdown.faultGroups);
  return lines.length === 0 ? [] : [...lines.map((line) => `  ${line}`), ''];
}

/** What a closed period is adjusted by, or that nothing is left to pay. */
function restatedLines({ manifest, restated, causes, transferred, closed }: RunResult): string[] {
  if (closed?.by_this_run) {
    const when = `at ${closed.closed_at} by ${printableLine(closed.closed_by)}`;
    return [`Closed  revision ${closed.revision}, with this run, ${when}: nothing is left to pay`];
  }
  if (restated === undefined) {
    if (closed === undefined) return [];
    return [
      `Closed  revision ${closed.revision}, run ${closed.run_id}: this run stops before the period ends, and adjusts nothing`,
    ];
  }
  const { revision, run_id, lines, delta } = restated;
  const paid = `Closed  revision ${revision}, run ${run_id}: ${readable(difference(String(manifest.totals.total), delta))} CNY`;
  if (lines === 0) return [paid, '        no amount has changed: nothing is left to pay'];
  return [
    paid,
    `        adjusted by ${grouped(lines)} ${lines === 1 ? 'line' : 'lines'} of adjustments.csv: ${readable(delta)} CNY`,
    ...(Object.keys(causes).length === 0 ? [] : [`        by cause: ${causesText(causes)}`]),
    ...(transferred === undefined ? [] : [`        ${transferredText(transferred)}`]),
  ];
}

/** Why nothing came of `--transfer`, where nothing did. */
function untransferredLines({ transferAsked, manifest, closed }: RunResult): string[] {
  if (!transferAsked || manifest.restates?.transfer === true) return [];
  const { as_of, period } = manifest;
  if (closed === undefined) return ["--transfer changed nothing: the period isn't closed, and has the latest agencies"];
  if (as_of < period.to)
    return ['--transfer changed nothing: the run stops before the period ends, and restates nothing'];
  return ['--transfer changed nothing: no anchor has another agency now than the one that it was paid through'];
}

/** A list in lines that fit beside the figures. */
function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.split(/(?<=,) /)) {
    const line = lines.at(-1) as string;
    if (line === '' || line.length + word.length < LINE)
      lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

function moneyTable({ manifest, breakdown, budget, programme: { summary } }: RunResult, paint: Paint): string {
  const { totals } = manifest;
  const amount = (name: string): string => readable(String(totals[name]));
  const minus = (name: string): string => (/^0(\.0+)?$/.test(String(totals[name])) ? amount(name) : `-${amount(name)}`);
  const forfeits = breakdown?.forfeitedBy.filter(({ amount: taken }) => !/^0(\.0+)?$/.test(taken)) ?? [];
  const why = forfeits.map(({ reason, anchors, amount: taken }) => [
    `    ${reason}`,
    `-${readable(taken)}`,
    `${grouped(anchors)} ${anchors === 1 ? 'anchor' : 'anchors'}`,
  ]);
  const rows = summary.rows.flatMap(({ label, total, minus: taken, reasons }, at) => [
    [
      label,
      taken ? minus(total) : amount(total),
      at === 0 ? 'CNY' : reasons && breakdown?.forfeitsOverlap ? OVERLAP : '',
    ],
    ...(reasons ? why : []),
  ]);
  const payable = [paint('bold', 'Total payable'), paint('bold', amount('total')), paint('bold', 'CNY')];
  return table([...rows, payable, ...budgetRows(budget, paint)]);
}

const OVERLAP = 'what several reasons take stands under each';

function loadLines({ load, knownLoad, alreadyThere }: RunResult): string[] {
  if (knownLoad !== undefined) return [`Known   what the warehouse knew after load ${knownLoad}; nothing was loaded`];
  const lines: string[] = [];
  const files = (count: number): string => `${grouped(count)} ${count === 1 ? 'file' : 'files'}`;
  if (load.loaded.length > 0 || !alreadyThere) {
    lines.push(`Loaded  ${files(load.loaded.length)} new, ${files(load.known)} known already`);
  }
  for (const { file, replaced, withdrawn } of load.loaded) {
    if (replaced)
      lines.push(
        `        ${printableLine(file)} replaces the file of that name; ${grouped(withdrawn)} of its rows ${withdrawn === 1 ? 'is' : 'are'} withdrawn`,
      );
  }
  return lines;
}

const MOST_WARNINGS = 10;

function warningLines({ manifest }: RunResult, paint: Paint): string[] {
  const shown = manifest.warnings
    .slice(0, MOST_WARNINGS)
    .map((text) => paint('yellow', `Warning ${printableLine(text)}`));
  const more = manifest.warnings.length - shown.length;
  return more > 0 ? [...shown, `        and ${more} more in manifest.json`] : shown;
}

/** The same for people who asked for JSON, on standard error. */
export function attentionNotes({ attention, place }: RunResult): string[] {
  const open = openIn(attention);
  const lines = attentionLines([...open.run, ...open.place]).map((line) => `attention: ${line.trim()}`);
  return [...harmlessLine(place), ...lines];
}

/** What may cost or give away money, and nobody has accepted yet, under a heading of its own. */
function attentionPart({ attention, manifest }: RunResult, paint: Paint): string[] {
  const open = openIn(attention);
  const count = open.run.length + open.place.length;
  if (count === 0) return [];
  const head = paint('bold', `Attention: ${grouped(count)} ${count === 1 ? 'notice' : 'notices'} nobody has accepted`);
  const lines = attentionLines([...open.run, ...open.place]).map((line) => paint('yellow', line));
  return ['', head, ...lines, ...acceptLines(open, manifest).map((line) => `  if all is as it should be: ${line}`), ''];
}

function grouped(count: number): string {
  return readable(String(count));
}
