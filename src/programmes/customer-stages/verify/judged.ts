import { dayNumber } from '../../../verify/calendar.js';

/** K1 to K7 over what is known of one customer. */

export const STAGES = ['customer', 'potential', 'reached', 'handshake', 'intent', 'order', 'repeat'] as const;
export type Stage = (typeof STAGES)[number];

export interface Known {
  /** filed, follower, binned, l1. */
  flags: Set<string>;
  /** Blank: never. */
  active: string;
  visits: { kind: string; at: string }[];
  contacts: { at: string; delivered: boolean; replied: string }[];
  orders: string[];
}

interface Terms {
  customers: { visit_kinds: string[]; visit_days: number };
  potential: { active_days: number; visit_kinds: string[]; visit_days: number };
  reached: { within_days: number };
  handshake: { days_after: number };
  intent: { visit_kinds: string[]; days_after: number };
  order: { days_after: number };
}

/** Dates between two times. */
const daysFrom = (from: string, to: string): number => dayNumber(to.slice(0, 10)) - dayNumber(from.slice(0, 10));

export function stagesOf({ flags, active, visits, contacts, orders }: Known, terms: Terms, asOf: string): Set<Stage> {
  const found = new Set<Stage>();
  if (flags.has('binned')) return found;
  const isPast = (at: string): boolean => at !== '' && daysFrom(at, asOf) >= 0;
  const isWithin = (at: string, days: number): boolean => isPast(at) && daysFrom(at, asOf) < days;
  const visited = ({ visit_kinds, visit_days }: Terms['customers']): boolean =>
    visits.some(({ kind, at }) => visit_kinds.includes(kind) && isWithin(at, visit_days));
  const listed = flags.has('filed') || flags.has('follower') || visited(terms.customers);
  if (listed) found.add('customer');
  const unconverted = !orders.some(isPast);
  if (unconverted && ((listed && isWithin(active, terms.potential.active_days)) || visited(terms.potential)))
    found.add('potential');
  const reached = contacts.filter(({ at, delivered }) => delivered && isWithin(at, terms.reached.within_days));
  if (reached.length > 0) found.add('reached');
  const isAfter = (at: string, days: number): boolean =>
    isPast(at) && reached.some((contact) => at >= contact.at && daysFrom(contact.at, at) <= days);
  const answered = reached.some(
    ({ at, replied }) => isPast(replied) && replied >= at && daysFrom(at, replied) <= terms.handshake.days_after,
  );
  if (answered) found.add('handshake');
  if (visits.some(({ kind, at }) => terms.intent.visit_kinds.includes(kind) && isAfter(at, terms.intent.days_after)))
    found.add('intent');
  const bought = orders.filter((at) => isAfter(at, terms.order.days_after));
  if (bought.length > 0) found.add('order');
  const first = orders.toSorted()[0] ?? '';
  if (bought.length > 1 || bought.some((at) => at > first)) found.add('repeat');
  return found;
}
