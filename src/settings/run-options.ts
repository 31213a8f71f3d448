import { totalmem } from 'node:os';
import type { Budgets } from '../core/budget.js';
import { SettleError } from '../core/errors.js';
import type { SparkSettings } from '../engine/spark/settings.js';
import type { Mappings } from '../exports/mapping.js';
import type { Lowered } from '../notices/notice.js';
import { say } from '../words/say.js';
import { encodingOf, isCount, isEngine, isInt96, isRows, isSize } from './values.js';

/** The flags of `settle run`, as given. */
export interface RunOptions extends HoldOptions, ReadingOptions {
  policy: string;
  /** The lake that exports were loaded into. */
  lake?: string | undefined;
  /** Not needed where only what is known counts, or what a lake holds. */
  input?: string | undefined;
  out: string;
  asOf?: string | undefined;
  strict: boolean;
  statements: boolean;
  /** Of a closed period: anchors get the agency that they have now, and what was paid through the old one goes with them. */
  transfer?: boolean | undefined;
  /** The number of a load or a time: settle with what the warehouse knew then, and load nothing. */
  knownAt?: string | undefined;
  /** The settings file, where it isn't the usual one. */
  config?: string | undefined;
  /** Notices that settle.yaml lowers. */
  lowered?: readonly Lowered[] | undefined;
  /** What months may cost, which settle.yaml alone can say. */
  budget?: Budgets | undefined;
}

/** The flags that say of exports what they don't say themselves. */
export interface ReadingOptions {
  encoding?: string | undefined;
  parquetInt96?: string | undefined;
  /** What other systems call columns and words, which settle.yaml alone can say. */
  mappings?: Mappings | undefined;
}

/** The flags of every command that opens a warehouse. */
export interface HoldOptions {
  /** Where run folders go; whose closes the warehouse holds too. */
  out?: string | undefined;
  warehouse?: string | undefined;
  /** Of the database: `4GB`. */
  memoryLimit?: string | undefined;
  threads?: string | undefined;
  /** Seconds to wait for a warehouse that another run holds. */
  wait?: string | undefined;
  /** `duckdb` or `spark`: where settlements are computed. */
  engine?: string | undefined;
  /** A table of more rows is published by ranges of anchors. */
  rangeRows?: string | undefined;
  /** Where Spark is, which settle.yaml alone can say. */
  spark?: SparkSettings | undefined;
}

/** Where Spark is, if it is to settle. */
export function sparkAsked({ engine = 'duckdb', spark }: HoldOptions): SparkSettings | undefined {
  if (!isEngine(engine))
    throw new SettleError('usage', say('--engine {engine} is neither duckdb nor spark', { engine }), {
      mend: say('Leave it out for DuckDB, which needs nothing.'),
    });
  if (engine === 'duckdb') return undefined;
  if (spark !== undefined) return spark;
  throw new SettleError('usage', say("the engine is spark, and the settings don't say where it is"), {
    mend: say('Say it in settle.yaml: spark: { connect: "sc://host:15002", lake: /shared/lake }'),
  });
}

/**
 * What the database may use where nothing is said: enough for a few million sessions without spilling, and little enough
 * to settle any month beside other work. The process takes some 0.6 GB more.
 */
const USUAL_MEMORY = 2_200_000_000;
/** Of a machine that has less, so much. */
const SHARE = 0.6;

/** Rows that the database sorts in half of its usual memory. A smaller month is written in one go. */
const USUAL_RANGE = 2_000_000;

/** How many rows of a table are sorted at once when it is published. */
export function rangeRowsAsked({ rangeRows }: { rangeRows?: string | undefined }): number {
  if (rangeRows === undefined) return USUAL_RANGE;
  if (isRows(rangeRows)) return Number(rangeRows);
  throw new SettleError('usage', say('--range-rows {rangeRows} is not a number of rows', { rangeRows }), {
    mend: say('Give a number from 1 to 999999999.'),
  });
}

/** DuckDB's own bounds. */
export function bounds({ memoryLimit, threads }: HoldOptions): {
  memoryLimit: string;
  threads: number | undefined;
} {
  if (memoryLimit !== undefined && !isSize(memoryLimit)) {
    throw new SettleError('usage', say('--memory-limit {memoryLimit} is not a size', { memoryLimit }), {
      mend: say('Give a size such as 4GB or 512MB.'),
    });
  }
  const most = Math.floor(Math.min(USUAL_MEMORY, SHARE * machineBytes()));
  return {
    memoryLimit: memoryLimit ?? `${most}B`,
    threads: threads === undefined ? undefined : Math.max(1, wholeNumber('--threads', threads)),
  };
}

/** Memory of the machine, or what its container may use of it. */
function machineBytes(): number {
  const machine = totalmem();
  const allowed = process.constrainedMemory() || machine;
  return allowed < machine ? allowed : machine;
}

/** A flag's whole number. */
export function wholeNumber(flag: string, text: string): number {
  if (isCount(text)) return Number(text);
  throw new SettleError('usage', say('{flag} {text} is not a whole number', { flag, text }), {
    mend: say('Give {flag} a number in digits only.', { flag }),
  });
}

/** How exports are read: what the loader is told of them. */
export function readingAsked({ encoding, parquetInt96, mappings }: ReadingOptions): {
  encoding: 'gb18030' | undefined;
  int96: 'instant' | 'wall' | undefined;
  mappings: Mappings | undefined;
} {
  if (parquetInt96 !== undefined && !isInt96(parquetInt96)) {
    throw new SettleError(
      'usage',
      say('--parquet-int96 {parquetInt96} is neither instant nor wall', { parquetInt96 }),
      {
        mend: say("Say instant where the times are UTC, wall where they are Beijing's clock."),
      },
    );
  }
  return { encoding: knownEncoding(encoding), int96: parquetInt96, mappings };
}

/** What `--encoding` may name: a file that is valid UTF-8 is read as such whatever it says. */
function knownEncoding(name: string | undefined): 'gb18030' | undefined {
  const encoding = name === undefined ? 'utf-8' : encodingOf(name);
  if (encoding !== undefined) return encoding === 'utf-8' ? undefined : encoding;
  throw new SettleError('usage', say('--encoding {name} is not known', { name: name ?? '' }), {
    mend: say('It can be gb18030 (which reads GBK and GB2312 too) or utf-8.'),
  });
}
