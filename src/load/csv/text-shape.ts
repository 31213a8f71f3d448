import { isAscii } from 'node:buffer';
import { pieces } from '../../disk/pieces.js';
import { say } from '../../words/say.js';
import { unusable } from '../unusable.js';

/** What the bytes of a text tell of its records. */
export interface Shape {
  /** Lines are what line feeds end, and a last one without. */
  lines: number;
  /** Set where the record boundaries are certain by the bytes alone, so that the fast reader can be trusted with it. */
  simple: undefined | { lineEnd: '\n' | '\r\n' };
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
/** DuckDB refuses longer lines; the strict reader doesn't. */
const LONGEST_SIMPLE_LINE = 1_000_000;

/** Reads a text through. */
export async function shapeOf(path: string): Promise<Shape> {
  const shape = new TextShape();
  for await (const piece of pieces(path)) shape.push(piece);
  return shape.end();
}

/** Counts lines and looks for whatever makes record boundaries uncertain, a chunk at a time. */
class TextShape {
  #offset = 0;
  #last = LF;
  #lineStart = 0;
  #lines = 0;
  #crlf = 0;
  #cr = 0;
  #quotes = false;
  #blank = false;
  #long = false;

  push(chunk: Buffer): void {
    this.#quotes ||= chunk.includes(QUOTE);
    let before = this.#last;
    let returns = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === LF) this.#endLine(this.#offset + at, before);
      else if (byte === CR) returns += 1;
      before = byte;
    }
    this.#cr += returns;
    if (chunk.length > 0) this.#last = chunk[chunk.length - 1] as number;
    this.#offset += chunk.length;
  }

  #endLine(at: number, before: number): void {
    const length = at - this.#lineStart - (before === CR ? 1 : 0);
    if (before === CR) this.#crlf += 1;
    if (length === 0) this.#blank = true;
    if (length > LONGEST_SIMPLE_LINE) this.#long = true;
    this.#lines += 1;
    this.#lineStart = at + 1;
  }

  end(): Shape {
    const ended = this.#lines;
    const open = this.#offset > this.#lineStart;
    const uniform = this.#cr === this.#crlf && (this.#crlf === 0 || this.#crlf === ended);
    const long = this.#long || this.#offset - this.#lineStart > LONGEST_SIMPLE_LINE;
    const simple = !this.#quotes && !this.#blank && !long && uniform && ended > 0;
    return {
      lines: ended + (open ? 1 : 0),
      simple: simple ? { lineEnd: this.#crlf > 0 ? '\r\n' : '\n' } : undefined,
    };
  }
}

/** What reading a text once natively tells: the cheap half of its shape. */
export interface Bytes {
  size: number;
  /** Of the first line with its line feed. */
  headerSize: number;
  /** Whether the last line ends in a line feed. */
  ended: boolean;
  /** With neither, commas and line feeds are where cells and lines end, and nothing else. */
  quotes: boolean;
  returns: boolean;
  /** Its last bytes, 1024 at most. */
  tail: Buffer;
  /** Whether there are characters beyond ASCII, and all of them take two bytes: pairs of another encoding look so. */
  pairs: boolean;
}

const TAIL = 1024;
/** Leads characters of three bytes; those of four are led by larger ones. */
const THREE_BYTES = 0xe0;

/** Takes note of a text's bytes, a chunk at a time, and refuses a NUL. */
export class ByteNotes {
  readonly #name: string;
  #size = 0;
  #headerSize: number | undefined;
  #last = LF;
  #quotes = false;
  #returns = false;
  #tail: Buffer = Buffer.alloc(0);
  readonly #looksForPairs: boolean;
  #pairs: boolean | undefined;

  /** `looksForPairs`: whether it matters of what characters the text is made, which takes longer to see. */
  constructor(name: string, looksForPairs = false) {
    this.#name = name;
    this.#looksForPairs = looksForPairs;
  }

  push(chunk: Buffer): void {
    const nul = chunk.indexOf(0);
    if (nul >= 0) throw holdsNul(this.#name, this.#size + nul);
    if (this.#headerSize === undefined) {
      const end = chunk.indexOf(LF);
      if (end >= 0) this.#headerSize = this.#size + end + 1;
    }
    this.#quotes ||= chunk.includes(QUOTE);
    this.#returns ||= chunk.includes(CR);
    this.#last = chunk.at(-1) ?? this.#last;
    this.#tail = Buffer.concat([this.#tail, chunk.subarray(-TAIL)]).subarray(-TAIL);
    this.#size += chunk.length;
    if (this.#looksForPairs && this.#pairs !== false && !isAscii(chunk))
      this.#pairs = !chunk.some((byte) => byte >= THREE_BYTES);
  }

  end(): Bytes {
    return {
      size: this.#size,
      headerSize: this.#headerSize ?? this.#size,
      ended: this.#last === LF,
      quotes: this.#quotes,
      returns: this.#returns,
      tail: this.#tail,
      pairs: this.#pairs === true,
    };
  }
}

function holdsNul(name: string, offset: number): Error {
  return unusable(
    name,
    say('holds a NUL byte at byte {offset}', { offset }),
    say('It is not a text file, or it is damaged: export it again as UTF-8 CSV.'),
    { offset },
  );
}
