import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { identifier, literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { sqlFile } from '../program/sql-files.js';

/** The files of a run folder that carry its figures, the anchors' first: the query of each, and which cell is the anchor. */
const FIGURES = [
  { file: 'settlement.csv', query: 'content-incentive/emit/settlement.sql', anchor: 3 },
  { file: 'days.csv', query: 'content-incentive/emit/days.sql', anchor: 1 },
  { file: 'sessions.csv', query: 'content-incentive/emit/sessions.sql', anchor: 2 },
] as const;

/** Of so many anchors the lines are shown, file by file. */
const SHOWN = 3;

/** A line that isn't what was published; null on the side that has none. */
export interface OtherLine {
  file: string;
  published: string | null;
  now: string | null;
}

/** How figures differ from those that a run folder says. */
export interface OtherFigures {
  /** Anchors with a line that differs. */
  anchors: number;
  /** Lines that differ, by file: of one that has changed, both the published and the new. */
  lines: Record<string, number>;
  /** The first of them, anchors in byte order. */
  first: OtherLine[];
}

/**
 * Compares the settlement that the warehouse has just made, line by line, with the figures that a run published: an amount,
 * and also a reason or a status that changed. The folder's hashes are whoever calls to check. Makes `other_line`.
 */
export async function otherFigures(warehouse: Warehouse, runDir: string, scratch: string): Promise<OtherFigures> {
  await warehouse.run(sqlFile('dialects/duckdb/emit_cells.sql'));
  await warehouse.run(
    'CREATE OR REPLACE TEMP TABLE other_line (file VARCHAR, anchor_id VARCHAR, line VARCHAR, now BOOLEAN)',
  );
  for (const { file, query, anchor } of FIGURES) {
    const copy = join(scratch, `figures-${file}`);
    copyFileSync(join(runDir, file), copy); // a folder's name may hold what DuckDB takes for a pattern
    await warehouse.run(`INSERT INTO other_line (file, anchor_id, line, now)
      SELECT ${literal(file)}, split_part(line, ',', ${anchor}), line, SUM(n) > 0
      FROM (SELECT line, -1 AS n FROM ${linesOf(copy)} UNION ALL SELECT line, 1 FROM (${await lines(warehouse, sqlFile(query))}))
      GROUP BY line HAVING SUM(n) <> 0`);
  }
  const counts = await warehouse.rows('SELECT file, count(*) AS lines FROM other_line GROUP BY file');
  const anchors = await warehouse.count('SELECT count(DISTINCT anchor_id) FROM other_line');
  return {
    anchors,
    lines: Object.fromEntries(
      FIGURES.map(({ file }) => [file, Number(counts.find((row) => row.file === file)?.lines ?? 0)]),
    ),
    first: await firstOf(warehouse),
  };
}

/** A published file's lines; no cell holds a line end or a control character. */
function linesOf(path: string): string {
  return `read_csv(${literal(path)}, auto_detect = false, header = true, delim = ${literal('\u0001')}, quote = '', escape = '', columns = {line: 'VARCHAR'})`;
}

/** A query's rows as they would be published. */
async function lines(warehouse: Warehouse, query: string): Promise<string> {
  const names = (await warehouse.rows(`DESCRIBE ${query}`)).map(({ column_name }) => column_name as string);
  return `SELECT concat(${names.map(identifier).join(", ',', ")}) AS line FROM (${query})`;
}

async function firstOf(warehouse: Warehouse): Promise<OtherLine[]> {
  const first: OtherLine[] = [];
  for (const { file } of FIGURES) {
    // What a line is about stands before its figures, so the published one and the new one are neighbours.
    const rows = await warehouse.rows(`SELECT anchor_id, line, now FROM other_line
      WHERE file = ${literal(file)} AND anchor_id IN (SELECT DISTINCT anchor_id FROM other_line WHERE file = ${literal(file)} ORDER BY 1 LIMIT ${SHOWN})
      ORDER BY anchor_id, line LIMIT ${2 * SHOWN}`);
    for (const { line, now } of rows) {
      first.push({
        file,
        published: now === 'true' ? null : (line as string),
        now: now === 'true' ? (line as string) : null,
      });
    }
  }
  return first;
}
