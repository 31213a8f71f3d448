import { made, ofRows, textRows } from '../workbook/made.js';
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
];
