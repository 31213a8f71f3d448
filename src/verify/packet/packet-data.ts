/** What a packet holds, as docs/packet.md says it: the one JSON text that stands in its page. */

export const PACKET_FORMAT = 'settle-packet-1';
/** The `id` of the script element whose text it is. */
export const PACKET_ELEMENT = 'settle-packet';

/** An agency, or an anchor that has none. */
export interface PacketUnit {
  kind: 'agency' | 'anchor';
  id: string;
}

/** Records of one file of the run folder, in its order: each its bytes there, without the line feed at its end. */
export interface PacketFileRows {
  file: string;
  records: string[];
}

/** Rows of one anchor; those of the unit that are no anchor's stand under a blank id, which comes first. */
export interface PacketGroup {
  anchor: string;
  /** The root of its rows in hex; null in a packet without a seal. */
  root: string | null;
  files: PacketFileRows[];
}

/** What the close says that the packet stands on. `root` is null in a close of a build that knew of no packets. */
export interface PacketClose {
  close_no: number;
  revision: number;
  /** Beijing. */
  closed_at: string;
  closed_by: string;
  root: string | null;
  /** Of packets.txt, armored; only of a close that is signed. */
  signature?: string;
}

/** What everybody's packet holds: facts of the run, headers, files that concern all units, the policy. */
export interface PacketShared {
  key: string | null;
  proof: string | null;
  root: string | null;
  files: PacketFileRows[];
}

/** CNY of the whole unit. */
export interface PacketCover {
  total: string;
  closed_before: string;
  due: string;
}

export interface PacketData {
  format: typeof PACKET_FORMAT;
  /** That wrote the packet. */
  program: { name: string; version: string };
  unit: PacketUnit;
  cover: PacketCover;
  /** null: nobody has closed the run, and the packet is provisional. */
  close: PacketClose | null;
  /** In hex, of the unit; null in a packet without a seal, as are the proofs: a path to the root, in the form of C2SP's tlog-proof. */
  key: string | null;
  proof: string | null;
  shared: PacketShared;
  groups: PacketGroup[];
}

/** The shared file of facts about the run: records of a name and a value. */
export const RUN_FACTS = 'run';
export const POLICY_TEXT = 'policy.yaml';
