import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Context } from '../context/context.js';
import { megabytes } from '../disk/file-sizes.js';
import { rewrite } from '../engine/duckdb/rewrite.js';
import { type Compacted, storeOnce } from '../load/compact.js';
import { checkHead } from '../load/head.js';
import { refuseMissing } from '../runs/known-at.js';
import type { HoldOptions } from '../settings/run-options.js';
import { countOf } from '../text/count.js';
import { hold, warehouseFile } from '../warehouse/hold.js';
import { say, tellIn } from '../words/say.js';

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
  return { answer, text: () => textOf(answer, tellIn(context.language)) };
}

function textOf(
  { warehouse, rows, files, bytes_before, bytes_after }: CompactAnswer,
  tell: ReturnType<typeof tellIn>,
): string {
  const values = {
    rows: countOf(rows, '{n} row', '{n} rows'),
    files: countOf(files, '{n} replaced file', '{n} replaced files'),
  };
  const what =
    rows === 0
      ? say('no row is stored twice')
      : say(rows === 1 ? '{rows} of {files} is stored once now' : '{rows} of {files} are stored once now', values);
  const sizes = { before: megabytes(bytes_before), after: megabytes(bytes_after) };
  return `${tell('{warehouse}: {what}; {before} before, {after} now', { warehouse, what, ...sizes })}\n`;
}
