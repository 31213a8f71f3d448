import { resolve } from 'node:path';
import type { Context } from '../context/context.js';
import { EXIT } from '../core/errors.js';
import { readable } from '../core/money.js';
import { batchNamed } from '../paying/find.js';
import { type MakeOptions, makePayments } from '../paying/make.js';
import { reviewBatch } from '../paying/review.js';
import { listPayments, showPayment, told } from '../paying/show.js';
import { PAYMENT_WORDS } from '../paying/words.js';
import { batchesOf, type FoundBatch, folderName, idOf, paidProgrammes, programmeDir } from '../payments/batch.js';
import { differencesIn, differenceTable } from '../report/differences.js';
import { countOf } from '../text/count.js';
import { languageOf } from '../text/language.js';
import { printableLine } from '../text/terminal.js';
import { type BatchReport, verifyBatch } from '../verify/payments/verify-batch.js';
import type { Language } from '../words/said.js';
import { tellIn } from '../words/say.js';

export { listPayments as list, reviewBatch as review, showPayment as show };

/** `settle payments`: what is closed and in no batch yet becomes a batch of each programme. */
export async function make(
  options: MakeOptions & { lang?: string | undefined },
  context: Context,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ answer: object; text: () => string }> {
  const words = PAYMENT_WORDS[context.language ?? languageOf(options.lang, environment)];
  const { made, out } = await makePayments(options, context);
  const found = made.map(({ made: { batch }, sha256 }): FoundBatch => {
    const dir = `${programmeDir(out, batch.programme)}/${folderName(batch.batch_no)}`;
    return { batch, sha256, dir, review: undefined };
  });
  const lines = found.flatMap((each) => {
    const { made_by, made_at, totals } = each.batch;
    const { to_pay, carried_out } = words.list;
    return [
      words.made(idOf(each), made_by, made_at),
      `  ${words.sums([to_pay, readable(totals.to_pay)], [carried_out, readable(totals.carried_out)])}`,
      `  ${each.dir}`,
      `  ${words.next(idOf(each))}`,
      `  ${words.unreviewed(idOf(each))}`,
    ];
  });
  return { answer: { batches: found.map(told) }, text: () => `${lines.map(printableLine).join('\n')}\n` };
}

/** `settle payments verify [BATCH]`: that batch, or every one; exit 6 where anything differs. */
export async function verifyPayments(
  asked: string | undefined,
  { out }: { out: string },
  { language }: Pick<Context, 'language'> = {},
): Promise<{ exit: number; answer: object; text: () => string }> {
  const root = resolve(out);
  const all =
    asked === undefined
      ? paidProgrammes(root).flatMap((programme) => batchesOf(root, programme))
      : [batchNamed(root, asked)];
  const reports = all.map(({ dir }) => verifyBatch(dir));
  const count = reports.reduce((sum, report) => sum + report.count, 0);
  return {
    exit: count > 0 ? EXIT.differs : EXIT.done,
    answer: { ...errorOf(count), out, batches: reports, count },
    text: () =>
      reports.length === 0
        ? `${tellIn(language)('There is no batch yet.')}\n`
        : reports.map((report) => reportText(report, language)).join(''),
  };
}

/** `settle verify` of a batch's folder. */
export function verifyFolder(
  dir: string,
  { language }: Pick<Context, 'language'> = {},
): { exit: number; answer: object; text: () => string } {
  const report = verifyBatch(dir);
  return {
    exit: report.count > 0 ? EXIT.differs : EXIT.done,
    answer: { ...errorOf(report.count), ...report, batch_dir: dir },
    text: () => reportText(report, language),
  };
}

function errorOf(count: number): object {
  return count > 0 ? { error: { code: 'differs', message: String(differencesIn(count)) } } : {};
}

function reportText({ batch, payees, differences, count }: BatchReport, language: Language = 'en'): string {
  const tell = tellIn(language);
  if (count > 0)
    return `${printableLine(tell('{path}: {what}', { path: batch, what: differencesIn(count) }))}\n${differenceTable(differences, language)}\n`;
  const checked = { batch, payees: countOf(payees, '{n} payee', '{n} payees') };
  return `${printableLine(tell('{batch}: sealed, in its chain, and every sum is right: {payees}', checked))}\n`;
}
