import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { FoundBatch, PayeeAmounts } from './batch.js';

/** A line of payments.csv. */
export interface PaymentRow extends PayeeAmounts {
  payee_type: 'agency' | 'anchor';
  payee_id: string;
  name: string;
  bank: string;
  /** For the bank's file alone: it is shown to nobody. */
  account: string;
  /** Codes, with semicolons between. */
  remark: string;
}

/** The lines of a batch's payments.csv. */
export function paymentsIn({ dir }: FoundBatch): PaymentRow[] {
  return parse(readFileSync(join(dir, 'payments.csv'), 'utf8'), { columns: true }) as PaymentRow[];
}
