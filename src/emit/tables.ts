import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SettleError } from '../core/errors.js';
import { sha256OfFile } from '../disk/pieces.js';
import { identifier, literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { sqlFile } from '../program/sql-files.js';
import type { Policy } from '../programmes/interface/policy.js';
import type { Output } from '../programmes/interface/settling.js';
import { say } from '../words/say.js';
import { type OutputEntry, sha256 } from './manifest.js';
import { appendTo, rangesOf } from './ranges.js';
import type { Sharing } from './sharing.js';

export type OnFile = (file: string, done: number, total: number) => void;

/** What the queries of `emit` write cells and words by. */
export async function emitMacros(warehouse: Warehouse): Promise<void> {
  for (const words of ['emit_cells', 'fault_words', 'fault_words_zh'])
    await warehouse.run(sqlFile(`dialects/duckdb/${words}.sql`));
}

/**
 * Writes one CSV table of a run folder by its query; gives its rows. Where its lines are sorted and there are more than
 * `most`, no sort takes more: they are written by ranges of the first column that they are sorted by, one after the other,
 * and put together while the next is computed.
 */
export async function writeTable(
  warehouse: Warehouse,
  query: string,
  path: string,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  const text = sqlFile(query);
  const table = { text, names: await namesOf(warehouse, text), keys: sortedBy(text) };
  const [first] = table.keys;
  const whole = first === undefined || !Number.isFinite(most);
  const ranges = whole ? ['true'] : await rangesOf(warehouse, text, first, most);
  let rows = 0;
  let joined = Promise.resolve();
  for (const [at, range] of ranges.entries()) {
    const part = at === 0 ? path : `${path}.range-${at}`;
    rows += await warehouse.count(
      `COPY (${lines(table, range)}) TO ${literal(part)} (FORMAT csv, HEADER ${at === 0}, DELIMITER ',', QUOTE '', ESCAPE '')`,
    );
    await joined;
    if (at > 0) joined = appendTo(path, part);
    joined.catch(() => undefined); // is awaited, or a later range has failed
  }
  await joined;
  return rows;
}

/** Writes every CSV table below the staging folder. */
export async function writeTables(
  warehouse: Warehouse,
  outputs: readonly Output[],
  dir: string,
  sharing: Sharing,
  which: { restated: boolean; policy: Policy; rangeRows: number },
  onFile: OnFile,
): Promise<OutputEntry[]> {
  const entries: Promise<OutputEntry>[] = [];
  const all = outputs.filter((output) => isWritten(output, which));
  for (const [done, { file, query }] of all.entries()) {
    onFile(file, done, all.length);
    const path = join(dir, file);
    const rows = await writeTable(warehouse, query, path, which.rangeRows);
    const entry = settled(path, file, sharing).then((sha256) => ({ file, sha256, rows }));
    entry.catch(() => undefined); // is awaited below, or a later file has failed
    entries.push(entry);
  }
  return Promise.all(entries);
}

/** Whether a run has the file at all. */
export function isWritten({ restated, asked }: Output, which: { restated: boolean; policy: Policy }): boolean {
  return (which.restated || restated !== true) && (asked === undefined || asked.by(which.policy as never));
}

async function namesOf(warehouse: Warehouse, query: string): Promise<string[]> {
  return (await warehouse.rows(`DESCRIBE ${query}`)).map(({ column_name }) => column_name as string);
}

/** The columns that a query's header says its lines are sorted by. */
function sortedBy(query: string): string[] {
  return /^-- lines sorted by: (.*)$/m.exec(query)?.[1]?.split(', ') ?? [];
}

/**
 * SQL for a query's rows as finished lines under the names of its columns: the writer takes twice as long over cells. Where
 * the query's header says by what its lines are sorted, one text is carried through the sort instead of all cells.
 */
function lines({ text, names, keys }: { text: string; names: string[]; keys: string[] }, range: string): string {
  const line = `concat(${names.map(identifier).join(", ',', ")}) AS ${identifier(names.join())}`;
  if (keys.length === 0) return `SELECT ${line} FROM (${text})`;
  const sort = keys.join();
  return `SELECT ${identifier(names.join())} FROM (SELECT ${line}, ${sort} FROM (${text}) WHERE ${range}) ORDER BY ${sort}`;
}

/** Hashes a file and brings it to the disk, while the database writes the next. */
async function settled(path: string, file: string, sharing: Sharing): Promise<string> {
  const hash = await sha256OfFile(path);
  await sharing.take(path, file, hash);
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return hash;
}

/** A statement is put together of about so many lines. */
const LINES_A_STATEMENT = 32;

/** Writes a statement for every anchor, by ranges like a table; they are one entry of the manifest. */
export async function writeStatements(
  warehouse: Warehouse,
  query: string,
  dir: string,
  sharing: Sharing,
  { total, rangeRows }: { total: number; rangeRows: number },
  onFile: OnFile,
): Promise<OutputEntry> {
  const hash = createHash('sha256');
  const folders = new Set<string>();
  let rows = 0;
  for await (const chunk of statementsOf(warehouse, sqlFile(query), total, rangeRows)) {
    onFile('', rows, total);
    for (const [path, text] of chunk as [string, string][]) {
      const target = join(dir, path);
      const folder = dirname(target);
      if (!folders.has(folder)) {
        mkdirSync(folder, { recursive: true, mode: 0o755 });
        folders.add(folder);
      }
      writeStatement(sharing, target, path, text);
      hash.update(`${sha256(text)}  ${path}\n`);
      rows += 1;
    }
  }
  return { file: 'anchors/', sha256: hash.digest('hex'), rows };
}

/** Rows of path and text, in the order of the paths. */
async function* statementsOf(warehouse: Warehouse, query: string, total: number, rangeRows: number) {
  const most = Math.ceil(rangeRows / LINES_A_STATEMENT);
  if (total <= most) return yield* warehouse.stream(query);
  for (const range of await rangesOf(warehouse, query, 'path', most))
    yield* warehouse.stream(`SELECT * FROM (${query}) WHERE ${range} ORDER BY path`);
}

/** Ids that differ by case alone are two anchors; where the file system takes their names for one, neither may be lost. */
function writeStatement(sharing: Sharing, target: string, path: string, text: string): void {
  try {
    sharing.write(target, path, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new SettleError(
      'machine',
      say(
        "the statement {path} would stand where another anchor's stands already: this file system takes names that differ by case alone for one",
        { path },
      ),
      { file: target, mend: say('Give an --out on a file system that tells them apart, or run with --no-statements.') },
      { cause: error },
    );
  }
}
