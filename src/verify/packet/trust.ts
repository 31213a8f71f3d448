import type { Differences } from '../differences.js';
import type { Signers } from '../signature/allowed-signers.js';
import { PACKET_PLACE } from './check-tree.js';
import type { PacketData } from './packet-data.js';

/** What a reader has from elsewhere: the run's close, or its root alone; whose signatures they take, or one key's fingerprint. */
export interface Trusted {
  close?: string;
  root?: string;
  signers?: Signers;
  fingerprint?: string;
}

type Fields = Record<string, unknown>;

/** Holds the packet against a root or a close that its reader has by another way. */
export function checkTrusted(
  { close }: PacketData,
  facts: ReadonlyMap<string, string>,
  trusted: Trusted,
  differences: Differences,
): void {
  const same = (column: string, found: unknown, expected: unknown): void =>
    differences.compare(PACKET_PLACE, 'close', column, String(found ?? 'nothing'), String(expected ?? 'nothing'));
  if (trusted.root !== undefined) same('root', close?.root, trusted.root.toLowerCase());
  if (trusted.close === undefined) return;
  const given = fieldsOf(trusted.close);
  const [policy, period, packets] = ['policy', 'period', 'packets'].map((key) => Object(given[key]) as Fields) as [
    Fields,
    Fields,
    Fields,
  ];
  same('root', close?.root, packets.root);
  for (const key of ['close_no', 'revision', 'closed_at', 'closed_by'] as const) same(key, close?.[key], given[key]);
  same('run_id', facts.get('run_id'), given.run_id);
  same('policy_id', facts.get('policy_id'), policy.id);
  same('policy_sha256', facts.get('policy_sha256'), policy.sha256);
  same('period_from', facts.get('period_from'), period.from);
  same('period_to', facts.get('period_to'), period.to);
}

/** Whoever asks has looked whether it can be read. */
function fieldsOf(text: string): Fields {
  return Object(JSON.parse(text)) as Fields;
}
