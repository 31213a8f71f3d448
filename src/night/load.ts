import type { Context } from '../context/context.js';
import type { EventLog } from '../context/event-log.js';
import type { BeijingDate } from '../core/beijing.js';
import type { LoadReport } from '../load/load.js';
import { type ExportsSeen, exportsSeen } from '../place/exports-seen.js';
import { lastKnownLoad } from '../runs/known-at.js';
import { type LoadedFile, readFiles } from '../runs/loaded-files.js';
import type { Held } from '../warehouse/hold.js';
import { refuseStrange } from '../warehouse/lost.js';
import { type ExportSource, takeIn } from '../warehouse/take-in.js';

/** What a night found in the folder of exports. */
export interface NightLoad {
  /** The last load that counts; 0: nothing was ever loaded. */
  load: number;
  /** What this night brought. */
  loaded: LoadedFile[];
  report: LoadReport;
  seen: ExportsSeen;
}

/** What a night loads, and where its runs are. */
interface Loading {
  /** The folder of exports, or the lake. */
  folder: string;
  date: BeijingDate;
  options: ExportSource & { out: string };
}

/** Loads what is new and keeps it, whatever becomes of the periods. */
export async function loadNew(
  held: Held,
  { folder, date, options }: Loading,
  context: Context,
  log: EventLog,
): Promise<NightLoad> {
  const { warehouse, keep } = held;
  const before = await lastKnownLoad(warehouse, undefined);
  const report = await takeIn(held, options, context);
  await refuseStrange(warehouse, options.out, 'loaded');
  await keep();
  const load = await lastKnownLoad(warehouse, undefined);
  const loaded = report.loaded.length === 0 ? [] : await readFiles(warehouse, before + 1); // of a lake several loads may come
  for (const { loaded_at: _at, load: _load, replaced_by_load: _by, ...file } of loaded)
    log.write('file', file.quarantined > 0 ? 'warning' : 'info', file);
  const { known, others } = report;
  log.write('load', others.length > 0 ? 'warning' : 'info', { load, files: loaded.length, known, others });
  const seen = await exportsSeen(warehouse, report, folder, date);
  const lacks = seen.files === 0 || seen.gone > 0 || !seen.for_date;
  if (lacks) log.write('exports', 'warning', seen);
  return { load, loaded, report, seen };
}
