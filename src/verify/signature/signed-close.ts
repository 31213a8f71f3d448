import { hexToBytes } from '@noble/hashes/utils.js';
import { toBase64 } from './wire.js';

/** What a signed close consists of: signatures beside close.json, of it and of what packets are held against. */

/** Of `ssh-keygen -Y`, so that a signature for another purpose is none of a close. */
export const SIGN_NAMESPACE = 'settle-close';
export const CLOSE_SIGNATURE = 'close.json.sig';
/** What packets are held against: it says of the close what their readers may know, and no more. */
export const PACKETS_TEXT = 'packets.txt';
export const PACKETS_SIGNATURE = 'packets.txt.sig';

/** Of a close with packets. */
interface SignedPackets {
  run_id: string;
  size: number;
  /** In hex. */
  root: string;
  close_no: number;
  revision: number;
  closed_at: string;
  closed_by: string;
}

/** packets.txt: the root of the run as a tlog-checkpoint of C2SP, and lines of the close behind it. */
export function packetsText(close: SignedPackets): string {
  const { run_id, size, root, close_no, revision, closed_at, closed_by } = close;
  const of = [`close_no ${close_no}`, `revision ${revision}`, `closed_at ${closed_at}`, `closed_by ${closed_by}`];
  return [`settle-packet/${run_id}`, size, toBase64(hexToBytes(root)), ...of, ''].join('\n');
}

/** The same of a close as its file has it; undefined of one that has no packets. */
export function packetsTextOf(close: unknown): string | undefined {
  const { packets, run_id, close_no, revision, closed_at, closed_by } = Object(close) as Record<string, unknown>;
  if (packets === undefined) return undefined;
  const { size, root } = Object(packets) as Record<string, unknown>;
  const isRoot = typeof root === 'string' && /^[0-9a-f]{64}$/.test(root);
  if (!isRoot) return undefined;
  return packetsText({ run_id, size, root, close_no, revision, closed_at, closed_by } as SignedPackets);
}
