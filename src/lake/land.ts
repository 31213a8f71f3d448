import { SettleError } from '../core/errors.js';
import type { ExportFile } from '../load/folder.js';
import { changed, sharedStampOf } from '../load/known/stamp.js';
import { loadAlone } from '../load/load.js';
import type { Seen } from '../load/stage/seen.js';
import { discardUnnoted } from '../load/unnoted.js';
import type { Bench } from './bench.js';
import type { Go, Landed, Listed } from './records.js';
import { storeFile } from './store.js';

/**
 * Loads one file of a go into the lake: its rows first, each table under a name that says what they are, then the word that
 * it has landed, which whoever calls publishes. Killed anywhere before, it has done nothing that counts.
 */
export async function land(
  { warehouse, scratch, lake }: Bench,
  file: ExportFile,
  { name, stamp, held }: Listed,
  { how }: Pick<Go, 'how'>,
  now: number,
): Promise<Landed> {
  try {
    if (sharedStampOf(file.path) !== stamp) throw changed(name);
    const choice = { encoding: how.encoding ?? undefined, int96: how.int96 ?? undefined };
    const found = await loadAlone(warehouse, file, held === null ? undefined : { sha256: held }, {
      ...choice,
      scratch,
      now,
    });
    if (found === undefined) return { name, what: 'known' };
    const tables = await storeFile(warehouse, lake.folder, file.kind, found);
    const seen = [...found.seen, ...(await seenOf(found.fileNo, warehouse))];
    if (sharedStampOf(file.path) !== stamp) throw changed(name);
    const { sha256, rows, columns, unknown, reading } = found;
    const lasting = found.stamp === '' ? '' : stamp;
    return {
      ...{ name, what: 'loaded' },
      file: { name, kind: file.kind.name, sha256, rows, columns, unknown, reading, stamp: lasting, seen, tables },
    };
  } catch (error) {
    if (!(error instanceof SettleError && error.code === 'input')) throw error;
    return { name, what: 'unusable', message: error.message, mend: error.details.mend ?? null };
  } finally {
    await discardUnnoted(warehouse);
  }
}

/** What the rows of a file showed while they were read. */
async function seenOf(fileNo: number, warehouse: Bench['warehouse']): Promise<Seen[]> {
  const rows = await warehouse.rows(
    `SELECT what, column_name, cells, among, value FROM file_seen WHERE file_no = ${fileNo} ORDER BY ALL`,
  );
  return rows.map(({ what, column_name, cells, among, value }) => ({
    what: what as string,
    ...(column_name != null && { column_name }),
    ...(cells != null && { cells: Number(cells) }),
    ...(among != null && { among: Number(among) }),
    ...(value != null && { value }),
  }));
}
