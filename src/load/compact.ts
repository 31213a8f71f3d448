import type { Row, Warehouse } from '../engine/duckdb/warehouse.js';
import { type Kind, sameKey } from '../exports/column-types.js';
import { KINDS } from '../programmes/registry.js';

/** What a compaction has done to the rows. */
export interface Compacted {
  /** Rows of replaced files that stand in a later file of their name too, and are stored there alone from now on. */
  rows: number;
  /** The replaced files that they were rows of. */
  files: number;
}

/**
 * Stores a row of a replaced file only once where a later file of its name has the same: `row_elsewhere` says where it
 * is. In the open transaction; whoever settles with what was known before brings such rows back (src/rules/bring-back.ts).
 */
export async function storeOnce(
  warehouse: Warehouse,
  onFile: (file: string, done: number, total: number) => void,
): Promise<Compacted> {
  const files = await warehouse.rows(`SELECT file_no, file, kind FROM export_file
    WHERE replaced_by_load IS NOT NULL ORDER BY file_no DESC`);
  const done: Compacted = { rows: 0, files: 0 };
  await warehouse.run(
    'CREATE TEMP TABLE moved_row (file_no INTEGER, line BIGINT, held_file_no INTEGER, held_line BIGINT)',
  );
  // The newest first: what a later file keeps of its own is all that an earlier one can have in common with it.
  for (const [at, file] of files.entries()) {
    onFile(file.file as string, at, files.length);
    const rows = await moveRowsOf(warehouse, file);
    if (rows > 0) done.files += 1;
    done.rows += rows;
  }
  await noteMoved(warehouse);
  await warehouse.run('DROP TABLE moved_row');
  return done;
}

/** Gives the number of rows of the file that are stored elsewhere now. */
async function moveRowsOf(warehouse: Warehouse, { file_no, kind }: Row): Promise<number> {
  const of = KINDS.find(({ name }) => name === kind) as Kind;
  const { table, key, columns } = of;
  if ((await warehouse.count(`SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE file_no = ${file_no} LIMIT 1)`)) === 0)
    return 0;
  const others = columns.map(({ name }) => name).filter((name) => !key.includes(name));
  const same = [sameKey(of, 'h.', 'r.'), ...others.map((name) => `h.${name} IS NOT DISTINCT FROM r.${name}`)];
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE moved_of_file AS
    SELECT r.line, max(h.file_no) AS held_file_no, arg_max(h.line, h.file_no) AS held_line
    FROM ${table} AS h JOIN (SELECT * FROM ${table} WHERE file_no = ${file_no}) AS r ON ${same.join(' AND ')}
    WHERE h.file_no IN (SELECT l.file_no FROM export_file AS l JOIN export_file AS f ON f.file = l.file AND f.kind = l.kind
      WHERE f.file_no = ${file_no} AND l.file_no > f.file_no)
    GROUP BY r.line;
    DELETE FROM ${table} WHERE file_no = ${file_no} AND line IN (SELECT line FROM moved_of_file);
    INSERT INTO moved_row (file_no, line, held_file_no, held_line) SELECT ${file_no}, line, held_file_no, held_line FROM moved_of_file`);
  return warehouse.count('SELECT count(*) FROM moved_of_file');
}

/** Lines that follow each other here and there are one entry; an older entry follows its rows to where they are now. */
async function noteMoved(warehouse: Warehouse): Promise<void> {
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE older_entry AS
      FROM row_elsewhere WHERE held_file_no IN (SELECT file_no FROM moved_row);
    DELETE FROM row_elsewhere WHERE held_file_no IN (SELECT file_no FROM moved_row);
    INSERT INTO row_elsewhere (file_no, first_line, last_line, held_file_no, held_line)
    WITH older AS (
      SELECT file_no, held_file_no, unnest(range(first_line, last_line + 1)) AS line,
        unnest(range(held_line, held_line + last_line - first_line + 1)) AS held_line
      FROM older_entry
    ),
    entry AS (
      SELECT file_no, line, held_file_no, held_line FROM moved_row
      UNION ALL
      SELECT o.file_no, o.line, coalesce(m.held_file_no, o.held_file_no), coalesce(m.held_line, o.held_line)
      FROM older AS o LEFT JOIN moved_row AS m ON m.file_no = o.held_file_no AND m.line = o.held_line
    ),
    placed AS (
      SELECT *, held_line - line AS shift,
        line - row_number() OVER (PARTITION BY file_no, held_file_no, held_line - line ORDER BY line) AS island
      FROM entry
    )
    SELECT file_no, min(line), max(line), held_file_no, min(held_line) FROM placed
    GROUP BY file_no, held_file_no, shift, island ORDER BY file_no, min(line);
    DROP TABLE older_entry`);
}
