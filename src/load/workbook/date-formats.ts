import type { Archive } from './archive.js';
import { escapedText } from './texts.js';
import { readXml, SPREADSHEET } from './xml.js';

/** Numbers of formats that every program knows: dates and times, those of Chinese, Japanese and Korean among them; 46 is a duration. */
const BUILT_IN: readonly [from: number, to: number][] = [
  [14, 22],
  [27, 36],
  [45, 45],
  [47, 47],
  [50, 58],
];

/** For each style of a workbook whether a number under it is a date or a time of day. */
export async function readDateStyles(archive: Archive, part: string | undefined): Promise<boolean[]> {
  const dates: boolean[] = [];
  if (part === undefined) return dates;
  const formats = new Map<string, string>();
  let within = '';
  await readXml(
    archive,
    part,
    { name: 'styleSheet', spaces: SPREADSHEET },
    {
      open: (name, { numFmtId = '0', formatCode = '' }) => {
        if (name === 'numFmts' || name === 'cellXfs') within = name;
        if (name === 'numFmt' && within === 'numFmts') formats.set(numFmtId, escapedText(formatCode));
        if (name === 'xf' && within === 'cellXfs') dates.push(isDate(numFmtId, formats));
      },
      text: () => undefined,
      close: (name) => {
        if (name === within) within = '';
      },
    },
  );
  return dates;
}

function isDate(id: string, formats: ReadonlyMap<string, string>): boolean {
  const written = formats.get(id);
  if (written !== undefined) return isDateFormat(written);
  return BUILT_IN.some(([from, to]) => Number(id) >= from && Number(id) <= to);
}

/** What stands in a format as it is: quoted, behind a stroke, as wide as another character, or repeated. */
const LITERAL = /"[^"]*"?|[\\_*]./gsu;
/** Colours, currencies, places and conditions. */
const BRACKETED = /\[[^\]]*\]/g;
const DURATION = /\[(h+|m+|s+)\]/i;
/** A number's own form, as programs call it, and exponents. */
const GENERAL = /general|g\/通用格式|e[+-]/gi;

/** Whether a number format shows a date or a time of day: by its first section, which is that of numbers above zero. */
export function isDateFormat(format: string): boolean {
  const [first = ''] = format.replace(LITERAL, '').split(';');
  if (DURATION.test(first)) return false;
  return /[ymdhse]|a{3}/i.test(first.replace(BRACKETED, '').replace(GENERAL, ''));
}
