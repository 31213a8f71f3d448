import { resolve } from 'node:path';
import { trustedCloses } from '../close/agreement.js';
import { type FoundClose, PAYMENTS } from '../close/close-file.js';
import { removeMarks } from '../close/closing-mark.js';
import { refuseUnnamed } from '../closing/who.js';
import type { Context } from '../context/context.js';
import { beijingTime } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import { byProgramme, programmeOf } from '../core/programme.js';
import { type FoundBatch, sha256Of } from '../payments/batch.js';
import { type MadeBatch, makeBatch, placed } from '../payments/make.js';
import { trustedBatches } from '../payments/trusted.js';
import { writePayment } from '../payments/write.js';
import { refuseMissing } from '../runs/known-at.js';
import type { HoldOptions } from '../settings/run-options.js';
import { hold, type Opened, warehouseFile } from '../warehouse/hold.js';
import { refuseStrange } from '../warehouse/lost.js';
import { say } from '../words/say.js';
import { type LossWords, upTo, wordsAfterLoss } from './after-loss.js';
import { nothingToPay } from './nothing.js';
import { refuseUnreviewed } from './reviewed-closes.js';

export interface MakeOptions extends HoldOptions {
  out: string;
  by: string;
  programme?: string | undefined;
  note?: string | undefined;
  /** Why closes are paid that a lost batch may have held. */
  afterLoss?: string | undefined;
  /** The number of the last close that is paid. */
  upTo?: string | undefined;
  /** settle.yaml: closes are paid once another person has reviewed them. */
  fourEyes?: boolean | undefined;
  /** settle.yaml: what a payee must be due to be paid, CNY. */
  minimumPayout?: string | undefined;
}

/** A programme with the closes that no batch holds yet, and its last batch. */
interface Unpaid {
  programme: string;
  closes: FoundClose[];
  last: FoundBatch | undefined;
}

const NOTHING = '0.00';

/**
 * `settle payments`: of each programme (or the one that is named) a batch of the closes that no batch holds yet. Each
 * appears whole, in the folder and in the warehouse. Exit 6 where there is nothing to pay, and where it can't be told
 * what was closed or paid.
 */
export async function makePayments(
  options: MakeOptions,
  context: Context,
): Promise<{ made: { made: MadeBatch; sha256: string }[]; out: string }> {
  const out = resolve(options.out);
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  refuseUnnamed(options.by);
  return hold(file, [out], { ...options, settles: true }, context, async ({ warehouse, scratch }) => {
    await refuseStrange(warehouse, options.out, 'before');
    const closes = upTo(await trustedCloses(warehouse, out), options.upTo);
    removeMarks(out); // a mark that is left must not vouch for this warehouse once an older one is put in its place
    const unpaid = unpaidOf(closes, await trustedBatches(warehouse, out), options.programme);
    for (const each of unpaid) if (options.fourEyes === true) refuseUnreviewed(out, each.programme, each.closes);
    const words = wordsAfterLoss(out, unpaid, options.afterLoss);
    const made: { made: MadeBatch; sha256: string }[] = [];
    for (const each of unpaid) {
      const one = await makeOne({ warehouse, scratch }, each, words, options, context);
      if (one === undefined) continue;
      await writePayment(warehouse, out, placed(one, PAYMENTS));
      made.push({ made: one, sha256: sha256Of(one.files.get('batch.json') as string) });
    }
    if (made.length === 0) throw nothingToPay(unpaid, options.programme);
    return { made, out };
  });
}

/** Without a close that is new there is a batch only where something is paid that waited, as by a smaller minimum. */
async function makeOne(
  opened: Opened,
  { programme, closes, last }: Unpaid,
  words: LossWords,
  { by, note, minimumPayout }: MakeOptions,
  context: Context,
): Promise<MadeBatch | undefined> {
  if (closes.length === 0 && last === undefined) return undefined;
  context.progress('write', `payments of ${programme}`, 0, 0);
  const made = await makeBatch(opened, {
    ...{ programme, closes, last, minimum: minimumPayout ?? NOTHING, made_at: beijingTime(context.clock()) },
    ...{ made_by: by, note: note ?? '', after_loss: words.get(programme) },
  });
  return closes.length === 0 && made.batch.totals.to_pay === NOTHING ? undefined : made;
}

function unpaidOf(
  closes: readonly FoundClose[],
  batches: ReadonlyMap<string, FoundBatch[]>,
  only: string | undefined,
): Unpaid[] {
  const all = byProgramme(closes, ({ close }) => programmeOf(close));
  if (only !== undefined && !all.has(only)) {
    const known = [...all.keys()].join(', ');
    throw new SettleError('usage', say('no period of the programme {only} is closed', { only }), {
      mend:
        known === ''
          ? say('Close a period first: settle close RUN')
          : say('Programmes with closed periods: {known}.', { known }),
    });
  }
  return [...all]
    .filter(([programme]) => only === undefined || programme === only)
    .map(([programme, own]) => {
      const before = batches.get(programme) ?? [];
      const paid = new Set(before.flatMap(({ batch }) => batch.closes.map(({ sha256 }) => sha256)));
      return { programme, closes: own.filter(({ sha256 }) => !paid.has(sha256)), last: before.at(-1) };
    });
}
