import type { Warehouse } from '../engine/duckdb/warehouse.js';
import type { Programme } from '../programmes/interface/programme.js';
import type { ProgrammeBreakdown } from '../programmes/interface/summary.js';
import { type FaultGroups, readFaultGroups } from './fault-groups.js';

/** What the summary tells beyond the manifest: what was left out, and what the programme tells besides. */
export interface Breakdown extends ProgrammeBreakdown {
  quarantinedRows: number;
  quarantinedBy: { code: string; lines: number }[];
  faultGroups: FaultGroups;
}

export async function readBreakdown(warehouse: Warehouse, { summary }: Programme): Promise<Breakdown> {
  const quarantinedBy = await warehouse.rows(
    'SELECT code, count(*) AS lines FROM quarantine_line GROUP BY code ORDER BY lines DESC, code',
  );
  return {
    quarantinedRows: await warehouse.count('SELECT count(*) FROM (SELECT DISTINCT file_no, line FROM quarantine_line)'),
    quarantinedBy: quarantinedBy.map((row) => ({ code: row.code as string, lines: Number(row.lines) })),
    faultGroups: await readFaultGroups(warehouse),
    ...(await summary.readBreakdown(warehouse)),
  };
}
