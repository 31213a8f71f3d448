import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beijingTime } from '../beijing.js';
import { literal, type Warehouse } from '../warehouse.js';
import { Batches, planOf } from './batches.js';
import { examine, isKnown, lastingStamp, refuseChanged } from './examine.js';
import { type ExportFile, listExports } from './folder.js';
import { KINDS } from './kinds.js';
import { Lanes } from './lanes.js';
import { loadSimple } from './load-simple.js';
import { readStaged, rowsOf, settleDuplicates } from './read-staged.js';
import { type Batch, type Numbered, stageParquet, stageStrictly } from './stage.js';
import { readStrictly } from './strict-csv.js';

export interface LoadOptions {
  folder: string;
  /** The run's own directory; files are linked, unpacked and transcoded there. */
  scratch: string;
  /** Milliseconds since 1970. */
  now: number;
  /** What a file that isn't UTF-8 is read as; undefined refuses it. */
  encoding: string | undefined;
  /** `done` of at most `total` steps; each file that isn't known is looked through, and loaded where it is new. */
  onFile: (done: number, total: number, name: string) => void;
}

export interface LoadReport {
  /** Files that were new, in the order in which they now stand. */
  loaded: { file: string; kind: string; rows: number; replaced: boolean; withdrawn: number }[];
  /** Files that the warehouse held already. */
  known: number;
  /** Entries of the folder that are no exports. */
  others: string[];
}

/**
 * Loads what the warehouse doesn't hold yet, and leaves a transaction open in which the new files are noted: rows of a
 * file that isn't noted are nobody's, and are taken away by the next load or by `discardUnnoted`. So rows are stored by
 * every core, which DuckDB doesn't do inside a transaction, and yet a load counts whole or not at all.
 * Files are looked through in their order, while those before them are loaded. Of several unusable files the first that
 * shows it when it is looked through is told of, else the first that shows it when its rows are read.
 */
export async function loadFolder(warehouse: Warehouse, options: LoadOptions): Promise<LoadReport> {
  await discardUnnoted(warehouse);
  const { exports, others } = listExports(options.folder);
  const standing = await standingFiles(warehouse);
  const unknown = exports.filter((file) => !isKnown(file, standing.get(file.name)));
  const plan = planOf(unknown, await warehouse.threads());
  const lanes = await Lanes.open<number[]>(warehouse, plan.lanes);
  let steps = 0;
  const onFiles = (name: string, files: number): void => {
    options.onFile(steps, 2 * unknown.length, name);
    steps += files;
  };
  const batches = new Batches(plan, (batch) =>
    lanes.add((lane) => {
      onFiles(batch[0].file.name, batch.length);
      return loadUnchanged(lane, batch);
    }),
  );
  try {
    await examineAll(warehouse, unknown, standing, { ...options, onFiles }, batches);
  } catch (error) {
    await lanes.abandon();
    throw error;
  }
  const rows = (await lanes.end()).flat();
  await warehouse.run('BEGIN TRANSACTION');
  const loaded = await note(warehouse, batches.files, rows, standing, options.now);
  return { loaded, known: exports.length - batches.files.length, others };
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
  for (const table of [...KINDS.map((kind) => kind.table), 'unsound_row', 'row_fault', 'collapsed_row'])
    await warehouse.run(`DELETE FROM ${table} WHERE file_no > ${last}`);
}

/** Looks files through and gives those that are new, numbered, to the batches. */
async function examineAll(
  warehouse: Warehouse,
  files: readonly ExportFile[],
  standing: Map<string, Standing>,
  { scratch, encoding, onFiles }: LoadOptions & { onFiles: (name: string, files: number) => void },
  batches: Batches,
): Promise<void> {
  const first = await warehouse.count('SELECT coalesce(max(file_no), 0) + 1 FROM export_file');
  for (const [number, file] of files.entries()) {
    onFiles(file.name, 1);
    const path = join(scratch, `input-${number}.${file.form === 'parquet' ? 'parquet' : 'csv'}`);
    const found = await examine(warehouse, file, path, encoding, standing.get(file.name));
    if (found !== undefined) batches.add({ ...found, fileNo: first + batches.files.length });
  }
  batches.end();
}

/** A file of that name that stands. */
interface Standing {
  fileNo: number;
  sha256: string;
  stamp: string;
}

async function standingFiles(warehouse: Warehouse): Promise<Map<string, Standing>> {
  const rows = await warehouse.rows(
    'SELECT file, file_no, sha256, stamp FROM export_file WHERE replaced_by_load IS NULL',
  );
  return new Map(
    rows.map(({ file, file_no, sha256, stamp }) => [
      file as string,
      { fileNo: Number(file_no), sha256: sha256 as string, stamp: stamp as string },
    ]),
  );
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
  await settleDuplicates(warehouse, batch);
  await reconcile(warehouse, batch, counts);
  return counts;
}

/** Loads a file that the fast reader can't be trusted with; gives the number of its records. */
async function loadInFull(warehouse: Warehouse, file: Numbered): Promise<number> {
  const { parquetCell } = file;
  const rows = await (parquetCell === undefined
    ? stageRecords(warehouse, file)
    : stageParquet(warehouse, file, parquetCell));
  await readStaged(warehouse, [file]);
  return rows;
}

async function stageRecords(warehouse: Warehouse, file: Numbered): Promise<number> {
  const records = readStrictly(file.file.name, file.path);
  await records.next(); // the header
  return stageStrictly(warehouse, file, records);
}

/** Nothing is lost between a file and the warehouse: every record is a sound row, a collapsed one or an unsound one. */
async function reconcile(warehouse: Warehouse, batch: Batch, rows: number[]): Promise<void> {
  const theirs = rowsOf(batch);
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

/** Notes the files of a load; one of the same name that stood until now is replaced whole. */
async function note(
  warehouse: Warehouse,
  files: readonly Numbered[],
  rows: readonly number[],
  standing: Map<string, Standing>,
  now: number,
): Promise<LoadReport['loaded']> {
  if (files.length === 0) return [];
  files.forEach(refuseChanged);
  const loadNo = await warehouse.count('SELECT coalesce(max(load_no), 0) + 1 FROM load');
  const loaded: LoadReport['loaded'] = [];
  const values: string[] = [];
  const replaced: number[] = [];
  for (const [at, found] of files.entries()) {
    const { file, fileNo, sha256, header } = found;
    const old = standing.get(file.name)?.fileNo;
    const withdrawn = old === undefined ? 0 : await countWithdrawn(warehouse, found, old);
    if (old !== undefined) replaced.push(old);
    const names = [file.name, file.kind.name, sha256].map(literal).join(', ');
    const unknown = header.unknown.map(literal).join(', ');
    const stamp = literal(lastingStamp(found, now));
    values.push(`(${fileNo}, ${loadNo}, ${names}, ${rows[at]}, [${unknown}], NULL, ${withdrawn}, ${stamp})`);
    const count = rows[at] as number;
    loaded.push({ file: file.name, kind: file.kind.name, rows: count, replaced: old !== undefined, withdrawn });
  }
  if (replaced.length > 0)
    await warehouse.run(
      `UPDATE export_file SET replaced_by_load = ${loadNo} WHERE file_no IN (${replaced.join(', ')})`,
    );
  await warehouse.run(`INSERT INTO load VALUES (${loadNo}, ${literal(beijingTime(now))});
    INSERT INTO export_file VALUES ${values.join(', ')}`);
  return loaded;
}

/** Rows of the earlier file whose key the new one lacks. */
async function countWithdrawn(warehouse: Warehouse, { file, fileNo }: Numbered, oldNo: number): Promise<number> {
  const key = file.kind.key.join(', ');
  return warehouse.count(`SELECT count(*) FROM (SELECT ${key} FROM ${file.kind.table} WHERE file_no = ${oldNo}
    EXCEPT SELECT ${key} FROM ${file.kind.table} WHERE file_no = ${fileNo})`);
}
