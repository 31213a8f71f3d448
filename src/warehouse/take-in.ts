import type { Context } from '../context/context.js';
import { bringFromLake } from '../lake/bring-in.js';
import { ExportLake } from '../lake/lake.js';
import { type LoadReport, loadFolder } from '../load/load.js';
import { type HoldOptions, type ReadingOptions, readingAsked } from '../settings/run-options.js';
import { loadLake } from './bench.js';
import type { Held } from './hold.js';

/** Where exports come from: a folder, a lake, or a folder by way of a lake. */
export interface ExportSource extends HoldOptions, ReadingOptions {
  input?: string | undefined;
  lake?: string | undefined;
}

/** The folders that are read, so that the warehouse may read them. */
export function foldersOf({ input, lake }: ExportSource): string[] {
  return [input ?? [], lake ?? []].flat();
}

/** Takes in what is new and leaves a transaction open in which it is noted; without any source nothing. */
export async function takeIn(
  { warehouse, scratch }: Held,
  source: ExportSource,
  context: Context,
): Promise<LoadReport> {
  const { input, lake } = source;
  const onFile = (done: number, total: number, name: string): void => context.progress('load', name, done, total);
  if (lake !== undefined) {
    const into = input === undefined ? undefined : await loadLake(lake, input, source, context);
    const brought = await bringFromLake(warehouse, ExportLake.reading(lake), onFile);
    return { ...brought, others: into?.others ?? [] };
  }
  if (input !== undefined)
    return loadFolder(warehouse, { folder: input, scratch, now: context.clock(), ...readingAsked(source), onFile });
  await warehouse.run('BEGIN TRANSACTION');
  return { loaded: [], known: 0, others: [] };
}
