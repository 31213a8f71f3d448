import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Context } from '../context/context.js';
import { readable } from '../core/money.js';
import { megabytes } from '../disk/file-sizes.js';
import { rewrite } from '../engine/duckdb/rewrite.js';
import { type Compacted, storeOnce } from '../load/compact.js';
import { checkHead } from '../load/head.js';
import { refuseMissing } from '../runs/known-at.js';
import type { HoldOptions } from '../settings/run-options.js';
import { hold, warehouseFile } from '../warehouse/hold.js';

/** What a compaction answers. */
export interface CompactAnswer extends Compacted {
  warehouse: string;
  /** Of the file. */
  bytes_before: number;
  bytes_after: number;
}

/**
 * `settle compact`: a row of a replaced file that a later file of its name has too is stored once, and the file is written
 * anew without the room of what is gone. Whatever could be asked for before can be asked for afterwards.
 */
export async function compact(
  options: HoldOptions & { out: string },
  context: Context,
): Promise<{ answer: CompactAnswer; text: () => string }> {
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  const before = statSync(file).size;
  const done = await hold(file, [dirname(resolve(file))], options, context, async ({ warehouse, keep }) => {
    await warehouse.run('BEGIN TRANSACTION');
    const stored = await storeOnce(warehouse, (...step) => context.progress('compact', ...step));
    await keep();
    await checkHead(warehouse);
    context.progress('compact', 'the file', 0, 0);
    await rewrite(warehouse);
    return stored;
  });
  const answer = { warehouse: file, ...done, bytes_before: before, bytes_after: statSync(file).size };
  return { answer, text: () => textOf(answer) };
}

function textOf({ warehouse, rows, files, bytes_before, bytes_after }: CompactAnswer): string {
  const what =
    rows === 0
      ? 'no row is stored twice'
      : `${counted(rows, 'row')} of ${counted(files, 'replaced file')} ${rows === 1 ? 'is' : 'are'} stored once now`;
  return `${warehouse}: ${what}; ${megabytes(bytes_before)} before, ${megabytes(bytes_after)} now\n`;
}

function counted(number: number, thing: string): string {
  return `${readable(String(number))} ${number === 1 ? thing : `${thing}s`}`;
}
