import { xmlText } from './cell-xml.js';
import { type BookSheet, HEAD_ROW, letters } from './sheet.js';

/** The parts of a chart of columns beside a sheet's table. Each of its bars is a cell: it shows what the sheet shows. */

const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Of bars, in this order; told apart by lightness too, for those who don't see colours and for print. */
const COLOURS = ['2F6DB5', 'D9822B', '8FB8DE', '3D9A5B', 'A33B3B', '1B3A5C', 'C9A227', '7A7A7A'];

/** Where the chart stands: beside the last column, below the head; so many columns and rows large. */
const SIZE = { columns: 9, rows: 22 };

export function drawingXml({ columns }: BookSheet): string {
  const from = `<xdr:from><xdr:col>${columns.length + 1}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${HEAD_ROW}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>`;
  const to = `<xdr:to><xdr:col>${columns.length + 1 + SIZE.columns}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${HEAD_ROW + SIZE.rows}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>`;
  const frame = `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="1"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="${DRAWING}/chart"><c:chart xmlns:c="${DRAWING}/chart" xmlns:r="${OFFICE}" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame>`;
  return `<xdr:wsDr xmlns:xdr="${DRAWING}/spreadsheetDrawing" xmlns:a="${DRAWING}/main"><xdr:twoCellAnchor>${from}${to}${frame}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>`;
}

/** A row of bars for each line of the chart, named by the first column; a group of them for each column of values. */
export function chartXml(sheet: BookSheet): string {
  const { title = '', rows = [], values = [] } = sheet.chart ?? {};
  const name = `'${sheet.name.replaceAll("'", "''")}'!`;
  const across = (row: number): string =>
    xmlText(`${name}$${letters(values[0] ?? 0)}$${row}:$${letters(values.at(-1) ?? 0)}$${row}`);
  const series = rows.map(
    (row, at) =>
      `<c:ser><c:idx val="${at}"/><c:order val="${at}"/><c:tx><c:strRef><c:f>${xmlText(`${name}$A$${row}`)}</c:f></c:strRef></c:tx><c:spPr><a:solidFill><a:srgbClr val="${COLOURS[at % COLOURS.length]}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/><c:cat><c:strRef><c:f>${across(HEAD_ROW)}</c:f></c:strRef></c:cat><c:val><c:numRef><c:f>${across(row)}</c:f></c:numRef></c:val></c:ser>`,
  );
  const plot = `<c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>${series.join('')}<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>${axes()}</c:plotArea>`;
  const heading = `<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr sz="1200" b="1"/><a:t>${xmlText(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`;
  return `<c:chartSpace xmlns:c="${DRAWING}/chart" xmlns:a="${DRAWING}/main"><c:roundedCorners val="0"/><c:chart>${heading}<c:autoTitleDeleted val="0"/>${plot}<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/></c:chart></c:chartSpace>`;
}

function axes(): string {
  const scaling = '<c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>';
  const names = `<c:catAx><c:axId val="1"/>${scaling}<c:axPos val="b"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="2"/></c:catAx>`;
  const amounts = `<c:valAx><c:axId val="2"/>${scaling}<c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="1"/></c:valAx>`;
  return `${names}${amounts}`;
}
