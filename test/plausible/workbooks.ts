import { sessionLine, sessionsCsv } from '../support/exports.js';
import { MAIN, made, ofRows, textRows } from '../workbook/made.js';
import { attention, type Entry } from './entry.js';
import { ANCHORS, lines, TWO_SESSIONS } from './text.js';

/** Workbooks of which something isn't read that may be meant. */

const [HEADER = '', FIRST = '', SECOND = ''] = TWO_SESSIONS.split('\n');
const file = 'sessions.xlsx';

export const WORKBOOKS: Entry[] = [
  {
    what: 'somebody sorted the whole sheet, and a session stands above the header',
    happens: [{ 'anchors.csv': ANCHORS, [file]: ofRows(textRows(lines(SECOND, HEADER, FIRST))) }],
    told: [attention('title_rows', { file, count: 1 })],
    total: '10.00',
  },
  {
    what: 'each half of the month has a sheet of its own',
    happens: [
      {
        'anchors.csv': ANCHORS,
        [file]: made({
          sheets: [
            { name: '上半月', rows: textRows(lines(HEADER, FIRST)) },
            { name: '下半月', rows: textRows(lines(HEADER, SECOND)) },
          ],
        }),
      },
    ],
    told: [attention('other_sheets', { file, count: 1 })],
    total: '10.00',
  },
  {
    what: 'a program wrote the minutes as formulas and computed none of them',
    happens: [
      {
        'anchors.csv': ANCHORS,
        [file]: ofRows(
          textRows(TWO_SESSIONS).replace(
            /<c t="inlineStr"><is><t>\d+\.00<\/t><\/is><\/c>/g,
            '<c><f>B9*60</f><v>0</v></c>',
          ),
        ),
      },
    ],
    told: [attention('formulas_zero', { file, subject: 'rec_dwell_minutes', count: 2 })],
    total: '0.00',
  },
  {
    what: 'a program wrote its times as date cells in UTC, of which a cell shows the clock alone',
    happens: [
      {
        'anchors.csv': ANCHORS,
        [file]: ofRows(
          textRows(TWO_SESSIONS).replace(
            /<c t="inlineStr"><is><t>([-\d]{10}) ([:\d]{8})<\/t><\/is><\/c>/g,
            '<c t="d"><v>$1T$2Z</v></c>',
          ),
        ),
      },
    ],
    told: [attention('dates_with_z', { file, count: 4 })],
    total: '30.00',
  },
  {
    what: 'whoever gave up was merged into one cell over two sessions, and the second is paid',
    happens: [{ 'anchors.csv': ANCHORS, [file]: made({ sheets: [{ whole: withMerged() }] }) }],
    told: [attention('cells_merged', { file, count: 1 })],
    total: '20.00',
  },
  {
    what: 'the month came again as a whole, and undid a correction that had come in between',
    happens: [
      { 'anchors.csv': ANCHORS, 'sessions.csv': TWO_SESSIONS },
      { 'sessions-fix.csv': sessionsCsv({ id: 's1', dwell: '1.00' }) },
      { 'sessions.csv': `${TWO_SESSIONS}${sessionLine({ id: 's3', day: '2023-11-07', dwell: '0.00' })}\n` },
    ],
    told: [attention('correction_undone', { file: 'sessions.csv', count: 1, value: 'sessions-fix.csv' })],
    total: '30.00',
  },
];

/** Two sessions given up by one cell over both of their rows. */
function withMerged(): string {
  const rows = textRows(lines(`${HEADER},opted_out`, `${FIRST},Y`, `${SECOND},`));
  const column = columnLetter(HEADER.split(',').length);
  return `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData><mergeCells><mergeCell ref="${column}2:${column}3"/></mergeCells></worksheet>`;
}

function columnLetter(at: number): string {
  return String.fromCharCode(65 + at);
}
