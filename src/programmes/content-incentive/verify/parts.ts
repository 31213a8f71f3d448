/**
 * The parts of an anchor's reward (C7, C10, C11), as the contract lists their columns, their lines and the clause of each.
 * This is the verification's own list: it knows of no other.
 */
export const PARTS = [
  { part: 'watch_time', clause: 'C8' },
  { part: 'attendance_bonus', clause: 'C11' },
  { part: 'newcomer_bonus', clause: 'C10' },
] as const;

export type Part = (typeof PARTS)[number]['part'];

/** In the order of the columns. */
export const PART_NAMES: readonly Part[] = PARTS.map(({ part }) => part);

/** Those of the month; watch time is earned day by day. */
export const BONUSES = PART_NAMES.filter((part): part is Exclude<Part, 'watch_time'> => part !== 'watch_time');
export type Bonus = (typeof BONUSES)[number];

/** Something for each part. */
export function eachPart<T>(of: (part: Part) => T): Record<Part, T> {
  return Object.fromEntries(PART_NAMES.map((part) => [part, of(part)])) as Record<Part, T>;
}
