import { anchorsCsv, SESSIONS_HEADER, sessionsCsv } from '../support/exports.js';
import { attention, type Entry, info } from './entry.js';
import { anchors, daysTo, lines, penalties, session, TWO, TWO_SESSIONS } from './text.js';

/** Ids that a spreadsheet or a program has changed, and words that programs write for nothing. */

const rounded = (file: string, subject: string, count: number) => attention('id_rounded', { file, subject, count });
const pointZero = (file: string, subject: string, count: number) =>
  attention('id_point_zero', { file, subject, count });
const nullWord = (file: string, subject: string, count: number) => attention('null_word', { file, subject, count });
const unknownSession = (subject: string, count = 1) => info('session_unknown', { subject, count });

/** a1 and a2 with a session each, of these ids: 10.00 and 20.00. */
const sessionsOf = (first: string, second: string): string => TWO_SESSIONS.replace('s1', first).replace('s2', second);

/** Sessions of these ids and penalties of others. */
const named = ([first, second]: [string, string], ...rows: string[]) => ({
  'anchors.csv': anchorsCsv('a1', 'a2'),
  'sessions.csv': sessionsOf(first, second),
  'penalties.csv': penalties(...rows),
});

const ROUNDED: Entry[] = [
  {
    what: 'the sessions went through a spreadsheet, which has 15 digits: the penalty names an id of 19 that none has any more',
    happens: [
      named(['7301234567890123000', '7301234567890124000'], 'p1,a1,,7301234567890123456,vulgar,2023-11-07 09:00:00'),
    ],
    told: [rounded('sessions.csv', 'session_id', 2)],
    info: [unknownSession('7301234567890123456')],
    total: '30.00',
  },
  {
    what: 'ids of 16 digits, whose last is lost',
    happens: [named(['7301234567890120', '7301234567890130'], 'p1,a1,,7301234567890124,vulgar,2023-11-07 09:00:00')],
    told: [rounded('sessions.csv', 'session_id', 2)],
    info: [unknownSession('7301234567890124')],
    total: '30.00',
  },
  {
    what: 'the penalties went through a spreadsheet, the sessions did not',
    happens: [
      named(
        ['73012345678901234', '73012345678901235'],
        'p1,a1,,73012345678901230,vulgar,2023-11-07 09:00:00',
        'p2,a2,,73012345678901240,vulgar,2023-11-07 09:00:00',
      ),
    ],
    told: [rounded('penalties.csv', 'session_id', 2)],
    info: [unknownSession('73012345678901230'), unknownSession('73012345678901240')],
    total: '30.00',
  },
  {
    what: 'the anchors went through a spreadsheet, and no session finds its anchor',
    happens: [
      {
        'anchors.csv': anchorsCsv('7301234567890120', '7301234567890130'),
        'sessions.csv': sessionsCsv(
          { id: 's1', anchor: '7301234567890123' },
          { id: 's2', anchor: '7301234567890134', day: '2023-11-06' },
        ),
      },
    ],
    told: [rounded('anchors.csv', 'anchor_id', 2), attention('file_all_out', { file: 'sessions.csv', count: 2 })],
    total: '0.00',
    exit: 4,
  },
  {
    what: 'two weeks went through a spreadsheet, and sessions of two anchors have become one',
    happens: [
      {
        'anchors.csv': anchorsCsv('a1', 'a2'),
        'sessions-1.csv': sessionsCsv(
          { id: '7301234567890120000', anchor: 'a1' },
          { id: '7301234567890125000', anchor: 'a1', day: '2023-11-06' },
        ),
        'sessions-2.csv': sessionsCsv(
          { id: '7301234567890120000', anchor: 'a2', day: '2023-11-08' },
          { id: '7301234567890129000', anchor: 'a2', day: '2023-11-09' },
        ),
      },
    ],
    told: [
      rounded('sessions-1.csv', 'session_id', 2),
      rounded('sessions-2.csv', 'session_id', 2),
      attention('session_other_anchor', { subject: '7301234567890120000', value: 'a1;a2' }),
    ],
    total: '30.00',
  },
];

const POINT_ZERO: Entry[] = [
  {
    what: 'a program wrote the agencies of a column with blanks as 12.0, and a penalty names 12',
    happens: [
      {
        'anchors.csv': anchors('a1,12.0,content,2023-03-01', 'a2,12.0,content,2023-03-01', 'a3,,content,2023-03-01'),
        'sessions.csv': TWO_SESSIONS,
        'penalties.csv': penalties('p1,,12,,agency_clustering,2023-11-07 09:00:00'),
      },
    ],
    told: [pointZero('anchors.csv', 'agency_id', 2), attention('agency_unknown', { subject: '12', count: 1 })],
    total: '30.00',
  },
  {
    what: 'the sessions of penalties end in .0, and none of them is hit',
    happens: [
      named(
        ['1001', '1002'],
        'p1,a1,,1001.0,vulgar,2023-11-07 09:00:00',
        'p2,a2,,1002.0,vulgar,2023-11-07 09:00:00',
        'p3,a2,,,vulgar,2023-11-07 09:00:00',
      ),
    ],
    told: [pointZero('penalties.csv', 'session_id', 2)],
    info: [unknownSession('1001.0'), unknownSession('1002.0')],
    total: '30.00',
  },
];

/** Seven newcomers of ten days of two hours each, 10.00 a day, which earns each 500.00. */
const SEVEN = daysTo(7).map((at) => `n${at}`);
const NEWCOMERS = lines(
  SESSIONS_HEADER,
  ...SEVEN.flatMap((anchor) =>
    daysTo(19, 10).map((day) =>
      session({ id: `${anchor}-${day}`, anchor, from: `2023-11-${day} 20:00:00`, to: `2023-11-${day} 22:00:00` }),
    ),
  ),
);
const newcomers = (person: string): string =>
  lines(
    'anchor_id,account_kind,first_live_on,newcomer_certified_on,person_id',
    ...SEVEN.map((anchor) => `${anchor},content,2023-11-05,2023-11-05,${person}`),
  );

const NOTHING: Entry[] = [
  {
    what: 'the persons of seven newcomers are NULL, so they are one person and earn one bonus of 500.00',
    happens: [{ 'anchors.csv': newcomers('NULL'), 'sessions.csv': NEWCOMERS }],
    told: [nullWord('anchors.csv', 'person_id', 7)],
    total: '1200.00',
  },
  {
    what: 'the same with None, as Python writes it',
    happens: [{ 'anchors.csv': newcomers('None'), 'sessions.csv': NEWCOMERS }],
    told: [nullWord('anchors.csv', 'person_id', 7)],
    total: '1200.00',
  },
  {
    what: 'penalties without a session name the session NULL',
    happens: [
      {
        ...TWO,
        'penalties.csv': penalties('p1,a1,,NULL,vulgar,2023-11-07 09:00:00', 'p2,a1,,NULL,idle,2023-11-07 09:00:00'),
      },
    ],
    told: [nullWord('penalties.csv', 'session_id', 2)],
    info: [unknownSession('NULL', 2)],
    total: '30.00',
  },
  {
    what: 'independent anchors are of the agency nan',
    happens: [
      {
        'anchors.csv': anchors('a1,nan,content,2023-03-01', 'a2,nan,content,2023-03-01'),
        'sessions.csv': TWO_SESSIONS,
      },
    ],
    told: [nullWord('anchors.csv', 'agency_id', 2)],
    total: '30.00',
  },
  {
    what: 'a lookup in a spreadsheet failed: the nicknames are #N/A',
    happens: [
      {
        'anchors.csv': anchorsCsv('a1', 'a2').replaceAll(/主播a\d/g, '#N/A'),
        'sessions.csv': TWO_SESSIONS,
      },
    ],
    told: [nullWord('anchors.csv', 'nickname', 2)],
    total: '30.00',
  },
];

export const IDS: Entry[] = [...ROUNDED, ...POINT_ZERO, ...NOTHING];
