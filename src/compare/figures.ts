import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sha256OfFile } from '../disk/pieces.js';
import type { OutputEntry } from '../emit/manifest.js';
import { emitMacros, writeTable } from '../emit/tables.js';
import { identifier, literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { headerOf, tableOf } from '../engine/run-table.js';
import type { Programme } from '../programmes/interface/programme.js';
import type { Output } from '../programmes/interface/settling.js';

/**
 * The CSV files of a run folder, those that carry figures first, the anchors' before all. Of the others words are not
 * compared, for builds word them otherwise, nor columns that one of the two builds lacks. Statements say nothing that
 * these don't. Notices are counted for themselves: later builds see more, and none of it is a figure.
 */
function filesOf({ outputs }: Programme): Output[] {
  const figures = outputs.filter(({ anchor, restated }) => anchor !== undefined && restated !== true);
  const others = outputs.filter((output) => !figures.includes(output));
  const ofRestated = ({ restated }: Output): number => (restated === true ? 0 : 1);
  return [...figures.toReversed(), ...others.toSorted((a, b) => ofRestated(a) - ofRestated(b))]; // written the largest first
}

const NOTICES = 'notices.csv';

/** Of so many anchors the lines are shown, file by file. */
const SHOWN = 3;

/** A line that isn't what was published; null on the side that has none. */
export interface OtherLine {
  file: string;
  published: string | null;
  now: string | null;
}

/** How a settlement differs from what a run folder says. */
export interface OtherFigures {
  /** Anchors with a line of figures that differs. */
  anchors: number;
  /** Lines that differ, by file that the run's build wrote too: of one that has changed, both the published and the new. */
  lines: Record<string, number>;
  /** Lines of notices.csv that differ; they are no figures. */
  notices: number;
  /** The first of `lines`, anchors in byte order. */
  first: OtherLine[];
}

/**
 * Compares the settlement that the warehouse has just made with what a run published, file by file and line by line: an
 * amount, and also a reason, a row that was left out or an input. The folder's hashes are whoever calls to check. Makes
 * `other_line`.
 */
export async function otherFigures(
  warehouse: Warehouse,
  programme: Programme,
  runDir: string,
  outputs: readonly OutputEntry[],
  scratch: string,
): Promise<OtherFigures> {
  await emitMacros(warehouse);
  await warehouse.run(
    'CREATE OR REPLACE TEMP TABLE other_line (file VARCHAR, anchor_id VARCHAR, line VARCHAR, now BOOLEAN)',
  );
  const written = filesOf(programme).filter(({ file }) => outputs.some((output) => output.file === file));
  for (const each of written) {
    const now = join(scratch, 'now.csv');
    await writeTable(warehouse, each.query, now);
    const same = (await sha256OfFile(now)) === outputs.find(({ file }) => file === each.file)?.sha256;
    if (!same) await compare(warehouse, each, { runDir, now, scratch });
    rmSync(now);
  }
  const counts = await warehouse.rows('SELECT file, count(*) AS lines FROM other_line GROUP BY file');
  const countOf = (of: string): number => Number(counts.find(({ file }) => file === of)?.lines ?? 0);
  const files = written.map(({ file }) => file).filter((file) => file !== NOTICES);
  return {
    anchors: await warehouse.count("SELECT count(DISTINCT anchor_id) FROM other_line WHERE anchor_id <> ''"),
    lines: Object.fromEntries(files.map((file) => [file, countOf(file)])),
    notices: countOf(NOTICES),
    first: await firstOf(warehouse, files),
  };
}

/** Puts what differs into `other_line`. */
async function compare(
  warehouse: Warehouse,
  { file, anchor, words }: Output,
  { runDir, now, scratch }: { runDir: string; now: string; scratch: string },
): Promise<void> {
  const copy = join(scratch, 'published.csv'); // a folder's name may hold what DuckDB takes for a pattern
  copyFileSync(join(runDir, file), copy);
  const columns = headerOf(now).filter((column) => words?.includes(column) !== true && headerOf(copy).includes(column));
  const linesOf = anchor === undefined ? (path: string) => rowsOf(path, columns) : wholeLinesOf;
  const anchorOf = anchor === undefined ? "''" : `split_part(line, ',', ${anchor})`;
  await warehouse.run(`INSERT INTO other_line (file, anchor_id, line, now)
    SELECT ${literal(file)}, ${anchorOf}, line, SUM(n) > 0
    FROM (SELECT line, -1 AS n FROM ${linesOf(copy)} UNION ALL SELECT line, 1 FROM ${linesOf(now)})
    GROUP BY line HAVING SUM(n) <> 0`);
  rmSync(copy);
}

/** A file's lines, where no cell holds a line end or a control character. */
function wholeLinesOf(path: string): string {
  return `read_csv(${literal(path)}, auto_detect = false, header = true, delim = ${literal('\u0001')}, quote = '', escape = '', columns = {line: 'VARCHAR'})`;
}

/** A file's rows, of these columns alone, each as one line. */
function rowsOf(path: string, columns: readonly string[]): string {
  const cells = columns.map((column) => `coalesce(quoted(${identifier(column)}), '')`);
  return `(SELECT concat(${cells.join(", ',', ")}) AS line FROM ${tableOf(path)})`;
}

async function firstOf(warehouse: Warehouse, files: readonly string[]): Promise<OtherLine[]> {
  const first: OtherLine[] = [];
  for (const file of files) {
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
