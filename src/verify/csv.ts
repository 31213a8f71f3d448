import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/**
 * CSV by csv-parse and csv-stringify, in the contract's one form: commas, LF, a cell quoted only where it holds a comma,
 * a quote, CR or LF, quotes doubled within quotes. A parser alone forgives a cell that is quoted without need, so the
 * canonical text of what was read stands beside it, to be compared with the file's.
 */

/** Nothing is skipped, trimmed or taken for a byte order mark; records of other lengths are the reader's to report. */
const STRICT = { record_delimiter: '\n', raw: true, relax_column_count: true } as const;

/** A line feed named as the delimiter would leave CR unquoted, unless it is asked for too. */
const CANONICAL = { record_delimiter: '\n', quote_record_delimiter: true } as const;

const QUOTE_OR_CR = /["\r]/;

/** A record as it was read and as the file has it, the line feed at its end included. */
export interface CsvRecord {
  record: string[];
  raw: string;
}

/** Records, and why no more of them could be read: a quote that is never closed, or one that stands elsewhere. */
export interface CsvRecords {
  records: CsvRecord[];
  fault?: 'open' | 'misplaced';
}

/**
 * Whether a text needs the parser: in one without a quote every comma ends a cell and every line feed a record. CR has
 * no meaning there either, but a cell that holds it must be quoted, which the comparison with the canonical form finds.
 */
export function needsParser(text: string): boolean {
  return QUOTE_OR_CR.test(text);
}

/** The records of a text from its beginning on, at most so many. */
export function readRecords(text: string, most = Infinity): CsvRecords {
  const records: CsvRecord[] = [];
  // What `parse` returns is lost where a later record is at fault.
  const take = (row: unknown): null => {
    records.push(row as CsvRecord);
    return null;
  };
  try {
    parse(text, { ...STRICT, on_record: take, ...(most === Infinity ? {} : { to: most }) });
    return { records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { records, fault: error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'open' : 'misplaced' };
  }
}

/** A record as the outputs write it, without the line feed. */
export function recordText(cells: string[]): string {
  return stringify([cells], { ...CANONICAL, eof: false });
}
