/** No sound record comes near it; without a bound a file of one line would have to fit into memory. */
export const LONGEST_RECORD = 1 << 20;

/** The lines of a file, one at a time, from wherever they come. */
export interface LineSource {
  readonly bytesRead: number;
  /** Whether the next line has neither a quote nor CR, as far as is known. */
  readonly plain: boolean;
  /** The next line without its line feed; undefined at the end. */
  next: () => string | undefined;
  /** Puts whole lines back, to be read next. */
  putBack: (lines: string) => void;
  /** The text that a part of a line is: it may be kept as the characters of its bytes. */
  decode: (part: string) => string;
  /** Hashes some more of the file behind the lines, which are over; false at its end. */
  hashOn: () => boolean;
  /** Ends the reading, behind the last line; the whole file's hash, '' where nobody asks for it. */
  finish: () => string;
}

/** The lines of records that are there as texts, each of which may be of several lines. */
export class TextLines implements LineSource {
  readonly bytesRead = 0;
  readonly plain = false;
  private at = 0;
  /** Lines to be read before the next record, the next one last. */
  private readonly before: string[] = [];

  constructor(private readonly records: readonly string[]) {}

  next(): string | undefined {
    const line = this.before.pop();
    if (line !== undefined) return line;
    const record = this.records[this.at];
    if (record === undefined) return undefined;
    this.at += 1;
    if (!record.includes('\n')) return record;
    this.putBack(`${record}\n`);
    return this.next();
  }

  putBack(lines: string): void {
    if (lines !== '') this.before.push(...lines.split('\n').slice(0, -1).reverse());
  }

  decode(part: string): string {
    return part;
  }

  hashOn(): boolean {
    return false;
  }

  finish(): string {
    return '';
  }
}
