import { createHash } from 'node:crypto';
import { copyFileSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Int96 } from '../../core/reading.js';
import { sha256OfFile } from '../../disk/pieces.js';
import type { Warehouse } from '../../engine/duckdb/warehouse.js';
import { say } from '../../words/say.js';
import type { Header } from '../csv/header.js';
import { bringIn } from '../csv/scan.js';
import type { ExportFile } from '../folder.js';
import { unusable } from '../unusable.js';
import { type ParquetHeader, readParquetHeader } from './parquet.js';

/** A folder of Parquet files that Spark wrote as one table: `sessions-2023-11.parquet/part-00000-….parquet`. */

/** One of its files. */
export interface FolderPart {
  name: string;
  path: string;
  sha256: string;
}

/** What the writer makes when everything is written, and where it writes before. */
const [DONE, UNDONE] = ['_SUCCESS', '_temporary'];

/**
 * The parts of a folder in the order in which their rows count: that of their contents' hashes, whatever they are called.
 * What isn't whole, or holds more than one table's files, is unusable (exit 3).
 */
export async function folderParts(file: ExportFile): Promise<FolderPart[]> {
  const names = readdirSync(file.path).sort();
  if (names.includes(UNDONE) || !names.includes(DONE)) {
    throw unusable(
      file.name,
      say('is a folder that is still being written, or was left half written: {what}', {
        what: names.includes(UNDONE)
          ? say('it holds {name}', { name: UNDONE })
          : say('it lacks {name}', { name: DONE }),
      }),
      say(
        'Wait until the job that writes it has ended, or run the job again. If all of it is there, put an empty file {name} into it.',
        { name: DONE },
      ),
    );
  }
  const shown = names.filter((name) => !/^[._]/.test(name)); // as Spark passes over them
  const stray = shown.find((name) => !/\.parquet$/i.test(name) || !statSync(join(file.path, name)).isFile());
  if (stray !== undefined) {
    throw unusable(
      file.name,
      say('is a folder that holds {stray}, which is no Parquet file', { stray }),
      say('Let the job write into a folder of its own, without partitions (no partitionBy).'),
    );
  }
  if (shown.length === 0)
    throw unusable(
      file.name,
      say('is a folder without any Parquet file'),
      say('Run the job again; a table without rows still has a file with its columns.'),
    );
  const parts: FolderPart[] = [];
  for (const name of shown) {
    const path = join(file.path, name);
    parts.push({ name, path, sha256: await sha256OfFile(path) });
  }
  return parts.sort((a, b) => (a.sha256 < b.sha256 ? -1 : a.sha256 > b.sha256 ? 1 : 0));
}

/** What a folder is known by: the hashes of its parts. */
export function contentOfParts(parts: readonly FolderPart[]): string {
  const hash = createHash('sha256');
  for (const { sha256 } of parts) hash.update(`${sha256}\n`);
  return hash.digest('hex');
}

/** Looks the parts through; all must have the same known columns, in one order. `path` is where the first one can be read. */
export async function readPartsHeader(
  warehouse: Warehouse,
  file: ExportFile,
  { parts, path, int96 }: { parts: readonly FolderPart[]; path: string; int96: Int96 | undefined },
): Promise<Omit<ParquetHeader, 'path'> & { copies: string[] }> {
  const copies: string[] = [];
  const found: ParquetHeader[] = [];
  for (const [at, part] of parts.entries()) {
    const copy = path.replace(/\.parquet$/, `-part-${at}.parquet`);
    if (lstatSync(file.path).isSymbolicLink())
      copyFileSync(part.path, copy); // what the link leads to may not be read from there
    else bringIn(part.path, copy);
    const read = await readParquetHeader(
      warehouse,
      { ...file, name: `${file.name}/${part.name}`, path: part.path },
      copy,
      int96,
    );
    copies.push(copy, read.path);
    found.push(read);
    refuseOther(file, [parts[0], part] as [FolderPart, FolderPart], [found[0], read] as [ParquetHeader, ParquetHeader]);
  }
  const [{ header }] = found as [ParquetHeader];
  return {
    header,
    parquetRows: found.map(({ parquetRows }) => parquetRows).join(' UNION ALL '),
    int96: found.find((each) => each.int96 !== undefined)?.int96,
    copies,
  };
}

function refuseOther(
  file: ExportFile,
  [first, part]: [FolderPart, FolderPart],
  [one, other]: [ParquetHeader, ParquetHeader],
): void {
  if (namesOf(one.header) === namesOf(other.header)) return;
  throw unusable(
    file.name,
    say('is a folder whose files have different columns: {first} and {part}', { first: first.name, part: part.name }),
    say('Let one job write all of it into a folder of its own.'),
  );
}

function namesOf({ columns, unknown }: Header): string {
  return JSON.stringify([columns.map(({ column, called }) => [column.name, called]), unknown]);
}
