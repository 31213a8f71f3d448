import { join } from 'node:path';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { fileOf } from '../engine/run-table.js';
import type { SideName } from './side.js';

/**
 * The amounts of a published run, from its own files: what was published counts, not what would be settled today.
 * Makes `<name>_amount` (an anchor's parts) and `<name>_anchor` (its agency). The folder's hashes are whoever calls to check.
 */
export async function readAmounts(
  warehouse: Warehouse,
  name: SideName,
  runDir: string,
  scratch: string,
): Promise<void> {
  const days = fileOf(runDir, 'days.csv', join(scratch, `${name}-days.csv`));
  const settlement = fileOf(runDir, 'settlement.csv', join(scratch, `${name}-settlement.csv`));
  const part = (column: string, sign: string): string => `
    SELECT anchor_id, CAST(NULL AS DATE), '${column}', ${sign} ${moneyOf(column)} FROM settled WHERE ${column} <> '0.00'`;
  await warehouse.run(`
    CREATE OR REPLACE TEMP TABLE ${name}_anchor AS SELECT anchor_id, agency_id FROM ${settlement};
    CREATE OR REPLACE TEMP TABLE ${name}_amount AS WITH settled AS (SELECT * FROM ${settlement})
    SELECT anchor_id, CAST(date AS DATE) AS settlement_date, 'watch_time' AS part, ${moneyOf('watch_time')} AS amount
    FROM ${days} WHERE watch_time <> '0.00'
    UNION ALL ${part('attendance_bonus', '')}
    UNION ALL ${part('newcomer_bonus', '')}
    UNION ALL ${part('forfeited', '-')}`);
}

/** An amount's text as DECIMAL: one of 128 bits is read ten times as slowly as one of 64, which hold 15 digits and the fen. */
function moneyOf(column: string): string {
  return `CASE WHEN length(${column}) <= 18 THEN CAST(CAST(${column} AS DECIMAL(18, 2)) AS DECIMAL(38, 2)) ELSE CAST(${column} AS DECIMAL(38, 2)) END`;
}
