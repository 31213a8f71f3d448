import { databaseName, literal, type Row, type Warehouse } from '../duckdb/warehouse.js';
import type { MakeHere, OnRelation, OuterEngine, Relation } from '../engine.js';
import type { SparkClient } from './connect/client.js';
import { TransientFailure } from './connect/failures.js';
import { lakeNotShared } from './failures.js';
import type { Lake, TablesOfFiles } from './lake.js';
import type { RunDatabase } from './run-database.js';
import { sparkName } from './types.js';

/** A step is made so often before its failure is told. */
const ATTEMPTS = 3;
const PAUSE_MS = 2000;

/** What the engine works with and on. */
export interface SparkParts {
  client: SparkClient;
  version: string;
  lake: Lake;
  lakeFolder: string;
  database: RunDatabase;
  warehouse: Warehouse;
  ofFiles: TablesOfFiles;
  /** Whether a step's SQL is shared; any other is made in the warehouse. */
  isShared: (path: string) => boolean;
}

/**
 * Computes the shared steps on Spark: what they read of the warehouse goes into the lake, and what they write comes back as
 * Parquet tables there, which the warehouse's connection reads under their names. No row goes over the wire.
 */
export class SparkEngine implements OuterEngine {
  readonly name: string;
  readonly #parts: SparkParts;
  /** Relations that Spark has. */
  readonly #there = new Set<string>();
  /** The tables that Spark has made for relations, since they were last counted. */
  readonly #made = new Map<string, string>();
  /** Views of the warehouse's connection that read what Spark wrote. */
  readonly #views = new Set<string>();
  #tables = 0;
  #stopped = false;

  constructor(parts: SparkParts) {
    this.#parts = parts;
    this.name = `Spark ${parts.version}, ${databaseName()}`;
  }

  async make(relations: readonly Relation[], here: MakeHere, onStep: OnRelation): Promise<void> {
    for (const [done, relation] of relations.entries()) {
      onStep(relation.name, done, relations.length);
      if (this.#parts.isShared(relation.path)) await this.#makeThere(relation, here);
      else await this.#makeHere(relation, here);
    }
    await this.#confirm();
  }

  /** What has come back is all that Spark wrote: a shared folder may show some of its files late. */
  async #confirm(): Promise<void> {
    const { client, warehouse, database, lakeFolder } = this.#parts;
    if (this.#made.size === 0) return;
    const counts = [...this.#made].map(
      ([name, table]) => `SELECT '${name}' AS name, COUNT(*) AS n FROM ${sparkName(database.name)}.${table}`,
    );
    for (const { name, n } of await client.rows(counts.join(' UNION ALL '))) {
      const { rows } = await warehouse.one(`SELECT count(*) AS rows FROM ${name}`);
      if (rows !== n) throw lakeNotShared(lakeFolder, 'written');
    }
    this.#made.clear();
  }

  /** A relation that reads nothing of Spark's, or is in its own SQL. Spark is given it once it is read there. */
  async #makeHere(relation: Relation, here: MakeHere): Promise<void> {
    this.#there.delete(relation.writes);
    await here(relation);
  }

  async #makeThere(relation: Relation, here: MakeHere): Promise<void> {
    for (const name of relation.reads) await this.#give(name);
    const { writes, kept, sql } = relation;
    if (kept === 'view') {
      await this.#run(`CREATE OR REPLACE TEMPORARY VIEW ${sparkName(writes)} AS ${sql}`);
      await here(relation); // costs nothing until it is read
      this.#views.add(writes);
    } else {
      const table = await this.#makeTable(sql);
      await this.#run(
        `CREATE OR REPLACE TEMPORARY VIEW ${sparkName(writes)} AS SELECT * FROM ${sparkName(this.#parts.database.name)}.${table}`,
      );
      await this.#bringBack(relation, table);
    }
    this.#there.add(writes);
  }

  /** Makes a table; each attempt under a name of its own, for a failed one may have left files. */
  async #makeTable(sql: string): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      this.#tables += 1;
      const table = `t${this.#tables}`;
      try {
        await this.#run(`CREATE TABLE ${sparkName(this.#parts.database.name)}.${table} USING parquet AS ${sql}`);
        return table;
      } catch (error) {
        if (this.#stopped || !(error instanceof TransientFailure) || attempt === ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, attempt * PAUSE_MS));
      }
    }
  }

  /** Spark gets a relation of the warehouse's connection, unless it has it. */
  async #give(name: string): Promise<void> {
    if (this.#there.has(name)) return;
    const { lake, warehouse, database, ofFiles } = this.#parts;
    const views = ofFiles.includes(name)
      ? await lake.rowsOfFiles(warehouse, name)
      : await lake.relation(warehouse, name, database.given);
    for (const view of views) await this.#run(view);
    this.#there.add(name);
  }

  /** The warehouse's connection reads what Spark wrote. A table without any file has no row. */
  async #bringBack({ writes, sql }: Relation, table: string): Promise<void> {
    const { warehouse, database, lakeFolder } = this.#parts;
    if (!database.hasWritten(table)) throw lakeNotShared(lakeFolder, 'written');
    const files = database.files(table);
    const rows =
      files === undefined ? `SELECT * FROM (${sql}) LIMIT 0` : `SELECT * FROM read_parquet(${literal(files)})`;
    await this.#dropHere(writes);
    await warehouse.run(`CREATE OR REPLACE TEMP VIEW ${writes} AS ${rows}`);
    this.#views.add(writes);
    this.#made.set(writes, table);
  }

  async #dropHere(name: string): Promise<void> {
    const { warehouse } = this.#parts;
    const [found] =
      await warehouse.rows(`SELECT 'TABLE' AS kind FROM duckdb_tables() WHERE temporary AND table_name = ${literal(name)}
      UNION ALL SELECT 'VIEW' FROM duckdb_views() WHERE temporary AND view_name = ${literal(name)}`);
    if (found !== undefined) await warehouse.run(`DROP ${found.kind} temp.main.${name}`);
  }

  async audit(query: string): Promise<Row[] | undefined> {
    const asked = [...query.matchAll(/\b(?:FROM|JOIN)\s+([a-z_]\w*)/gi)].map(([, name]) => name as string);
    if (!asked.every((name) => this.#there.has(name))) return undefined;
    const list = `SELECT to_json(struct(*)) AS row FROM (${query}) LIMIT 5`;
    const rows = await this.#parts.client.rows(list);
    return rows.map(({ row }) => ({ row: row ?? null }));
  }

  async #run(sql: string): Promise<void> {
    await this.#parts.client.run(sql);
  }

  interrupt(): void {
    this.#stopped = true;
    void this.#parts.client.interrupt();
  }

  async close(): Promise<void> {
    const { client, database } = this.#parts;
    for (const name of [...this.#views].reverse()) await this.#dropHere(name).catch(() => undefined);
    // What can't be dropped now (the server is gone) is dropped by a later run.
    await database.drop().catch(() => undefined);
    await client.release();
  }
}
