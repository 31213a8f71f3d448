import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { copiesBefore } from '../engine/duckdb/format.js';
import { headFile } from '../engine/duckdb/paths.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import type { Lowered, Notice } from '../notices/notice.js';
import { readPlaceNotices } from '../notices/place-notices.js';
import { noticesOf } from '../notices/read-notices.js';
import { USUAL_FILE } from '../settings/settings.js';
import type { Held } from '../warehouse/hold.js';
import { addSighting, arranged, PLACE_FILE, type Sighting, writePlaceFile } from './sighting.js';

/** Keeps what was seen of the place in the warehouse and beside the runs; gives it as it stands there. */
export async function keepSighting(
  { warehouse, keep }: Held,
  out: string,
  sighting: Sighting,
  lowered: readonly Lowered[],
): Promise<Notice[]> {
  const notices = arranged(sighting.notices, lowered);
  await warehouse.run('BEGIN TRANSACTION');
  try {
    await addSighting(warehouse, { ...sighting, notices });
  } catch (error) {
    await warehouse.run('ROLLBACK').catch(() => undefined); // a failed statement may have ended it
    throw error;
  }
  await keep();
  writePlaceFile(resolve(out), notices);
  return notices;
}

/** What was seen last; a warehouse in memory remembers nothing, and the file beside the runs does. */
export async function seenBefore(warehouse: Warehouse, out: string): Promise<Notice[]> {
  if (warehouse.file !== ':memory:') return readPlaceNotices(warehouse);
  const path = join(resolve(out), PLACE_FILE);
  return existsSync(path) ? noticesOf(readFileSync(path, 'utf8')) : [];
}

/** Paths that are this program's own, and no exports that somebody misnamed, where they lie among the exports. */
export function ownPaths(options: {
  warehouse: string;
  out: string;
  config?: string | undefined;
  more: string[];
}): string[] {
  const { warehouse, out, config, more } = options;
  const settings = config ?? USUAL_FILE;
  return [
    warehouse,
    headFile(warehouse),
    ...copiesBefore(warehouse),
    `${warehouse}.wal`,
    out,
    settings,
    join(dirname(settings), USUAL_FILE),
    ...more,
  ];
}
