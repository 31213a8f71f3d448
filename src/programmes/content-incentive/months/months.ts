import { decimal, difference } from '../../../core/money.js';
import type { AgencyChange, AnchorChange, MonthChange, Months } from '../../interface/months.js';
import { type AnchorMonth, readMonth } from './month.js';
import { ChangeSum, DWELL, PARTS_OF_CHANGE, type PartAmounts, partsOf } from './parts.js';
import { agencyNames } from './rows.js';

/** An agency's part of the two months. */
interface Agency {
  sum: ChangeSum;
  anchors: { a: number; b: number };
}

/** Month over month: anchors with a row in either run, their agencies, and all of them. */
export const MONTHS: Months = {
  parts: PARTS_OF_CHANGE,
  measures: [DWELL],
  compare: async (runA, runB) => {
    const [before, after] = [await readMonth(runA.dir), await readMonth(runB.dir)];
    const names = new Map([...(await agencyNames(runA.dir)), ...(await agencyNames(runB.dir))]);
    const total = new ChangeSum();
    const agencies = new Map<string, Agency>();
    const anchors: AnchorChange[] = [];
    for (const id of new Set([...before.keys(), ...after.keys()])) {
      const [a, b] = [before.get(id), after.get(id)];
      const parts = partsOf(a, b);
      total.add(a, b, parts);
      addToAgencies(agencies, a, b, parts);
      anchors.push(anchorChange(id, a, b, parts));
    }
    return {
      total: total.change(),
      agencies: largestFirst([...agencies].map(([id, agency]) => agencyChange(id, agency, names))),
      anchors: largestFirst(anchors),
    };
  },
};

/** Of an anchor that went from one agency to another, all that it had is gone there, and all that it has came here. */
function addToAgencies(
  agencies: Map<string, Agency>,
  a: AnchorMonth | undefined,
  b: AnchorMonth | undefined,
  parts: PartAmounts,
): void {
  const moved = a !== undefined && b !== undefined && a.agency !== b.agency;
  if (!moved) {
    addTo(agencies, (b ?? a)?.agency ?? '', a, b, parts);
    return;
  }
  addTo(agencies, a.agency, a, undefined, new Map([['moved', a.total.negated()]]));
  addTo(agencies, b.agency, undefined, b, new Map([['moved', b.total]]));
}

function addTo(
  agencies: Map<string, Agency>,
  id: string,
  a: AnchorMonth | undefined,
  b: AnchorMonth | undefined,
  parts: PartAmounts,
): void {
  const agency = agencies.get(id) ?? { sum: new ChangeSum(), anchors: { a: 0, b: 0 } };
  agencies.set(id, agency);
  agency.sum.add(a, b, parts);
  if (a !== undefined) agency.anchors.a++;
  if (b !== undefined) agency.anchors.b++;
}

function anchorChange(
  id: string,
  a: AnchorMonth | undefined,
  b: AnchorMonth | undefined,
  parts: PartAmounts,
): AnchorChange {
  const sum = new ChangeSum();
  sum.add(a, b, parts);
  return {
    anchor_id: id,
    nickname: (b ?? a)?.nickname ?? '',
    agency_a: a?.agency || null,
    agency_b: b?.agency || null,
    in_a: a !== undefined,
    in_b: b !== undefined,
    ...sum.change(),
  };
}

function agencyChange(id: string, { sum, anchors }: Agency, names: ReadonlyMap<string, string>): AgencyChange {
  return { agency_id: id || null, name: names.get(id) ?? '', anchors, ...sum.change() };
}

function largestFirst<T extends MonthChange & { anchor_id?: string; agency_id?: string | null }>(all: T[]): T[] {
  const size = ({ delta }: T) => decimal(delta).abs();
  const id = ({ anchor_id, agency_id }: T): string => anchor_id ?? agency_id ?? '';
  const keyed = all.map((one) => ({ one, size: size(one), id: id(one) }));
  keyed.sort((x, y) => y.size.comparedTo(x.size) || (x.id < y.id ? -1 : 1));
  return keyed.map(({ one }) => one);
}

/** What an agency sees of an anchor's change: blank for the anchors that have none. Undefined: nothing of it is the agency's. */
export function seenBy(agency: string, change: AnchorChange): AnchorChange | undefined {
  const { in_a, in_b, agency_a, agency_b } = change;
  const [wasOurs, isOurs] = [in_a && (agency_a ?? '') === agency, in_b && (agency_b ?? '') === agency];
  if (!wasOurs && !isOurs) return undefined;
  if ((wasOurs || !in_a) && (isOurs || !in_b)) return change;
  const nothing = Object.fromEntries(PARTS_OF_CHANGE.map(({ name }) => [name, '0.00']));
  const { dwell } = change.measures as { dwell: { a: string; b: string } };
  const [a, b] = [wasOurs ? change.a : '0.00', isOurs ? change.b : '0.00'];
  const delta = difference(b, a);
  return {
    ...change,
    ...{ in_a: wasOurs, in_b: isOurs, agency_a: wasOurs ? agency_a : null, agency_b: isOurs ? agency_b : null },
    ...{ a, b, delta, parts: { ...nothing, moved: delta } },
    measures: { dwell: { a: wasOurs ? dwell.a : '0.00', b: isOurs ? dwell.b : '0.00' } },
  };
}
