import { closeSync, copyFileSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { FIELD, type FooterPlace, readFooter } from './footer.js';
import { type Field, readList, readStruct, TYPE, writeInt, writeStruct, writeStructs } from './thrift-compact.js';

/** What a column's schema is to say instead, as numbers of the format; length and type stay where they aren't named. */
export interface Restated {
  type?: number;
  length?: number;
  converted?: number;
  scale?: number;
  precision?: number;
}

/**
 * Copies a Parquet file with another schema for some columns: the bytes of their values are the same, and DuckDB takes
 * them for what it can read whole. RangeError where the footer isn't well formed.
 */
export function copyRestated(source: string, target: string, columns: ReadonlyMap<FooterPlace, Restated>): void {
  const { footer, start } = readFooter(source);
  const changed = restatedFooter(footer, columns);
  const tail = Buffer.concat([changed, Buffer.alloc(4), Buffer.from('PAR1')]);
  tail.writeUInt32LE(changed.length, changed.length);
  copyFileSync(source, target);
  const handle = openSync(target, 'r+');
  try {
    ftruncateSync(handle, start);
    for (let done = 0; done < tail.length; ) done += writeSync(handle, tail, done, tail.length - done, start + done);
  } finally {
    closeSync(handle);
  }
}

function restatedFooter(footer: Buffer, columns: ReadonlyMap<FooterPlace, Restated>): Buffer {
  const elements = new Map([...columns].map(([{ element }, as]) => [element, as]));
  const leaves = new Map([...columns].map(([{ leaf }, as]) => [leaf, as]));
  const file = changed(footer, FIELD.file.schema, (schema) => writeStructs(eachOf(schema, elements, restatedElement)));
  return changed(file, FIELD.file.rowGroups, (groups) =>
    writeStructs(readList(groups).map((group) => restatedGroup(group, leaves))),
  );
}

function restatedGroup(group: Buffer, leaves: ReadonlyMap<number, Restated>): Buffer {
  return changed(group, FIELD.rowGroup.columns, (chunks) =>
    writeStructs(
      eachOf(chunks, leaves, (chunk, as) =>
        changed(chunk, FIELD.columnChunk.metadata, (metadata) => restatedMetadata(metadata, as)),
      ),
    ),
  );
}

/** Its statistics are of the old type, and go. */
function restatedMetadata(metadata: Buffer, { type }: Restated): Buffer {
  const { fields } = readStruct(metadata);
  const kept = fields.filter(({ id }) => id !== FIELD.columnMetadata.statistics);
  const retyped = (field: Field): Field =>
    field.id === FIELD.columnMetadata.type && type !== undefined ? { ...field, value: writeInt(type) } : field;
  return writeStruct(kept.map(retyped));
}

function restatedElement(element: Buffer, { type, length, converted, scale, precision }: Restated): Buffer {
  const { fields } = readStruct(element);
  const kept = (id: number): Field[] => fields.filter((field) => field.id === id);
  const said = (id: number, value: number | undefined): Field[] =>
    value === undefined ? [] : [{ id, type: TYPE.i32, value: writeInt(value) }];
  return writeStruct([
    ...(type === undefined ? kept(FIELD.element.type) : said(FIELD.element.type, type)),
    ...(length === undefined ? kept(FIELD.element.length) : said(FIELD.element.length, length)),
    ...kept(FIELD.element.repetition),
    ...kept(FIELD.element.name),
    ...said(FIELD.element.converted, converted),
    ...said(FIELD.element.scale, scale),
    ...said(FIELD.element.precision, precision),
  ]);
}

/** A struct with one field's value made another. */
function changed(struct: Buffer, id: number, change: (value: Buffer) => Buffer): Buffer {
  const { fields } = readStruct(struct);
  return writeStruct(fields.map((field) => (field.id === id ? { ...field, value: change(field.value) } : field)));
}

/** The items of a list, some of them changed. */
function eachOf(
  list: Buffer,
  as: ReadonlyMap<number, Restated>,
  change: (item: Buffer, as: Restated) => Buffer,
): Buffer[] {
  return readList(list).map((item, at) => {
    const restated = as.get(at);
    return restated === undefined ? item : change(item, restated);
  });
}
