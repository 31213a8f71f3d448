/**
 * How a file was read, as far as that decides about its rows (contract, "Inputs"): kept with the file, and a part of the
 * id of every run that settles it.
 */
export interface Reading {
  /** Of a text: as what it was read. */
  encoding?: 'utf-8' | 'gb18030';
  /** Of a text read as UTF-8 although another encoding was allowed: it might be of that one (notice `encoding_doubtful`). */
  doubtful?: string;
  /** Of a Parquet file with INT96: what it was taken to mean, and the writer that the file names. */
  int96?: Int96;
  created_by?: string;
  /** The columns that the file calls otherwise, by what it calls them; and by column the words that it has for the contract's. */
  columns?: Mapping['columns'];
  words?: Mapping['words'];
  /** The reader's version. */
  reader: number;
}

/** What another system calls columns, and by column what it calls their words; each is a name or word of the contract's. */
export interface Mapping {
  columns: Readonly<Record<string, string>>;
  words: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** An instant, shown in Beijing time; or the clock on Beijing's wall. */
export type Int96 = 'instant' | 'wall';

/** Grows when the same file would be read otherwise: what an older one has read is told of, and read again on demand. */
export const READER = 2;

/** The reading's one text: its keys sorted. */
export function readingText(reading: Reading): string {
  return JSON.stringify(Object.fromEntries(Object.entries(reading).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** How builds before readings were kept had read every file. */
const FIRST_READING = readingText({ reader: 1 });

/** Whether what the warehouse holds of a file was read by an older reader. */
export function isOutdated(reading: string): boolean {
  return (JSON.parse(reading) as Reading).reader < READER;
}

/** Whether a file that is held was read by another choice than is made now; without a choice what was read stands. */
export function isReadOtherwise({ int96: held }: Reading, int96: Int96 | undefined): boolean {
  return held !== undefined && int96 !== undefined && held !== int96;
}

/** A file that a run settled, as its manifest names it; builds that didn't keep how it was read say nothing of that. */
export interface SettledFile {
  file: string;
  sha256: string;
  reading?: Reading;
}

/** How it was read, as the warehouse writes it. */
export function readingOf({ reading }: SettledFile): string {
  return reading === undefined ? FIRST_READING : readingText(reading);
}
