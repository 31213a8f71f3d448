import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sessionsCsv } from '../support/exports.js';
import { REPOSITORY } from '../support/workspace.js';
import { attention, type Entry } from './entry.js';
import { ANCHORS, anchors, lines, penalties, scarcity, sessions, TWO, TWO_SESSIONS } from './text.js';

/** Rows that are sound and mean something else: penalties that hit nothing, broadcasts paid twice, tracks, times, INT96. */

const kind = (subject: string, count: number) => attention('kind_unknown', { subject, count });

/** Three penalties of one kind on a1, which take its 10.00 where the kind is known. */
const three = (of: string): Entry['happens'] => [
  { ...TWO, 'penalties.csv': penalties(...[1, 2, 3].map((at) => `p${at},a1,,,${of},2023-11-0${at} 09:00:00`)) },
];

/** A penalty on an agency under this id, where the anchors' is MCN-07. */
function agency(id: string, what: string): Entry {
  return {
    what,
    happens: [
      {
        'anchors.csv': anchors('a1,MCN-07,content,2023-03-01', 'a2,MCN-07,content,2023-03-01'),
        'sessions.csv': TWO_SESSIONS,
        'penalties.csv': penalties(`p1,,${id},,agency_clustering,2023-11-07 09:00:00`),
      },
    ],
    told: [attention('agency_unknown', { subject: id, count: 1 })],
    total: '30.00',
  };
}

/** Of a2, whose 20.00 are not paid. */
function accountKind(written: string, what: string): Entry {
  return {
    what,
    happens: [
      {
        'anchors.csv': ANCHORS.replace('主播a2,content', `主播a2,${written}`),
        'sessions.csv': TWO_SESSIONS,
      },
    ],
    told: [attention('account_kind_unknown', { subject: written, count: 1 })],
    total: '10.00',
  };
}

const WORDS: Entry[] = [
  {
    what: 'the kind of three penalties has a capital letter',
    happens: three('Vulgar'),
    told: [kind('Vulgar', 3)],
    total: '30.00',
  },
  {
    what: 'the kind of three penalties has a hyphen',
    happens: three('multi-stream'),
    told: [kind('multi-stream', 3)],
    total: '30.00',
  },
  {
    what: 'the kind of three penalties is another word',
    happens: three('fraud'),
    told: [kind('fraud', 3)],
    total: '30.00',
  },
  agency('MCN_07', 'a penalty names the agency MCN_07, the anchors MCN-07'),
  agency('mcn-07', 'a penalty names the agency in small letters'),
  agency('MCN-70', 'a penalty names an agency that nobody has'),
  accountKind('content\u00a0', 'an account kind has a no-break space behind it'),
  accountKind('Content', 'an account kind has a capital letter'),
  accountKind('内容型账号', 'an account kind says 内容型账号'),
  accountKind('ｃｏｎｔｅｎｔ', 'an account kind is in full-width letters'),
];

const at = (time: string): string => `2023-11-06 ${time}:00`;

const TWICE: Entry[] = [
  {
    what: 'one broadcast stands there under four ids',
    happens: [
      {
        'anchors.csv': ANCHORS,
        'sessions.csv': sessions(
          { id: 's1' },
          ...['x1', 'x2', 'x3', 'x4'].map((id) => ({ id, anchor: 'a2', from: at('20:00'), to: at('21:00') })),
        ),
      },
    ],
    told: [attention('sessions_overlap', { subject: 'a2', count: 3, value: 'x1;x2' })],
    total: '50.00',
  },
  {
    what: 'two systems each recorded the broadcast, a minute apart',
    happens: [
      { 'anchors.csv': ANCHORS, 'sessions-1.csv': sessions({ id: 's1' }) },
      { 'sessions-2.csv': sessions({ id: 'live-1', from: '2023-11-05 20:01:00', to: '2023-11-05 21:01:00' }) },
    ],
    told: [attention('sessions_overlap', { subject: 'a1', count: 1, value: 's1;live-1' })],
    total: '20.00',
  },
  {
    what: 'a later file has a session id of another anchor',
    happens: [{ ...TWO }, { 'sessions-2.csv': sessionsCsv({ id: 's1', anchor: 'a2', day: '2023-11-09' }) }],
    told: [attention('session_other_anchor', { subject: 's1', value: 'a1;a2' })],
    total: '30.00',
  },
  {
    what: 'every week counts its sessions from 1: the second takes the place of the first',
    happens: [
      { 'anchors.csv': ANCHORS, 'sessions-1.csv': sessionsCsv({ id: '1' }, { id: '2', day: '2023-11-06' }) },
      {
        'sessions-2.csv': sessionsCsv(
          { id: '1', anchor: 'a2', day: '2023-11-12' },
          { id: '2', anchor: 'a2', day: '2023-11-13' },
        ),
      },
    ],
    told: ['1', '2'].map((subject) => attention('session_other_anchor', { subject, value: 'a1;a2' })),
    total: '20.00',
  },
  {
    what: 'an end was written two days late: 48 hours on one day',
    happens: [{ 'anchors.csv': ANCHORS, 'sessions.csv': sessions({ id: 's1', to: '2023-11-07 20:00:00' }) }],
    told: [attention('day_too_long', { subject: 'a1;2023-11-07', count: 172_800 })],
    total: '10.00',
  },
  {
    what: 'three people stream at once under one account: 30 hours on one day',
    happens: [
      {
        'anchors.csv': ANCHORS,
        'sessions.csv': sessions(...['x', 'y', 'z'].map((id) => ({ id, from: at('08:00'), to: at('18:00') }))),
      },
    ],
    told: [
      attention('day_too_long', { subject: 'a1;2023-11-06', count: 108_000 }),
      attention('sessions_overlap', { subject: 'a1', count: 2, value: 'x;y' }),
    ],
    total: '30.00',
  },
];

const MINUTES: Entry[] = [
  {
    what: 'times without seconds: 29:31 has become 30 minutes, and counts',
    happens: [
      {
        'anchors.csv': ANCHORS,
        'sessions.csv': sessions({ id: 's1', from: '2023-11-05 20:00', to: '2023-11-05 20:30' }),
      },
    ],
    told: [attention('times_without_seconds', { file: 'sessions.csv', count: 2 })],
    total: '10.00',
  },
  {
    what: 'a spreadsheet shows its times as 2023/11/5 20:00 and saved them so',
    happens: [
      {
        'anchors.csv': ANCHORS,
        'sessions.csv': TWO_SESSIONS.replaceAll(/2023-11-0(\d) (\d\d:\d\d):00/g, '2023/11/$1 $2'),
      },
    ],
    told: [attention('times_without_seconds', { file: 'sessions.csv', count: 4 })],
    total: '30.00',
  },
];

const ON_15 = { id: 's1', from: '2023-11-15 20:00:00', to: '2023-11-15 21:00:00', index: '' };

const INDEX: Entry[] = [
  {
    what: 'the scarcity table of 11 November never came, and that of the 1st goes on',
    happens: [
      { 'anchors.csv': ANCHORS, 'sessions.csv': sessions(ON_15), 'scarcity.csv': scarcity('文化,2023-11-01,1') },
    ],
    told: [attention('index_overdue', { subject: '文化', count: 1 })],
    total: '10.00',
  },
  {
    what: 'the new scarcity table writes 文 化, which no session has, and the old one goes on',
    happens: [
      {
        'anchors.csv': ANCHORS,
        'sessions.csv': sessions(ON_15),
        'scarcity.csv': scarcity('文化,2023-11-01,1', '文 化,2023-11-11,2'),
      },
    ],
    told: [attention('index_overdue', { subject: '文化', count: 1 }), attention('track_unused', { subject: '文 化' })],
    total: '10.00',
  },
  {
    what: 'the scarcity table writes 文化类, and the session that needs an index has none',
    happens: [
      {
        'anchors.csv': ANCHORS,
        'sessions.csv': sessions(ON_15, { id: 's2', from: at('20:00'), to: at('21:00') }),
        'scarcity.csv': scarcity('文化类,2023-11-11,1'),
      },
    ],
    told: [attention('track_unused', { subject: '文化类' })],
    total: '10.00',
    exit: 4,
  },
];

const SPARK = readFileSync(join(REPOSITORY, 'test/parquet/spark43-ts.parquet'));
const SPARK_ANCHORS = readFileSync(join(REPOSITORY, 'test/parquet/anchors.csv'));
const SPARK_WRITER = 'parquet-mr version 1.17.0 (build fac0c746532e133beb928a7f6a7e57b510b477a1)';

const INT96: Entry[] = [
  {
    what: 'what INT96 means was changed in the settings between two uploads: one of them is eight hours off',
    happens: [
      [{ 'anchors.csv': SPARK_ANCHORS, 'sessions-2023-11.parquet': SPARK }, { parquetInt96: 'instant' }],
      [{ 'sessions-2023-11.parquet': undefined, 'sessions-2023-11-late.parquet': SPARK }, { parquetInt96: 'wall' }],
    ],
    told: [
      attention('int96_read', { file: 'sessions-2023-11-late.parquet', value: `${SPARK_WRITER};wall` }),
      attention('int96_read', { file: 'sessions-2023-11.parquet', value: `${SPARK_WRITER};instant` }),
    ],
    total: '49485.58',
  },
  {
    what: 'the control desk counted another amount, a session that nobody has, and none of one that is paid',
    happens: [{ ...TWO, 'control.csv': lines('session_id,amount', 's1,10.01', 's9,1.00') }],
    told: [
      attention('control_differs', { subject: 's1', value: 'amount:10.01/10.00' }),
      attention('control_lacks', { subject: '2023-11-06', count: 1 }),
      attention('control_missing', { subject: 's9' }),
    ],
    total: '30.00',
  },
];

export const ROWS: Entry[] = [...WORDS, ...TWICE, ...MINUTES, ...INDEX, ...INT96];
