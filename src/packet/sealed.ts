import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Close, FoundClose } from '../close/close-file.js';
import { signaturesIn } from '../close/signatures.js';
import { SettleError } from '../core/errors.js';
import { Differences } from '../verify/differences.js';
import type { PacketClose } from '../verify/packet/packet-data.js';
import { checkSigned } from '../verify/signature/check-signed.js';
import { runFiles } from '../verify/signature/run-signature.js';
import { PACKETS_SIGNATURE } from '../verify/signature/signed-close.js';
import { say } from '../words/say.js';
import type { RunTree } from './tree/run-tree.js';
import { readSecret, SECRET, secretFile } from './tree/secret.js';

/** What a packet says of the close; null where there is none. */
export function packetClose(found: FoundClose | undefined): PacketClose | null {
  if (found === undefined) return null;
  const { close_no, revision, closed_at, closed_by, packets } = found.close;
  const signature = packets && signatureBeside(found);
  const said = { close_no, revision, closed_at, closed_by, root: packets?.root ?? null };
  return signature === undefined ? said : { ...said, signature };
}

/** Of packets.txt; one that doesn't hold is nobody's to send. */
function signatureBeside({ path }: FoundClose): string | undefined {
  const dir = dirname(path);
  const armor = signaturesIn(dir).get(PACKETS_SIGNATURE);
  const differences = new Differences(1);
  const signed = checkSigned(runFiles(dir), readFileSync(path), differences);
  if (signed !== undefined && armor !== undefined) return armor;
  const [wrong] = differences.list;
  if (wrong === undefined && signaturesIn(dir).size === 0) return undefined;
  throw new SettleError('differs', say('the signature of {path} does not hold', { path }), {
    file: join(dir, wrong?.file ?? PACKETS_SIGNATURE),
    mend: say('See settle verify {dir}. Put it back from a backup, or from the warehouse: settle close --restore.', {
      dir,
    }),
  });
}

/** The secret by which a run's rows were hung on its root when it was closed. */
export function secretOf(out: string): Buffer {
  const secret = readSecret(out);
  if (secret !== undefined) return secret;
  const path = secretFile(out);
  throw new SettleError(
    'differs',
    say('{path} is gone: without it no packet can be made that fits the close', { path }),
    {
      file: path,
      mend: say(
        'Put {SECRET} back from a backup: settle backup copies it. Packets that were given out can still be verified.',
        { SECRET },
      ),
    },
  );
}

/** The rows must hang on the root that was closed. */
export function refuseOtherRoot(tree: RunTree, close: Close, out: string): void {
  const found = tree.root.toString('hex');
  if (found === close.packets?.root && tree.size === close.packets.size) return;
  const path = secretFile(out);
  throw new SettleError(
    'differs',
    say('the rows of run {run_id} hang on another root than was closed: {found}', { run_id: close.run_id, found }),
    {
      file: path,
      mend: say(
        'Either {path} is not the secret that the run was closed with: put that back from a backup. Or another release takes runs apart otherwise: make the packets with the one that closed it.',
        { path },
      ),
    },
  );
}
