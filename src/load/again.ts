import { SettleError } from '../core/errors.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { sameKey } from '../exports/column-types.js';
import { KINDS } from '../programmes/registry.js';
import { say } from '../words/say.js';
import type { ExportFile } from './folder.js';
import type { Standing } from './stage/standing.js';

/**
 * Exports whose content the warehouse holds and that are to be read again, because an older reader has read them or they
 * are to be read otherwise now, in the order in which they stand. What stands after the first of a kind is read again too:
 * a file stands where it was loaded last, and a correction must go on superseding what it corrects. Where such a file isn't
 * in the folder, nothing is read.
 */
export async function inOrderOfStanding(
  warehouse: Warehouse,
  exports: readonly ExportFile[],
  standing: ReadonlyMap<string, Standing>,
  toBeRead: ReadonlySet<ExportFile>,
): Promise<ExportFile[]> {
  const heldOf = ({ name }: ExportFile): Standing => standing.get(name) as Standing;
  const held = exports.filter(({ name }) => standing.has(name)).sort((a, b) => heldOf(a).fileNo - heldOf(b).fileNo);
  const kinds = new Set([...toBeRead].map(({ kind }) => kind.name));
  const again = [...kinds].flatMap((name) => {
    const ofKind = held.filter(({ kind }) => kind.name === name);
    return ofKind.slice(ofKind.findIndex((file) => toBeRead.has(file)));
  });
  again.sort((a, b) => heldOf(a).fileNo - heldOf(b).fileNo);
  if (again.length > 0)
    await refuseMissing(
      warehouse,
      again.map((file) => heldOf(file).fileNo),
      standing,
    );
  return again;
}

/** Files that aren't read again, and supersede some that are. */
async function refuseMissing(
  warehouse: Warehouse,
  again: readonly number[],
  standing: ReadonlyMap<string, Standing>,
): Promise<void> {
  const later = [...standing].filter(([, { fileNo }]) => fileNo > (again[0] as number) && !again.includes(fileNo));
  const missing: string[] = [];
  for (const [name, { fileNo, kind }] of later) {
    const of = KINDS.find((each) => each.name === kind) as (typeof KINDS)[number];
    const earlier = again.filter((number) => number < fileNo);
    if (earlier.length === 0) continue;
    const shared =
      await warehouse.count(`SELECT count(*) FROM ${of.table} AS l JOIN ${of.table} AS e ON ${sameKey(of, 'l.', 'e.')}
      WHERE l.file_no = ${fileNo} AND e.file_no IN (${earlier.join(', ')})`);
    if (shared > 0) missing.push(name);
  }
  if (missing.length === 0) return;
  const [only] = missing;
  throw new SettleError(
    'usage',
    missing.length === 1
      ? say("{missing} corrects files that would be read again, and isn't in the folder", { missing })
      : say("{missing} correct files that would be read again, and aren't in the folder", { missing }),
    {
      ...(only === undefined ? {} : { file: only }),
      mend: say('Put it back, so that it is read again too and goes on correcting them.'),
    },
  );
}
