/**
 * Structs of Thrift's compact protocol, in which a Parquet file's footer is written: taken apart field by field and put
 * together again. Values stay the bytes that they are. Whatever isn't well formed throws a RangeError.
 */
export interface Field {
  id: number;
  /** One of TYPE. A flag has no bytes: it is its type. */
  type: number;
  value: Buffer;
}

export const TYPE = {
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
};

/** The fields of the struct that begins at `at`, in their order, and where it ends. */
export function readStruct(bytes: Buffer, at = 0): { fields: Field[]; end: number } {
  const fields: Field[] = [];
  let id = 0;
  for (let place = at; ; ) {
    const header = bytes.readUInt8(place);
    place += 1;
    if (header === 0) return { fields, end: place };
    const step = header >> 4;
    if (step > 0) id += step;
    else ({ value: id, end: place } = readInt(bytes, place));
    const type = header & 0x0f;
    const end = endOf(bytes, type, place);
    fields.push({ id, type, value: bytes.subarray(place, end) });
    place = end;
  }
}

/** The bytes of a struct with these fields. */
export function writeStruct(fields: readonly Field[]): Buffer {
  let last = 0;
  const parts = fields.flatMap(({ id, type, value }) => {
    const step = id - last;
    last = id;
    const short = step > 0 && step < 16;
    return [short ? Buffer.from([(step << 4) | type]) : Buffer.concat([Buffer.from([type]), writeInt(id)]), value];
  });
  return Buffer.concat([...parts, Buffer.from([0])]);
}

/** The items of a list, each its bytes. */
export function readList(bytes: Buffer): Buffer[] {
  const { size, type, start } = listHead(bytes, 0);
  const items: Buffer[] = [];
  for (let place = start; items.length < size; ) {
    const end = endOf(bytes, isFlag(type) ? TYPE.byte : type, place);
    items.push(bytes.subarray(place, end));
    place = end;
  }
  return items;
}

/** The whole numbers of a list of them. */
export function readInts(bytes: Buffer): number[] {
  return readList(bytes).map((item) => readInt(item, 0).value);
}

/** The bytes of a list of structs. */
export function writeStructs(items: readonly Buffer[]): Buffer {
  const head = items.length < 15 ? Buffer.from([(items.length << 4) | TYPE.struct]) : longHead(items.length);
  return Buffer.concat([head, ...items]);
}

function longHead(size: number): Buffer {
  return Buffer.concat([Buffer.from([0xf0 | TYPE.struct]), writeVarint(size)]);
}

/** A whole number of up to 32 bits as its bytes. */
export function writeInt(value: number): Buffer {
  return writeVarint(value < 0 ? -2 * value - 1 : 2 * value);
}

function writeVarint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}

function readInt(bytes: Buffer, at: number): { value: number; end: number } {
  const { value, end } = readVarint(bytes, at);
  return { value: value % 2 === 1 ? -(value + 1) / 2 : value / 2, end };
}

/** Of a number that is longer than 53 bits the end alone is right. */
function readVarint(bytes: Buffer, at: number): { value: number; end: number } {
  let value = 0;
  for (let place = at; place < at + 10; place += 1) {
    const byte = bytes.readUInt8(place);
    value += (byte & 0x7f) * 128 ** (place - at);
    if (byte < 0x80) return { value, end: place + 1 };
  }
  throw new RangeError('a number of more than ten bytes');
}

function isFlag(type: number): boolean {
  return type === TYPE.true || type === TYPE.false;
}

function listHead(bytes: Buffer, at: number): { size: number; type: number; start: number } {
  const head = bytes.readUInt8(at);
  if (head >> 4 < 15) return { size: head >> 4, type: head & 0x0f, start: at + 1 };
  const { value, end } = readVarint(bytes, at + 1);
  return { size: value, type: head & 0x0f, start: end };
}

/** Where a value of a type ends. */
function endOf(bytes: Buffer, type: number, at: number): number {
  const end = isFlag(type) ? at : (ENDS[type] ?? unknownType)(bytes, at);
  if (end > bytes.length) throw new RangeError('a value longer than what holds it');
  return end;
}

const ENDS: Record<number, (bytes: Buffer, at: number) => number> = {
  [TYPE.byte]: (_bytes, at) => at + 1,
  [TYPE.i16]: (bytes, at) => readVarint(bytes, at).end,
  [TYPE.i32]: (bytes, at) => readVarint(bytes, at).end,
  [TYPE.i64]: (bytes, at) => readVarint(bytes, at).end,
  [TYPE.double]: (_bytes, at) => at + 8,
  [TYPE.binary]: (bytes, at) => {
    const { value, end } = readVarint(bytes, at);
    return end + value;
  },
  [TYPE.list]: endOfList,
  [TYPE.set]: endOfList,
  [TYPE.struct]: (bytes, at) => readStruct(bytes, at).end,
};

function endOfList(bytes: Buffer, at: number): number {
  const { size, type, start } = listHead(bytes, at);
  let place = start;
  for (let item = 0; item < size; item += 1) place = endOf(bytes, isFlag(type) ? TYPE.byte : type, place);
  return place;
}

/** Footers hold no maps. */
function unknownType(): never {
  throw new RangeError('a value of an unknown type');
}
