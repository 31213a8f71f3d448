import { mkdirSync } from 'node:fs';
import { sqlFile } from '../../program/sql-files.js';
import type { Warehouse } from '../duckdb/warehouse.js';
import type { OuterEngine } from '../engine.js';
import { addressOf } from './connect/address.js';
import { SparkClient } from './connect/client.js';
import { SparkEngine, type SparkParts } from './engine.js';
import { lakeNotShared, olderSpark } from './failures.js';
import { Lake } from './lake.js';
import { probeSpark } from './probe.js';
import { RunDatabase } from './run-database.js';
import { OLDEST_MAJOR, PINNED, type SparkSettings } from './settings.js';

const PRELUDE = 'dialects/spark/portable.sql';

/** Connects to Spark, asks whether it computes as it must, and makes the run's database. */
export async function openSpark(
  warehouse: Warehouse,
  settings: SparkSettings,
  what: Pick<SparkParts, 'ofFiles' | 'isShared'>,
  onSignal: (undo: () => void) => void,
): Promise<OuterEngine> {
  const client = new SparkClient(addressOf(settings.connect, process.env), settings.patience);
  onSignal(() => void client.interrupt());
  try {
    const version = await client.version();
    if (!(Number.parseInt(version, 10) >= OLDEST_MAJOR)) throw olderSpark(version);
    await client.set(PINNED);
    for (const statement of sqlFile(PRELUDE).split(/;$/m)) {
      if (/^(?!--)\S/m.test(statement)) await client.run(statement);
    }
    await probeSpark(client);
    mkdirSync(settings.lake, { recursive: true });
    const database = await RunDatabase.make(client, settings.lake, settings.databasePrefix);
    const parts = { client, version, database, warehouse, lake: new Lake(settings.lake), lakeFolder: settings.lake };
    const engine = new SparkEngine({ ...parts, ...what });
    onSignal(() => engine.interrupt());
    await seesLake(parts).catch(async (error) => {
      await engine.close();
      throw error;
    });
    return engine;
  } catch (error) {
    await client.release();
    throw error;
  }
}

/** Each sees what the other writes; asked once, before anything is computed. */
async function seesLake({
  client,
  lake,
  lakeFolder,
  database,
  warehouse,
}: Omit<SparkParts, 'ofFiles' | 'isShared' | 'version'>): Promise<void> {
  await warehouse.run(`CREATE OR REPLACE TEMP VIEW lake_seen AS SELECT '${database.name}' AS name`);
  try {
    for (const view of await lake.relation(warehouse, 'lake_seen', database.given)) await client.run(view);
    const seen = await client.rows('SELECT name FROM lake_seen').catch(() => []);
    if (seen[0]?.name !== database.name) throw lakeNotShared(lakeFolder, 'read');
    await client.run(`CREATE TABLE \`${database.name}\`.t0 USING parquet AS SELECT name FROM lake_seen`);
    if (database.files('t0') === undefined) throw lakeNotShared(lakeFolder, 'written');
  } finally {
    await warehouse.run('DROP VIEW lake_seen');
  }
}
