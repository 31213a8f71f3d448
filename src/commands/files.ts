import Table from 'cli-table3';
import type { Context } from '../context/context.js';
import { readable } from '../core/money.js';
import { refuseMissing } from '../runs/known-at.js';
import { type LoadedFile, readFiles } from '../runs/loaded-files.js';
import type { HoldOptions } from '../settings/run-options.js';
import { printableLine } from '../text/terminal.js';
import { holdReading, warehouseFile } from '../warehouse/hold.js';

/** `settle files`: what is loaded, load by load. */
export async function files(
  options: HoldOptions & { out: string },
  context: Context,
): Promise<{ answer: object; text: () => string }> {
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  const all = await holdReading(file, {}, options, context, ({ warehouse }) => readFiles(warehouse));
  return { answer: { warehouse: file, files: all }, text: () => tableOf(all) };
}

function tableOf(all: readonly LoadedFile[]): string {
  if (all.length === 0) return 'Nothing has been loaded yet.\n';
  const table = new Table({
    head: ['load', 'file', 'kind', 'rows', 'quarantined', 'withdrawn', 'replaced'],
    colAligns: ['right', 'left', 'left', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  let load = 0;
  for (const each of all) {
    if (each.load !== load)
      table.push([each.load, { colSpan: 6, content: `loaded at ${each.loaded_at}` } as unknown as string]);
    load = each.load;
    const replaced = each.replaced_by_load === null ? '' : `by load ${each.replaced_by_load}`;
    table.push([
      '',
      printableLine(each.file),
      each.kind,
      ...[each.rows, each.quarantined, each.withdrawn].map(shown),
      replaced,
    ]);
  }
  return `${table.toString()}\nquarantined: malformed rows, left out · withdrawn: rows of the replaced file that this one no longer has\n`;
}

function shown(count: number): string {
  return readable(String(count));
}
