import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import type { Close, FoundClose } from '../close/close-file.js';
import type { Context } from '../context/context.js';
import { SettleError } from '../core/errors.js';
import type { Manifest } from '../emit/manifest.js';
import { loadPolicy } from '../policy/load-policy.js';
import { programmeFor } from '../programmes/registry.js';
import { say } from '../words/say.js';
import { disputesShown } from './rows/dispute-rows.js';
import { runShares, treeOf } from './run-shares.js';
import { makeSecret, readSecret, SECRET, secretFile } from './tree/secret.js';

/** The root of a run that is about to be closed; undefined where its programme gives nobody a packet. */
export async function sealPackets(
  { out, runDir, manifest }: { out: string; runDir: string; manifest: Manifest },
  closes: readonly FoundClose[],
  { newPacketSecret }: { newPacketSecret?: boolean | undefined },
  context: Pick<Context, 'progress'>,
): Promise<Close['packets']> {
  const { policy } = await loadPolicy(join(runDir, 'policy.yaml'));
  const packets = await programmeFor(policy).packets?.();
  if (packets === undefined) return undefined;
  const secret = readSecret(out) ?? newSecret(out, closes, newPacketSecret === true);
  const disputes = disputesShown(out, manifest, undefined) ?? [];
  const made = runShares(runDir, { manifest, rules: policy.rules, disputes }, packets);
  try {
    const { size, root } = await treeOf(made, secret, async (done, total) => {
      context.progress('write', 'packets', done, total);
      if (done % BREATH === 0) await pause();
    });
    return {
      size,
      root: root.toString('hex'),
      disputes: disputes.map(({ id, answer }) => ({ id, answered: answer !== null })),
    };
  } finally {
    made.reader.close();
  }
}

/** Units between two breaths. */
const BREATH = 16;

/** The first close below an output folder makes the secret; where an earlier one had one, it is missed. */
function newSecret(out: string, closes: readonly FoundClose[], anew: boolean): Buffer {
  if (anew || !closes.some(({ close }) => close.packets !== undefined)) return makeSecret(out);
  const path = secretFile(out);
  throw new SettleError('differs', say('{path} is gone, by which the packets of earlier closes were made', { path }), {
    file: path,
    mend: say(
      'Put {SECRET} back from a backup. Where it is lost for good, packets of what is closed can no more be made, though those that were given out can be verified; then close with --new-packet-secret.',
      { SECRET },
    ),
  });
}
