import { statSync } from 'node:fs';
import type { ExportFile } from '../folder.js';
import type { Batch, Numbered } from './batch.js';

/** How much is staged at once: enough to keep every core busy, little enough to stay in memory. */
const BATCH_BYTES = 1 << 26;
const BATCH_FILES = 1000;
/** How many times as large the last batch may be. */
const LAST_BATCH = 1.25;
/** More would hold more batches in memory than the usual limit is meant for. */
const MOST_LANES = 4;
/** A lane of its own costs as much as storing some thousand rows. */
const LANE_BYTES = 1 << 24;

/** How files are shared out: `lanes` at a time, with batches of about `bytes`, of which `batches` are as large as that. */
export interface Shares {
  lanes: number;
  bytes: number;
  batches: number;
}

/** Lanes for many files; few, or one that outweighs all others, are read by all threads together. */
export function shareOut(files: readonly ExportFile[], threads: number): Shares {
  const ofKinds = new Map<string, number>();
  let [bytes, largest] = [0, 0];
  for (const { path, kind } of files) {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    ofKinds.set(kind.name, (ofKinds.get(kind.name) ?? 0) + size);
    bytes += size;
    largest = Math.max(largest, size);
  }
  const most = Math.min(threads, MOST_LANES, Math.floor(bytes / LANE_BYTES));
  if (most < 2 || largest * most > bytes)
    return { lanes: 1, bytes: BATCH_BYTES, batches: Math.ceil(bytes / BATCH_BYTES) };
  // In as many batches as all lanes take in a few turns, so that they end at about the same time.
  const main = Math.max(...ofKinds.values());
  const batches = most * Math.ceil(main / (most * BATCH_BYTES));
  return { lanes: most, bytes: Math.ceil(main / batches), batches };
}

/** Files that follow each other, put together: simple ones, or Parquet, with the same header, for every statement has its price. */
export class Batches {
  readonly files: Numbered[] = [];
  readonly #plan: Shares;
  #large = 0;
  readonly #onBatch: (batch: Batch) => void;
  #current: [Numbered, ...Numbered[]] | undefined;

  constructor(plan: Shares, onBatch: (batch: Batch) => void) {
    this.#plan = plan;
    this.#onBatch = onBatch;
  }

  add(file: Numbered): void {
    this.files.push(file);
    const current = this.#current;
    if (current !== undefined && loadTogether(current[0], file)) current.push(file);
    else {
      this.end();
      this.#current = [file];
    }
    if (!this.#isFull()) return;
    this.#large += 1;
    this.end();
  }

  /** Nearer to its size than with another file like the last; the last batch takes a little more, so that nothing is left over. */
  #isFull(): boolean {
    const sizes = (this.#current ?? []).map(sizeOf);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const isLast = this.#large + 1 === this.#plan.batches;
    const most = isLast ? this.#plan.bytes * LAST_BATCH : this.#plan.bytes - (sizes.at(-1) ?? 0) / 2;
    return bytes >= most || sizes.length >= BATCH_FILES;
  }

  /** No more come: what waits for company goes without. */
  end(): void {
    if (this.#current !== undefined) this.#onBatch(this.#current);
    this.#current = undefined;
  }
}

/** How many times as many bytes the cells of a Parquet file take as text. */
const UNPACKED = 4;

function sizeOf({ file, simple, parquetRows }: Numbered): number {
  if (parquetRows === undefined) return simple?.size ?? 0;
  return UNPACKED * (statSync(file.path, { throwIfNoEntry: false })?.size ?? 0);
}

function loadTogether(a: Numbered, b: Numbered): boolean {
  const layout = ({ file, header, simple }: Numbered): string =>
    JSON.stringify([
      file.kind.name,
      file.kind.mapping,
      header.width,
      header.columns.map(({ column, at }) => [column.name, at]),
      simple?.lineEnd,
    ]);
  const isParquet = ({ file, parquetRows }: Numbered): boolean => parquetRows !== undefined && !file.parts; // parts are many already
  const isAlike = a.simple === undefined ? isParquet(a) && isParquet(b) : b.simple !== undefined;
  return isAlike && layout(a) === layout(b);
}
