import type { KeptDispute } from '../disputes/kept-disputes.js';
import type { Manifest } from '../emit/manifest.js';
import type { Packets } from '../programmes/interface/packets.js';
import { shareDisputes } from './rows/dispute-rows.js';
import { RowReader } from './rows/row-reader.js';
import { shareRows, type UnitShares } from './rows/share-out.js';
import { sharedRows } from './rows/shared-rows.js';
import { type RunTree, runTree, type SharedRows } from './tree/run-tree.js';

/** A run folder, taken apart by whom its rows belong to. */
export interface RunShares {
  manifest: Manifest;
  shares: UnitShares;
  shared: SharedRows;
  reader: RowReader;
}

/** Whoever takes a run apart closes its reader. `disputes`: what its packets show of them; undefined: they know of none. */
export function runShares(
  dir: string,
  { manifest, rules, disputes }: { manifest: Manifest; rules: string; disputes?: readonly KeptDispute[] | undefined },
  packets: Packets,
): RunShares {
  const shares = shareRows(dir, packets.files());
  if (disputes !== undefined) shareDisputes(shares, disputes);
  const shared = sharedRows(dir, { manifest, rules }, shares, packets.shared);
  return { manifest, shares, shared, reader: new RowReader(dir, shares.files) };
}

export async function treeOf(
  { manifest, shares, shared, reader }: RunShares,
  secret: Buffer,
  breathe: (done: number, total: number) => Promise<void>,
): Promise<RunTree> {
  return runTree(shares, shared, { secret, runId: manifest.run_id, reader }, breathe);
}
