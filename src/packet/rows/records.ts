import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 1 << 20;
const [LF, COMMA, QUOTE] = [10, 44, 34];

/** A record's bytes in a buffer, without its line feed, and where in the file they begin. */
export type TakeRecord = (buffer: Buffer, from: number, to: number, offset: number) => void;

/** Passes the records of a CSV file's bytes on, header and all; a line feed within quotes ends none. */
export function eachRecord(path: string, take: TakeRecord): void {
  const handle = openSync(path, 'r');
  try {
    let buffer = Buffer.allocUnsafe(2 * CHUNK);
    let kept = 0;
    for (let offset = 0; ; ) {
      if (kept + CHUNK > buffer.length) buffer = Buffer.concat([buffer.subarray(0, kept)], kept + 2 * CHUNK);
      const got = readSync(handle, buffer, kept, CHUNK, offset + kept);
      const end = recordsIn(buffer.subarray(0, kept + got), (bytes, from, to) => take(bytes, from, to, offset + from));
      if (got === 0) return;
      buffer.copyWithin(0, end, kept + got);
      kept += got - end;
      offset += end;
    }
  } finally {
    closeSync(handle);
  }
}

/** Passes on the records that end in a buffer; gives the byte behind the last. */
export function recordsIn(bytes: Buffer, take: (bytes: Buffer, from: number, to: number) => void): number {
  let quote = bytes.indexOf(QUOTE);
  let from = 0;
  for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, end + 1)) {
    let open = false;
    for (; quote >= 0 && quote < end; quote = bytes.indexOf(QUOTE, quote + 1)) open = !open;
    while (open) {
      quote = bytes.indexOf(QUOTE, end);
      if (quote < 0) return from;
      end = bytes.indexOf(LF, quote);
      if (end < 0) return from;
      for (; quote >= 0 && quote < end; quote = bytes.indexOf(QUOTE, quote + 1)) open = !open;
    }
    take(bytes, from, end);
    from = end + 1;
  }
  return from;
}

/** Where a cell begins and ends, counted from 1; no cell up to it is quoted. */
export function cellIn(bytes: Buffer, from: number, to: number, number: number): { from: number; to: number } {
  let start = from;
  for (let cell = 1; cell < number; cell += 1) start = bytes.indexOf(COMMA, start) + 1;
  const end = bytes.indexOf(COMMA, start);
  return { from: start, to: end < 0 || end > to ? to : end };
}
