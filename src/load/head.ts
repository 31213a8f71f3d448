import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { SettleError } from '../core/errors.js';
import { sync, writeNew } from '../disk/writing.js';
import { headFile } from '../engine/duckdb/paths.js';
import type { Row, Warehouse } from '../engine/duckdb/warehouse.js';
import { KINDS } from '../programmes/registry.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';

/**
 * The last load that the warehouse is known to have held, kept beside it in `<warehouse>.head`. DuckDB opens a file whose
 * log was cut or removed without a word, with rows gone; so what the file says is compared with what stands outside it.
 */
interface Head {
  load_no: number;
  /** Chain of sha256 over all loads and their files up to this one. */
  chain: string;
}

/** Refuses a warehouse that has lost a load, or rows of a file, since it was last written. */
export async function checkHead(warehouse: Warehouse): Promise<void> {
  if (warehouse.created) return; // whoever took the file away wants a new one; a head that was left behind says nothing of it
  const chains = await chainsOf(warehouse);
  const head = readHead(warehouse.file);
  if (head !== undefined && head.load_no > 0 && chains[head.load_no - 1] !== head.chain) {
    throw damaged(
      warehouse.file,
      say('load {load}, which it held before, is missing or is another now', { load: head.load_no }),
    );
  }
  const tables = await tablesIn(warehouse);
  const elsewhere = tables.has('row_elsewhere') ? 'row_elsewhere' : NO_ENTRIES;
  const held = new Set((await warehouse.rows('SELECT DISTINCT kind FROM export_file')).map(({ kind }) => kind));
  for (const { table, name } of KINDS.filter((kind) => held.has(kind.name) && tables.has(kind.table))) {
    const [short] =
      await warehouse.rows(`SELECT f.file, f.rows, coalesce(r.n, 0) + coalesce(e.n, 0) + coalesce(u.n, 0) + coalesce(c.n, 0) AS held
      FROM export_file AS f
      LEFT JOIN (SELECT file_no, count(*) AS n FROM ${table} GROUP BY file_no) AS r ON r.file_no = f.file_no
      LEFT JOIN (SELECT file_no, sum(last_line - first_line + 1) AS n FROM ${elsewhere} GROUP BY file_no) AS e ON e.file_no = f.file_no
      LEFT JOIN (SELECT file_no, count(*) AS n FROM unsound_row GROUP BY file_no) AS u ON u.file_no = f.file_no
      LEFT JOIN (SELECT file_no, count(*) AS n FROM collapsed_row GROUP BY file_no) AS c ON c.file_no = f.file_no
      WHERE f.kind = '${name}' AND f.rows <> coalesce(r.n, 0) + coalesce(e.n, 0) + coalesce(u.n, 0) + coalesce(c.n, 0) LIMIT 1`);
    if (short !== undefined) {
      const { file, held, rows } = short as Record<string, string> as { file: string; held: string; rows: string };
      throw damaged(
        warehouse.file,
        say('of {file} it holds {held} rows, but {rows} were loaded', { file, held, rows }),
      );
    }
  }
  const [bare] = await warehouse.rows(`SELECT f.file, u.line FROM unsound_row AS u JOIN export_file AS f USING (file_no)
    ANTI JOIN row_fault AS r ON r.file_no = u.file_no AND r.line = u.line LIMIT 1`);
  if (bare !== undefined) {
    const { file, line } = bare as { file: string; line: string };
    throw damaged(warehouse.file, say("of {file}, line {line}, it doesn't hold the fault any more", { file, line }));
  }
}

/** Rows that are stored in another file: of a warehouse that doesn't know of such. */
const NO_ENTRIES = '(SELECT 0 AS file_no, 0 AS first_line, -1 AS last_line)';

/** One of an older format, which isn't carried over yet, lacks some. */
async function tablesIn(warehouse: Warehouse): Promise<Set<string>> {
  const rows = await warehouse.rows(
    'SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() AND NOT temporary',
  );
  return new Set(rows.map(({ table_name }) => table_name as string));
}

/** Notes the last load outside the warehouse, once it is committed. */
export async function writeHead(warehouse: Warehouse): Promise<void> {
  if (warehouse.file === ':memory:') return;
  const chains = await chainsOf(warehouse);
  const head: Head = { load_no: chains.length, chain: chains.at(-1) ?? '' };
  const draft = `${headFile(warehouse.file)}.new-${process.pid}`;
  rmSync(draft, { force: true });
  try {
    writeNew(draft, `${JSON.stringify(head)}\n`);
    sync(draft);
    renameSync(draft, headFile(warehouse.file));
  } finally {
    rmSync(draft, { force: true });
  }
}

/** For each load the sha256 over the one before and its files. */
async function chainsOf(warehouse: Warehouse): Promise<string[]> {
  const files = await warehouse.rows('SELECT load_no, file_no, file, sha256, rows FROM export_file ORDER BY file_no');
  const loads = await warehouse.rows('SELECT load_no FROM load ORDER BY load_no');
  let chain = '';
  return loads.map(({ load_no }) => {
    const lines = files
      .filter((file: Row) => file.load_no === load_no)
      .map((file) => `${file.file_no} ${file.sha256} ${file.rows} ${file.file}`);
    chain = createHash('sha256')
      .update([chain, load_no, ...lines].join('\n'))
      .digest('hex');
    return chain;
  });
}

function readHead(file: string): Head | undefined {
  const path = headFile(file);
  if (file === ':memory:' || !existsSync(path)) return undefined;
  try {
    const head = JSON.parse(readFileSync(path, 'utf8')) as Partial<Head> | null;
    if (Number.isInteger(head?.load_no) && typeof head?.chain === 'string') return head as Head;
  } catch {
    // told of below
  }
  throw damaged(file, say("{path} can't be read", { path }));
}

function damaged(file: string, what: Wording): SettleError {
  return new SettleError('warehouse', say('the warehouse {file} is damaged: {what}', { file, what }), {
    file,
    mend: say(
      'Restore the file with its .head from a backup, or move both away and make them again from the exports: settle rebuild --input DIR',
    ),
  });
}
