import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundClose } from '../close/close-file.js';
import type { OutputEntry } from '../emit/manifest.js';
import { emitMacros, writeTable } from '../emit/tables.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { PAYEES } from '../programmes/exports/kinds.js';
import { runAudits } from '../rules/audits.js';
import { runRules } from '../rules/rules.js';
import {
  BATCH,
  type BatchTotals,
  type FoundBatch,
  folderName,
  jsonText,
  type PaymentBatch,
  paidClose,
  sha256Of,
} from './batch.js';
import type { Files } from './kept.js';
import { addCarried, addLines, emptyPaymentTables } from './lines.js';

/** The steps and audits of sql/payments. */
export const PAYMENT_SQL = {
  sql: {
    settlement: ['payments/steps'],
    inWarehouse: ['payments/steps'],
    since: [],
    comparison: [],
    audits: ['payments/audits'],
    warnings: '',
  },
};

const TABLES = ['payments', 'withheld'] as const;

/** What a batch is made from. */
export interface Making {
  programme: string;
  /** That no batch holds, in their order. */
  closes: readonly FoundClose[];
  /** The programme's last batch. */
  last: FoundBatch | undefined;
  minimum: string;
  made_at: string;
  made_by: string;
  note: string;
  after_loss: PaymentBatch['after_loss'];
}

/** A batch as it is to be written: its files by name, batch.json among them. */
export interface MadeBatch {
  batch: PaymentBatch;
  files: Files;
}

/** Works out what is paid, and writes nothing. Throws where an audit finds that money would be lost or paid twice. */
export async function makeBatch(
  { warehouse, scratch }: { warehouse: Warehouse; scratch: string },
  making: Making,
): Promise<MadeBatch> {
  const { closes, last, minimum } = making;
  const batchNo = (last?.batch.batch_no ?? 0) + 1;
  const knows_payees = (await warehouse.count(PAYEES_STAND)) > 0;
  await emptyPaymentTables(warehouse, { batch_no: batchNo, minimum, knows_payees });
  for (const close of closes) await addLines(warehouse, close, scratch);
  if (last !== undefined)
    await addCarried(warehouse, last.dir, join(scratch, `carried-${making.programme}-${batchNo}.csv`));
  await settlePayments(warehouse);
  const files: Files = new Map();
  const entries: OutputEntry[] = [];
  await emitMacros(warehouse);
  for (const name of TABLES) {
    const path = join(scratch, `${name}.csv`);
    rmSync(path, { force: true });
    const rows = await writeTable(warehouse, `payments/emit/${name}.sql`, path);
    const content = readFileSync(path, 'utf8');
    rmSync(path); // it may hold accounts
    files.set(`${name}.csv`, content);
    entries.push({ file: `${name}.csv`, sha256: sha256Of(content), rows });
  }
  const batch = batchOf(making, batchNo, entries, await totalsOf(warehouse));
  return { batch, files: files.set(BATCH, jsonText(batch)) };
}

const PAYEES_STAND = `SELECT count(*) FROM export_file WHERE kind = '${PAYEES.name}' AND replaced_by_load IS NULL`;

/** Runs the steps over what `emptyPaymentTables` and its like have made, and every audit. */
export async function settlePayments(warehouse: Warehouse): Promise<void> {
  await runRules(warehouse, PAYMENT_SQL, () => undefined);
  const [failure] = await runAudits(warehouse, PAYMENT_SQL);
  if (failure !== undefined)
    throw new Error(`the audit ${failure.audit} found ${JSON.stringify(failure.rows[0])}: ${failure.why}`);
}

async function totalsOf(warehouse: Warehouse): Promise<BatchTotals> {
  const sums = ['due', 'paid_later', 'taken_back', 'carried_in', 'to_pay', 'carried_out'];
  const row = await warehouse.one(
    `SELECT count(*) AS payees, ${sums.map((name) => `coalesce(sum(${name}), CAST(0 AS DECIMAL(38, 2))) AS ${name}`).join(', ')} FROM payment`,
  );
  return { ...row, payees: Number(row.payees) } as unknown as BatchTotals;
}

function batchOf(making: Making, batchNo: number, files: OutputEntry[], totals: BatchTotals): PaymentBatch {
  const { programme, closes, last, minimum, made_at, made_by, note, after_loss } = making;
  return {
    ...{ batch_no: batchNo, programme, closes: closes.map(paidClose), minimum, files, totals },
    ...{ made_at, made_by, note },
    ...(after_loss && { after_loss }),
    previous: last === undefined ? null : { batch_no: last.batch.batch_no, sha256: last.sha256 },
  };
}

/** The files by their paths below the output folder. */
export function placed({ batch, files }: MadeBatch, root: string): Files {
  const folder = `${root}/${batch.programme}/${folderName(batch.batch_no)}`;
  return new Map([...files].map(([name, content]) => [`${folder}/${name}`, content]));
}
