import { needsParser, readRecords, recordText } from './csv.js';
import type { Differences } from './differences.js';
import { breathe } from './reading/breathe.js';
import { copied } from './reading/copied.js';
import { type LineSource, LONGEST_RECORD } from './reading/line-source.js';
import { type TextPlaces, textPlaces } from './reading/text-places.js';

/** How many records are read before others get a turn. */
const BREATH = 1 << 13;
/** Texts that are kept decoded. */
const MOST_DECODED = 1000;

/** What the manifest says of a file, as found: its hash and how many records follow the header. */
export interface FileFacts {
  sha256: string;
  rows: number;
}

/** The texts between a line's commas; there are millions of lines, and `split` takes half as long again. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  let from = 0;
  for (let end = line.indexOf(','); end >= 0; end = line.indexOf(',', from)) {
    cells.push(line.slice(from, end));
    from = end + 1;
  }
  cells.push(line.slice(from));
  return cells;
}

/**
 * The records of one of the folder's CSV files, one at a time. It reads the contract's one form of CSV and reports
 * every other. Of a line's bytes only the text columns' cells are decoded, which spares most of the decoding.
 */
export class Rows {
  /** Records read after the header, broken ones too. */
  rows = 0;
  /** Called every so often while `each` reads. */
  onBreath = (): void => undefined;
  private readonly lines: LineSource;
  private readonly columns: number;
  private readonly places: TextPlaces;
  private readonly decoded = new Map<string, string>();
  /** The text that was asked for last: the rows of an anchor often have one track. */
  private last = { bytes: '', text: '' };

  /** `linesOf` opens the lines; it is given whom to tell what is wrong with them as a whole. `later`: they begin behind the header. */
  constructor(
    linesOf: (report: (found: string, expected: string) => void) => LineSource,
    readonly file: string,
    header: string,
    private readonly differences: Differences,
    later = false,
  ) {
    this.columns = header.split(',').length;
    this.places = textPlaces(header);
    this.lines = linesOf((found, expected) => this.fault(found, expected));
    if (later) return;
    differences.compare(file, 'line 1', '', this.decode(this.lines.next() ?? ''), header);
  }

  get bytesRead(): number {
    return this.lines.bytesRead;
  }

  /** The next record that has the header's number of cells; undefined at the end. */
  next(): string[] | undefined {
    for (;;) {
      const line = this.lines.next();
      if (line === undefined) return undefined;
      this.rows += 1;
      // Without a quote the comma is all there is of CSV.
      const cells = this.lines.plain || !needsParser(line) ? cellsOf(line) : this.parsed(line);
      if (cells === undefined) continue;
      if (cells.length === this.columns) {
        for (const place of this.places.single) cells[place] = this.decode(cells[place] ?? '');
        for (const place of this.places.repeated) cells[place] = this.text(cells[place] ?? '');
        return cells;
      }
      this.fault(line, `${this.columns} cells`);
    }
  }

  /** Takes the records to the end; every so often whoever waits gets a turn, so that an interruption is heard. */
  async each(take: (row: string[]) => void): Promise<void> {
    for (let row = this.next(); row !== undefined; row = this.next()) {
      if (this.rows % BREATH === 0) {
        await breathe();
        this.onBreath();
      }
      take(row);
    }
  }

  /** The text before the next line's first comma, for a pass that needs no more; undefined at the end. */
  nextFirstCell(): string | undefined {
    const line = this.lines.next();
    if (line === undefined) return undefined;
    const comma = line.indexOf(',');
    return comma < 0 ? line : line.slice(0, comma);
  }

  /** Hashes some more of the file behind its rows, which are over; false at its end. */
  hashOn(): boolean {
    return this.lines.hashOn();
  }

  /** Reads what is left, so that the hash is of the whole file, and closes it. */
  finish(): FileFacts {
    while (this.next() !== undefined);
    return { sha256: this.lines.finish(), rows: this.rows };
  }

  private fault(found: string, expected: string): void {
    this.differences.add(this.file, `row ${this.rows}`, '', this.decode(found), this.decode(expected));
  }

  private decode(part: string): string {
    return this.lines.decode(part);
  }

  /** A text cell that is one of few, decoded. */
  private text(bytes: string): string {
    if (bytes === this.last.bytes) return this.last.text;
    const known = this.decoded.get(bytes);
    if (known !== undefined) {
      this.last = { bytes: copied(bytes), text: known };
      return known;
    }
    const key = copied(bytes);
    const text = this.decode(key);
    if (this.decoded.size >= MOST_DECODED) this.decoded.clear();
    this.decoded.set(key, text);
    this.last = { bytes: key, text };
    return text;
  }

  /**
   * The cells of the record that begins with a line, by the parser. Where a quote is still open at the line's end it
   * gets twice as many lines, until it finds the record's end, and the lines beyond are put back.
   */
  private parsed(line: string): string[] | undefined {
    let text = `${line}\n`;
    for (let lines = 1; ; lines *= 2) {
      const { records, fault } = readRecords(text, 1);
      const [first] = records;
      if (first !== undefined) {
        this.lines.putBack(text.slice(first.raw.length));
        const canonical = recordText(first.record);
        if (`${canonical}\n` !== first.raw) this.fault(first.raw.slice(0, -1), canonical);
        return first.record;
      }
      if (fault === 'misplaced') {
        this.fault(line, 'quotes around whole cells');
        this.lines.putBack(text.slice(line.length + 1));
        return undefined;
      }
      const more = text.length > LONGEST_RECORD ? '' : this.take(lines);
      if (more === '') {
        this.fault(text, 'a closed quote');
        return undefined;
      }
      text += more;
    }
  }

  /** The next lines with their line feeds, fewer at the end. */
  private take(lines: number): string {
    let text = '';
    for (let taken = 0; taken < lines; taken += 1) {
      const line = this.lines.next();
      if (line === undefined) break;
      text += `${line}\n`;
      if (text.length > LONGEST_RECORD) break;
    }
    return text;
  }
}
