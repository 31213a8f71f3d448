import type { CellKind } from './sheet.js';

/** The looks of a workbook's cells: each is a line of its style table, and a cell names the line's number. */

const KINDS: readonly CellKind[] = ['id', 'text', 'note', 'date', 'count', 'money', 'minutes', 'index', 'price'];

/** 49 is text, 3 `#,##0`, 4 `#,##0.00`; the others are this table's own. */
const FORMATS: Record<CellKind, number> = {
  id: 49,
  text: 49,
  note: 49,
  date: 164,
  count: 3,
  money: 4,
  minutes: 4,
  index: 165,
  price: 166,
};

const OWN_FORMATS = ['yyyy\\-mm\\-dd', '0.000', '0.000000'];

/** How a cell stands out: not at all, bold within the rows, as a total above the head. */
export type Weight = 'plain' | 'strong' | 'total';
const WEIGHTS: readonly Weight[] = ['plain', 'strong', 'total'];

/** The first line of the table is the Normal style's; then the two title lines, and the heads of texts and of numbers. */
export const TITLE = 1;
export const SUBTITLE = 2;
const HEAD = 3;
const NUMBER_HEAD = 4;
const FIRST = 5;

const isNumber = (kind: CellKind): boolean => !['id', 'text', 'note', 'date'].includes(kind);

export function headStyle(kind: CellKind): number {
  return isNumber(kind) ? NUMBER_HEAD : HEAD;
}

export function cellStyle(kind: CellKind, weight: Weight): number {
  return FIRST + WEIGHTS.indexOf(weight) * KINDS.length + KINDS.indexOf(kind);
}

const FONT_OF: Record<Weight, number> = { plain: 0, strong: 1, total: 1 };
const FILL_OF: Record<Weight, number> = { plain: 0, strong: 0, total: 3 };
const BORDER_OF: Record<Weight, number> = { plain: 1, strong: 1, total: 1 };

function xf(format: number, font: number, fill: number, border: number, alignment: string): string {
  return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment ${alignment}/></xf>`;
}

function cellXf(kind: CellKind, weight: Weight): string {
  const left = isNumber(kind) ? '' : 'horizontal="left" indent="1" ';
  const alignment = `${left}vertical="top"${kind === 'note' ? ' wrapText="1"' : ''}`;
  return xf(FORMATS[kind], FONT_OF[weight], FILL_OF[weight], BORDER_OF[weight], alignment);
}

/** `xl/styles.xml`; `font` is a name, which the reader's program replaces where it has none such. */
export function stylesXml(font: string): string {
  const fonts = ['<sz val="10"/>', '<b/><sz val="10"/>', '<b/><sz val="14"/>', '<sz val="10"/><color rgb="FF595959"/>'];
  const xfs = [
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    xf(49, 2, 0, 0, 'vertical="center"'),
    xf(49, 3, 0, 0, 'vertical="center"'),
    xf(49, 1, 2, 1, 'horizontal="left" indent="1" vertical="center" wrapText="1"'),
    xf(49, 1, 2, 1, 'horizontal="right" vertical="center" wrapText="1"'),
    ...WEIGHTS.flatMap((weight) => KINDS.map((kind) => cellXf(kind, weight))),
  ];
  const solid = (color: string): string =>
    `<fill><patternFill patternType="solid"><fgColor rgb="${color}"/><bgColor indexed="64"/></patternFill></fill>`;
  const thin = (side: string): string => `<${side} style="thin"><color rgb="FFD9D9D9"/></${side}>`;
  return `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${OWN_FORMATS.length}">${OWN_FORMATS.map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${code}"/>`).join('')}</numFmts><fonts count="${fonts.length}">${fonts.map((look) => `<font>${look}<name val="${font}"/><family val="2"/></font>`).join('')}</fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${solid('FFDCE6F1')}${solid('FFF2F2F2')}</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${['left', 'right', 'top', 'bottom'].map(thin).join('')}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${xfs.length}">${xfs.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}
