import { chmodSync, chownSync, realpathSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { sync } from '../../disk/writing.js';
import { draftOf, removeDraft } from './paths.js';
import { identifier, literal, makeEmpty, type Row, type Warehouse } from './warehouse.js';

/**
 * Writes a warehouse's file anew, without the room of what was deleted, and puts it in its place by one rename; until the
 * warehouse is closed both are held, so that nobody opens the one or the other meanwhile. Nothing may be written to the
 * warehouse afterwards. Its folder must be one of those that its statements may use.
 */
export async function rewrite(warehouse: Warehouse): Promise<void> {
  await warehouse.checkpoint();
  const file = realpathSync(warehouse.file);
  const draft = draftOf(file);
  removeDraft(draft);
  try {
    await makeEmpty(draft);
    await copyInto(warehouse, draft);
    likeFile(draft, file);
    sync(draft);
    await warehouse.holdNext(draft);
    renameSync(draft, file);
    sync(dirname(file));
  } finally {
    removeDraft(draft);
  }
}

/** Every table to another file of this format; both must then hold the same. */
async function copyInto(warehouse: Warehouse, draft: string): Promise<void> {
  await warehouse.run(`ATTACH ${literal(draft)} AS fresh`);
  await makeOthers(warehouse);
  const tables =
    await warehouse.rows(`SELECT table_name AS name, string_agg('"' || column_name || '"', ', ' ORDER BY column_index) AS columns
    FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal AND table_name <> 'warehouse_format'
    GROUP BY table_name ORDER BY table_name`);
  for (const { name, columns } of tables) {
    const [from, to] = [warehouse.stored(name as string), `fresh.main.${identifier(name as string)}`];
    await warehouse.run(`INSERT INTO ${to} (${columns}) SELECT ${columns} FROM ${from}`);
    const held = (table: string): Promise<Row> =>
      warehouse.one(`SELECT count(*) AS rows, coalesce(sum(hash(${columns})), 0) AS content FROM ${table}`);
    const [old, now] = [await held(from), await held(to)];
    if (old.rows !== now.rows || old.content !== now.content) throw new Error(`${name} was not copied whole`);
  }
  await warehouse.run('CHECKPOINT fresh; DETACH fresh');
}

/** Tables that no schema has, as those of kinds that programmes declare, are made as they were made here. */
async function makeOthers(warehouse: Warehouse): Promise<void> {
  const others = await warehouse.rows(`SELECT table_name AS name, sql FROM duckdb_tables()
    WHERE database_name = current_database() AND NOT internal AND table_name NOT IN
      (SELECT table_name FROM duckdb_tables() WHERE database_name = 'fresh') ORDER BY table_name`);
  for (const { name, sql } of others) {
    const made = /^CREATE TABLE (?:"[^"]+"|\w+) ?\(/;
    if (!made.test(sql ?? '')) throw new Error(`it isn't known how ${name} was made`);
    await warehouse.run((sql as string).replace(made, `CREATE TABLE fresh.main.${identifier(name as string)} (`));
  }
}

/** Whoever could read and write the file can read and write the one that takes its place. */
function likeFile(draft: string, file: string): void {
  const { mode, uid, gid } = statSync(file);
  if (process.getuid?.() === 0) chownSync(draft, uid, gid);
  chmodSync(draft, mode & 0o7777);
}
