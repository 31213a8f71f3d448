import { statSync } from 'node:fs';
import { join } from 'node:path';
import { literal, type Warehouse } from '../warehouse.js';
import { type ExportFile, listExports } from './folder.js';
import { type Header, readHeader } from './header.js';
import { readParquetHeader } from './parquet.js';
import { bringIn, type Scan, scanCsv, sha256Of } from './scan.js';
import { readStaged, stageParquet, stageSimply, stageStrictly } from './stage.js';
import { firstRecord, readStrictly } from './strict-csv.js';
import { unusable } from './unusable.js';

export interface LoadOptions {
  folder: string;
  /** The run's own directory; files are linked, unpacked and transcoded there. */
  scratch: string;
  /** What a file that isn't UTF-8 is read as; undefined refuses it. */
  encoding: string | undefined;
  /** `done` of `total` new files. */
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

interface NewFile {
  file: ExportFile;
  sha256: string;
  scan: Scan | undefined;
  path: string;
  stamp: string;
}

/**
 * Loads what the warehouse doesn't hold yet; to be called in a transaction, which a throw leaves to be rolled back.
 * Every new file is looked through before the first row is loaded, so that an unusable one is told of at once.
 */
export async function loadFolder(warehouse: Warehouse, options: LoadOptions): Promise<LoadReport> {
  const { exports, others } = listExports(options.folder);
  const report: LoadReport = { loaded: [], known: 0, others };
  const fresh: NewFile[] = [];
  const standing = new Map((await warehouse.rows('SELECT file, sha256 FROM export_file WHERE replaced_by_load IS NULL')).map((row) => [row.file, row.sha256]));
  for (const [number, file] of exports.entries()) {
    options.onFile(number, exports.length * 2, `reading ${file.name}`);
    const found = await examine(file, join(options.scratch, `input-${number}.${file.form === 'parquet' ? 'parquet' : 'csv'}`), options.encoding);
    if (standing.get(file.name) === found.sha256) report.known += 1;
    else fresh.push(found);
  }
  if (fresh.length === 0) return report;
  const loadNo = await warehouse.count('SELECT coalesce(max(load_no), 0) + 1 FROM load');
  await warehouse.run(`INSERT INTO load VALUES (${loadNo})`);
  for (const [number, file] of fresh.entries()) {
    options.onFile(fresh.length + number, fresh.length * 2, file.file.name);
    report.loaded.push(await loadFile(warehouse, file, loadNo));
  }
  return report;
}

async function examine(file: ExportFile, path: string, encoding: string | undefined): Promise<NewFile> {
  const stamp = stampOf(file.path);
  if (file.form !== 'parquet') {
    const scan = await scanCsv(file, path, encoding);
    return { file, sha256: scan.sha256, scan, path: scan.path, stamp };
  }
  bringIn(file.path, path);
  return { file, sha256: await sha256Of(file.path), scan: undefined, path, stamp };
}

/** What changes when somebody writes to the file meanwhile. */
function stampOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}

async function loadFile(warehouse: Warehouse, fresh: NewFile, loadNo: number): Promise<LoadReport['loaded'][number]> {
  const { file, sha256 } = fresh;
  const fileNo = await warehouse.count('SELECT coalesce(max(file_no), 0) + 1 FROM export_file');
  const { header, rows } = await stage(warehouse, fileNo, fresh);
  await readStaged(warehouse, fileNo, file.kind, header);
  await reconcile(warehouse, fileNo, file, rows);
  if (stampOf(file.path) !== fresh.stamp) {
    throw unusable(file.name, 'changed while it was being read', 'Run again when the export has been written completely.');
  }
  const [old] = await warehouse.rows(`SELECT file_no FROM export_file WHERE file = ${literal(file.name)} AND replaced_by_load IS NULL`);
  const unknown = header.unknown.length === 0 ? null : header.unknown.map((name) => name || '(blank)').join(', ');
  await warehouse.run(`UPDATE export_file SET replaced_by_load = ${loadNo} WHERE file = ${literal(file.name)} AND replaced_by_load IS NULL;
    INSERT INTO export_file VALUES (${fileNo}, ${loadNo}, ${[file.name, file.kind.name, sha256].map(literal).join(', ')}, ${rows}, ${literal(unknown)}, NULL)`);
  const withdrawn = old === undefined ? 0 : await countWithdrawn(warehouse, file, Number(old.file_no), fileNo);
  return { file: file.name, kind: file.kind.name, rows, replaced: old !== undefined, withdrawn };
}

async function stage(warehouse: Warehouse, fileNo: number, { file, scan, path }: NewFile): Promise<{ header: Header; rows: number }> {
  if (scan === undefined) {
    const { header, text } = await readParquetHeader(warehouse, file, path);
    return { header, rows: await stageParquet(warehouse, path, header, text) };
  }
  const header = readHeader(file.name, file.kind, (await firstRecord(file.name, path)).cells);
  if (await stageSimply(warehouse, path, header, scan)) return { header, rows: scan.lines - 1 };
  const records = readStrictly(file.name, path);
  await records.next(); // the header
  return { header, rows: await stageStrictly(warehouse, fileNo, header, records) };
}

/** Nothing is lost between the file and the warehouse: every record is a sound row, a collapsed one or an unsound one. */
async function reconcile(warehouse: Warehouse, fileNo: number, file: ExportFile, rows: number): Promise<void> {
  const counted = await warehouse.count(`SELECT (SELECT count(*) FROM ${file.kind.table} WHERE file_no = ${fileNo})
    + (SELECT count(*) FROM unsound_row WHERE file_no = ${fileNo}) + (SELECT count(*) FROM collapsed_row WHERE file_no = ${fileNo})`);
  if (counted !== rows) throw new Error(`${file.name}: ${rows} records were read, but ${counted} rows are accounted for`);
}

/** Rows of the earlier file whose key the new one lacks. */
async function countWithdrawn(warehouse: Warehouse, file: ExportFile, oldNo: number, newNo: number): Promise<number> {
  const key = file.kind.key.join(', ');
  return warehouse.count(`SELECT count(*) FROM (SELECT ${key} FROM ${file.kind.table} WHERE file_no = ${oldNo}
    EXCEPT SELECT ${key} FROM ${file.kind.table} WHERE file_no = ${newNo})`);
}
