import { isDay, isId } from '../forms.js';
import { sha256Hex } from '../packet/hashes.js';
import type { PacketUnit } from '../packet/packet-data.js';

/** What an agency says against a figure of its packet: a small file that it sends to whoever pays. */
export interface Dispute {
  format: typeof DISPUTE_FORMAT;
  unit: PacketUnit;
  run_id: string;
  /** Of the packet; null where it has no seal. */
  root: string | null;
  anchor_id: string;
  /** One of the two. */
  session_id: string | null;
  date: string | null;
  claim: string;
  evidence: string;
  contact: string;
}

export const DISPUTE_FORMAT = 'settle-dispute-1';
export const LONGEST_CLAIM = 2000;
const LONGEST_CONTACT = 200;

/** As it is written; what says the same has the same text. */
export function disputeText(dispute: Dispute): string {
  const { format, unit, run_id, root, anchor_id, session_id, date, claim, evidence, contact } = dispute;
  const { kind, id } = unit;
  const all = { format, unit: { kind, id }, run_id, root, anchor_id, session_id, date, claim, evidence, contact };
  return `${JSON.stringify(all, null, 2)}\n`;
}

/** By what it says. */
export function disputeId(dispute: Dispute): string {
  return sha256Hex(disputeText(dispute)).slice(0, 16);
}

const isText =
  (least: number, most: number) =>
  (value: unknown): boolean =>
    typeof value === 'string' && value.trim().length >= least && value.length <= most && !/[^\P{C}\n]/u.test(value);

const CHECKS: Record<keyof Dispute, (value: unknown) => boolean> = {
  format: (value) => value === DISPUTE_FORMAT,
  unit: (value) => {
    const { kind, id, ...others } = Object(value) as Record<string, unknown>;
    return (kind === 'agency' || kind === 'anchor') && isIdText(id) && Object.keys(others).length === 0;
  },
  run_id: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}-[0-9a-f]{16}$/.test(value),
  root: (value) => value === null || (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)),
  anchor_id: isIdText,
  session_id: (value) => value === null || isIdText(value),
  date: (value) => value === null || (typeof value === 'string' && isDay(value)),
  claim: isText(1, LONGEST_CLAIM),
  evidence: isText(0, LONGEST_CLAIM),
  contact: isText(1, LONGEST_CONTACT),
};

function isIdText(value: unknown): boolean {
  return typeof value === 'string' && isId(value);
}

/** The first key that is missing, unknown or of another form; undefined: it is a dispute. */
export function wrongInDispute(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'format';
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(CHECKS, key));
  if (unknown !== undefined) return unknown;
  const keys = Object.keys(CHECKS) as (keyof Dispute)[];
  const wrong = keys.find((key) => !CHECKS[key](Reflect.get(value, key)));
  if (wrong !== undefined) return wrong;
  const { session_id, date } = value as Dispute;
  return (session_id === null) === (date === null) ? 'session_id' : undefined;
}
