/**
 * Periods, closes and adjustments belong to a programme (contract, "What was decided is kept"): what a policy names, or
 * else its id less the month at its end, so that the policies of one programme's months belong together unasked.
 */
export function programmeOfId(policyId: string): string {
  return policyId.replace(/-\d{4}-\d{2}$/, '');
}

/** What a manifest or a close says of it; those of older builds say nothing. */
export interface OfProgramme {
  programme?: string;
  policy: { id: string };
}

/** The programme of a run or a close. */
export function programmeOf({ programme, policy }: OfProgramme): string {
  return programme ?? programmeOfId(policy.id);
}

/** A programme's days. */
export interface ProgrammePeriod extends OfProgramme {
  period: { from: string; to: string };
}

/** Whether two are of one programme and have the same days. */
export function isSamePeriod(a: ProgrammePeriod, b: ProgrammePeriod): boolean {
  return a.period.from === b.period.from && a.period.to === b.period.to && programmeOf(a) === programmeOf(b);
}

/** Whether two have a day in common, of whichever programmes. */
export function haveDaysInCommon(a: Pick<ProgrammePeriod, 'period'>, b: Pick<ProgrammePeriod, 'period'>): boolean {
  return a.period.from <= b.period.to && b.period.from <= a.period.to;
}

/** Things by their programme, in the order in which each programme comes first. */
export function byProgramme<T>(all: readonly T[], programme: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const name = programme(one);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return groups;
}
