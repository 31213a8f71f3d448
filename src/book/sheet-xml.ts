import { cellXml, numberCell, textXml } from './cell-xml.js';
import {
  type BookSheet,
  type Cell,
  type CellKind,
  FIRST_ROW,
  HEAD_ROW,
  letters,
  type MarkedCell,
  MOST_ROWS,
  rangeOf,
  type SheetColumn,
  TooManyRows,
} from './sheet.js';
import { cellStyle, headStyle, SUBTITLE, TITLE } from './styles.js';
import { Sum } from './sum.js';

/** A sheet as XML, in pieces, for it may be large. */
export interface SheetXml {
  pieces: Uint8Array[];
  rows: number;
}

const PLACES: Record<CellKind, number> = {
  id: 0,
  text: 0,
  note: 0,
  date: 0,
  count: 0,
  money: 2,
  minutes: 2,
  index: 3,
  price: 6,
};
const PIECE = 1 << 18;
/** Widths in characters; a longer note is broken into lines, which are a little shorter than their column. */
const WIDTHS = { least: 9, most: 42, note: 60 };
const LINE = 57;
/** In points. */
const LINE_HEIGHT = 14;

const encoder = new TextEncoder();
/** A page writes books too, where no `Buffer` is. */
export const encoded = (text: string): Uint8Array => encoder.encode(text);

/** The rows are read once; what stands above them, totals and widths, follows from them and is written last. Throws `TooManyRows`. */
export async function sheetXml(sheet: BookSheet): Promise<SheetXml> {
  const body = new Body(sheet.columns);
  for await (const row of sheet.rows) {
    if (body.rows + FIRST_ROW > MOST_ROWS) throw new TooManyRows(sheet.name);
    body.add(row);
  }
  const { columns } = sheet;
  const last = letters(columns.length - 1);
  const lastRow = FIRST_ROW + Math.max(body.rows, 1) - 1;
  const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:${last}${lastRow}"/><sheetViews><sheetView workbookViewId="0" showGridLines="0"><pane ${frozen(columns)}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns.map((column, at) => `<col min="${at + 1}" max="${at + 1}" width="${body.widthOf(column, at)}" customWidth="1"/>`).join('')}</cols><sheetData>${above(sheet, body)}`;
  const filter = sheet.filter ? `<autoFilter ref="A${HEAD_ROW}:${last}${lastRow}"/>` : '';
  const tail = `</sheetData>${filter}<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>${textNumbers(columns, lastRow)}${sheet.chart === undefined ? '' : '<drawing r:id="rId1"/>'}</worksheet>`;
  return { pieces: [encoded(head), ...body.pieces(), encoded(tail)], rows: body.rows };
}

/** What stands above the head stays in sight, and the first column where it names the row. */
function frozen(columns: readonly SheetColumn[]): string {
  const beside = columns[0]?.kind === 'id' ? 1 : 0;
  const cell = `${letters(beside)}${FIRST_ROW}`;
  const pane = beside === 1 ? 'bottomRight' : 'bottomLeft';
  const split = beside === 1 ? 'xSplit="1" ' : '';
  return `${split}ySplit="${HEAD_ROW}" topLeftCell="${cell}" activePane="${pane}" state="frozen"/><selection pane="${pane}" activeCell="${cell}" sqref="${cell}"/>`;
}

/** The title, the totals and the heads. */
function above(sheet: BookSheet, body: Body): string {
  const { title, remark, columns } = sheet;
  const totals =
    sheet.total === undefined
      ? `<row r="3">${remark === undefined ? '' : textXml('A3', SUBTITLE, remark)}</row>`
      : `<row r="3" ht="18" customHeight="1">${totalCells(columns, sheet.total, body)}</row>`;
  const heads = columns.map(({ head, kind }, at) => textXml(`${letters(at)}${HEAD_ROW}`, headStyle(kind), head));
  return `<row r="1" ht="24" customHeight="1">${textXml('A1', TITLE, title[0])}</row><row r="2" ht="16" customHeight="1">${textXml('A2', SUBTITLE, title[1])}</row>${totals}<row r="${HEAD_ROW}" ht="32" customHeight="1">${heads.join('')}</row>`;
}

function totalCells(columns: readonly SheetColumn[], word: string, body: Body): string {
  return columns
    .map(({ kind, total }, at) => {
      const style = cellStyle(total ? kind : 'text', 'total');
      const cell = `${letters(at)}3`;
      if (total) return numberCell(cell, style, body.totalOf(at), `SUBTOTAL(109,${rangeOf(at, body.rows)})`);
      return at === 0 ? textXml(cell, style, word) : `<c r="${cell}" s="${style}"/>`;
    })
    .join('');
}

/** A spreadsheet marks texts of digits as mistakes, and these are meant. */
function textNumbers(columns: readonly SheetColumn[], lastRow: number): string {
  const texts = columns.flatMap(({ kind }, at) =>
    kind === 'id' ? [`${letters(at)}${FIRST_ROW}:${letters(at)}${lastRow}`] : [],
  );
  if (texts.length === 0) return '';
  return `<ignoredErrors><ignoredError sqref="${texts.join(' ')}" numberStoredAsText="1"/></ignoredErrors>`;
}

/** The rows below the head, with what is known when all have been seen. */
class Body {
  rows = 0;
  readonly #columns: readonly SheetColumn[];
  readonly #pieces: Uint8Array[] = [];
  readonly #sums: Sum[];
  readonly #widths: number[];
  #text = '';

  constructor(columns: readonly SheetColumn[]) {
    this.#columns = columns;
    this.#sums = columns.map(() => new Sum());
    this.#widths = columns.map(() => 0);
  }

  add(cells: readonly Cell[]): void {
    const row = FIRST_ROW + this.rows;
    this.rows++;
    let lines = 1;
    let text = '';
    for (const [at, column] of this.#columns.entries()) {
      const cell = markedOf(cells[at] ?? '', column);
      text += cellXml(at, row, cellStyle(cell.kind, cell.strong ? 'strong' : 'plain'), cell);
      if (column.total && cell.text !== '') this.#sums[at]?.add(cell.text);
      const width = widthOf(cell.text);
      this.#widths[at] = Math.max(width, this.#widths[at] as number);
      if (cell.kind === 'note') lines = Math.max(lines, Math.ceil(width / LINE));
    }
    this.#text += `<row r="${row}"${lines > 1 ? ` ht="${lines * LINE_HEIGHT}" customHeight="1"` : ''}>${text}</row>`;
    if (this.#text.length < PIECE) return;
    this.#pieces.push(encoded(this.#text));
    this.#text = '';
  }

  pieces(): Uint8Array[] {
    return [...this.#pieces, encoded(this.#text)];
  }

  totalOf(at: number): string {
    return (this.#sums[at] as Sum).text(PLACES[(this.#columns[at] as SheetColumn).kind]);
  }

  /** Wide enough for the cells, and for half of the head, which is broken into two lines; numbers are grouped by threes. */
  widthOf({ head, kind, total }: SheetColumn, at: number): number {
    const sum = total ? widthOf(this.totalOf(at)) : 0;
    const text = Math.max(this.#widths[at] as number, sum);
    const grouped = ['money', 'count', 'minutes'].includes(kind) ? text + Math.floor(text / 3) : text;
    const most = kind === 'note' ? WIDTHS.note : WIDTHS.most;
    return Math.min(most, Math.max(WIDTHS.least, grouped + 2, Math.ceil(widthOf(head) / 2) + 4, longestWord(head) + 3));
  }
}

function markedOf(cell: Cell, { kind }: SheetColumn): MarkedCell & { kind: CellKind } {
  return typeof cell === 'string' ? { text: cell, kind } : { ...cell, kind: cell.kind ?? kind };
}

function longestWord(head: string): number {
  return Math.max(...head.split(' ').map((word) => (/^[!-~]+$/.test(word) ? word.length : 0)));
}

/** In columns of a terminal: a Chinese character takes two. */
function widthOf(text: string): number {
  let width = 0;
  for (let at = 0; at < text.length; at++) width += text.charCodeAt(at) > 0x2e7f ? 2 : 1;
  return width;
}
