import type { Header } from '../csv/header.js';
import { type CsvRecord, isBlank } from '../csv/strict-csv.js';
import type { ExportFile } from '../folder.js';
import { Archive } from './archive.js';
import { CellLooks } from './cells/cell-looks.js';
import { cellText, type Shared } from './cells/cells.js';
import { readDateStyles } from './cells/date-formats.js';
import { type Chosen, findHeader } from './find-header.js';
import { readParts } from './parts.js';
import { SharedStrings } from './shared-strings.js';
import { type RawRow, rowsOf } from './sheet.js';
import { refuseOthers } from './unusable-workbook.js';

/** A workbook that was looked through: its header is found, its rows aren't read yet. */
export interface Workbook {
  header: Header;
  titles: Chosen['titles'];
  others: Chosen['others'];
  /** What is seen of the cells while the records are read. */
  looks: CellLooks;
  /** Its rows below the header as records of texts, each a cell for every cell of the header; `line` is the sheet's row. */
  records: () => AsyncGenerator<CsvRecord>;
}

/** Looks a workbook (.xlsx) through (contract, "Workbooks"). Its shared texts are copied to `scratch`, a file's name. */
export async function readWorkbook(file: ExportFile, scratch: string): Promise<Workbook> {
  await refuseOthers(file);
  const archive = await Archive.open(file.name, file.path);
  try {
    const parts = await readParts(archive);
    const strings = await SharedStrings.copied(archive, parts.strings, scratch);
    const dates = await readDateStyles(archive, parts.styles);
    const shared: Shared = { file: file.name, strings, dates, from1904: parts.from1904 };
    const { header, titles, others, ...place } = await findHeader(archive, file, parts.sheets, shared);
    strings.close();
    const looks = new CellLooks(header, place.row, dates);
    return { header, titles, others, looks, records: () => recordsOf(file, { ...place, header }, shared, looks) };
  } finally {
    archive.close();
  }
}

/** Where a header stands in a workbook. */
type Place = Pick<Chosen, 'part' | 'row' | 'header'>;

async function* recordsOf(
  file: ExportFile,
  { part, row, header }: Place,
  shared: Shared,
  looks: CellLooks,
): AsyncGenerator<CsvRecord> {
  const archive = await Archive.open(file.name, file.path);
  const columns = new Map(header.columns.map(({ column, at }) => [at, column]));
  const recordOf = ({ number, cells: raw }: RawRow): CsvRecord | undefined => {
    const cells = new Array<string>(header.width).fill('');
    let given = false;
    for (const cell of raw) {
      const column = columns.get(cell.at);
      if (column === undefined && given) continue; // nobody asks what it holds
      const text = cellText(cell, column, number, shared);
      given ||= !isBlank(text);
      if (column === undefined) continue;
      cells[cell.at] = text;
      looks.see(cell, column, text);
    }
    return given ? { line: number, cells } : undefined;
  };
  try {
    for await (const rows of rowsOf(archive, part, (merged, last) => looks.seeMerged(merged, last)))
      for (const raw of rows) {
        const record = raw.number > row ? recordOf(raw) : undefined;
        if (record !== undefined) yield record;
      }
  } finally {
    archive.close();
    shared.strings.close();
  }
}
