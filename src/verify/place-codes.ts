/** What every line of notices has, and the codes of those that stand beside the runs (contract, "Notices"). */

export const SEVERITIES = ['attention', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Notices of the place depend on the day and the folder, and stand beside the runs. */
const OF_THE_PLACE = new Set([
  ...['file_ignored', 'overdue_export', 'policy_missing', 'policy_changed', 'agency_changed', 'day_without_policy'],
  ...['feed_stale', 'ineligible_ignored'],
]);

export function isOfThePlace(code: string): boolean {
  return OF_THE_PLACE.has(code);
}
