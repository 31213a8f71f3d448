import { type Difference, Differences } from '../differences.js';
import { checkGroups } from './check-groups.js';
import { checkSignature, type PacketSignature } from './check-signature.js';
import { checkTree } from './check-tree.js';
import { checkDisputes } from './dispute-rows.js';
import { readFacts } from './facts.js';
import { type PacketData, type PacketUnit, POLICY_TEXT } from './packet-data.js';
import type { Slice, SliceFound, VerifySlice } from './slice.js';
import { checkTrusted, type Trusted } from './trust.js';

export interface PacketReport extends SliceFound {
  unit: PacketUnit;
  run_id: string;
  /**
   * `trusted`: the root is the one that the reader gave; `signed`: it is signed by a key that the reader takes;
   * `consistent`: the rows hang on the packet's own; `none`: there is no seal.
   */
  seal: 'trusted' | 'signed' | 'consistent' | 'none';
  /** With which key the close is signed; null: with none. */
  signature: PacketSignature | null;
  /** The run isn't closed. */
  provisional: boolean;
  root: string | null;
  due: string;
  differences: Difference[];
  count: number;
}

/** A packet against itself, by the programme's second implementation, and against what its reader has by another way. */
export async function verifyPacket(
  data: PacketData,
  trusted: Trusted | undefined,
  verifySlice: VerifySlice,
  most = 10_000,
): Promise<PacketReport> {
  const differences = new Differences(most);
  const facts = readFacts(data, differences);
  checkGroups(data, differences);
  checkDisputes(data, differences);
  checkTree(data, facts.get('run_id') ?? '', differences);
  if (trusted !== undefined) checkTrusted(data, facts, trusted, differences);
  const signature = checkSignature(data, facts.get('run_id') ?? '', trusted, differences);
  const found = await verifySlice(sliceOf(data, facts), differences);
  const root = data.close?.root ?? null;
  return {
    unit: data.unit,
    run_id: facts.get('run_id') ?? '',
    seal: root === null ? 'none' : sealBy(trusted),
    signature,
    provisional: data.close === null,
    root,
    due: data.cover.due,
    ...found,
    differences: differences.list,
    count: differences.count,
  };
}

/** Where anything of it doesn't hold, that is a difference. */
function sealBy(trusted: Trusted | undefined): PacketReport['seal'] {
  if (trusted?.root !== undefined || trusted?.close !== undefined) return 'trusted';
  return trusted?.signers === undefined && trusted?.fingerprint === undefined ? 'consistent' : 'signed';
}

function sliceOf({ unit, shared, groups, cover }: PacketData, facts: ReadonlyMap<string, string>): Slice {
  return {
    unit,
    facts,
    groups,
    cover,
    policy: shared.files.find(({ file }) => file === POLICY_TEXT)?.records.join('\n') ?? '',
    shared: (file) => shared.files.find((each) => each.file === file)?.records,
  };
}
