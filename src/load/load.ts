import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Int96, isOutdated, isReadOtherwise, type Reading } from '../core/reading.js';
import { sha256OfFile } from '../disk/pieces.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { isMappedOtherwise, type Mappings } from '../exports/mapping.js';
import { KINDS } from '../programmes/registry.js';
import { inOrderOfStanding } from './again.js';
import { readStrictly } from './csv/strict-csv.js';
import { examine, isKnown, refuseChanged } from './examine.js';
import { type ExportFile, listExports, mapped } from './folder.js';
import { Lanes } from './lanes.js';
import { type Batch, type Numbered, rowsOfBatch } from './stage/batch.js';
import { Batches, shareOut } from './stage/batches.js';
import { loadSimple } from './stage/load-simple.js';
import { note } from './stage/note.js';
import { readStaged, settleDuplicates } from './stage/read-staged.js';
import { noteSeen } from './stage/seen.js';
import { stageParquet, stageStrictly } from './stage/stage.js';
import { type Standing, standingByName } from './stage/standing.js';
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
  loaded: { file: string; kind: string; rows: number; replaced: boolean; withdrawn: number }[];
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
  await discardUnnoted(warehouse);
  const { exports: listed, others } = listExports(options.folder);
  const exports = listed.map((file) => mapped(file, options.mappings));
  const standing = await standingByName(warehouse);
  const again = await inOrderOfStanding(warehouse, exports, standing, await toBeReadAgain(exports, standing, options));
  const unknown = [...again, ...exports.filter((file) => !again.includes(file) && mayBeNew(file, standing, options))];
  let steps = 0;
  const onFiles = (name: string, files: number): void => {
    options.onFile(steps, 2 * unknown.length, name);
    steps += files;
  };
  const told = new Map(standing);
  for (const file of unknown)
    if (again.includes(file) || isAnotherReading(file, standing, options)) told.delete(file.name);
  const { files, rows } = await loadAll(warehouse, unknown, told, { ...options, onFiles });
  await warehouse.run('BEGIN TRANSACTION');
  const loaded = await note(warehouse, files, rows, standing, options.now);
  return { loaded, known: exports.length - files.length, others };
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
  await discardUnnoted(warehouse);
  const standing = await standingByName(warehouse);
  const told = new Map(standing);
  for (const { name } of exports) told.delete(name);
  let steps = 0;
  const onFiles = (name: string, files: number): void => {
    options.onFile(steps, 2 * exports.length, name);
    steps += files;
  };
  const { files, rows } = await loadAll(warehouse, exports, told, { ...options, onFiles });
  await warehouse.run('BEGIN TRANSACTION');
  return note(warehouse, files, rows, standing, options.now);
}

/** Whether a file has to be looked through: the warehouse doesn't hold it, or read it by another choice than is made now. */
function mayBeNew(file: ExportFile, standing: ReadonlyMap<string, Standing>, options: LoadOptions): boolean {
  return isAnotherReading(file, standing, options) || !isKnown(file, standing.get(file.name));
}

function isAnotherReading(
  { name, kind }: ExportFile,
  standing: ReadonlyMap<string, Standing>,
  { int96 }: LoadOptions,
): boolean {
  const held = standing.get(name);
  if (held === undefined) return false;
  const reading = JSON.parse(held.reading) as Reading;
  const header = { columns: held.columns ?? kind.columns.map((column) => column.name), unknown: held.unknown };
  return isReadOtherwise(reading, int96) || isMappedOtherwise(kind.mapping, reading, header);
}

/** Files that the warehouse holds as they are, and that are to be read otherwise, or by this reader. */
async function toBeReadAgain(
  exports: readonly ExportFile[],
  standing: ReadonlyMap<string, Standing>,
  options: LoadOptions,
): Promise<Set<ExportFile>> {
  const again = new Set<ExportFile>();
  for (const file of exports) {
    const held = standing.get(file.name);
    if (held === undefined) continue;
    const isOlder = options.again === true && isOutdated(held.reading);
    const isOther = isAnotherReading(file, standing, options);
    if (isOlder || (isOther && (isKnown(file, held) || (await sha256OfFile(file.path)) === held.sha256)))
      again.add(file);
  }
  return again;
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
): Promise<{ files: readonly Numbered[]; rows: number[] }> {
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
    return { files: batches.files, rows: (await lanes.end()).flat() };
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

async function loadUnchanged(warehouse: Warehouse, batch: Batch): Promise<number[]> {
  try {
    return await loadBatch(warehouse, batch);
  } catch (error) {
    batch.forEach(refuseChanged); // which says more than what was then found amiss
    throw error;
  } finally {
    // What was unpacked, transcoded or copied without quotes makes room for that of the next files.
    for (const { path, simple } of batch)
      for (const copy of [path, simple?.path ?? path]) rmSync(copy, { force: true });
  }
}

/** Takes away rows of files that no load has noted: what a killed or refused load had stored. */
export async function discardUnnoted(warehouse: Warehouse): Promise<void> {
  const last = await warehouse.count('SELECT coalesce(max(file_no), 0) FROM export_file');
  for (const table of [...KINDS.map((kind) => kind.table), 'unsound_row', 'row_fault', 'collapsed_row', 'file_seen'])
    await warehouse.run(`DELETE FROM ${warehouse.stored(table)} WHERE file_no > ${last}`);
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

/** Loads files of one layout, in the cheapest way that their content allows; gives the number of records of each. */
async function loadBatch(warehouse: Warehouse, batch: Batch): Promise<number[]> {
  const rows = batch[0].simple && (await loadSimple(warehouse, batch));
  if (rows === undefined && batch.length > 1) {
    const counts: number[] = [];
    for (const file of batch) counts.push(...(await loadBatch(warehouse, [file])));
    return counts;
  }
  const counts = rows ?? [await loadInFull(warehouse, batch[0])];
  await noteSeen(warehouse, batch);
  await settleDuplicates(warehouse, batch);
  await reconcile(warehouse, batch, counts);
  return counts;
}

/** Loads a file that the fast reader can't be trusted with; gives the number of its records. */
async function loadInFull(warehouse: Warehouse, file: Numbered): Promise<number> {
  const { parquetRows } = file;
  const rows = await (parquetRows === undefined
    ? stageRecords(warehouse, file)
    : stageParquet(warehouse, file, parquetRows));
  await readStaged(warehouse, [file]);
  return rows;
}

async function stageRecords(warehouse: Warehouse, file: Numbered): Promise<number> {
  if (file.workbook !== undefined) return stageStrictly(warehouse, file, file.workbook.records());
  const records = readStrictly(file.file.name, file.path);
  await records.next(); // the header
  return stageStrictly(warehouse, file, records);
}

/** Nothing is lost between a file and the warehouse: every record is a sound row, a collapsed one or an unsound one. */
async function reconcile(warehouse: Warehouse, batch: Batch, rows: number[]): Promise<void> {
  const theirs = rowsOfBatch(batch);
  const counted = await warehouse.rows(`SELECT file_no, count(*) AS rows FROM (
    SELECT file_no FROM ${batch[0].file.kind.table} WHERE ${theirs}
    UNION ALL SELECT file_no FROM unsound_row WHERE ${theirs}
    UNION ALL SELECT file_no FROM collapsed_row WHERE ${theirs}) GROUP BY file_no`);
  const found = new Map(counted.map((row) => [Number(row.file_no), Number(row.rows)]));
  for (const [at, { file, fileNo }] of batch.entries()) {
    if ((found.get(fileNo) ?? 0) !== rows[at])
      throw new Error(
        `${file.name}: ${rows[at]} records were read, but ${found.get(fileNo) ?? 0} rows are accounted for`,
      );
  }
}
