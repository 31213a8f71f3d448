import { join } from 'node:path';
import type { Context } from '../context/context.js';
import { openScratch } from '../disk/scratch.js';
import type { Bench } from '../lake/bench.js';
import { ExportLake } from '../lake/lake.js';
import { type IntoLake, loadIntoLake } from '../lake/load-into.js';
import { type HoldOptions, type ReadingOptions, readingAsked, wholeNumber } from '../settings/run-options.js';
import { hold } from './hold.js';

/** Loads a folder of exports into a lake, in a warehouse of this process's own that is gone afterwards. */
export async function loadLake(
  lake: string,
  folder: string,
  options: HoldOptions & ReadingOptions & { again?: boolean | undefined },
  context: Context,
): Promise<IntoLake> {
  const reading = { ...readingAsked(options), again: options.again, folder };
  const until = context.clock() + 1000 * wholeNumber('--wait', options.wait ?? '0');
  const opened = ExportLake.loading(lake);
  const { memoryLimit, threads } = options;
  const place = openScratch();
  context.onSignal(place.remove);
  try {
    return await hold(
      join(place.dir, 'bench.duckdb'),
      [folder, opened.folder],
      { memoryLimit, threads },
      context,
      (held) => {
        const bench: Bench = { warehouse: held.warehouse, scratch: held.scratch, lake: opened };
        const onFile = (done: number, total: number, name: string): void => context.progress('load', name, done, total);
        return loadIntoLake(bench, reading, until, { clock: context.clock, onFile, onSignal: context.onSignal });
      },
    );
  } finally {
    place.remove();
  }
}
