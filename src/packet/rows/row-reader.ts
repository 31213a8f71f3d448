import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { recordsIn } from './records.js';
import type { Piece, UnitShares } from './share-out.js';

/** Reads the rows of pieces again, file by file, while they are hashed and written. */
export class RowReader {
  private readonly handles = new Map<number, number>();
  private buffer = Buffer.allocUnsafe(1 << 16);

  constructor(
    private readonly dir: string,
    private readonly files: UnitShares['files'],
  ) {}

  close(): void {
    for (const handle of this.handles.values()) closeSync(handle);
    this.handles.clear();
  }

  nameOf({ file }: Piece): string {
    return this.files[file]?.file ?? '';
  }

  /** Open from the first of its rows on: a file of rows that were made for their units lies nowhere. */
  private handleOf(piece: Piece): number {
    const open = this.handles.get(piece.file) ?? openSync(join(this.dir, this.nameOf(piece)), 'r');
    this.handles.set(piece.file, open);
    return open;
  }

  /** Passes each record's bytes on, without its line feed; they are overwritten by the next piece's. */
  each(piece: Piece, take: (bytes: Buffer, from: number, to: number) => void): void {
    if ('text' in piece) {
      const bytes = Buffer.from(piece.text);
      take(bytes, 0, bytes.length);
      return;
    }
    const length = piece.to - piece.from;
    if (length > this.buffer.length) this.buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const got = readSync(this.handleOf(piece), this.buffer, filled, length - filled, piece.from + filled);
      if (got === 0) throw new Error(`${this.nameOf(piece)} is shorter than it was`);
      filled += got;
    }
    // The last record of a file may lack its line feed; whoever verifies the run says so.
    const ended = recordsIn(this.buffer.subarray(0, length), take);
    if (ended < length) take(this.buffer, ended, length);
  }
}
