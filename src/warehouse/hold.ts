import { dirname, join, resolve } from 'node:path';
import { wordOfCloses } from '../close/agreement.js';
import { takeClosesIn } from '../close/close-record.js';
import type { Context } from '../context/context.js';
import { SettleError } from '../core/errors.js';
import { openScratch } from '../disk/scratch.js';
import { Warehouse, type WarehouseOptions } from '../engine/duckdb/warehouse.js';
import type { SparkSettings } from '../engine/spark/settings.js';
import { checkHead, writeHead } from '../load/head.js';
import { makeKindTables } from '../load/kind-tables.js';
import { discardUnnoted } from '../load/unnoted.js';
import { bounds, type HoldOptions, sparkAsked, wholeNumber } from '../settings/run-options.js';
import { inLanguage } from '../words/said.js';
import { say } from '../words/say.js';

/** An open warehouse that has everything it had when it was last closed. */
export interface Held {
  warehouse: Warehouse;
  /** The command's own directory. */
  scratch: string;
  /** Commits the open transaction for good; without it the warehouse is given back as it was. */
  keep: () => Promise<void>;
  /** Where settlements are computed on Spark. */
  spark: SparkSettings | undefined;
}

/** A warehouse that is only read: being allowed to read the file is enough, and nothing beside it is made or tidied. */
export type Opened = Omit<Held, 'keep' | 'spark'>;

/** The warehouse that is meant: `settlement.duckdb` beside the output folder, where none is named. */
export function warehouseFile(warehouse: string | undefined, out: string): string {
  return warehouse ?? join(dirname(resolve(out)), 'settlement.duckdb');
}

/**
 * Opens a warehouse, lets `use` work with it, and closes it; `folders` are what statements may read and write besides.
 * Whoever settles or closes refuses closes that don't agree itself; for all others that is told in a line.
 */
export async function hold<T>(
  file: string,
  folders: string[],
  options: HoldOptions & { settles?: boolean },
  context: Context,
  use: (held: Held) => Promise<T>,
): Promise<T> {
  const begin = async (warehouse: Warehouse): Promise<void> => {
    const carried = await warehouse.carryOver();
    await makeKindTables(warehouse, 'stored');
    if (carried !== undefined) context.note(inLanguage(carried, context.language ?? 'en'));
    await seeCloses(warehouse, options, context);
  };
  const spark = sparkAsked(options);
  const allowed = spark === undefined ? folders : [...folders, spark.lake];
  return opened({ file, folders: allowed }, options, context, (warehouse, scratch) =>
    using(warehouse, { scratch, spark }, begin, use),
  );
}

/**
 * Opens a warehouse that is only read. One of an older format is read from a copy in the command's own directory, and so
 * is it where `aside` asks for a copy that may be written to.
 */
export async function holdReading<T>(
  file: string,
  { folders = [], aside = false }: { folders?: string[]; aside?: boolean },
  options: HoldOptions & { settles?: boolean },
  context: Context,
  use: (reading: Opened) => Promise<T>,
): Promise<T> {
  return opened({ file, folders, reading: true }, options, context, async (warehouse, scratch) => {
    try {
      await checkHead(warehouse);
      await warehouse.carryOver();
      if (aside) await warehouse.copyAside();
      await makeKindTables(warehouse, aside ? 'stored' : 'temporary');
      if (!options.settles) await tellOfCloses(warehouse, options, context);
      return await use({ warehouse, scratch });
    } finally {
      warehouse.close();
    }
  });
}

async function opened<T>(
  which: Pick<WarehouseOptions, 'file' | 'folders' | 'reading'>,
  options: HoldOptions,
  context: Context,
  use: (warehouse: Warehouse, scratch: string) => Promise<T>,
): Promise<T> {
  const { memoryLimit, threads } = bounds(options);
  const scratch = openScratch();
  context.onSignal(scratch.remove);
  try {
    context.progress('open', '', 0, 0);
    const bounded = { ...which, scratch: scratch.dir, memoryLimit, threads };
    const warehouse = await openWaiting(bounded, options.wait, context);
    context.onSignal(() => warehouse.interrupt());
    if (context.watch(() => warehouse.percent)) await warehouse.countProgress();
    return await use(warehouse, scratch.dir);
  } finally {
    scratch.remove();
  }
}

async function using<T>(
  warehouse: Warehouse,
  more: Pick<Held, 'scratch' | 'spark'>,
  begin: (warehouse: Warehouse) => Promise<void>,
  use: (held: Held) => Promise<T>,
): Promise<T> {
  let kept = false;
  let sound = false;
  const keep = async (): Promise<void> => {
    await warehouse.run('COMMIT');
    kept = true;
    await writeHead(warehouse);
    await warehouse.checkpoint();
  };
  try {
    await checkHead(warehouse);
    await begin(warehouse);
    sound = true;
    return await use({ warehouse, ...more, keep });
  } finally {
    if (!kept && sound) await giveBack(warehouse);
    if (kept) warehouse.close();
    else warehouse.discard(); // a damaged one is left as it is, to the byte
  }
}

/** The closes of the output folder, where one is known: taken in by a warehouse that was carried over, and compared. */
async function seeCloses(
  warehouse: Warehouse,
  options: HoldOptions & { settles?: boolean },
  context: Context,
): Promise<void> {
  if (options.out !== undefined) await takeClosesIn(warehouse, resolve(options.out));
  if (!options.settles) await tellOfCloses(warehouse, options, context);
}

async function tellOfCloses(
  warehouse: Warehouse,
  { out }: HoldOptions,
  { note, language = 'en' }: Context,
): Promise<void> {
  const word = out === undefined ? undefined : await wordOfCloses(warehouse, resolve(out));
  if (word !== undefined) note(inLanguage(word, language));
}

const RETRY_MS = 200;

/** Opens the warehouse; one that another run holds is asked for again until the time is up. */
async function openWaiting(options: WarehouseOptions, wait: string | undefined, context: Context): Promise<Warehouse> {
  const until = context.clock() + 1000 * wholeNumber('--wait', wait ?? '0');
  for (;;) {
    try {
      return await Warehouse.open(options);
    } catch (error) {
      if (!(error instanceof SettleError && error.code === 'held') || context.clock() >= until) throw error;
      context.progress('open', say('held by another run, waiting').in(context.language ?? 'en'), 0, 0);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Takes back what wasn't kept. */
async function giveBack(warehouse: Warehouse): Promise<void> {
  const ignore = (): undefined => undefined; // what can't be taken away now is taken away by the next load
  await warehouse.run('ROLLBACK').catch(ignore); // there may be no transaction: not yet, or a failed statement ended it
  if (!warehouse.created) await discardUnnoted(warehouse).catch(ignore);
}
