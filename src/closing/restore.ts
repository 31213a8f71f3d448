import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Disagreement, disagreements, refusalOf } from '../close/agreement.js';
import { CLOSE, type Close, closesBelow, removeStaged, writeClose } from '../close/close-file.js';
import { addRecords, readRecords, recordOf } from '../close/close-record.js';
import { removeMarks, wasBeingClosed } from '../close/closing-mark.js';
import { keepSignatures, writeSignatures } from '../close/signatures.js';
import type { Context } from '../context/context.js';
import { beijingTime } from '../core/beijing.js';
import { EXIT, SettleError } from '../core/errors.js';
import { keepDisputes, keptDisputes, lostDisputes, writeDisputes } from '../disputes/kept-disputes.js';
import { sha256 } from '../emit/manifest.js';
import { type Files, keepFiles, refuseUnlike, type Unlike, unlikeFiles } from '../payments/kept.js';
import { lossText } from '../payments/loss-text.js';
import { lossesFound } from '../payments/losses.js';
import { soundPayments } from '../payments/trusted.js';
import { writeAgain } from '../payments/write.js';
import { refuseMissing } from '../runs/known-at.js';
import type { HoldOptions } from '../settings/run-options.js';
import { printableLine } from '../text/terminal.js';
import { hold, warehouseFile } from '../warehouse/hold.js';
import { say, tellIn } from '../words/say.js';
import { signaturesLost } from './lost-signatures.js';

/** A close that stood in one of the two alone. */
interface Restored {
  close_no: number;
  policy_id: string;
  run_id: string;
  /** Where it stands now too. */
  into: 'folder' | 'warehouse';
}

/**
 * `settle close --restore`: writes every close that stands in the run folder or in the warehouse alone into the other.
 * What differs, and a close whose run folder is gone, is refused (exit 6) before anything is written. Killed, the same
 * command goes on. Closes that are new to the warehouse and that no batch holds may have been paid by one that is lost: they
 * are noted, and `settle payments` asks for a person's word.
 */
export async function restoreCloses(
  options: HoldOptions & { out: string },
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const out = resolve(options.out);
  const file = warehouseFile(options.warehouse, options.out);
  refuseNoWarehouse(file, out);
  return hold(file, [], { ...options, settles: true }, context, async ({ warehouse }) => {
    const found = await disagreements(warehouse, out);
    const records = await readRecords(warehouse);
    const refused = found.filter(({ lacks }) => lacks !== 'file' && lacks !== 'record');
    if (refused.length > 0) throw refusalOf(refused, { warehouse: file, out, count: records.length });
    const payments = await unlikeFiles(warehouse, out);
    refuseUnlike(payments.filter(({ lacks }) => lacks === 'nothing'));
    const files = found.filter(({ lacks }) => lacks === 'file');
    for (const each of files) refuseOtherRun(each);
    removeStaged(out);
    for (const { runDir, record } of files) writeClose(runDir, record?.content as string);
    const signatures = await signaturesLost(warehouse, out);
    const disputes = await lostDisputes(warehouse, out);
    const closes = closesBelow(out); // all of them, which must make a whole chain
    const held = new Set(records.map(({ sha256: hash }) => hash));
    const unknown = closes.filter(({ sha256: hash }) => !held.has(hash));
    const missing = unknown.map(recordOf);
    writeAgain(out, filesOf(payments, 'file'));
    writeDisputes(out, disputes.unwritten);
    keptDisputes(out); // each of which must be whole
    for (const { runDir, files: signing } of signatures.unwritten) writeSignatures(runDir, signing);
    soundPayments(out, closes);
    const older = unknown.filter((one) => !wasBeingClosed(one));
    const lost = lossesFound(out, older, beijingTime(context.clock()));
    writeAgain(out, lost.files);
    await warehouse.run('BEGIN TRANSACTION');
    await addRecords(warehouse, missing);
    await keepFiles(warehouse, new Map([...filesOf(payments, 'record'), ...lost.files]));
    for (const { path } of closes) await keepSignatures(warehouse, out, dirname(path));
    await keepDisputes(warehouse, out);
    await warehouse.run('COMMIT');
    await warehouse.checkpoint();
    removeMarks(out);
    const restored: Restored[] = [
      ...files.map(({ record }) => ({ ...named(record as never), into: 'folder' as const })),
      ...missing.map((record) => ({ ...named(record), into: 'warehouse' as const })),
    ].sort((a, b) => a.close_no - b.close_no);
    return {
      exit: EXIT.done,
      answer: {
        restored,
        closes: closes.length,
        payments: payments.map(fileRestored),
        signatures: signatures.lost.map(fileRestored),
        disputes: disputes.lost.map(fileRestored),
        losses: lost.losses,
      },
      text: () => {
        const tell = tellIn(context.language);
        return [
          textOf(restored, closes.length, [...payments, ...signatures.lost, ...disputes.lost], tell),
          ...lost.losses.map((loss) => `${lossText(loss, tell)}\n`),
        ].join('');
      },
    };
  });
}

function filesOf(payments: readonly Unlike[], lacks: Unlike['lacks']): Files {
  return new Map(payments.filter((each) => each.lacks === lacks).map(({ path, content }) => [path, content]));
}

function fileRestored({ path, lacks }: Pick<Unlike, 'path' | 'lacks'>): { path: string; into: Restored['into'] } {
  return { path, into: lacks === 'file' ? 'folder' : 'warehouse' };
}

/** Without a warehouse there is nothing to restore from or into. */
function refuseNoWarehouse(file: string, out: string): void {
  if (existsSync(file)) return;
  if (closeless(out)) refuseMissing(file);
  throw new SettleError('usage', say('there is no warehouse {file}', { file }), {
    file,
    mend: say(
      'Give the warehouse with --warehouse FILE. Where it was lost: settle rebuild --input DIR makes it again, with the closes of the folder.',
    ),
  });
}

function closeless(out: string): boolean {
  try {
    return closesBelow(out).length === 0;
  } catch {
    return false;
  }
}

/** A close is of the run whose manifest it holds by its hash. */
function refuseOtherRun({ runDir, record, said }: Disagreement): void {
  const { manifest_sha256 } = JSON.parse(record?.content as string) as Close;
  const path = join(runDir, 'manifest.json');
  if (existsSync(path) && sha256(readFileSync(path)) === manifest_sha256) return;
  throw new SettleError(
    'differs',
    say('{said}; and the run there is not the one that was closed: {path} is another', { said, path }),
    {
      file: path,
      mend: say('Put {runDir} back from a backup, with its {CLOSE}. A closed run folder is never changed.', {
        runDir,
        CLOSE,
      }),
    },
  );
}

function named({ close_no, policy_id, run_id }: Omit<Restored, 'into'>): Omit<Restored, 'into'> {
  return { close_no, policy_id, run_id };
}

function textOf(
  restored: readonly Restored[],
  closes: number,
  files: readonly Pick<Unlike, 'path' | 'lacks'>[],
  tell: ReturnType<typeof tellIn>,
): string {
  const lines = restored.map(({ close_no, policy_id, run_id, into }) => {
    const where =
      into === 'folder'
        ? say('written into the run folder, from the warehouse')
        : say('taken into the warehouse, from the run folder');
    const close = say('close {close_no} ({policy_id}, run {run_id})', { close_no, policy_id, run_id });
    return printableLine(tell('{close}: {where}', { close, where }));
  });
  for (const { path, lacks } of files) {
    const where =
      lacks === 'file'
        ? say('written into the output folder, from the warehouse')
        : say('taken into the warehouse, from the output folder');
    lines.push(printableLine(tell('{path}: {what}', { path, what: where })));
  }
  const head = lines.length === 0 ? [tell('Nothing was missing.')] : lines;
  const both = tell(
    closes === 1
      ? '{closes} close stands in the folder and in the warehouse.'
      : '{closes} closes stand in the folder and in the warehouse.',
    { closes },
  );
  return `${[...head, both].join('\n')}\n`;
}
