import type { RunTree } from './run-tree.js';

/** Where a run's root stands in the form of a transparency log's: each run is a log of its own, named by its id. */
export function checkpointOf({ size, root }: Pick<RunTree, 'size' | 'root'>, runId: string): string {
  return `settle-packet/${runId}\n${size}\n${root.toString('base64')}\n`;
}

/** A path to the root as a text, as C2SP's tlog-proof has it; nobody has signed the checkpoint in it. */
export function proofText(index: number, path: readonly Buffer[], checkpoint: string): string {
  const hashes = path.map((hash) => `${hash.toString('base64')}\n`).join('');
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes}\n${checkpoint}`;
}
