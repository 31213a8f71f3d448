import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { FoundBatch } from './batch.js';

/** A line of payments.csv; amounts are CNY, as text. */
export interface PaymentRow {
  payee_type: 'agency' | 'anchor';
  payee_id: string;
  name: string;
  bank: string;
  /** For the bank's file alone: it is shown to nobody. */
  account: string;
  due: string;
  paid_later: string;
  taken_back: string;
  carried_in: string;
  to_pay: string;
  carried_out: string;
  /** Codes, with semicolons between. */
  remark: string;
}

/** The lines of a batch's payments.csv. */
export function paymentsIn({ dir }: FoundBatch): PaymentRow[] {
  return parse(readFileSync(join(dir, 'payments.csv'), 'utf8'), { columns: true }) as PaymentRow[];
}
