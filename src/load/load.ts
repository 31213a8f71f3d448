import { join } from 'node:path';
import { literal, type Warehouse } from '../warehouse.js';
import { type Examined, examine, refuseChanged } from './examine.js';
import { listExports } from './folder.js';
import { loadClean } from './load-clean.js';
import { readStaged, settleDuplicates } from './read-staged.js';
import { type Batch, isSimple, type Numbered, stageParquet, stageSimply, stageStrictly } from './stage.js';
import { readStrictly } from './strict-csv.js';

export interface LoadOptions {
  folder: string;
  /** The run's own directory; files are linked, unpacked and transcoded there. */
  scratch: string;
  /** What a file that isn't UTF-8 is read as; undefined refuses it. */
  encoding: string | undefined;
  /** `done` of `total` steps; each new file is read and loaded. */
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
 * Loads what the warehouse doesn't hold yet; to be called in a transaction, which a throw leaves to be rolled back.
 * Every new file is looked through before the first row is loaded, so that an unusable one is told of at once.
 */
export async function loadFolder(warehouse: Warehouse, options: LoadOptions): Promise<LoadReport> {
  const { exports, others } = listExports(options.folder);
  const report: LoadReport = { loaded: [], known: 0, others };
  const fresh: Examined[] = [];
  const standing = await standingFiles(warehouse);
  for (const [number, file] of exports.entries()) {
    options.onFile(number, exports.length, file.name);
    const path = join(options.scratch, `input-${number}.${file.form === 'parquet' ? 'parquet' : 'csv'}`);
    const found = await examine(warehouse, file, path, options.encoding, standing.get(file.name));
    if (found === undefined) report.known += 1;
    else fresh.push(found);
  }
  if (fresh.length === 0) return report;
  const loadNo = await warehouse.count('SELECT coalesce(max(load_no), 0) + 1 FROM load');
  const first = await warehouse.count('SELECT coalesce(max(file_no), 0) + 1 FROM export_file');
  await warehouse.run(`INSERT INTO load VALUES (${loadNo})`);
  const numbered = fresh.map((found, at) => ({ ...found, fileNo: first + at }));
  for (const batch of batches(numbered)) {
    const [{ fileNo, file }] = batch;
    options.onFile(fileNo - first, fresh.length, file.name);
    const rows = await loadBatch(warehouse, batch).catch((error) => {
      batch.forEach(refuseChanged); // which says more than what was then found amiss
      throw error;
    });
    for (const [at, found] of batch.entries())
      report.loaded.push(await register(warehouse, found, loadNo, rows[at] as number));
  }
  return report;
}

async function standingFiles(warehouse: Warehouse): Promise<Map<string, string>> {
  const rows = await warehouse.rows('SELECT file, sha256 FROM export_file WHERE replaced_by_load IS NULL');
  return new Map(rows.map((row) => [row.file as string, row.sha256 as string]));
}

/** How many records are staged at once: enough to keep every core busy, few enough to stay in memory. */
const BATCH_ROWS = 500_000;

/** Simple files that follow each other with the same header are loaded together; every statement has its price. */
function batches(files: readonly Numbered[]): Batch[] {
  const made: [Numbered, ...Numbered[]][] = [];
  let rows = 0;
  for (const file of files) {
    const lines = file.scan?.lines ?? 0;
    const current = made.at(-1);
    if (current !== undefined && rows + lines <= BATCH_ROWS && loadTogether(current[0], file)) current.push(file);
    else {
      made.push([file]);
      rows = 0;
    }
    rows += lines;
  }
  return made;
}

function loadTogether(a: Numbered, b: Numbered): boolean {
  const layout = ({ file, header, scan }: Numbered): string =>
    JSON.stringify([
      file.kind.name,
      header.width,
      header.columns.map(({ column, at }) => [column.name, at]),
      scan?.simple?.lineEnd,
    ]);
  return isSimple(a) && isSimple(b) && layout(a) === layout(b);
}

/** Loads files of one layout, in the cheapest way that their content allows; gives the number of records of each. */
async function loadBatch(warehouse: Warehouse, batch: Batch): Promise<number[]> {
  const clean = await loadClean(warehouse, batch);
  if (clean || (await stageSimply(warehouse, batch))) {
    if (!clean) await readStaged(warehouse, batch);
    await settleDuplicates(warehouse, batch);
    const rows = batch.map(({ scan }) => (scan?.lines ?? 0) - 1);
    await reconcile(warehouse, batch, rows);
    return rows;
  }
  const counts: number[] = [];
  for (const file of batch) {
    const { parquetCell } = file;
    const rows = await (parquetCell === undefined
      ? stageRecords(warehouse, file)
      : stageParquet(warehouse, file, parquetCell));
    await readStaged(warehouse, [file]);
    await settleDuplicates(warehouse, [file]);
    await reconcile(warehouse, [file], [rows]);
    counts.push(rows);
  }
  return counts;
}

async function stageRecords(warehouse: Warehouse, file: Numbered): Promise<number> {
  const records = readStrictly(file.file.name, file.path);
  await records.next(); // the header
  return stageStrictly(warehouse, file, records);
}

/** Nothing is lost between a file and the warehouse: every record is a sound row, a collapsed one or an unsound one. */
async function reconcile(warehouse: Warehouse, batch: Batch, rows: number[]): Promise<void> {
  const table = batch[0].file.kind.table;
  for (const [at, { file, fileNo }] of batch.entries()) {
    const counted = await warehouse.count(`SELECT (SELECT count(*) FROM ${table} WHERE file_no = ${fileNo})
      + (SELECT count(*) FROM unsound_row WHERE file_no = ${fileNo}) + (SELECT count(*) FROM collapsed_row WHERE file_no = ${fileNo})`);
    if (counted !== rows[at])
      throw new Error(`${file.name}: ${rows[at]} records were read, but ${counted} rows are accounted for`);
  }
}

/** Notes the file; one of the same name that stood until now is replaced whole. */
async function register(
  warehouse: Warehouse,
  found: Numbered,
  loadNo: number,
  rows: number,
): Promise<LoadReport['loaded'][number]> {
  refuseChanged(found);
  const { file, fileNo, sha256, header } = found;
  const [old] = await warehouse.rows(
    `SELECT file_no FROM export_file WHERE file = ${literal(file.name)} AND replaced_by_load IS NULL`,
  );
  const unknown = header.unknown.map((name) => literal(name)).join(', ');
  await warehouse.run(`UPDATE export_file SET replaced_by_load = ${loadNo} WHERE file = ${literal(file.name)} AND replaced_by_load IS NULL;
    INSERT INTO export_file VALUES (${fileNo}, ${loadNo}, ${[file.name, file.kind.name, sha256].map(literal).join(', ')}, ${rows}, [${unknown}], NULL)`);
  const withdrawn = old === undefined ? 0 : await countWithdrawn(warehouse, found, Number(old.file_no));
  return { file: file.name, kind: file.kind.name, rows, replaced: old !== undefined, withdrawn };
}

/** Rows of the earlier file whose key the new one lacks. */
async function countWithdrawn(warehouse: Warehouse, { file, fileNo }: Numbered, oldNo: number): Promise<number> {
  const key = file.kind.key.join(', ');
  return warehouse.count(`SELECT count(*) FROM (SELECT ${key} FROM ${file.kind.table} WHERE file_no = ${oldNo}
    EXCEPT SELECT ${key} FROM ${file.kind.table} WHERE file_no = ${fileNo})`);
}
