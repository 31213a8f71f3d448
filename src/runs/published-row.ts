import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettleError } from '../core/errors.js';
import type { Manifest } from '../emit/manifest.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { sqlFile } from '../program/sql-files.js';
import type { Programme } from '../programmes/interface/programme.js';
import type { Output } from '../programmes/interface/settling.js';
import { say } from '../words/say.js';

/** What the run published of the anchor must be what the rules say now, to the byte; else neither is explained. */
export async function refuseOtherFigures(
  warehouse: Warehouse,
  programme: Programme,
  dir: string,
  { period }: Manifest,
  anchor: string,
): Promise<void> {
  const file = join(dir, 'settlement.csv');
  const published = rowIn(file, `${period.from},${period.to},${anchor},`);
  const settled = await settledRow(warehouse, programme, anchor);
  if (published === settled) return;
  throw new SettleError(
    'differs',
    say('of {anchor}, {file} says other figures than the warehouse settles to', { anchor, file }),
    {
      file,
      found: published ?? null,
      expected: settled ?? null,
      mend: say('See settle verify {dir}. If it finds nothing, the program or the warehouse has a defect: report it.', {
        dir,
      }),
    },
  );
}

/** The line of the file that begins so, without its end. No text of a settlement holds a line feed. */
function rowIn(file: string, beginning: string): string | undefined {
  const text = read(file);
  const at = text.indexOf(`\n${beginning}`);
  return at < 0 ? undefined : text.slice(at + 1, text.indexOf('\n', at + 1));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettleError(
      'differs',
      say("{file} can't be read", { file }),
      { file, mend: say('Run the month again.') },
      { cause: error },
    );
  }
}

/** The row as it would be written now. */
async function settledRow(warehouse: Warehouse, { outputs }: Programme, anchor: string): Promise<string | undefined> {
  const { query } = outputs.find(({ file }) => file === 'settlement.csv') as Output;
  await warehouse.run(sqlFile('dialects/duckdb/emit_cells.sql'));
  const [row] = await warehouse.rows(`SELECT * FROM (${sqlFile(query)}) WHERE anchor_id = ${literal(anchor)}`);
  return (
    row &&
    Object.values(row)
      .map((cell) => cell ?? '')
      .join(',')
  );
}
