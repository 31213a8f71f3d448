import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FoundClose } from '../close/close-file.js';
import { SettleError } from '../core/errors.js';
import { decimal, fixed } from '../core/money.js';
import { type Manifest, manifestIn, sha256 } from '../emit/manifest.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { fileOf } from '../engine/run-table.js';
import { temporaryTable } from '../engine/table.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';

const LINE = {
  ...{ payee_type: 'VARCHAR', payee_id: 'VARCHAR', close_no: 'INTEGER', revision: 'INTEGER', anchor_id: 'VARCHAR' },
  ...{ settlement_date: 'DATE', part: 'VARCHAR', amount: 'DECIMAL(38, 2)' },
};
const CARRIED = {
  ...{ payee_type: 'VARCHAR', payee_id: 'VARCHAR', close_no: 'INTEGER', anchor_id: 'VARCHAR' },
  ...{ settlement_date: 'DATE', part: 'VARCHAR', amount: 'DECIMAL(38, 2)', withheld_in: 'INTEGER' },
};
const TERMS = { batch_no: 'INTEGER', minimum: 'DECIMAL(38, 2)', knows_payees: 'BOOLEAN' };

/** What a batch goes by. */
export interface Terms {
  batch_no: number;
  minimum: string;
  /** Whether some export says where money is sent: only then an account is missed. */
  knows_payees: boolean;
}

/** Makes the tables that the steps of sql/payments read, with nothing in them but the terms. */
export async function emptyPaymentTables(
  warehouse: Warehouse,
  { batch_no, minimum, knows_payees }: Terms,
): Promise<void> {
  await warehouse.run(temporaryTable('payment_line', { columns: LINE, rows: [] }));
  await warehouse.run(temporaryTable('carried_line', { columns: CARRIED, rows: [] }));
  await warehouse.run(temporaryTable('payment_terms', { columns: TERMS, rows: [{ batch_no, minimum, knows_payees }] }));
}

/** Adds what a close pays: of a period's first close every anchor's total, of a later one its adjustments. */
export async function addLines(warehouse: Warehouse, found: FoundClose, scratch: string): Promise<void> {
  const { close_no, revision, run_id } = found.close;
  const dir = dirname(found.path);
  const manifest = soundManifest(found, dir);
  const file = revision === 1 ? 'settlement.csv' : 'adjustments.csv';
  refuseChanged(dir, file, manifest);
  const table = fileOf(dir, file, join(scratch, `pay-${close_no}-${run_id}.csv`));
  const what = revision === 1 ? "NULL, 'total', total" : "CAST(nullif(date, '') AS DATE), part, delta";
  await warehouse.run(`INSERT INTO payment_line (payee_type, payee_id, close_no, revision, anchor_id, settlement_date, part, amount)
    SELECT CASE WHEN coalesce(agency_id, '') = '' THEN 'anchor' ELSE 'agency' END,
      CASE WHEN coalesce(agency_id, '') = '' THEN anchor_id ELSE agency_id END, ${close_no}, ${revision}, anchor_id, ${what} FROM ${table}`);
  const { sum } = await warehouse.one(
    `SELECT coalesce(sum(amount), CAST(0 AS DECIMAL(38, 2))) AS sum FROM payment_line WHERE close_no = ${close_no}`,
  );
  const closed = revision === 1 ? String(manifest.totals.total) : (manifest.restates?.delta as string);
  if (fixed(decimal(sum as string), 2) !== fixed(decimal(closed), 2))
    throw changed(
      dir,
      say('the lines of {file} come to {sum} CNY, and {closed} was closed', { file, sum: sum as string, closed }),
    );
}

/** What the batch before carries over: the lines of its withheld.csv that nothing has released. */
export async function addCarried(warehouse: Warehouse, dir: string, copy: string): Promise<void> {
  await warehouse.run(`INSERT INTO carried_line (payee_type, payee_id, close_no, anchor_id, settlement_date, part, amount, withheld_in)
    SELECT payee_type, payee_id, CAST(close_no AS INTEGER), anchor_id, CAST(nullif(date, '') AS DATE), part,
      CAST(amount AS DECIMAL(38, 2)), CAST(withheld_in AS INTEGER)
    FROM ${fileOf(dir, 'withheld.csv', copy)} WHERE coalesce(released_in, '') = ''`);
}

/** The manifest of a closed run, as its close has sealed it. */
function soundManifest({ close }: FoundClose, dir: string): Manifest {
  const path = join(dir, 'manifest.json');
  const manifest = manifestIn(dir);
  if (manifest !== undefined && sha256(readFileSync(path)) === close.manifest_sha256) return manifest;
  throw changed(dir, say('its {file} is not the one that was closed', { file: 'manifest.json' }));
}

function refuseChanged(dir: string, file: string, { outputs }: Manifest): void {
  const entry = outputs.find((output) => output.file === file);
  if (entry !== undefined && hashIn(dir, file) === entry.sha256) return;
  throw changed(dir, say('its {file} is not the one that was closed', { file }));
}

function hashIn(dir: string, file: string): string | undefined {
  try {
    return sha256(readFileSync(join(dir, file)));
  } catch {
    return undefined;
  }
}

function changed(dir: string, what: Wording): SettleError {
  return new SettleError('differs', say("{dir} can't be paid from: {what}", { dir, what }), {
    file: dir,
    mend: say('Put the folder back from a backup. To see what was changed: settle verify {dir}', { dir }),
  });
}
