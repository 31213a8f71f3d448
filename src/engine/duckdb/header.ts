import { closeSync, openSync, readSync } from 'node:fs';

/** The newest storage version that the database of this program reads and can write. */
export const NEWEST_STORAGE = 68n;
/** Beyond that a number is no version, but an accident. */
const MOST = 1n << 16n;

/** A file begins with a checksum; then come the magic bytes, the storage version, flags, and which DuckDB wrote it. */
const MAGIC = { at: 8, bytes: Buffer.from('DUCK') };
const VERSION_AT = 12;
const WRITER = { from: 52, to: 84 };

/** Which newer DuckDB wrote a file that this one can't read: `DuckDB v2.0.1`. Undefined where none did. */
export function newerDuckDb(file: string): string | undefined {
  const header = beginning(file, WRITER.to);
  if (header === undefined || !header.subarray(MAGIC.at, VERSION_AT).equals(MAGIC.bytes)) return undefined;
  const version = header.readBigUInt64LE(VERSION_AT);
  if (version <= NEWEST_STORAGE || version > MOST) return undefined;
  const writer = /^v\d[\w.-]*/.exec(header.toString('latin1', WRITER.from, WRITER.to))?.[0];
  return writer === undefined ? `a newer DuckDB (storage version ${version})` : `a newer DuckDB (${writer})`;
}

/** The first bytes of a file that nobody in this process has open; undefined where it has fewer, or can't be read. */
function beginning(file: string, length: number): Buffer | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const bytes = Buffer.alloc(length);
    return readSync(handle, bytes, 0, length, 0) === length ? bytes : undefined;
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
