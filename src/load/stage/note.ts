import { beijingTime } from '../../core/beijing.js';
import { readingText } from '../../core/reading.js';
import { literal, type Warehouse } from '../../engine/duckdb/warehouse.js';
import { lastingStamp, refuseChanged } from '../examine.js';
import type { Numbered } from './batch.js';
import { seenValues } from './seen.js';
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

/** Notes the files of a load; one of the same name that stood until now is replaced whole. */
export async function note(
  warehouse: Warehouse,
  files: readonly Numbered[],
  rows: readonly number[],
  standing: ReadonlyMap<string, Standing>,
  now: number,
): Promise<Noted[]> {
  if (files.length === 0) return [];
  files.forEach(refuseChanged);
  const loadNo = await warehouse.count('SELECT coalesce(max(load_no), 0) + 1 FROM load');
  const loaded: Noted[] = [];
  const values: string[] = [];
  const seen: string[] = [];
  const replaced: number[] = [];
  for (const [at, found] of files.entries()) {
    const known = standing.get(found.file.name);
    const old = known?.fileNo;
    const { withdrawn, shrank } =
      old === undefined ? { withdrawn: 0, shrank: false } : await compareKeys(warehouse, found, old);
    if (old !== undefined) replaced.push(old);
    const count = rows[at] as number;
    values.push(fileValues(found, { loadNo, rows: count, withdrawn, stamp: lastingStamp(found, now) }));
    seen.push(...seenValues(found, known, shrank ? withdrawn : undefined));
    const { name, kind } = found.file;
    loaded.push({ file: name, kind: kind.name, rows: count, replaced: old !== undefined, withdrawn });
  }
  if (replaced.length > 0)
    await warehouse.run(
      `UPDATE export_file SET replaced_by_load = ${loadNo} WHERE file_no IN (${replaced.join(', ')})`,
    );
  await warehouse.run(`INSERT INTO load (load_no, loaded_at) VALUES (${loadNo}, ${literal(beijingTime(now))});
    INSERT INTO export_file (file_no, load_no, file, kind, sha256, rows, columns, unknown_columns, withdrawn, stamp, reading)
      VALUES ${values.join(', ')}`);
  if (seen.length > 0)
    await warehouse.run(
      `INSERT INTO file_seen (file_no, what, column_name, cells, among, value) VALUES ${seen.join(', ')}`,
    );
  for (const found of files) {
    const old = standing.get(found.file.name);
    if (old !== undefined) await noteUndone(warehouse, found, old.fileNo, loadNo);
  }
  return loaded;
}

function fileValues(
  { file, fileNo, sha256, header, reading }: Numbered,
  { loadNo, rows, withdrawn, stamp }: { loadNo: number; rows: number; withdrawn: number; stamp: string },
): string {
  const list = (names: readonly string[]): string => `[${names.map(literal).join(', ')}]::VARCHAR[]`;
  const texts = [file.name, file.kind.name, sha256].map(literal).join(', ');
  const columns = list(header.columns.map(({ column }) => column.name));
  const how = [stamp, readingText(reading)].map(literal).join(', ');
  return `(${fileNo}, ${loadNo}, ${texts}, ${rows}, ${columns}, ${list(header.unknown)}, ${withdrawn}, ${how})`;
}

/** Of the earlier file: rows whose key the new one lacks, and whether it had more keys. */
async function compareKeys(
  warehouse: Warehouse,
  { file, fileNo }: Numbered,
  oldNo: number,
): Promise<{ withdrawn: number; shrank: boolean }> {
  const { table, key } = file.kind;
  const keysOf = (number: number): string => `SELECT ${key.join(', ')} FROM ${table} WHERE file_no = ${number}`;
  const count = (query: string): Promise<number> => warehouse.count(`SELECT count(*) FROM (${query})`);
  const withdrawn = await count(`${keysOf(oldNo)} EXCEPT ${keysOf(fileNo)}`);
  return { withdrawn, shrank: withdrawn > 0 && (await count(keysOf(fileNo))) < (await count(keysOf(oldNo))) };
}
