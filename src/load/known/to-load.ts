import { isOutdated, isReadOtherwise, type Reading } from '../../core/reading.js';
import type { Warehouse } from '../../engine/duckdb/warehouse.js';
import { isMappedOtherwise } from '../../exports/mapping.js';
import { inOrderOfStanding } from '../again.js';
import { type ExportFile, listExports, mapped } from '../folder.js';
import type { LoadOptions } from '../load.js';
import { type Standing, standingByName } from '../stage/standing.js';
import { contentOf } from './content.js';
import { isKnown } from './stamp.js';

/** What of a folder is to be looked through, in the order in which it is loaded. */
export interface ToLoad {
  files: ExportFile[];
  /** Of a file in this state nothing is loaded again: by name, the content that is known. */
  told: ReadonlyMap<string, Standing>;
  /** The files that stand now. */
  standing: ReadonlyMap<string, Standing>;
  /** How many exports the folder has. */
  exports: number;
  /** Entries of the folder that are no exports. */
  others: string[];
}

/** How a folder is looked at. */
export type LookOptions = Pick<LoadOptions, 'folder' | 'int96' | 'again' | 'mappings'> & {
  /** Folders of Parquet files count as exports too. */
  folders?: boolean;
  /** Called before rows of files that stand are asked for. */
  onRows?: () => Promise<void>;
};

/** Says what has to be looked through: what the warehouse doesn't hold, or holds by another reading than is asked for. */
export async function toLoad(warehouse: Warehouse, options: LookOptions): Promise<ToLoad> {
  const { exports: listed, others } = listExports(options.folder, options.folders);
  const exports = listed.map((file) => mapped(file, options.mappings));
  const standing = await standingByName(warehouse);
  const toBeRead = await toBeReadAgain(exports, standing, options);
  if (toBeRead.size > 0) await options.onRows?.();
  const again = await inOrderOfStanding(warehouse, exports, standing, toBeRead);
  const files = [...again, ...exports.filter((file) => !again.includes(file) && mayBeNew(file, standing, options))];
  const told = new Map(standing);
  for (const file of files)
    if (again.includes(file) || isAnotherReading(file, standing, options)) told.delete(file.name);
  return { files, told, standing, exports: exports.length, others };
}

/** Whether a file has to be looked through: the warehouse doesn't hold it, or read it by another choice than is made now. */
function mayBeNew(file: ExportFile, standing: ReadonlyMap<string, Standing>, options: LookOptions): boolean {
  return isAnotherReading(file, standing, options) || !isKnown(file, standing.get(file.name));
}

function isAnotherReading(
  { name, kind }: ExportFile,
  standing: ReadonlyMap<string, Standing>,
  { int96 }: LookOptions,
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
  options: LookOptions,
): Promise<Set<ExportFile>> {
  const again = new Set<ExportFile>();
  for (const file of exports) {
    const held = standing.get(file.name);
    if (held === undefined) continue;
    const isOlder = options.again === true && isOutdated(held.reading);
    const isOther = isAnotherReading(file, standing, options);
    if (isOlder || (isOther && (isKnown(file, held) || (await contentOf(file)) === held.sha256))) again.add(file);
  }
  return again;
}
