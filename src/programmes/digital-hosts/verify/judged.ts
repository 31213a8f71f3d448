import { daysLater } from '../../../verify/calendar.js';
import { byteOrder } from '../../../verify/forms.js';
import type { Terms } from './terms.js';

/** D1 to D6 over plain rows, one session after the other. */

export interface Session {
  id: string;
  anchor: string;
  start: string;
  end: string;
  merchant: string;
  merchantKind: string;
  liveKind: string;
  supplier: string;
  things: Readonly<Record<string, string>>;
  humanDriven: boolean;
  humanLikeness: boolean;
  generated: boolean;
  filed: boolean;
}

export interface Admission {
  id: string;
  merchant: string;
  part: string;
  thing: string;
  /** Blank: not yet, or never. */
  approved: string;
  withdrawn: string;
}

export interface Listed {
  supplier: string;
  from: string;
  /** Blank: still. */
  to: string;
}

export interface Known {
  admissions: readonly Admission[];
  list: readonly Listed[];
  /** The accounts of a merchant. */
  accounts: ReadonlyMap<string, readonly string[]>;
}

export interface Verdict {
  session: Session;
  listed: boolean;
  /** Of each thing that is to be admitted: how it stood. */
  states: Readonly<Record<string, string>>;
  /** [clause, what lacks], in their order. */
  lacks: readonly (readonly [string, string])[];
  measures: readonly string[];
  /** Blank where nothing is frozen. */
  frozenTo: string;
}

export const THINGS = ['room', 'avatar', 'driver'] as const;
const dayOf = (time: string): string => time.slice(0, 10);

/** The day by whose rules a session is judged, and by which it belongs to a period. */
export function judgingDay({ start, end }: Session, terms: Terms): string {
  return dayOf(terms.dayOf === 'start' ? start : end);
}

export function judge(session: Session, known: Known, terms: Terms): Verdict {
  const day = judgingDay(session, terms);
  const listed = known.list.some(
    ({ supplier, from, to }) => supplier === session.supplier && from <= day && (to === '' || day <= to),
  );
  const states = Object.fromEntries(THINGS.map((part) => [part, stateOf(part, session, known.admissions, terms)]));
  const lacks = lacksOf(session, listed, states, (section, key) => terms.on(section, key, day));
  const asked = lacks.length === 0 ? [] : ((terms.on('otherwise', 'measures', day) ?? []) as string[]);
  const days = terms.on('otherwise', 'freeze_days', day) as number | undefined;
  const frozenTo = asked.includes('freeze_live') && days !== undefined ? lastSecond(session.start, days) : '';
  const measures = ['warning', 'stop', 'freeze_live'].filter((each) => asked.includes(each));
  return { session, listed, states, lacks, measures, frozenTo };
}

/** D5: what the merchant's admissions say of a thing, at best. */
function stateOf(part: string, session: Session, admissions: readonly Admission[], terms: Terms): string {
  const own = admissions.filter(
    ({ merchant, part: of, thing }) =>
      merchant === session.merchant && of === part && thing !== '' && thing === session.things[part],
  );
  const found = new Set(own.map((admission) => heldAt(admission, session, terms)));
  return ['admitted', 'withdrawn', 'late', 'pending'].find((state) => found.has(state)) ?? 'none';
}

function heldAt({ approved, withdrawn }: Admission, { start, end }: Session, terms: Terms): string {
  if (approved === '') return 'pending';
  const inTime = terms.approvedBy === 'by_start' ? approved <= start : approved < start;
  if (!inTime) return 'late';
  if (withdrawn === '') return 'admitted';
  const kept = withdrawn > start && (terms.withdrawnDuring === 'stands' || withdrawn >= end);
  return kept ? 'admitted' : 'withdrawn';
}

/** D1 to D5, clause by clause; a rule that isn't in force yet asks for nothing. */
function lacksOf(
  session: Session,
  listed: boolean,
  states: Verdict['states'],
  rule: (section: string, key: string) => unknown,
): [string, string][] {
  const allows = (section: string, kind: string): boolean =>
    ((rule(section, 'kinds') as string[] | undefined) ?? [kind]).includes(kind);
  const asks = (section: string, key: string): boolean => rule(section, key) === true;
  const parts = (rule('admission', 'parts') as string[] | undefined) ?? [];
  const all: [string, string, boolean][] = [
    ['D1', 'merchant_kind', !allows('merchant', session.merchantKind)],
    ['D2', 'supplier_listed', asks('supplier', 'listed') && !listed],
    ['D3', 'generation_filed', asks('host', 'generation_filed') && session.generated && !session.filed],
    ['D3', 'human_driven', asks('host', 'human_driven') && !session.humanDriven],
    ['D3', 'human_likeness', asks('host', 'human_likeness') && !session.humanLikeness],
    ['D4', 'live_kind', !allows('live', session.liveKind)],
    ...['avatar', 'driver', 'room'].map((part): [string, string, boolean] => [
      ...(['D5', part] as const),
      parts.includes(part) && states[part] !== 'admitted',
    ]),
  ];
  return all.filter(([, , lacking]) => lacking).map(([clause, what]) => [clause, what]);
}

/** D6: the last of so many days from a second on. */
function lastSecond(start: string, days: number): string {
  return secondAfter(`${daysLater(dayOf(start), days)}${start.slice(10)}`, -1);
}

/** A second later or earlier. */
function secondAfter(time: string, by: 1 | -1): string {
  const [hour = 0, minute = 0, second = 0] = time.slice(11).split(':').map(Number);
  const clock = hour * 3600 + minute * 60 + second + by;
  const two = (value: number): string => String(value).padStart(2, '0');
  const turned = clock < 0 ? clock + 86_400 : clock % 86_400;
  const day = clock === turned ? dayOf(time) : daysLater(dayOf(time), by);
  return `${day} ${two(Math.floor(turned / 3600))}:${two(Math.floor(turned / 60) % 60)}:${two(turned % 60)}`;
}

/** D6: whose live permission a session freezes: [session, anchor, merchant, from, to]. */
export function freezesOf(verdicts: readonly Verdict[], { accounts }: Known, terms: Terms): string[][] {
  return verdicts
    .filter(({ frozenTo }) => frozenTo !== '')
    .flatMap(({ session: { id, anchor, merchant, start }, frozenTo }) => {
      const others = terms.freezes === 'merchant' ? (accounts.get(merchant) ?? []) : [];
      return [...new Set([anchor, ...others])].map((each) => [id, each, merchant, start, frozenTo]);
    });
}

/** What programmes that pay are fed with: [anchor, from, to, cause, clause]. */
export function fedBy(verdicts: readonly Verdict[], freezes: readonly (readonly string[])[]): string[][] {
  const fed = new Map<string, string[]>();
  for (const { session, lacks } of verdicts.filter((each) => each.measures.includes('stop')))
    for (const [clause] of lacks)
      fed.set(`${session.anchor} ${session.start} ${clause}`, [
        ...[session.anchor, session.start, session.start],
        ...['unadmitted_digital_host', clause],
      ]);
  const streamedBy = new Map(verdicts.map(({ session }) => [session.id, session.anchor]));
  for (const [id = '', anchor = '', , start = '', to = ''] of freezes) {
    const from = streamedBy.get(id) === anchor ? secondAfter(start, 1) : start;
    const key = `${anchor} ${from} frozen`;
    const before = fed.get(key)?.[2] ?? '';
    if (byteOrder(before, to) < 0) fed.set(key, [anchor, from, to, 'frozen', 'D6']);
  }
  return [...fed.values()];
}
