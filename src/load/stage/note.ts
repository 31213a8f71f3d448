import { beijingTime } from '../../core/beijing.js';
import { readingText } from '../../core/reading.js';
import { literal, type Warehouse } from '../../engine/duckdb/warehouse.js';
import type { Kind } from '../../exports/column-types.js';
import { lastingStamp, refuseChanged } from '../known/stamp.js';
import type { Numbered } from './batch.js';
import { insertSeen, type Seen, seenAlone, seenBeside } from './seen.js';
import type { Standing } from './standing.js';
import { noteUndone } from './undone.js';

/** A file that a load has brought. */
export interface Noted {
  file: string;
  kind: string;
  rows: number;
  replaced: boolean;
  withdrawn: number;
}

/** A file whose rows are stored, with all that is noted of it. */
export interface Notable {
  fileNo: number;
  file: { name: string; kind: Kind };
  sha256: string;
  rows: number;
  /** The known columns of its header, and what else it names. */
  columns: string[];
  unknown: string[];
  /** What tells, without reading it, that not a byte was written since; blank where nothing does. */
  stamp: string;
  reading: string;
  /** What isn't noted yet of what the load saw of it alone. */
  seen: Seen[];
}

/** A file that was loaded just now; refused where somebody wrote to it meanwhile. */
export function notable(found: Numbered, rows: number, now: number): Notable {
  refuseChanged(found);
  const { fileNo, file, sha256, header, reading } = found;
  return {
    ...{ fileNo, file, sha256, rows },
    columns: header.columns.map(({ column }) => column.name),
    unknown: header.unknown,
    stamp: lastingStamp(found, now),
    reading: readingText(reading),
    seen: seenAlone(found),
  };
}

/** Notes the files of a load; one of the same name that stood until now is replaced whole. */
export async function note(
  warehouse: Warehouse,
  files: readonly Notable[],
  standing: ReadonlyMap<string, Standing>,
  now: number,
): Promise<Noted[]> {
  if (files.length === 0) return [];
  const loadNo = await warehouse.count('SELECT coalesce(max(load_no), 0) + 1 FROM load');
  const loaded: Noted[] = [];
  const values: string[] = [];
  const seen: [number, Seen][] = [];
  const replaced: number[] = [];
  for (const found of files) {
    const known = standing.get(found.file.name);
    const { withdrawn, shrank } =
      known === undefined ? { withdrawn: 0, shrank: false } : await compareKeys(warehouse, found, known.fileNo);
    const beside = known === undefined ? [] : seenBeside(found.columns, known, shrank ? withdrawn : undefined);
    if (known !== undefined) replaced.push(known.fileNo);
    values.push(fileValues(found, loadNo, withdrawn));
    seen.push(...[...found.seen, ...beside].map((each): [number, Seen] => [found.fileNo, each]));
    const { name, kind } = found.file;
    loaded.push({ file: name, kind: kind.name, rows: found.rows, replaced: known !== undefined, withdrawn });
  }
  if (replaced.length > 0)
    await warehouse.run(
      `UPDATE export_file SET replaced_by_load = ${loadNo} WHERE file_no IN (${replaced.join(', ')})`,
    );
  await warehouse.run(`INSERT INTO load (load_no, loaded_at) VALUES (${loadNo}, ${literal(beijingTime(now))});
    INSERT INTO export_file (file_no, load_no, file, kind, sha256, rows, columns, unknown_columns, withdrawn, stamp, reading)
      VALUES ${values.join(', ')}`);
  if (seen.length > 0) await warehouse.run(insertSeen(seen));
  for (const found of files) {
    const old = standing.get(found.file.name);
    if (old !== undefined) await noteUndone(warehouse, found, old.fileNo, loadNo);
  }
  return loaded;
}

function fileValues(
  { file, fileNo, sha256, rows, columns, unknown, stamp, reading }: Notable,
  loadNo: number,
  withdrawn: number,
): string {
  const list = (names: readonly string[]): string => `[${names.map(literal).join(', ')}]::VARCHAR[]`;
  const texts = [file.name, file.kind.name, sha256].map(literal).join(', ');
  const how = [stamp, reading].map(literal).join(', ');
  return `(${fileNo}, ${loadNo}, ${texts}, ${rows}, ${list(columns)}, ${list(unknown)}, ${withdrawn}, ${how})`;
}

/** Of the earlier file: rows whose key the new one lacks, and whether it had more keys. */
async function compareKeys(
  warehouse: Warehouse,
  { file, fileNo }: Notable,
  oldNo: number,
): Promise<{ withdrawn: number; shrank: boolean }> {
  const { table, key } = file.kind;
  const keysOf = (number: number): string => `SELECT ${key.join(', ')} FROM ${table} WHERE file_no = ${number}`;
  const count = (query: string): Promise<number> => warehouse.count(`SELECT count(*) FROM (${query})`);
  const withdrawn = await count(`${keysOf(oldNo)} EXCEPT ${keysOf(fileNo)}`);
  return { withdrawn, shrank: withdrawn > 0 && (await count(keysOf(fileNo))) < (await count(keysOf(oldNo))) };
}
