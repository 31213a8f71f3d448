import { SettleError } from '../../src/core/errors.js';
import { readPolicy } from '../../src/policy/load-policy.js';
import type { IncentivePolicy } from '../../src/programmes/content-incentive/policy/to-policy.js';
import type { Fault } from '../../src/yaml/faults.js';

/** A sound policy, a key or two a line, so that a test can name the line of each fault. */
export const SAMPLE = `id: content-live-2023-11
timezone: Asia/Shanghai
currency: CNY
period: { from: 2023-11-01, to: 2023-11-30 }
scope:
  account_kinds: [content]
  first_live_on_or_after: 2023-02-01
valid_session:
  min_minutes: 30
  invalidating_penalties: [recorded, idle]
  replay_retention_months: 1
valid_day:
  min_minutes: 31
scarcity:
  renewed_every_days: 10
watch_time:
  rates:
    - { level: 2, unit_price: "0.010000" }
    - { level: 3, unit_price: "0.020000" }
  daily_caps:
    - { max_level: 2, cap: "160.00" }
    - { max_level: 3, cap: "3200.00" }
newcomer_bonus:
  window_days: 30
  scarcity_index: { op: "=", value: "1" }
  tiers:
    - { valid_days: 10, valid_minutes: 1200, amount: "500.00" }
    - { valid_days: 20, valid_minutes: 2400, amount: "1500.00" }
attendance_bonus:
  scarcity_index: { op: ">=", value: "1.5" }
  low_level_share: { max_level: 2, min_minutes: 30, op: ">", share: "0.20" }
  tiers:
    - { valid_days: 21, valid_minutes: 2400, amount: "1000.00" }
disqualification:
  compliance_codes: [red]
  penalties:
    - { id: vulgar-3, kinds: [vulgar], at_least: 3, within: period, forfeits: all }
    - { id: fake-30d, kinds: [fake_trade], at_least: 1, within_days: 30, forfeits: [watch_time] }
    - { id: cluster, kinds: [agency_clustering], of: agency, at_least: 1, within: period, forfeits: all }
`;

/** The sample with texts replaced; an edit that changes nothing would test nothing. */
export function edited(...edits: [from: string, to: string][]): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the sample has no ${from}`);
    return text.replace(from, () => to);
  }, SAMPLE);
}

export function read(text: string | Uint8Array): IncentivePolicy {
  return readPolicy(typeof text === 'string' ? Buffer.from(text) : text, 'policy.yaml').policy as IncentivePolicy;
}

/** The error that a text must give. */
export function refused(text: string | Uint8Array): SettleError & { faults: Fault[] } {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof SettleError) || error.code !== 'policy') throw error;
    return Object.assign(error, { faults: error.details.faults as Fault[] });
  }
  throw new Error('the policy was taken for sound');
}

/** The text of a policy, asking who is ineligible (P6): all causes make sessions invalid, and an expulsion takes bonuses. */
export function withIneligible(text: string, forfeits = '[attendance_bonus, newcomer_bonus]'): string {
  return text
    .replace(
      '  replay_retention_months: 1\n',
      (line) => `${line}  ineligible: [frozen, unadmitted_digital_host, expelled]\n`,
    )
    .replace('disqualification:\n', (line) => `${line}  expelled: { clause: P6, forfeits: ${forfeits} }\n`);
}
