import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readInts, readList, readStruct } from './thrift-compact.js';

/** Numbers of fields in the structs of a footer, as the format (parquet.thrift) gives them. */
export const FIELD = {
  file: { schema: 2, rowGroups: 4 },
  element: { type: 1, length: 2, repetition: 3, name: 4, converted: 6, scale: 7, precision: 8 },
  rowGroup: { columns: 1 },
  columnChunk: { metadata: 3 },
  columnMetadata: { type: 1, encodings: 2, statistics: 12 },
};

/** Numbers of its enumerations. */
export const PHYSICAL = { INT64: 2, FIXED_LEN_BYTE_ARRAY: 7 };
export const CONVERTED = { UTF8: 0, DECIMAL: 5, DATE: 6, UINT_32: 13, UINT_64: 14 };
export const ENCODING = { BYTE_STREAM_SPLIT: 9 };

/** Where a column stands: among the schema's elements, and among the columns that hold values, both counted from 0. */
export interface FooterPlace {
  element: number;
  leaf: number;
}

/** A file's footer, and where it begins; RangeError where there is none. */
export function readFooter(path: string): { footer: Buffer; start: number } {
  const handle = openSync(path, 'r');
  try {
    const end = fstatSync(handle).size - 8;
    const length = bytesAt(handle, end, 4).readUInt32LE(0);
    return { footer: bytesAt(handle, end - length, length), start: end - length };
  } finally {
    closeSync(handle);
  }
}

function bytesAt(handle: number, at: number, length: number): Buffer {
  if (at < 0) throw new RangeError('a footer that is cut off');
  const bytes = Buffer.alloc(length);
  if (readSync(handle, bytes, 0, length, at) !== length) throw new RangeError('a footer that is cut off');
  return bytes;
}

/**
 * The leaves that are written in an encoding, in any row group. DuckDB could tell, but ends where it can't convert some
 * column's statistics. Where a footer can't be taken apart here, none is known.
 */
export function leavesEncodedAs(path: string, encoding: number): Set<number> {
  const found = new Set<number>();
  try {
    for (const group of items(readFooter(path).footer, FIELD.file.rowGroups))
      for (const [leaf, chunk] of items(group, FIELD.rowGroup.columns).entries())
        if (encodingsOf(chunk).includes(encoding)) found.add(leaf);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

function encodingsOf(chunk: Buffer): number[] {
  const metadata = fieldOf(chunk, FIELD.columnChunk.metadata);
  const encodings = metadata && fieldOf(metadata, FIELD.columnMetadata.encodings);
  return encodings === undefined ? [] : readInts(encodings);
}

function items(struct: Buffer, id: number): Buffer[] {
  const list = fieldOf(struct, id);
  return list === undefined ? [] : readList(list);
}

function fieldOf(struct: Buffer, id: number): Buffer | undefined {
  return readStruct(struct).fields.find((field) => field.id === id)?.value;
}
