import { PACKET_ELEMENT, PACKET_FORMAT, type PacketData } from './packet-data.js';

/** A packet as its file has it. */
export interface ReadPacket {
  data: PacketData;
  /** The page before the packet's text, the text, and the page behind it. */
  before: string;
  text: string;
  behind: string;
}

/** Why a file is no packet that can be read, and of another form, where in its text. */
export class NoPacket extends Error {
  constructor(
    readonly reason: 'none' | 'two' | 'cut' | 'form',
    readonly place = '',
  ) {
    super(`${reason} ${place}`);
  }
}

const BEGIN = `<script type="application/json" id="${PACKET_ELEMENT}">`;
const END = '</script>';

/** The packet in a page; throws `NoPacket`. */
export function readPacket(html: string): ReadPacket {
  const from = html.indexOf(BEGIN);
  const begin = from + BEGIN.length;
  const end = html.indexOf(END, begin);
  if (from < 0 || end < 0) throw new NoPacket('none');
  if (html.indexOf(BEGIN, begin) >= 0) throw new NoPacket('two');
  const text = html.slice(begin, end);
  return { data: readPacketText(text), before: html.slice(0, begin), text, behind: html.slice(end) };
}

/** The packet that a text is; throws `NoPacket`. */
export function readPacketText(text: string): PacketData {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new NoPacket('cut');
  }
  // Of a key that stands twice one reader takes the first and another the last.
  const isOneForm = JSON.stringify(data).replaceAll('<', '\\u003c') === text;
  const wrong = isOneForm ? PACKET('packet', data) : 'packet';
  if (wrong !== undefined) throw new NoPacket('form', wrong);
  return data as PacketData;
}

/** The place of what is wrong, if anything is. */
type Shape = (place: string, value: unknown) => string | undefined;

const words: Shape = (place, value) => (typeof value === 'string' ? undefined : place);
const count: Shape = (place, value) => (Number.isSafeInteger(value) && (value as number) > 0 ? undefined : place);
const hex: Shape = (place, value) => (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? undefined : place);
const word =
  (...all: string[]): Shape =>
  (place, value) =>
    all.includes(value as string) ? undefined : place;
const orNull =
  (shape: Shape): Shape =>
  (place, value) =>
    value === null ? undefined : shape(place, value);
const list =
  (shape: Shape): Shape =>
  (place, value) => {
    if (!Array.isArray(value)) return place;
    for (const [at, each] of value.entries()) {
      const wrong = shape(`${place}[${at}]`, each);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
/** Exactly these keys, in whatever order; those of `optional` may lack. */
const record =
  (needed: Record<string, Shape>, optional: Record<string, Shape> = {}): Shape =>
  (place, value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return place;
    const shapes = { ...needed, ...optional };
    for (const key of Object.keys(value)) if (!Object.hasOwn(shapes, key)) return `${place}.${key}`;
    for (const [key, shape] of Object.entries(shapes)) {
      if (Object.hasOwn(optional, key) && !Object.hasOwn(value, key)) continue;
      const wrong = shape(`${place}.${key}`, Reflect.get(value, key));
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };

const FILES = list(record({ file: words, records: list(words) }));

const PACKET = record({
  format: word(PACKET_FORMAT),
  program: record({ name: words, version: words }),
  unit: record({ kind: word('agency', 'anchor'), id: words }),
  cover: record({ total: words, closed_before: words, due: words }),
  close: orNull(
    record(
      { close_no: count, revision: count, closed_at: words, closed_by: words, root: orNull(hex) },
      { signature: words },
    ),
  ),
  key: orNull(hex),
  proof: orNull(words),
  shared: record({ key: orNull(hex), proof: orNull(words), root: orNull(hex), files: FILES }),
  groups: list(record({ anchor: words, root: orNull(hex), files: FILES })),
});
