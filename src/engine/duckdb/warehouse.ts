import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type DuckDBAppender, type DuckDBConnection, DuckDBInstance, version } from '@duckdb/node-api';
import { filled } from '../../disk/appending.js';
import { makeFolders, removeEmpty } from '../../disk/folders.js';
import { removeLeft } from '../../disk/scratch.js';
import { MACROS, sqlFile } from '../../program/sql-files.js';
import type { Wording } from '../../words/said.js';
import { identifier, literal, type Value } from '../sql-text.js';
import { copyWhereRoom } from './copy.js';
import { createWhole } from './create.js';
import { failureOf, openFailure } from './failures.js';
import { canCarryOver, carriedOver, copyBefore, FORMAT, formatFailure, migrationFrom } from './format.js';
import type { WarehouseOptions } from './options.js';
import { canonical, drafts } from './paths.js';

/** What rows come back as: text, of whatever type. */
export type Row = Record<string, string | null>;

export type { WarehouseOptions };

export { identifier, literal, type Value };

export type Appender = DuckDBAppender;

/** The engine with its version, as it tells it: `DuckDB 1.5.6`. */
export const databaseName = (): string => `DuckDB ${version().replace(/^v/, '')}`;

/** The one open DuckDB file: a second instance on one file in one process would lose rows. */
export class Warehouse {
  /** Whether this process created the file, so that a failed first run can take it away again. */
  readonly created: boolean;
  readonly file: string;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #besides = new Set<Warehouse>();
  #madeFolders: string[] = [];
  #scratch = '';
  #format = FORMAT;
  /** Where only a copy of the file is written to: what the database calls that copy. */
  #aside: string | undefined;
  #reading = false;
  #reader: number | undefined; // of the file, for copies
  #interrupted = false;
  #name = '';
  /** Holds the file that takes this one's place. */
  #next: DuckDBInstance | undefined;

  private constructor(file: string, created: boolean, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.file = file;
    this.created = created;
    this.#instance = instance;
    this.#connection = connection;
  }

  /** Opens the file, creating it where there is none; exit 5 where another process holds it. */
  static async open(options: WarehouseOptions): Promise<Warehouse> {
    const { file, scratch, folders, memoryLimit, threads, reading = false } = options;
    const inMemory = file === ':memory:';
    const alone = inMemory || reading;
    const madeFolders = alone ? [] : makeFolders(dirname(resolve(file)));
    if (!alone) removeLeft(dirname(resolve(file)), drafts(file));
    const created = !alone && !existsSync(file) && (await createWhole(file, makeEmpty));
    const instance = await connectTo(file, reading ? READING : {});
    const connection = await instance.connect();
    const warehouse = new Warehouse(file, created, instance, connection);
    warehouse.#madeFolders = madeFolders;
    warehouse.#reading = reading;
    warehouse.#scratch = scratch;
    if (memoryLimit !== undefined) await warehouse.run(`SET memory_limit = ${literal(memoryLimit)}`);
    if (threads !== undefined) await warehouse.#setThreads(threads);
    await warehouse.#confine([scratch, ...folders], scratch);
    if (inMemory) await warehouse.run(schema());
    warehouse.#name = (await warehouse.one('SELECT current_database() AS name')).name as string;
    await warehouse.#checkFormat();
    await warehouse.#makeMacros();
    return warehouse;
  }

  /**
   * A second connection, whose statements run beside this one's and whose temporary tables are its own. The threads are
   * shared out: it brings one of its own, and one fewer help with every statement. `leave` closes it.
   */
  async beside(): Promise<Warehouse> {
    const other = new Warehouse(this.file, this.created, this.#instance, await this.#instance.connect());
    other.#scratch = this.#scratch;
    if (this.#aside !== undefined) await other.run(`USE ${this.#aside}`);
    other.#name = this.#name;
    this.#besides.add(other);
    await other.#makeMacros();
    await this.#setThreads((await this.threads()) - 1);
    return other;
  }

  /** Closes a second connection. */
  async leave(other: Warehouse): Promise<void> {
    if (!this.#besides.delete(other)) return;
    other.#connection.closeSync();
    await this.#setThreads((await this.threads()) + 1);
  }

  /** How many threads work on a statement. */
  async threads(): Promise<number> {
    return this.count("SELECT current_setting('threads')");
  }

  async #setThreads(threads: number): Promise<void> {
    await this.run(`SET threads = ${threads}`);
  }

  async #makeMacros(): Promise<void> {
    await this.run(MACROS.map(sqlFile).join(';'));
  }

  /** Reads and writes go to the given folders alone, nothing is fetched, and no statement can change that. */
  async #confine(folders: string[], scratch: string): Promise<void> {
    const list = folders.map((folder) => literal(`${canonical(folder)}/`)).join(', ');
    await this.run(`SET temp_directory = ${literal(join(scratch, 'spill'))};
      SET allowed_directories = [${list}]; SET enable_external_access = false;
      SET disabled_optimizers = 'join_order,build_side_probe_side'`);
  }

  async #checkFormat(): Promise<void> {
    const tables = await this.rows("SELECT table_name FROM duckdb_tables() WHERE table_name = 'warehouse_format'");
    const version = tables.length === 0 ? undefined : (await this.one('SELECT version FROM warehouse_format')).version;
    if (version === FORMAT) return;
    this.#format = version ?? '';
    if (canCarryOver(this.#format)) return;
    this.close();
    throw formatFailure(this.file, version ?? undefined);
  }

  /**
   * Carries a warehouse of an older format over, in one transaction; whoever calls has seen that it is whole. The file as it
   * was is kept beside it where room allows; of one that is only read, a copy is carried over. Gives a word for people where
   * the file itself was changed.
   */
  async carryOver(): Promise<Wording | undefined> {
    const from = this.#format;
    if (from === FORMAT) return undefined;
    const copy = copyBefore(this.file, from);
    const lacking = this.#reading ? await this.copyAside() : await this.copyTo(copy);
    await this.run(`BEGIN; ${migrationFrom(from)}; COMMIT`);
    await this.checkpoint();
    this.#format = (await this.one('SELECT version FROM warehouse_format')).version as string;
    if (this.#format !== FORMAT) throw new Error(`carried over to format ${this.#format}`);
    if (this.#reading) return undefined;
    return carriedOver(this.file, from, lacking === undefined ? copy : undefined, lacking);
  }

  /** Copies the file as it stands, while nobody else can write to it; gives why there was no room, if so. */
  async copyTo(copy: string): Promise<string | undefined> {
    await this.checkpoint();
    // Where a process closes a file, the system takes all its locks on that file away: closed once the database is.
    this.#reader ??= openSync(this.file, 'r');
    return copyWhereRoom(this.#reader, copy, () => this.#interrupted);
  }

  /** Where the file is only read: goes on with a copy in the scratch folder, which may be written to. */
  async copyAside(): Promise<undefined> {
    if (this.#aside !== undefined) return;
    const name = this.#name;
    this.#name = `${name}_copy`;
    this.#aside = identifier(this.#name);
    const copy = join(this.#scratch, 'copy.duckdb');
    await this.run(`ATTACH ${literal(copy)} AS ${this.#aside} (READ_WRITE);
      COPY FROM DATABASE ${identifier(name)} TO ${this.#aside}; USE ${this.#aside}`);
  }

  /** A stored table, whatever temporary relation stands in front of it. */
  stored(table: string): string {
    return `${identifier(this.#name)}.main.${identifier(table)}`;
  }

  async run(sql: string): Promise<void> {
    await this.#asked(this.#connection.run(sql));
  }

  async #asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw failureOf(this.file, this.#scratch, error) ?? error;
    }
  }

  /** All rows, every value as text: a DECIMAL or BIGINT never passes through a binary float. */
  async rows(sql: string): Promise<Row[]> {
    const reader = await this.#asked(this.#connection.runAndReadAll(sql));
    return reader.getRowObjectsJson().map((row) => {
      for (const [name, value] of Object.entries(row)) if (value !== null) row[name] = String(value);
      return row as Row;
    });
  }

  async one(sql: string): Promise<Row> {
    const [row, ...others] = await this.rows(sql);
    if (row === undefined || others.length > 0) throw new Error(`one row expected of: ${sql.slice(0, 200)}`);
    return row;
  }

  /** A count; whole numbers up to 2^53 alone. */
  async count(sql: string): Promise<number> {
    const value = Number(Object.values(await this.one(sql))[0] ?? 0);
    if (!Number.isSafeInteger(value)) throw new Error(`a count expected of: ${sql.slice(0, 200)}`);
    return value;
  }

  /** Rows as they come, a chunk at a time, so that memory doesn't grow with them. */
  async *stream(sql: string): AsyncGenerator<(string | null)[][]> {
    const result = await this.#asked(this.#connection.stream(sql));
    for (;;) {
      const chunk = await this.#asked(result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield chunk.getRows() as (string | null)[][];
    }
  }

  /** Appends rows of text to a table whose columns are VARCHAR or BIGINT, as strict reading delivers them. */
  async append(table: string, fill: (appender: Appender) => Promise<void>): Promise<void> {
    await filled(await this.#connection.createAppender(table), fill);
  }

  /** Lets statements count how far they are, which costs a little of their time. */
  async countProgress(): Promise<void> {
    await this.run('SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET progress_bar_time = 0');
  }

  /** Percent of the statement under way, or undefined where DuckDB can't tell or hasn't been told to count. */
  get percent(): number | undefined {
    const { percentage } = this.#connection.progress;
    return percentage >= 0 ? Math.min(100, percentage) : undefined;
  }

  interrupt(): void {
    this.#interrupted = true;
    for (const other of this.#besides) other.interrupt();
    this.#connection.interrupt();
  }

  /** Writes the log into the file: a full disk must be seen here and not at close, where it would be swallowed. */
  async checkpoint(): Promise<void> {
    if (this.file !== ':memory:') await this.run('CHECKPOINT');
  }

  /** Holds another file of this format too until `close`: one that is about to take this one's place. */
  async holdNext(file: string): Promise<void> {
    this.#next = await connectTo(file);
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
    if (this.#reader !== undefined) closeSync(this.#reader);
    this.#reader = undefined;
    this.#next?.closeSync();
    this.#next = undefined;
  }

  /** Closes, and takes away a file that this run created, and the folders that were made for it. */
  discard(): void {
    // Goes while it is held still: a run that waits for it would else open what is gone the next moment.
    for (const path of this.created ? [this.file, `${this.file}.wal`] : []) rmSync(path, { force: true });
    this.close();
    if (this.created) removeEmpty(this.#madeFolders);
  }
}

function schema(): string {
  return `${sqlFile('warehouse/schema.sql')}; INSERT INTO warehouse_format (version) VALUES (${literal(FORMAT)})`;
}

async function connectTo(file: string, options: Record<string, string> = {}): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(file, {
      ...options,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
  } catch (error) {
    throw openFailure(file, error, options === READING);
  }
}

const READING = { access_mode: 'READ_ONLY' };

/** How a new file is written: as every DuckDB since 1.0.0 reads it, whatever the one that makes it would do unasked. */
const STORAGE = { storage_compatibility_version: 'v1.0.0' };

/** Makes an empty warehouse; in one commit, for each waits for the disk. */
export async function makeEmpty(draft: string): Promise<void> {
  const instance = await connectTo(draft, STORAGE);
  const connection = await instance.connect();
  await connection.run(`BEGIN; ${schema()}; COMMIT`);
  await connection.run('CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
}
