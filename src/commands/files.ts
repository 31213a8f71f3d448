import Table from 'cli-table3';
import type { Context } from '../context/context.js';
import { readable } from '../core/money.js';
import { refuseMissing } from '../runs/known-at.js';
import { type LoadedFile, readFiles } from '../runs/loaded-files.js';
import type { HoldOptions } from '../settings/run-options.js';
import { printableLine } from '../text/terminal.js';
import { holdReading, warehouseFile } from '../warehouse/hold.js';
import { tellIn } from '../words/say.js';

/** `settle files`: what is loaded, load by load. */
export async function files(
  options: HoldOptions & { out: string },
  context: Context,
): Promise<{ answer: object; text: () => string }> {
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  const all = await holdReading(file, {}, options, context, ({ warehouse }) => readFiles(warehouse));
  return { answer: { warehouse: file, files: all }, text: () => tableOf(all, tellIn(context.language)) };
}

function tableOf(all: readonly LoadedFile[], tell: ReturnType<typeof tellIn>): string {
  if (all.length === 0) return `${tell('Nothing has been loaded yet.')}\n`;
  const table = new Table({
    head: [
      ...[tell('load'), tell('file'), tell('kind'), tell('rows')],
      ...[tell('quarantined'), tell('withdrawn'), tell('replaced')],
    ],
    colAligns: ['right', 'left', 'left', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  let load = 0;
  for (const each of all) {
    if (each.load !== load)
      table.push([
        each.load,
        { colSpan: 6, content: tell('loaded at {loaded_at}', { loaded_at: each.loaded_at }) } as unknown as string,
      ]);
    load = each.load;
    const replaced = each.replaced_by_load === null ? '' : tell('by load {load}', { load: each.replaced_by_load });
    table.push([
      '',
      printableLine(each.file),
      each.kind,
      ...[each.rows, each.quarantined, each.withdrawn].map(shown),
      replaced,
    ]);
  }
  const legend = tell(
    'quarantined: malformed rows, left out · withdrawn: rows of the replaced file that this one no longer has',
  );
  return `${table.toString()}\n${legend}\n`;
}

function shown(count: number): string {
  return readable(String(count));
}
