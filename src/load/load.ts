import { join } from 'node:path';
import type { Int96 } from '../core/reading.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import type { Mappings } from '../exports/mapping.js';
import { examine } from './examine.js';
import type { ExportFile } from './folder.js';
import { makeKindTables } from './kind-tables.js';
import { toLoad } from './known/to-load.js';
import { Lanes } from './lanes.js';
import type { Numbered } from './stage/batch.js';
import { Batches, shareOut } from './stage/batches.js';
import { loadInFull, loadUnchanged } from './stage/load-batch.js';
import { type Notable, type Noted, notable, note } from './stage/note.js';
import { type Standing, standingByName } from './stage/standing.js';
import { discardUnnoted } from './unnoted.js';
import { unusableTogether } from './unusable.js';

export interface LoadOptions {
  folder: string;
  /** The run's own directory; files are linked, unpacked and transcoded there. */
  scratch: string;
  /** Milliseconds since 1970. */
  now: number;
  /** What a file that isn't UTF-8 is read as; undefined refuses it. */
  encoding: 'gb18030' | undefined;
  /** What INT96 of Parquet files means; undefined refuses it. */
  int96?: Int96 | undefined;
  /** Reads again what an older reader has read, as far as the folder has it, and what stands after it. */
  again?: boolean | undefined;
  /** What other systems call columns and words, by kind. */
  mappings?: Mappings | undefined;
  /** `done` of at most `total` steps; each file that isn't known is looked through, and loaded where it is new. */
  onFile: (done: number, total: number, name: string) => void;
}

export interface LoadReport {
  /** Files that were new, in the order in which they now stand. */
  loaded: Noted[];
  /** Files that the warehouse held already. */
  known: number;
  /** Entries of the folder that are not exports. */
  others: string[];
}

/**
 * Loads what the warehouse doesn't hold yet, and leaves a transaction open in which the new files are noted: rows of a
 * file that isn't noted are nobody's, and are taken away by the next load or by `discardUnnoted`. So rows are stored by
 * every core, which DuckDB doesn't do inside a transaction, and yet a load counts whole or not at all.
 * Files are looked through in their order, while those before them are loaded. All unusable files are named.
 */
export async function loadFolder(warehouse: Warehouse, options: LoadOptions): Promise<LoadReport> {
  await begin(warehouse);
  const { files: unknown, told, standing, exports, others } = await toLoad(warehouse, options);
  const onFiles = counted(2 * unknown.length, options.onFile);
  const files = await loadAll(warehouse, unknown, told, { ...options, onFiles });
  await warehouse.run('BEGIN TRANSACTION');
  const loaded = await note(warehouse, files.map(notables(options.now)), standing, options.now);
  return { loaded, known: exports - files.length, others };
}

/**
 * Loads these files in this order, each as it is to be read, whatever the warehouse holds under their names; for the rest
 * as `loadFolder`.
 */
export async function loadInOrder(
  warehouse: Warehouse,
  exports: readonly ExportFile[],
  options: Omit<LoadOptions, 'folder' | 'again'>,
): Promise<LoadReport['loaded']> {
  await begin(warehouse);
  const standing = await standingByName(warehouse);
  const told = new Map(standing);
  for (const { name } of exports) told.delete(name);
  const onFiles = counted(2 * exports.length, options.onFile);
  const files = await loadAll(warehouse, exports, told, { ...options, onFiles });
  await warehouse.run('BEGIN TRANSACTION');
  return note(warehouse, files.map(notables(options.now)), standing, options.now);
}

/**
 * Loads one file under a number that no file has yet, and notes nothing; undefined where its content is `held` already.
 * Whoever calls takes its rows and discards what isn't noted.
 */
export async function loadAlone(
  warehouse: Warehouse,
  file: ExportFile,
  held: { sha256: string } | undefined,
  options: Pick<LoadOptions, 'scratch' | 'encoding' | 'int96' | 'now'>,
): Promise<Notable | undefined> {
  const found = await examine(warehouse, file, pathFor(options, file, '0'), options, held);
  if (found === undefined) return undefined;
  const numbered = { ...found, fileNo: await nextFileNo(warehouse) };
  const [rows] = await loadUnchanged(warehouse, [numbered]);
  return notable(numbered, rows as number, options.now);
}

function counted(total: number, onFile: LoadOptions['onFile']): Loading['onFiles'] {
  let steps = 0;
  return (name, files) => {
    onFile(steps, total, name);
    steps += files;
  };
}

function notables(now: number): (loaded: Loaded) => Notable {
  return ({ file, rows }) => notable(file, rows, now);
}

interface Loaded {
  file: Numbered;
  rows: number;
}

interface Loading extends Omit<LoadOptions, 'folder'> {
  onFiles: (name: string, files: number) => void;
}

/** Looks files through and loads those that are new, side by side. Gives them with their records. */
async function loadAll(
  warehouse: Warehouse,
  unknown: readonly ExportFile[],
  standing: ReadonlyMap<string, Standing>,
  options: Loading,
): Promise<Loaded[]> {
  const plan = shareOut(unknown, await warehouse.threads());
  const lanes = await Lanes.open<number[]>(warehouse, plan.lanes);
  const batches = new Batches(plan, (batch) =>
    lanes.add((lane) => {
      options.onFiles(batch[0].file.name, batch.length);
      return loadUnchanged(lane, batch);
    }),
  );
  try {
    await examineAll(warehouse, unknown, standing, options, batches);
    const rows = (await lanes.end()).flat();
    return batches.files.map((file, at) => ({ file, rows: rows[at] as number }));
  } catch (error) {
    await lanes.abandon();
    throw await unusableTogether(error, () => faultsOf(warehouse, unknown, standing, options));
  }
}

/** What is wrong with each file that can't be used at all, once it is known that there is one: the failure of each. */
async function faultsOf(
  warehouse: Warehouse,
  files: readonly ExportFile[],
  standing: ReadonlyMap<string, Standing>,
  options: Loading,
): Promise<unknown[]> {
  const faults: unknown[] = [];
  await discardUnnoted(warehouse);
  const fileNo = await nextFileNo(warehouse);
  for (const [number, file] of files.entries()) {
    try {
      const found = await examine(
        warehouse,
        file,
        pathFor(options, file, `again-${number}`),
        file.choice ?? options,
        standing.get(file.name),
      );
      if (found !== undefined && found.simple === undefined) await loadInFull(warehouse, { ...found, fileNo });
    } catch (error) {
      faults.push(error);
    }
  }
  return faults;
}

/** Makes room for every kind, and takes away what was left. */
async function begin(warehouse: Warehouse): Promise<void> {
  await makeKindTables(warehouse, 'stored');
  await discardUnnoted(warehouse);
}

/** Looks files through and gives those that are new, numbered, to the batches. */
async function examineAll(
  warehouse: Warehouse,
  files: readonly ExportFile[],
  standing: ReadonlyMap<string, Standing>,
  options: Loading,
  batches: Batches,
): Promise<void> {
  const first = await nextFileNo(warehouse);
  for (const [number, file] of files.entries()) {
    options.onFiles(file.name, 1);
    const found = await examine(
      warehouse,
      file,
      pathFor(options, file, String(number)),
      file.choice ?? options,
      standing.get(file.name),
    );
    if (found !== undefined) batches.add({ ...found, fileNo: first + batches.files.length });
  }
  batches.end();
}

async function nextFileNo(warehouse: Warehouse): Promise<number> {
  return warehouse.count('SELECT coalesce(max(file_no), 0) + 1 FROM export_file');
}

/** Where a file can be read under a name of ours. */
function pathFor({ scratch }: Pick<LoadOptions, 'scratch'>, { form }: ExportFile, name: string): string {
  const ending = { csv: 'csv', 'csv.gz': 'csv', parquet: 'parquet', xlsx: 'strings' }[form];
  return join(scratch, `input-${name}.${ending}`);
}
