import { variations } from '../support/deep.js';
import { anchorsCsv, SESSIONS_HEADER, sessionLine } from '../support/exports.js';
import { type Hostile, survive } from './survive.js';

// @module-tag deep

/** Files of a program that writes every cell in quotes, and what may stand among them. */

/** HOSTILE_LINES=1000000 npx vitest run test/hostile */
const LINES = Number(process.env.HOSTILE_LINES ?? 20_000);
const MIDDLE = Math.floor(LINES / 2);

const quoted = (line: string): string => `"${line.replaceAll(',', '","')}"`;
const row = (at: number, note = ''): string =>
  quoted(`${sessionLine({ id: `m${at}`, day: `2023-11-${String((at % 28) + 1).padStart(2, '0')}` })},${note}`);
const BLANK = quoted(','.repeat(10));

/** Many lines with every cell in quotes, the header's too; `others` stand in the place of the rows of their numbers. */
function sessions(others: Record<number, string>, rest: Omit<Hostile, 'files'>, end = '\n'): Hostile {
  const all = Array.from({ length: LINES }, (_, at) => others[at] ?? row(at));
  const content = [quoted(`${SESSIONS_HEADER},note`), ...all, ''].join(end);
  return { files: { 'anchors.csv': anchorsCsv('a1'), 'sessions.csv': content }, ...rest };
}

const all = { rows_read: LINES, settled: LINES };
const NEEDED = row(MIDDLE).replace(/""$/, '"a, ""b"""');
const place = MIDDLE + 2;

const FILES: Record<string, (end: string) => Hostile> = {
  'every cell': (end) => sessions({}, { exit: 0, accounting: all }, end),
  'every cell, and one needs its quotes': (end) => sessions({ [MIDDLE]: NEEDED }, { exit: 0, accounting: all }, end),
  'every cell, and an empty line': (end) =>
    sessions({ [MIDDLE]: '' }, { exit: 0, accounting: { rows_read: LINES - 1, settled: LINES - 1 } }, end),
  'every cell, and one record is short': (end) =>
    sessions({ [MIDDLE]: '"s"' }, { exit: 4, quarantine: [`${place}  ragged_row`] }, end),
  'every cell, and one record is one blank cell, which is no row': (end) =>
    sessions({ [MIDDLE]: '""' }, { exit: 0, accounting: { rows_read: LINES - 1, settled: LINES - 1 } }, end),
  'every cell, and all of one record are blank, which is no row': (end) =>
    sessions({ [MIDDLE]: BLANK, [MIDDLE + 1]: '"s"' }, { exit: 4, quarantine: [`${place + 1}  ragged_row`] }, end),
  'every cell, and one record holds a line end': (end) =>
    sessions({ [MIDDLE]: row(MIDDLE).replace(/""$/, `"a${end}b"`) }, { exit: 0, accounting: all }, end),
  'every cell, and a lone CR is in one': (end) =>
    sessions({ [MIDDLE]: row(MIDDLE, 'a\rb') }, { exit: 0, accounting: all }, end),
  'every cell, and text follows a quote': (end) =>
    sessions({ [MIDDLE]: `${row(MIDDLE)}x` }, { exit: 3, words: new RegExp(`line ${place}: text follows`) }, end),
};

const PATIENCE = 60_000 + LINES / 4; // a few are read record by record

variations(Object.keys(FILES), 0, 5)(
  'quotes around %s',
  async (name) => {
    for (const end of ['\n', '\r\n']) await survive((FILES[name] as (end: string) => Hostile)(end));
  },
  PATIENCE,
);
