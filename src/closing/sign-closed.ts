import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { trustedCloses } from '../close/agreement.js';
import { CLOSE, type FoundClose } from '../close/close-file.js';
import { keepSignatures, writeSignatures } from '../close/signatures.js';
import type { Context } from '../context/context.js';
import { EXIT, SettleError } from '../core/errors.js';
import { refuseMissing } from '../runs/known-at.js';
import { oneRun } from '../runs/which-runs.js';
import type { HoldOptions } from '../settings/run-options.js';
import { Differences } from '../verify/differences.js';
import { checkSigned } from '../verify/signature/check-signed.js';
import { runFiles } from '../verify/signature/run-signature.js';
import { CLOSE_SIGNATURE } from '../verify/signature/signed-close.js';
import { hold, warehouseFile } from '../warehouse/hold.js';
import { say, tellIn } from '../words/say.js';
import { refuseNoKey, signClose } from './sign.js';

/** `settle close RUN --sign KEY`: signs what is closed already, and changes nothing of it. Exit 6 where it isn't closed, or is signed. */
export async function signClosed(
  run: string,
  { sign, ...options }: HoldOptions & { out: string; sign: string },
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const out = resolve(options.out);
  const { dir: runDir } = oneRun(out, run);
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  refuseNoKey(sign);
  return hold(file, [], { ...options, settles: true }, context, async ({ warehouse, scratch }) => {
    const closes = await trustedCloses(warehouse, out);
    const found = closes.find(({ path }) => path === join(runDir, CLOSE));
    if (found === undefined)
      throw new SettleError('differs', say('{dir} is not closed, so there is no close to sign', { dir: runDir }), {
        mend: say('To close and sign it: settle close {run} --by NAME --sign KEY', { run }),
      });
    refuseSigned(runDir, found);
    const { files, key } = await signClose(readFileSync(found.path, 'utf8'), sign, scratch, context);
    await warehouse.run('BEGIN TRANSACTION');
    writeSignatures(runDir, files);
    await keepSignatures(warehouse, out, runDir);
    await warehouse.run('COMMIT');
    await warehouse.checkpoint().catch(() => undefined); // what can't be written into the file now stands in its log
    const { close_no, run_id } = found.close;
    return {
      exit: EXIT.done,
      answer: { close_no, run_id, run_dir: runDir, signed_by: key },
      text: () =>
        `${tellIn(context.language)('close {close_no} (run {run}) is signed with {key}', { close_no, run: run_id, key })}\n`,
    };
  });
}

/** What a killed signing left is no signature, and is made anew. */
function refuseSigned(runDir: string, { path, close: { close_no } }: FoundClose): void {
  const found = checkSigned(runFiles(runDir), readFileSync(path), new Differences(0));
  if (found === undefined) return;
  const { fingerprint: key } = found;
  throw new SettleError('differs', say('close {close_no} is signed already, with {key}', { close_no, key }), {
    file: join(runDir, CLOSE_SIGNATURE),
    mend: say(
      'Once is enough: there is nothing to do. To sign it with another key, move the signature away first, and sign again.',
    ),
  });
}
