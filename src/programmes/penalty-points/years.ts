import { addDays, type BeijingDate } from '../../core/beijing.js';

/** P1: the years in which points add up, from one clearing to the day before the next, as far as a period touches them. */
export function yearsOf(
  { from, to }: { from: BeijingDate; to: BeijingDate },
  { month, day }: { month: number; day: number },
): { year_from: BeijingDate; year_to: BeijingDate }[] {
  const clearing = (year: number): BeijingDate =>
    `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const first = Number(from.slice(0, 4)) - 1;
  const last = Number(to.slice(0, 4));
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
    .map((year) => ({ year_from: clearing(year), year_to: addDays(clearing(year + 1), -1) }))
    .filter(({ year_from, year_to }) => year_to >= from && year_from <= to);
}
