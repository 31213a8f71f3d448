import { readable } from '../core/money.js';
import type { AgencyChange, AnchorChange, MonthChange, Months } from '../programmes/interface/months.js';
import type { PeriodRun, TwoPeriods } from '../runs/shown/two-periods.js';
import { plainTable } from '../text/plain-table.js';
import { printableLine } from '../text/terminal.js';

type Paint = (style: 'bold', text: string) => string;
type Words = Pick<Months, 'parts' | 'measures'>;

/** Largest changes that are shown; the rest is in --csv and --json. */
const MOST = 10;

/** What a person reads: from A's total to B's part by part, then whom it concerns most. */
export function monthsText({ a, b, total, agencies, anchors }: TwoPeriods, words: Words, paint: Paint): string {
  const counted = (has: boolean): number => anchors.filter(({ in_a, in_b }) => (has ? !in_a : !in_b)).length;
  const lines = [
    paint(
      'bold',
      `${a.period.from} to ${a.period.to} and ${b.period.from} to ${b.period.to}: what changes from A to B`,
    ),
    `A  ${shown(a)}`,
    `B  ${shown(b)}`,
    '',
    totalTable(total, words, { new: counted(true), gone: counted(false) }, paint),
  ];
  const changed = anchors.filter(({ delta }) => delta !== '0.00');
  lines.push('', paint('bold', 'Agencies, the largest changes first'), agenciesTable(agencies.slice(0, MOST), words));
  lines.push(...more(agencies.length, 'agencies'));
  if (changed.length === 0) lines.push('', "No anchor's total differs.");
  else lines.push('', paint('bold', 'Anchors, the largest changes first'), anchorsTable(changed.slice(0, MOST), words));
  lines.push(...more(changed.length, 'anchors'));
  return `${lines.join('\n')}\n`;
}

function more(count: number, what: string): string[] {
  return count > MOST
    ? [`and ${readable(String(count - MOST))} more ${what}; to see all, add --json or --csv FILE`]
    : [];
}

function shown({ run_id, policy, as_of, period }: PeriodRun): string {
  const until = as_of === period.to ? '' : `, as of ${as_of}`;
  return `${printableLine(`${policy}, run ${run_id}`)}${until}`;
}

function signed(amount: string): string {
  return amount.startsWith('-') ? readable(amount) : `+${readable(amount)}`;
}

/** Parts that are nought are left out; the others add up to the change. */
function totalTable(
  { a, b, delta, parts, measures }: MonthChange,
  words: Words,
  counts: Record<string, number>,
  paint: Paint,
): string {
  const rows = words.parts.flatMap(({ name, words: [label] }) => {
    const amount = parts[name] ?? '0.00';
    const count = counts[name] ?? 0;
    const remark = count === 0 ? '' : `${readable(String(count))} ${count === 1 ? 'anchor' : 'anchors'}`;
    return amount === '0.00' && count === 0 ? [] : [[`  ${label}`, signed(amount), remark]];
  });
  const measured = words.measures.map(({ name, words: [label] }) => {
    const { a: before = '', b: after = '' } = measures[name] ?? {};
    return [label, readable(after), `A: ${readable(before)}`];
  });
  return plainTable(
    [
      ...measured,
      ['Total, A', readable(a), 'CNY'],
      ...rows,
      [paint('bold', 'Total, B'), paint('bold', readable(b)), signed(delta)],
    ],
    [1],
  );
}

function partsText({ parts }: MonthChange, words: Words): string {
  const said = words.parts.flatMap(({ name }) => {
    const amount = parts[name] ?? '0.00';
    return amount === '0.00' ? [] : [`${name} ${signed(amount)}`];
  });
  return said.join(', ');
}

function agenciesTable(agencies: readonly AgencyChange[], words: Words): string {
  const rows = agencies.map((agency) => [
    agency.agency_id === null ? 'independent' : printableLine(`${agency.agency_id} ${agency.name}`.trim()),
    readable(agency.a),
    readable(agency.b),
    signed(agency.delta),
    partsText(agency, words),
  ]);
  return plainTable([['agency', 'A', 'B', 'change', 'parts'], ...rows], [1, 2, 3]);
}

function anchorsTable(anchors: readonly AnchorChange[], words: Words): string {
  const rows = anchors.map((anchor) => [
    anchor.anchor_id,
    anchor.agency_b ?? anchor.agency_a ?? '',
    readable(anchor.a),
    readable(anchor.b),
    signed(anchor.delta),
    partsText(anchor, words),
  ]);
  return plainTable([['anchor', 'agency', 'A', 'B', 'change', 'parts'], ...rows], [2, 3, 4]);
}
