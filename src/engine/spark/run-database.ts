import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { processBegan } from '../../disk/processes.js';
import { makeLike } from '../lake-rows.js';
import type { SparkClient } from './connect/client.js';
import { fileUri } from './lake.js';
import { sparkLiteral, sparkName } from './types.js';

/** The owner says so often that it is there. */
const BEAT_MS = 30_000;
/** What nobody has said so of for an hour belongs to a run that was killed. */
const LEFT_MS = 3_600_000;
const LEASE = 'lease.json';
const TABLES = 'tables';
const GIVEN = 'given';

interface Owner {
  host: string;
  pid: number;
  /** When the process began, as its system counts it; process ids come again. */
  began: string;
}

/** The database of one run, whose tables lie in the lake: `runs/<name>/tables`. */
export class RunDatabase {
  readonly name: string;
  readonly #lake: string;
  readonly #folder: string;
  readonly #client: SparkClient;
  #beat: NodeJS.Timeout | undefined;

  private constructor(client: SparkClient, lake: string, name: string) {
    this.#client = client;
    this.name = name;
    this.#lake = lake;
    this.#folder = join(lake, 'runs', name);
  }

  /** Takes away what killed runs left, makes the database, and uses it. */
  static async make(client: SparkClient, lake: string, prefix: string): Promise<RunDatabase> {
    const runs = makeLike(lake, 'runs');
    for (const left of leftIn(runs, prefix)) await new RunDatabase(client, lake, left).drop();
    const database = new RunDatabase(client, lake, `${prefix}${randomBytes(8).toString('hex')}`);
    database.#hold();
    try {
      await client.run(
        `CREATE DATABASE ${sparkName(database.name)} COMMENT 'a run of settle; it is dropped when the run has ended' LOCATION ${sparkLiteral(fileUri(join(database.#folder, TABLES)))}`,
      );
      await client.run(`USE ${sparkName(database.name)}`);
      return database;
    } catch (error) {
      await database.drop().catch(() => undefined);
      throw error;
    }
  }

  /** Where the warehouse's relations are written for Spark. */
  get given(): string {
    return join(this.#folder, GIVEN);
  }

  /** The Parquet files of a table, as a pattern; undefined where it has none. */
  files(table: string): string | undefined {
    const folder = join(this.#folder, TABLES, table);
    const parts = existsSync(folder) ? readdirSync(folder).filter((name) => /^part-.*\.parquet$/.test(name)) : [];
    return parts.length === 0 ? undefined : join(folder, 'part-*.parquet');
  }

  /** Whether this machine sees that Spark has ended the writing of a table. */
  hasWritten(table: string): boolean {
    return existsSync(join(this.#folder, TABLES, table));
  }

  /** Drops the database with its tables, and takes the run's folder away. */
  async drop(): Promise<void> {
    clearInterval(this.#beat);
    try {
      await this.#client.run(`DROP DATABASE IF EXISTS ${sparkName(this.name)} CASCADE`);
    } finally {
      rmSync(join(this.#folder, GIVEN), { recursive: true, force: true });
    }
    // A task of a lost worker may still be writing; what it leaves has no lease, and a later run takes it away.
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Says whose it is, and that the owner is there. */
  #hold(): void {
    for (const folder of [GIVEN, TABLES]) makeLike(this.#lake, 'runs', this.name, folder);
    const lease = join(this.#folder, LEASE);
    writeFileSync(
      lease,
      JSON.stringify({ host: hostname(), pid: process.pid, began: processBegan(process.pid) } satisfies Owner),
    );
    this.#beat = setInterval(() => {
      const now = new Date();
      if (existsSync(lease)) utimesSync(lease, now, now);
    }, BEAT_MS).unref();
  }
}

/** Databases of runs whose owner is gone: their lease lies in this lake, and names are as this program gives them. */
function leftIn(folder: string, prefix: string): string[] {
  const ours = new RegExp(`^${prefix}[0-9a-f]{16}$`);
  return readdirSync(folder).filter((name) => ours.test(name) && isLeft(join(folder, name, LEASE)));
}

function isLeft(lease: string): boolean {
  try {
    if (Date.now() - statSync(lease).mtimeMs > LEFT_MS) return true;
    const { host, pid, began: then } = JSON.parse(readFileSync(lease, 'utf8')) as Owner;
    return host === hostname() && then !== '' && processBegan(pid) !== then;
  } catch {
    return Date.now() - statSync(dirname(lease)).mtimeMs > LEFT_MS; // it is being made or dropped, or was when it was killed
  }
}
