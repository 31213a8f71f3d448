import type { Archive } from '../archive.js';
import { escapedText } from '../texts.js';
import { readXml, SPREADSHEET } from '../xml.js';

/** Numbers of formats that every program knows: dates and times, those of Chinese, Japanese and Korean among them; 46 is a duration. */
const BUILT_IN: readonly [from: number, to: number][] = [
  [14, 22],
  [27, 36],
  [45, 45],
  [47, 47],
  [50, 58],
];

/** Those of them that show seconds. */
const WITH_SECONDS: readonly number[] = [19, 21, 33, 35, 45, 47, 56];

/** What a number under a style is: a plain number, or a date or time of day that is shown without seconds or with them. */
export type DateStyle = 'none' | 'minutes' | 'seconds';

/** For each style of a workbook what a number under it is. */
export async function readDateStyles(archive: Archive, part: string | undefined): Promise<DateStyle[]> {
  const dates: DateStyle[] = [];
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
        if (name === 'xf' && within === 'cellXfs') dates.push(dateStyle(numFmtId, formats));
      },
      text: () => undefined,
      close: (name) => {
        if (name === within) within = '';
      },
    },
  );
  return dates;
}

function dateStyle(id: string, formats: ReadonlyMap<string, string>): DateStyle {
  const written = formats.get(id);
  if (written !== undefined) {
    if (!isDateFormat(written)) return 'none';
    return /s/i.test(shownBy(written)) ? 'seconds' : 'minutes';
  }
  if (!BUILT_IN.some(([from, to]) => Number(id) >= from && Number(id) <= to)) return 'none';
  return WITH_SECONDS.includes(Number(id)) ? 'seconds' : 'minutes';
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
  return !DURATION.test(firstSection(format)) && /[ymdhse]|a{3}/i.test(shownBy(format));
}

function firstSection(format: string): string {
  return format.replace(LITERAL, '').split(';')[0] ?? '';
}

/** The letters of a format's first section by which it shows something. */
function shownBy(format: string): string {
  return firstSection(format).replace(BRACKETED, '').replace(GENERAL, '');
}
