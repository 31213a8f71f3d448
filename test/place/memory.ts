import { rmSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { temporaryFolder } from '../support/workspace.js';

/** A file that was loaded at some time, and the rows that it brought, as SQL of their tables. */
export interface Loaded {
  /** Beijing. */
  at: string;
  kind: string;
  /** Of its content; another for each file where it isn't said, and with the same one the same name. */
  sha256?: string;
  /** By a later load. */
  replaced?: boolean;
  /** `[session_id, ended_at]` or `[anchor_id, agency_id]`. */
  rows?: [string, string][];
}

/** A warehouse in memory that holds these loads, a file each; and a folder of its own. */
export async function warehouseOf(...loads: Loaded[]): Promise<{ warehouse: Warehouse; scratch: string }> {
  const scratch = temporaryFolder();
  const warehouse = await Warehouse.open({ file: ':memory:', scratch, folders: [] });
  onTestFinished(() => {
    warehouse.close();
    rmSync(scratch, { recursive: true });
  });
  for (const [at, { at: time, kind, sha256 = '', replaced = false, rows = [] }] of loads.entries()) {
    const no = at + 1;
    const content = sha256 === '' ? String(no) : sha256;
    await warehouse.run(`INSERT INTO load (load_no, loaded_at) VALUES (${no}, '${time}');
      INSERT INTO export_file (file_no, load_no, file, kind, sha256, rows, unknown_columns, replaced_by_load, withdrawn, stamp, columns, reading) VALUES (${no}, ${no}, '${kind}-${content}.csv', '${kind}', '${content}', ${rows.length}, [], ${replaced ? no + 1 : 'NULL'}, 0, '', NULL, '{}')`);
    for (const [key, value] of rows)
      await warehouse.run(kind === 'anchors' ? anchorRow(no, key, value) : sessionRow(no, key, value));
  }
  return { warehouse, scratch };
}

function sessionRow(no: number, id: string, endedAt: string): string {
  return `INSERT INTO session_row (file_no, line, session_id, anchor_id, started_at, ended_at, settleable, quality_level, track,
      rec_dwell_minutes, unit_price, scarcity_index, effective_seconds, suspended, opted_out)
    VALUES (${no}, 2, '${id}', 'a1', '${endedAt}', '${endedAt}', true, 1, 'x', 1, 1, 1, 0, false, false)`;
}

function anchorRow(no: number, id: string, agency: string): string {
  const said = agency === '' ? 'NULL' : `'${agency}'`;
  return `INSERT INTO anchor_row (file_no, line, anchor_id, agency_id, account_kind, first_live_on, compliance_code)
    VALUES (${no}, 2, '${id}', ${said}, 'content', '2023-01-01', 'green')`;
}
