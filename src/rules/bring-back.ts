import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { KINDS } from '../programmes/registry.js';

/** Relations that say which files count, or counted: whoever makes one brings back the rows of its files. */
const OF_FILES = ['active_file', 'file_then_and_now'];

/** To be called when a relation has been made; of others than those that say which files count it does nothing. */
export async function bringBackFor(warehouse: Warehouse, relation: string): Promise<void> {
  if (OF_FILES.includes(relation)) await bringBack(warehouse, relation);
}

/**
 * Rows of replaced files that are stored in a later file (`settle compact`) stand again as they were read, for this
 * connection: a view of the table's name, in front of it, has them too. It costs nothing while all files that count are
 * stored as they are. `relation` has a row (file_no, kind) for each of these.
 */
export async function bringBack(warehouse: Warehouse, relation: string): Promise<void> {
  const kinds = await warehouse.rows(`SELECT DISTINCT f.kind FROM ${relation} AS f
    WHERE f.file_no IN (SELECT e.file_no FROM row_elsewhere AS e) ORDER BY f.kind`);
  for (const { kind } of kinds) await bringBackOf(warehouse, relation, kind as string);
}

async function bringBackOf(warehouse: Warehouse, relation: string, kind: string): Promise<void> {
  const table = KINDS.find(({ name }) => name === kind)?.table as string;
  const back = `brought_back_${table}`;
  const there = await warehouse.rows(
    `SELECT table_name FROM duckdb_tables() WHERE temporary AND table_name = '${table}'`,
  );
  if (there.length > 0) return; // an explanation has taken out what it needs already
  await warehouse.run(`CREATE TEMP TABLE IF NOT EXISTS ${back} AS FROM ${warehouse.stored(table)} LIMIT 0;
    INSERT INTO ${back} BY NAME
    WITH wanted AS (
      SELECT e.file_no, e.held_file_no, unnest(range(e.first_line, e.last_line + 1)) AS line,
        unnest(range(e.held_line, e.held_line + e.last_line - e.first_line + 1)) AS held_line
      FROM row_elsewhere AS e
      WHERE e.file_no IN (SELECT f.file_no FROM ${relation} AS f WHERE f.kind = '${kind}')
        AND e.file_no NOT IN (SELECT b.file_no FROM ${back} AS b)
    )
    SELECT s.* REPLACE (w.file_no AS file_no, w.line AS line)
    FROM ${warehouse.stored(table)} AS s JOIN wanted AS w ON w.held_file_no = s.file_no AND w.held_line = s.line;
    CREATE OR REPLACE TEMP VIEW ${table} AS FROM ${warehouse.stored(table)} UNION ALL BY NAME FROM temp.main.${back}`);
}
