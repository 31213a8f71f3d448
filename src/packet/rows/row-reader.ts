import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { recordsIn } from './records.js';
import type { Piece, UnitShares } from './share-out.js';

/** Reads the rows of pieces again, file by file, while they are hashed and written. */
export class RowReader {
  private readonly handles: number[] = [];
  private buffer = Buffer.allocUnsafe(1 << 16);

  constructor(
    dir: string,
    private readonly files: UnitShares['files'],
  ) {
    for (const { file } of files) this.handles.push(openSync(join(dir, file), 'r'));
  }

  close(): void {
    for (const handle of this.handles.splice(0)) closeSync(handle);
  }

  nameOf({ file }: Piece): string {
    return this.files[file]?.file ?? '';
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
      const got = readSync(
        this.handles[piece.file] as number,
        this.buffer,
        filled,
        length - filled,
        piece.from + filled,
      );
      if (got === 0) throw new Error(`${this.nameOf(piece)} is shorter than it was`);
      filled += got;
    }
    // The last record of a file may lack its line feed; whoever verifies the run says so.
    const ended = recordsIn(this.buffer.subarray(0, length), take);
    if (ended < length) take(this.buffer, ended, length);
  }
}
