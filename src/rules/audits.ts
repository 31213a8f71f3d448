import { IN_WAREHOUSE } from '../engine/duckdb/engine.js';
import type { Row, Warehouse } from '../engine/duckdb/warehouse.js';
import type { Engine } from '../engine/engine.js';
import { sqlFile, sqlFilesIn } from '../program/sql-files.js';
import type { Programme } from '../programmes/interface/programme.js';

export interface AuditFailure {
  audit: string;
  /** What would be wrong with the money. */
  why: string;
  /** The first rows that the audit's query returned. */
  rows: Row[];
}

/**
 * Runs every query of a programme's audits, those about adjustments where a closed period is restated; each must return no row.
 * What another engine has computed is asked there too: what came back of it must say the same.
 */
export async function runAudits(
  warehouse: Warehouse,
  { sql: { audits } }: Pick<Programme, 'sql'>,
  restated = false,
  engine: Engine = IN_WAREHOUSE,
): Promise<AuditFailure[]> {
  const failures: AuditFailure[] = [];
  for (const path of audits.flatMap(sqlFilesIn)) {
    const sql = sqlFile(path);
    if (/^-- audit: .*\bwhen: restated$/m.test(sql) && !restated) continue;
    const rows = [...((await engine.audit(sql)) ?? []), ...(await warehouse.rows(`SELECT * FROM (${sql}) LIMIT 5`))];
    if (rows.length === 0) continue;
    failures.push({
      audit: /^-- audit: (\w+)/m.exec(sql)?.[1] ?? path,
      why: /^-- why: (.*)/m.exec(sql)?.[1] ?? '',
      rows,
    });
  }
  return failures;
}
