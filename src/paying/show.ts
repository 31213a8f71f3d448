import { resolve } from 'node:path';
import Table from 'cli-table3';
import type { Context } from '../context/context.js';
import { readable } from '../core/money.js';
import { isThere } from '../disk/folders.js';
import { type FoundBatch, idOf, isReviewOf } from '../payments/batch.js';
import { wordOfPayments } from '../payments/kept.js';
import { type PaymentRow, paymentsIn } from '../payments/read.js';
import { refuseEditedBatch } from '../payments/trusted.js';
import type { HoldOptions } from '../settings/run-options.js';
import { languageOf } from '../text/language.js';
import { printableLine } from '../text/terminal.js';
import { holdReading, warehouseFile } from '../warehouse/hold.js';
import { allBatches, batchNamed } from './find.js';
import { PAYMENT_WORDS, type PaymentWords, remarkWords } from './words.js';

export interface ShowOptions extends HoldOptions {
  out: string;
  lang?: string | undefined;
}

type Answered = { answer: object; text: () => string };

const STYLE = { head: [], border: [], compact: true };

/** `settle payments list`: every batch, programme by programme. */
export async function listPayments(
  options: ShowOptions,
  context: Context,
  environment = process.env,
): Promise<Answered> {
  const words = PAYMENT_WORDS[context.language ?? languageOf(options.lang, environment)];
  const out = resolve(options.out);
  await tellOfPayments(options, out, context);
  const all = allBatches(out);
  return { answer: { out: options.out, batches: all.map(told) }, text: () => listText(all, words) };
}

/** `settle payments show BATCH`: what it pays to whom, and why not more. No account is shown. */
export async function showPayment(
  asked: string,
  options: ShowOptions,
  context: Context,
  environment = process.env,
): Promise<Answered> {
  const words = PAYMENT_WORDS[context.language ?? languageOf(options.lang, environment)];
  const out = resolve(options.out);
  await tellOfPayments(options, out, context);
  const found = batchNamed(out, asked);
  refuseEditedBatch(found);
  const payees = paymentsIn(found);
  return {
    answer: { ...told(found), payees: payees.map(withoutAccount) },
    text: () => showText(found, payees, words),
  };
}

/** Whoever reads is told where the warehouse has something else. */
async function tellOfPayments(options: ShowOptions, out: string, context: Context): Promise<void> {
  const file = warehouseFile(options.warehouse, options.out);
  if (!isThere(file)) return;
  const word = await holdReading(file, {}, options, context, ({ warehouse }) => wordOfPayments(warehouse, out));
  if (word !== undefined) context.note(word);
}

/** A batch as JSON. */
export function told(found: FoundBatch): object {
  const { batch, sha256, dir, review } = found;
  return {
    id: idOf(found),
    sha256,
    ...batch,
    review: isReviewOf(review, sha256, batch.made_by) ? review : null,
    batch_dir: dir,
  };
}

function withoutAccount({ account, ...row }: PaymentRow): object {
  return { ...row, has_account: account !== '' };
}

function listText(all: readonly FoundBatch[], words: PaymentWords): string {
  if (all.length === 0) return `${words.none}\n`;
  const { batch, period, payees, to_pay, carried_out, made, reviewed } = words.list;
  const table = new Table({
    head: [batch, period, payees, to_pay, carried_out, made, reviewed],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'left', 'left'],
    style: STYLE,
  });
  for (const found of all) {
    const { totals, made_at, made_by } = found.batch;
    table.push([
      printableLine(idOf(found)),
      closesText(found, words),
      readable(String(totals.payees)),
      readable(totals.to_pay),
      readable(totals.carried_out),
      printableLine(words.by(made_at, made_by)),
      reviewText(found, words),
    ]);
  }
  return `${table.toString()}\n`;
}

/** Each period once, a line each; several revisions of one may be in it. */
function closesText({ batch }: FoundBatch, { days }: PaymentWords): string {
  const periods = new Set(batch.closes.map(({ period }) => days(period)));
  return periods.size === 0 ? '-' : [...periods].map(printableLine).join('\n');
}

function reviewText({ review, sha256, batch }: FoundBatch, { by, notYet }: PaymentWords): string {
  if (review === undefined || !isReviewOf(review, sha256, batch.made_by)) return notYet;
  return printableLine(by(review.reviewed_at, review.reviewed_by));
}

function showText(found: FoundBatch, payees: readonly PaymentRow[], words: PaymentWords): string {
  const { heads } = words;
  const { batch, review, sha256 } = found;
  const table = new Table({
    head: [
      ...[heads.payee, heads.type, heads.name, heads.due, heads.paid_later, heads.taken_back, heads.carried_in],
      ...[heads.to_pay, heads.carried_out, heads.has_account, heads.remark],
    ],
    colAligns: ['left', 'left', 'left', ...Array.from({ length: 6 }, () => 'right' as const), 'left', 'left'],
    style: STYLE,
  });
  for (const row of payees) table.push(lineOf(row, words));
  const { due, paid_later, taken_back, carried_in, to_pay, carried_out } = batch.totals;
  const totals = [due, paid_later, taken_back, carried_in, to_pay, carried_out].map(readable);
  table.push([words.total, '', '', ...totals, '', '']);
  const closes = batch.closes.map(({ close_no, revision, period, run_id }) =>
    words.close(close_no, revision, period, run_id),
  );
  const isReviewed = review !== undefined && isReviewOf(review, sha256, batch.made_by);
  return [
    words.made(idOf(found), batch.made_by, batch.made_at),
    ...(closes.length === 0 ? [words.noCloses] : closes),
    words.minimum(readable(batch.minimum)),
    ...(batch.note === '' ? [] : [batch.note]),
    ...(batch.after_loss === undefined
      ? []
      : [words.afterLoss(batch.after_loss.closes.join(', '), batch.after_loss.reason)]),
    isReviewed ? words.reviewed(review.reviewed_by, review.reviewed_at) : words.unreviewed(idOf(found)),
  ]
    .map(printableLine)
    .concat('', table.toString(), words.withheld, '')
    .join('\n');
}

function lineOf(row: PaymentRow, words: PaymentWords): string[] {
  const { due, paid_later, taken_back, carried_in, to_pay, carried_out } = row;
  return [
    printableLine(row.payee_id),
    words.types[row.payee_type],
    printableLine(row.name),
    ...[due, paid_later, taken_back, carried_in, to_pay, carried_out].map(readable),
    row.account === '' ? words.no : words.yes,
    remarkWords(row.remark, words),
  ];
}
