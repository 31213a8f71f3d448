import { unusable } from './unusable.js';

/** What the bytes of a text tell of its records. */
export interface Shape {
  /** Lines are what line feeds end, and a last one without. */
  lines: number;
  /**
   * Set where the record boundaries are certain by the bytes alone, so that the fast reader can be trusted with it.
   * `padded`: some cell may begin or end with a space or a tab.
   */
  simple: undefined | { lineEnd: '\n' | '\r\n'; commas: number; padded: boolean };
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const SPACE = 0x20;
const TAB = 0x09;
/** DuckDB refuses longer lines; the strict reader doesn't. */
const LONGEST_SIMPLE_LINE = 1_000_000;

/** Counts lines and looks for whatever makes record boundaries uncertain, a chunk at a time. */
export class TextShape {
  readonly #name: string;
  #offset = 0;
  #last = LF;
  #lineStart = 0;
  #lines = 0;
  #crlf = 0;
  #cr = 0;
  #commas = 0;
  #padded = false;
  #quotes = false;
  #blank = false;
  #long = false;

  constructor(name: string) {
    this.#name = name;
  }

  push(chunk: Buffer): void {
    const nul = chunk.indexOf(0);
    if (nul >= 0) {
      const offset = this.#offset + nul;
      throw unusable(
        this.#name,
        `holds a NUL byte at byte ${offset}`,
        'It is no text or is damaged: export it again as UTF-8 CSV.',
        { offset },
      );
    }
    this.#quotes ||= chunk.includes(QUOTE);
    let before = this.#last;
    let commas = 0;
    let returns = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === COMMA) {
        commas += 1;
        if (before === SPACE || before === TAB) this.#padded = true;
      } else if (byte === LF) {
        if (before === SPACE || before === TAB) this.#padded = true;
        this.#endLine(this.#offset + at, before);
      } else if (byte === CR) {
        returns += 1;
        if (before === SPACE || before === TAB) this.#padded = true;
      } else if ((byte === SPACE || byte === TAB) && (before === COMMA || before === LF)) this.#padded = true;
      before = byte;
    }
    this.#commas += commas;
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
      simple: !simple
        ? undefined
        : {
            lineEnd: this.#crlf > 0 ? '\r\n' : '\n',
            commas: this.#commas,
            padded: this.#padded || this.#last === SPACE || this.#last === TAB,
          },
    };
  }
}
