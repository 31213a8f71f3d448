import { readable } from '../core/money.js';
import type { AgencyChange, AnchorChange, MonthChange, Months } from '../programmes/interface/months.js';
import type { PeriodRun, TwoPeriods } from '../runs/shown/two-periods.js';
import { plainTable } from '../text/plain-table.js';
import { printableLine } from '../text/terminal.js';
import type { Language } from '../words/said.js';
import { tellIn } from '../words/say.js';

type Paint = (style: 'bold', text: string) => string;

/** How the parts are told: their names, and everything around them. */
interface Words extends Pick<Months, 'parts' | 'measures'> {
  language: Language;
  tell: ReturnType<typeof tellIn>;
}

/** Largest changes that are shown; the rest is in --csv and --json. */
const MOST = 10;

/** What a person reads: from A's total to B's part by part, then whom it concerns most. */
export function monthsText(
  { a, b, total, agencies, anchors }: TwoPeriods,
  months: Pick<Months, 'parts' | 'measures'>,
  paint: Paint,
  language: Language = 'en',
): string {
  const tell = tellIn(language);
  const words = { ...months, language, tell };
  const counted = (has: boolean): number => anchors.filter(({ in_a, in_b }) => (has ? !in_a : !in_b)).length;
  const periods = { from: a.period.from, to: a.period.to, from2: b.period.from, to2: b.period.to };
  const lines = [
    paint('bold', tell('{from} to {to} and {from2} to {to2}: what changes from A to B', periods)),
    `A  ${shown(a, words)}`,
    `B  ${shown(b, words)}`,
    '',
    totalTable(total, words, { new: counted(true), gone: counted(false) }, paint),
  ];
  const changed = anchors.filter(({ delta }) => delta !== '0.00');
  lines.push('', paint('bold', tell('Agencies, the largest changes first')));
  lines.push(agenciesTable(agencies.slice(0, MOST), words), ...more(agencies.length, words), '');
  if (changed.length === 0) lines.push(tell("No anchor's total differs."));
  else {
    lines.push(paint('bold', tell('Anchors, the largest changes first')));
    lines.push(anchorsTable(changed.slice(0, MOST), words), ...more(changed.length, words));
  }
  return `${lines.join('\n')}\n`;
}

function more(count: number, { tell }: Words): string[] {
  if (count <= MOST) return [];
  return [tell('and {more} more; to see all, add --csv FILE or --json', { more: readable(String(count - MOST)) })];
}

function shown({ run_id, policy, as_of, period }: PeriodRun, { tell }: Words): string {
  const run = tell('{policy}, run {run_id}', { policy: printableLine(policy), run_id: printableLine(run_id) });
  return as_of === period.to ? run : `${run}${tell(', as of {as_of}', { as_of })}`;
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
  const { tell } = words;
  const rows = words.parts.flatMap(({ name, words: both }) => {
    const label = inWords(both, words);
    const amount = parts[name] ?? '0.00';
    const count = counts[name] ?? 0;
    const anchors = count === 1 ? '{n} anchor' : '{n} anchors';
    const remark = count === 0 ? '' : tell(anchors, { n: readable(String(count)) });
    return amount === '0.00' && count === 0 ? [] : [[`  ${label}`, signed(amount), remark]];
  });
  const measured = words.measures.map(({ name, words: both }) => {
    const label = inWords(both, words);
    const { a: before = '', b: after = '' } = measures[name] ?? {};
    return [label, readable(after), `A: ${readable(before)}`];
  });
  return plainTable(
    [
      ...measured,
      [tell('Total, A'), readable(a), tell('CNY')],
      ...rows,
      [paint('bold', tell('Total, B')), paint('bold', readable(b)), signed(delta)],
    ],
    [1],
  );
}

function partsText({ parts }: MonthChange, words: Words): string {
  const said = words.parts.flatMap(({ name, words: both }) => {
    const amount = parts[name] ?? '0.00';
    const called = words.language === 'en' ? name : inWords(both, words);
    return amount === '0.00' ? [] : [`${called} ${signed(amount)}`];
  });
  return said.join(words.language === 'en' ? ', ' : '、');
}

function agenciesTable(agencies: readonly AgencyChange[], words: Words): string {
  const rows = agencies.map((agency) => [
    agency.agency_id === null ? words.tell('independent') : printableLine(`${agency.agency_id} ${agency.name}`.trim()),
    readable(agency.a),
    readable(agency.b),
    signed(agency.delta),
    partsText(agency, words),
  ]);
  return plainTable([headsOf(words, 'agency'), ...rows], [1, 2, 3]);
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
  return plainTable([headsOf(words, 'anchor', 'agency'), ...rows], [2, 3, 4]);
}

function headsOf({ tell }: Words, ...about: readonly ('anchor' | 'agency')[]): string[] {
  return [...about.map((one) => tell(one)), 'A', 'B', tell('change'), tell('parts')];
}

function inWords([english, chinese]: readonly [string, string], { language }: Words): string {
  return language === 'en' ? english : chinese;
}
