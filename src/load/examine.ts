import { rmSync } from 'node:fs';
import { type Int96, READER, type Reading } from '../core/reading.js';
import { sha256OfFile } from '../disk/pieces.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { readingBy } from '../exports/mapping.js';
import { say } from '../words/say.js';
import { type Header, readHeader } from './csv/header.js';
import { headerBelow } from './csv/header-below.js';
import { plainCopy } from './csv/quoted-lines.js';
import { bringIn, type Scan, scanCsv } from './csv/scan.js';
import { type CsvRecord, firstRecord } from './csv/strict-csv.js';
import type { ExportFile } from './folder.js';
import { firstBytes, PAGE_HEAD, refuseWebPage } from './formats.js';
import { stampOf } from './known/stamp.js';
import { type ParquetHeader, readParquetHeader } from './parquet/parquet.js';
import { contentOfParts, folderParts, readPartsHeader } from './parquet/parts.js';
import { unusable } from './unusable.js';
import { readWorkbook, type Workbook } from './workbook/workbook.js';

/** A file that was looked through: usable as far as bytes and header tell. */
export interface Examined {
  file: ExportFile;
  /** Of the file as it lies in the folder. */
  sha256: string;
  /** Where it can be read, under a name without special characters; of a folder, where its parts can. */
  path: string;
  copies?: string[];
  header: Header;
  /** What the bytes tell; undefined where they aren't text. */
  scan: Scan | undefined;
  /** Set where the fast reader can be tried. */
  simple: Simple | undefined;
  /** SQL for a Parquet file's rows, each cell as text. */
  parquetRows: string | undefined;
  /** A workbook's rows, and what stands beside them. */
  workbook: Workbook | undefined;
  /** How it is read. */
  reading: Reading;
  /** What changes when somebody writes to the file meanwhile. */
  stamp: string;
}

/** A text whose records are its lines. */
export interface Simple {
  path: string;
  size: number;
  lineEnd: '\n' | '\r\n';
  /** Records that hold quotes: blank cells stand in their lines. */
  aside: CsvRecord[];
}

/** How files are to be read that don't say it themselves. */
interface Choice {
  encoding: 'gb18030' | undefined;
  int96?: Int96 | undefined;
}

/** Looks a file through, or says with undefined that the warehouse holds this content under this name already. */
export async function examine(
  warehouse: Warehouse,
  file: ExportFile,
  path: string,
  choice: Choice,
  held: { sha256: string } | undefined,
): Promise<Examined | undefined> {
  const stamp = stampOf(file.path);
  if (!file.parts) refuseWebPage(file, firstBytes(file.path, PAGE_HEAD));
  const found = await (file.form === 'parquet' || file.form === 'xlsx'
    ? examineWhole(warehouse, file, path, choice, held)
    : examineText(file, path, choice, held));
  return found && { file, stamp, ...found, reading: { ...found.reading, ...mappedBy(file, found.header) } };
}

/** What the file calls otherwise than the contract does. */
function mappedBy({ kind }: ExportFile, { columns }: Header): Pick<Reading, 'columns' | 'words'> {
  const names = columns.map(({ called }) => called);
  return readingBy(
    kind.mapping,
    names,
    columns.map(({ column }) => column.name),
  );
}

/** What is found of a file, besides what was known of it. */
type Found = Omit<Examined, 'file' | 'stamp'>;

const NO_TEXT = { scan: undefined, simple: undefined, parquetRows: undefined, workbook: undefined };

/** Files that aren't text are taken whole. */
async function examineWhole(
  warehouse: Warehouse,
  file: ExportFile,
  path: string,
  { int96 }: Choice,
  held: { sha256: string } | undefined,
): Promise<Found | undefined> {
  if (file.parts) return examineParts(warehouse, file, path, int96, held);
  const sha256 = await sha256OfFile(file.path);
  if (sha256 === held?.sha256) return undefined;
  if (file.form === 'xlsx') {
    const workbook = await readWorkbook(file, path);
    return { ...NO_TEXT, sha256, path, header: workbook.header, workbook, reading: { reader: READER } };
  }
  bringIn(file.path, path);
  const { int96: met, ...found } = await readParquetHeader(warehouse, file, path, int96);
  return { ...NO_TEXT, sha256, ...found, reading: parquetReading(met) };
}

/** A folder whose Parquet files count as one. */
async function examineParts(
  warehouse: Warehouse,
  file: ExportFile,
  path: string,
  int96: Int96 | undefined,
  held: { sha256: string } | undefined,
): Promise<Found | undefined> {
  const parts = await folderParts(file);
  const sha256 = contentOfParts(parts);
  if (sha256 === held?.sha256) return undefined;
  const { int96: met, ...found } = await readPartsHeader(warehouse, file, { parts, path, int96 });
  return { ...NO_TEXT, sha256, path, ...found, reading: parquetReading(met) };
}

function parquetReading(met: ParquetHeader['int96']): Reading {
  return { ...(met && { int96: met.choice, created_by: met.createdBy }), reader: READER };
}

async function examineText(
  file: ExportFile,
  path: string,
  { encoding }: Choice,
  held: { sha256: string } | undefined,
): Promise<Found | undefined> {
  const scan = await scanCsv(file, path, encoding);
  if (scan.sha256 === held?.sha256) {
    rmSync(scan.path); // many known ones would fill the disk with what they unpack to
    return undefined;
  }
  const first = await firstRecord(file.name, scan.path);
  const header = readHeader(file.name, file.kind, first.cells, {
    below: () => headerBelow(scan.path, file.kind),
  });
  await refuseOneLine(file, header, scan);
  refuseDoubledReturns(file, first);
  // Where blank lines stand before the header, the fast reader would take the first of them for it.
  const simple = first.line === 1 ? await simpleForm(scan, header) : undefined;
  const { sha256, path: text } = scan;
  return { ...NO_TEXT, sha256, path: text, header, scan, simple, reading: readingOf(scan, encoding) };
}

/** How a text is read; `allowed` is what it would be read as were it not valid UTF-8. */
function readingOf({ encoding, pairs }: Scan, allowed: string | undefined): Reading {
  const doubtful = encoding === 'utf-8' && allowed !== undefined && pairs;
  return { encoding, ...(doubtful ? { doubtful: allowed } : {}), reader: READER };
}

async function simpleForm(
  { path, size, quotes, returns, shape }: Scan,
  { width }: Header,
): Promise<Simple | undefined> {
  if (quotes) {
    if (width === 1) return undefined; // of a cell that needs its quotes the line that is left would be blank
    const copy = `${path}.plain`;
    const plain = await plainCopy(path, returns ? '\r\n' : '\n', width, copy);
    return plain && { path: copy, size: plain.size, lineEnd: plain.lineEnd, aside: plain.records };
  }
  if (!returns) return { path, size, lineEnd: '\n', aside: [] };
  const { simple } = await shape();
  return simple && { path, size, lineEnd: simple.lineEnd, aside: [] };
}

/** A lone CR is a character, so a file whose lines end in it would be a header and nothing else. */
async function refuseOneLine({ name }: ExportFile, { unknown }: Header, { shape }: Scan): Promise<void> {
  if (!unknown.some((column) => column.includes('\r')) || (await shape()).lines > 1) return;
  throw unusable(
    name,
    say('all of it is one line: its lines end in CR alone'),
    say('Export it with line ends of LF or CRLF.'),
    {
      line: 1,
    },
  );
}

/** Where lines end in CR CR LF, the last column would have another name, and every cell of it be ignored. */
function refuseDoubledReturns({ name }: ExportFile, { line, cells }: CsvRecord): void {
  if (cells.at(-1)?.endsWith('\r') !== true) return;
  const fix = say('Write it with line ends of LF or CRLF (in Python: open the file with newline="").');
  throw unusable(name, say('its lines end in CR CR LF, so that the last column would have another name'), fix, {
    line,
  });
}
