/** The programme of a policy, run or close: what it names, else the policy's id without the month at its end. */
export function programmeIn(named: unknown, policyId: unknown): string {
  if (typeof named === 'string') return named;
  const id = String(policyId);
  const month = id.slice(-8);
  return /^-[0-9]{4}-[0-9]{2}$/.test(month) ? id.slice(0, -8) : id;
}
