import { xmlText } from './cell-xml.js';
import { chartXml, drawingXml } from './chart-xml.js';
import { type BookSheet, FIRST_ROW, HEAD_ROW, letters } from './sheet.js';

/** The parts of a workbook that say what the others are. They hold no time and no name of a machine. */

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DRAWN = 'application/vnd.openxmlformats-officedocument.drawing';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

type Filled = BookSheet & { rowCount: number };

/** Each part's path with its XML. */
export function packageParts(sheets: readonly Filled[], title: string): Record<string, string> {
  return {
    'xl/workbook.xml': workbook(sheets),
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, at): [string, string] => [`${OFFICE}/worksheet`, `worksheets/sheet${at + 1}.xml`]),
      [`${OFFICE}/styles`, 'styles.xml'],
    ]),
    'docProps/core.xml': `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlText(title)}</dc:title></cp:coreProperties>`,
    '_rels/.rels': relations([
      [`${OFFICE}/officeDocument`, 'xl/workbook.xml'],
      [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
    ]),
    ...Object.assign({}, ...charted(sheets).map(chartParts)),
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${sheets.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${TYPES}.worksheet+xml"/>`).join('')}${charted(
      sheets,
    )
      .map(
        ({ number }) =>
          `<Override PartName="/xl/drawings/drawing${number}.xml" ContentType="${DRAWN}+xml"/><Override PartName="/xl/charts/chart${number}.xml" ContentType="${DRAWN}ml.chart+xml"/>`,
      )
      .join('')}</Types>`,
  };
}

interface Charted {
  sheet: Filled;
  /** Of the sheet, from 1. */
  number: number;
}

function charted(sheets: readonly Filled[]): Charted[] {
  return sheets.map((sheet, at) => ({ sheet, number: at + 1 })).filter(({ sheet }) => sheet.chart !== undefined);
}

function chartParts({ sheet, number }: Charted): Record<string, string> {
  return {
    [`xl/worksheets/_rels/sheet${number}.xml.rels`]: relations([
      [`${OFFICE}/drawing`, `../drawings/drawing${number}.xml`],
    ]),
    [`xl/drawings/drawing${number}.xml`]: drawingXml(sheet),
    [`xl/drawings/_rels/drawing${number}.xml.rels`]: relations([[`${OFFICE}/chart`, `../charts/chart${number}.xml`]]),
    [`xl/charts/chart${number}.xml`]: chartXml(sheet),
  };
}

function relations(targets: readonly [type: string, target: string][]): string {
  const each = targets.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

function workbook(sheets: readonly Filled[]): string {
  const list = sheets.map(({ name }, at) => `<sheet name="${xmlText(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`);
  return `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${list.join('')}</sheets><definedNames>${sheets.map(names).join('')}</definedNames></workbook>`;
}

/** What a filter covers, and the lines that every printed page begins with. */
function names({ name, columns, filter, rowCount }: Filled, at: number): string {
  const sheet = xmlText(`'${name.replaceAll("'", "''")}'`);
  const last = `$${letters(columns.length - 1)}$${FIRST_ROW + Math.max(rowCount, 1) - 1}`;
  const filtered = `<definedName name="_xlnm._FilterDatabase" localSheetId="${at}" hidden="1">${sheet}!$A$${HEAD_ROW}:${last}</definedName>`;
  const titles = `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${sheet}!$1:$${HEAD_ROW}</definedName>`;
  return `${filter ? filtered : ''}${titles}`;
}
