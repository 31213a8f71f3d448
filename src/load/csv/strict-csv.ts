import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import type { Wording } from '../../words/said.js';
import { say } from '../../words/say.js';
import { empty } from '../formats.js';
import { unusable } from '../unusable.js';

/** A record and the physical line on which it starts, the file's first being 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/**
 * Reads CSV (RFC 4180; LF or CRLF; a lone CR is a character) record by record. One whose cells are all blank, as an
 * empty line's is, is none but counts as a line. Wherever record boundaries are uncertain the whole file is refused, naming the place.
 */
export async function* readStrictly(name: string, path: string, piece = 1 << 18): AsyncGenerator<CsvRecord> {
  const source = createReadStream(path, { highWaterMark: piece });
  let line = 1;
  let records = 0;
  // Lines are counted as records are made, not as they are taken, so that a fault is told of the record it is in.
  const number = ({ record: cells, raw }: { record: string[]; raw: string }): CsvRecord | null => {
    const made = cells.every(isBlank) ? null : { line, cells };
    line += lineFeedsIn(raw) + (raw.endsWith('\n') ? 0 : 1); // `raw` leaves out the line feed of a CRLF
    return made;
  };
  const parser = parse({
    bom: true,
    raw: true,
    relax_column_count: true,
    record_delimiter: ['\n', '\r\n'],
    on_record: number as never, // its type knows nothing of `raw`
  });
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const record of source.pipe(parser) as AsyncIterable<CsvRecord>) {
      records += 1;
      yield record;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw uncertain(name, line, error);
  } finally {
    source.destroy();
  }
  if (records === 0) throw empty(name);
}

/** The header record alone, for which no large piece is parsed. */
export async function firstRecord(name: string, path: string): Promise<CsvRecord> {
  for await (const record of readStrictly(name, path, 1 << 10)) return record;
  throw empty(name);
}

/** Whether a cell holds spaces and tabs alone, or nothing. */
export function isBlank(cell: string): boolean {
  return /^[ \t]*$/.test(cell);
}

function lineFeedsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function uncertain(name: string, line: number, error: CsvError): Error {
  const what: Record<string, Wording> = {
    CSV_QUOTE_NOT_CLOSED: say('a quote that opens in the record beginning here is never closed'),
    CSV_INVALID_CLOSING_QUOTE: say('text follows a closing quote'),
    INVALID_OPENING_QUOTE: say("a quote stands inside a cell that doesn't begin with one"),
  };
  const excel = error.code === 'INVALID_OPENING_QUOTE' && String(error.field).trim() === '=';
  const fix = excel
    ? say('="…" is Excel\'s way to write text: write only the text.')
    : say('Quote the whole cell and double the quotes inside it, or export the file again.');
  return unusable(
    name,
    what[error.code] ?? error.message,
    say('Where its records end is uncertain, so none is taken. {fix}', { fix }),
    { line },
  );
}
