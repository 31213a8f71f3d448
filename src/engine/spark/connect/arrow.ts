import { type Data, DataType, type RecordBatch, RecordBatchReader, type Vector } from 'apache-arrow';
import type { Row } from '../../duckdb/warehouse.js';

/**
 * Rows of an Arrow stream, every value as text: a decimal or a whole number of 64 bits never passes through a binary float.
 * Types whose text isn't plain (times, lists, structures) are refused: whoever asks for one casts it.
 */
export function arrowRows(stream: Uint8Array): Row[] {
  return [...RecordBatchReader.from(stream)].flatMap(rowsIn);
}

function rowsIn(batch: RecordBatch): Row[] {
  const columns = batch.schema.fields.map(({ name }, at) => ({
    name,
    text: textsOf(name, batch.getChildAt(at) as Vector),
  }));
  return Array.from({ length: batch.numRows }, (_, row) =>
    Object.fromEntries(columns.map(({ name, text }) => [name, text(row)])),
  );
}

function textsOf(name: string, column: Vector): (row: number) => string | null {
  const { type } = column;
  if (DataType.isNull(type)) return () => null;
  const given = (write: (row: number) => string) => (row: number) => (column.isValid(row) ? write(row) : null);
  if (DataType.isUtf8(type) || DataType.isInt(type) || DataType.isBool(type) || DataType.isLargeUtf8(type))
    return given((row) => String(column.get(row)));
  if (DataType.isDecimal(type)) {
    const [data] = column.data as unknown as [Data];
    const words = data.values as Uint32Array;
    const width = type.bitWidth / 32;
    return given((row) => decimalOf(words.subarray(row * width, (row + 1) * width), type.scale));
  }
  throw new Error(`column ${name} of a result is ${type}, and can't be read: cast it to text`);
}

/** Words of a number in two's complement, the lowest first, as its decimal text. */
export function decimalOf(words: Uint32Array, scale: number): string {
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const value = BigInt.asIntN(words.length * 32, unsigned);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${value < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(digits.length - scale)}`}`;
}
