import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Int96 } from '../core/reading.js';
import type { Mappings } from '../exports/mapping.js';
import type { ExportFile } from '../load/folder.js';
import { sharedStampOf } from '../load/known/stamp.js';
import { toLoad } from '../load/known/to-load.js';
import { discardUnnoted } from '../load/unnoted.js';
import { PROGRAM } from '../program/version.js';
import { type Bench, noteFiles, withRows } from './bench.js';
import type { LakeHistory } from './lake.js';
import type { Go } from './records.js';

/** What is to be loaded, and how. */
export interface IntoLakeOptions {
  folder: string;
  encoding: 'gb18030' | undefined;
  int96?: Int96 | undefined;
  mappings?: Mappings | undefined;
  again?: boolean | undefined;
}

/** A go as this process would register it, and its files in the same order. */
export interface Planned {
  go: Go;
  files: ExportFile[];
}

/** Says what of a folder the lake doesn't hold yet, as a warehouse with the same history would. */
export async function plannedGo(
  bench: Bench,
  { loads, next }: LakeHistory,
  options: IntoLakeOptions,
): Promise<Planned> {
  const { folder, encoding, int96, mappings = {}, again = false } = options;
  await discardUnnoted(bench.warehouse);
  await noteFiles(bench, loads, folder);
  const found = await withRows(bench, loads, (onRows) =>
    toLoad(bench.warehouse, { folder, int96, mappings, again, folders: true, onRows }),
  );
  const { files, told, exports, others } = found;
  const go: Go = {
    go: next,
    token: randomUUID(),
    build: PROGRAM.build,
    folder: resolve(folder),
    how: { encoding: encoding ?? null, int96: int96 ?? null, mappings, again },
    files: files.map(({ name, path }) => ({ name, stamp: sharedStampOf(path), held: told.get(name)?.sha256 ?? null })),
    known: exports - files.length,
    others,
  };
  return { go, files };
}

/** Whether two processes would register the same work, so that they can do it together. */
export function isSameWork(one: Go, other: Go): boolean {
  const work = ({ build, how, files }: Go): string => JSON.stringify([build, how, files]);
  return work(one) === work(other);
}
