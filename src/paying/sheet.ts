import type { BookSheet, Cell, SheetColumn } from '../book/sheet.js';
import { closeIn } from '../close/close-file.js';
import { type FoundBatch, idOf } from '../payments/batch.js';
import { type PaymentRow, paymentsIn } from '../payments/read.js';
import { refuseEditedBatch } from '../payments/trusted.js';
import type { Language } from '../words/said.js';
import { allBatches } from './find.js';
import { PAYMENT_WORDS, type PaymentWords, remarkWords } from './words.js';

const AMOUNTS = ['due', 'paid_later', 'taken_back', 'carried_in', 'carried_out', 'to_pay'] as const;

/** What the sheet of payments is asked for. */
export interface PaidAsked {
  /** Where run folders are. */
  out: string;
  runDir: string;
  language: Language;
  /** One agency's part; blank: anchors that have none. */
  agency: string | undefined;
  /** Of which run, as the other sheets say it. */
  title: string;
}

/** 付款: what the batch pays that holds the run's close; none where no batch does. No account stands there. */
export function paymentSheets({ out, runDir, language, agency, title }: PaidAsked): BookSheet[] {
  const [close] = closeIn(runDir);
  if (close === undefined) return [];
  const found = allBatches(out).find(({ batch }) => batch.closes.some(({ sha256 }) => sha256 === close.sha256));
  if (found === undefined) return [];
  refuseEditedBatch(found);
  const words = PAYMENT_WORDS[language];
  const payees = paymentsIn(found).filter((row) => isMeant(row, agency));
  return [
    {
      name: words.sheet,
      title: [titleOf(found, words), title],
      columns: columnsOf(words),
      rows: payees.map((row) => cellsOf(row, words)),
      total: words.total,
      filter: true,
    },
  ];
}

function isMeant({ payee_type, payee_id }: PaymentRow, agency: string | undefined): boolean {
  if (agency === undefined) return true;
  return agency === '' ? payee_type === 'anchor' : payee_type === 'agency' && payee_id === agency;
}

function titleOf(found: FoundBatch, words: PaymentWords): string {
  const { made_by, made_at } = found.batch;
  return `${words.sheet} · ${words.made(idOf(found), made_by, made_at)}`;
}

function columnsOf({ heads }: PaymentWords): SheetColumn[] {
  return [
    { head: heads.payee, kind: 'id' },
    { head: heads.name, kind: 'text' },
    { head: heads.type, kind: 'text' },
    ...AMOUNTS.map((name): SheetColumn => ({ head: heads[name], kind: 'money', total: true })),
    { head: heads.remark, kind: 'note' },
  ];
}

function cellsOf(row: PaymentRow, words: PaymentWords): Cell[] {
  return [
    row.payee_id,
    row.name,
    words.types[row.payee_type],
    ...AMOUNTS.map((name) => row[name]),
    remarkWords(row.remark, words),
  ];
}
