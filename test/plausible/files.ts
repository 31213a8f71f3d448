import { anchorsCsv, SESSIONS_HEADER, sessionsCsv } from '../support/exports.js';
import { attention, type Entry, info } from './entry.js';
import {
  ANCHORS,
  daysTo,
  inGbk,
  lines,
  onDays,
  penalties,
  scarcity,
  sessions,
  TWO,
  TWO_SESSIONS,
  withColumn,
} from './text.js';

/** Files that lie there otherwise than they were meant: not as an export, cut, shrunk, of another encoding, copies, too few. */

/** The second week, as the first should lie there too: 70.00 that nobody is paid. */
const WEEK_2 = onDays('w', daysTo(14, 8));

/** The month of two sessions, and a week that lies there under this name. */
function inPlaceOf(name: string, content: string | Uint8Array, what: string): Entry {
  const [file = ''] = name.split('/');
  return { what, happens: [{ ...TWO, [name]: content }], told: [attention('file_ignored', { file })], total: '30.00' };
}

const ZIP = Buffer.from('504b0304140000000800', 'hex');

const IGNORED: Entry[] = [
  {
    ...inPlaceOf(
      'sessions-2.xlsm',
      ZIP,
      'the second week lies there as a workbook with macros, and somebody has one open',
    ),
    happens: [{ ...TWO, 'sessions-2.xlsm': ZIP, '~$sessions-2.xlsx': '' }],
    info: [info('file_ignored', { file: '~$sessions-2.xlsx' })],
  },
  inPlaceOf('sessions-2.zip', ZIP, 'the second week lies there packed'),
  inPlaceOf('sessions-2.CSV.part', WEEK_2, 'the second week is still being uploaded'),
  inPlaceOf('场次-2023-11-08.csv', WEEK_2, 'the second week has a Chinese name'),
  inPlaceOf('session-2.csv', WEEK_2, 'the second week lacks a letter in its name'),
  inPlaceOf('sessions-2.txt', WEEK_2, 'the second week was saved as text'),
  inPlaceOf('2023-11-08.csv', WEEK_2, 'the second week is named by its day alone'),
  inPlaceOf('sessions-2023-11-08.csv/part-00000-4c1f.csv', WEEK_2, 'Spark wrote the second week as a folder'),
  inPlaceOf('11月/sessions-2.csv', WEEK_2, 'somebody sorted the second week into a folder'),
];

const CODES = withColumn(ANCHORS, 'compliance_code', 'green', 'red');
const DWELL_LAST = lines(
  'session_id,anchor_id,started_at,ended_at,settleable,quality_level,track,unit_price,scarcity_index,rec_dwell_minutes',
  's1,a1,2023-11-05 20:00:00,2023-11-05 21:00:00,Y,2,文化,0.010000,1.000,1000.00',
  's2,a2,2023-11-06 20:00:00,2023-11-06 21:00:00,Y,2,文化,0.010000,1.000,2000.00',
);

const CUT: Entry[] = [
  {
    what: 'the upload broke off within the last amount: 2000.00 became 200',
    happens: [{ 'anchors.csv': ANCHORS, 'sessions.csv': DWELL_LAST.slice(0, -5) }],
    told: [attention('last_line_open', { file: 'sessions.csv', value: '200' })],
    total: '12.00',
  },
  {
    what: 'the upload broke off before the last code: red became blank, which is green',
    happens: [{ 'anchors.csv': CODES.slice(0, -4), 'sessions.csv': TWO_SESSIONS }],
    told: [attention('last_line_open', { file: 'anchors.csv', value: '' })],
    total: '30.00',
  },
  {
    what: 'the upload broke off between two lines, and the second session is missing',
    happens: [{ 'anchors.csv': ANCHORS, 'sessions.csv': TWO_SESSIONS.split('\n').slice(0, 2).join('\n') }],
    told: [attention('last_line_open', { file: 'sessions.csv', value: '1.000' })],
    total: '10.00',
  },
];

/** A hundred anchors with a session each. */
const HUNDRED = daysTo(100).map((at) => ({ id: `s${at}`, anchor: `b${at}` }));
const PENALTY = penalties('p1,a1,,s1,vulgar,2023-11-07 09:00:00');

const SHRUNK: Entry[] = [
  {
    what: 'a file of 100 rows came again with 3',
    happens: [
      { 'anchors.csv': anchorsCsv(...HUNDRED.map(({ anchor }) => anchor)), 'sessions.csv': sessionsCsv(...HUNDRED) },
      { 'sessions.csv': sessionsCsv(...HUNDRED.slice(0, 3)) },
    ],
    told: [attention('file_shrank', { file: 'sessions.csv', count: 97 })],
    total: '30.00',
  },
  {
    what: 'the nightly job exported a header alone over the penalties: nobody is punished any more',
    happens: [{ ...TWO, 'penalties.csv': PENALTY }, { 'penalties.csv': penalties() }],
    told: [attention('file_shrank', { file: 'penalties.csv', count: 1 })],
    total: '30.00',
  },
];

const BAD_DATES = TWO_SESSIONS.replaceAll('2023-11-05', '05/11/2023').replaceAll('2023-11-06', '06/11/2023');

const ALL_OUT: Entry[] = [
  {
    what: 'a week was exported with the day first, and every row of it is quarantined',
    happens: [{ ...TWO, 'sessions-2.csv': BAD_DATES.replaceAll('\ns', '\nt') }],
    told: [attention('file_all_out', { file: 'sessions-2.csv', count: 2 })],
    total: '30.00',
    exit: 4,
  },
  {
    what: 'the anchors have points in their dates, so that they and all sessions are quarantined',
    happens: [{ 'anchors.csv': ANCHORS.replaceAll('2023-03-01', '2023.03.01'), 'sessions.csv': TWO_SESSIONS }],
    told: ['anchors.csv', 'sessions.csv'].map((file) => attention('file_all_out', { file, count: 2 })),
    total: '0.00',
    exit: 4,
  },
];

const GBK_TRACK = sessions({ id: 's1', track: '母婴', index: '' });

const ENCODING: Entry[] = [
  {
    what: 'the newer scarcity table is GBK, which is valid UTF-8 by chance: 母婴 keeps an index of October',
    happens: [
      [
        {
          'anchors.csv': ANCHORS,
          'sessions.csv': GBK_TRACK,
          'scarcity-1.csv': scarcity('母婴,2023-10-01,1'),
          'scarcity-2.csv': inGbk(scarcity('母婴,2023-11-01,2')),
        },
        { encoding: 'gb18030' },
      ],
    ],
    told: [
      attention('encoding_doubtful', { file: 'scarcity-2.csv' }),
      attention('index_overdue', { subject: '母婴', count: 1 }),
      attention('track_unused', { subject: 'ĸӤ' }),
    ],
    total: '10.00',
  },
  {
    what: 'sessions and table are both GBK and both read as UTF-8: the figures are right, the track is called ĸӤ',
    happens: [
      [
        {
          'anchors.csv': ANCHORS,
          'sessions.csv': inGbk(GBK_TRACK),
          'scarcity.csv': inGbk(scarcity('母婴,2023-11-01,2')),
        },
        { encoding: 'gb18030' },
      ],
    ],
    told: ['scarcity.csv', 'sessions.csv'].map((file) => attention('encoding_doubtful', { file })),
    total: '20.00',
  },
];

/** s1 was corrected from 10.00 to 50.00; the copy still says 10.00. */
function copy(name: string): Entry {
  return {
    what: `an old copy of the corrected sessions lies there as ${name}`,
    happens: [
      {
        'anchors.csv': ANCHORS,
        'sessions-1.csv': sessionsCsv({ id: 's1', dwell: '5000.00' }),
        [name]: sessionsCsv({ id: 's1' }),
      },
    ],
    told: [attention('copy_supersedes', { file: name })],
    total: '10.00',
  };
}

const COPIES: Entry[] = [
  copy('sessions-1 (1).csv'),
  copy('sessions-1（2）.csv'),
  copy('sessions-1 - 副本.csv'),
  copy('sessions-1的副本.csv'),
  copy('sessions-1_backup_20231105.csv'),
  {
    what: 'a copy of the anchors from before a2 became red',
    happens: [
      {
        'anchors.csv': CODES,
        'anchors - Copy.csv': withColumn(ANCHORS, 'compliance_code', '', ''),
        'sessions.csv': TWO_SESSIONS,
      },
    ],
    told: [attention('copy_supersedes', { file: 'anchors - Copy.csv' })],
    total: '30.00',
  },
];

const without = (...days: number[]): string =>
  onDays(
    's',
    daysTo(30).filter((day) => !days.includes(day)),
  );
const missing = (day: number) =>
  attention('day_without_sessions', { subject: `2023-11-${String(day).padStart(2, '0')}` });

const TOO_FEW: Entry[] = [
  {
    what: 'the third week never came, and a file with its header alone lies there',
    happens: [
      {
        'anchors.csv': anchorsCsv('a1'),
        'sessions.csv': without(...daysTo(21, 15)),
        'sessions-3.csv': lines(SESSIONS_HEADER),
      },
    ],
    told: daysTo(21, 15).map(missing),
    total: '230.00',
  },
  {
    what: 'the export of 8 November never came',
    happens: [{ 'anchors.csv': anchorsCsv('a1'), 'sessions.csv': without(8) }],
    told: [missing(8)],
    total: '290.00',
  },
];

export const FILES: Entry[] = [...IGNORED, ...CUT, ...SHRUNK, ...ALL_OUT, ...ENCODING, ...COPIES, ...TOO_FEW];
