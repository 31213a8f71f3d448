import { anchor, anchorsOf, dateOf, type Exports, penaltiesOf, scarcityOf, sessionsOf } from './platform.js';

/** What goes wrong with a night's exports, and what the mail must name for it. */
export interface Fault {
  what: string;
  /** Takes the exports of the night, and gives what comes to lie in the folder. `before`: what came the nights before. */
  spoil: (exports: Exports, day: number, before: Exports) => Exports;
  /** Codes of notices and quarantine, each with what its line names: a file, or a subject. */
  named: (day: number) => [code: string, name: string][];
  /** What comes the next night besides: somebody has put it right. */
  mended?: (day: number, exports: Exports) => Exports;
  /** Names of files that are taken away before the next night. */
  removed?: (day: number) => string[];
}

const change = (exports: Exports, file: string, how: (text: string) => string): Exports => ({
  ...exports,
  [file]: how(exports[file] as string),
});
const ofSessions =
  (how: (text: string, day: number) => string): Fault['spoil'] =>
  (exports, day) =>
    change(exports, sessionsOf(day), (text) => how(text, day));
const without = (exports: Exports, file: string): Exports =>
  Object.fromEntries(Object.entries(exports).filter(([name]) => name !== file));
/** In another file's place, under another name. */
const renamed = (exports: Exports, from: string, to: string): Exports => ({
  ...without(exports, from),
  [to]: exports[from] as string,
});
const rows = (text: string): string[] => text.trimEnd().split('\n');
const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;
const added = (text: string, ...more: string[]): string => lines([...rows(text), ...more]);
/** The row of an evening session, whoever's. */
const evening = (text: string): string => rows(text).find((row) => /-19,/.test(row)) as string;
const whole = (day: number, exports: Exports): Exports => ({ [sessionsOf(day)]: exports[sessionsOf(day)] as string });

const PENALTY = (day: number): string => `penalties-${dateOf(day)}-more.csv`;
const penalty = (day: number, row: string): Exports => ({
  [PENALTY(day)]:
    `penalty_id,anchor_id,agency_id,session_id,kind,penalized_at,status\nQ${day},${row},${dateOf(day)} 10:00:00,upheld\n`,
});

/** One for each of twenty nights, in their order. */
export const FAULTS: Record<number, Fault> = {
  2: {
    what: 'the upload was cut between two lines',
    spoil: ofSessions((text) => rows(text).slice(0, -4).join('\n')),
    named: (day) => [['last_line_open', sessionsOf(day)]],
  },
  3: {
    what: 'the day’s file is lost',
    spoil: (exports, day) => without(exports, sessionsOf(day)),
    named: (day) => [['day_without_sessions', dateOf(day)]],
    mended: whole,
  },
  4: {
    what: 'a header has a no-break space behind it',
    spoil: ofSessions((text) => text.replace('opted_out', 'opted_out\u00a0')),
    named: (day) => [
      ['column_absent', sessionsOf(day)],
      ['column_like', sessionsOf(day)],
    ],
    mended: whole,
  },
  5: {
    what: 'a penalty names an agency that nobody has',
    spoil: (exports, day) => ({ ...exports, ...penalty(day, ',M-1,,agency_clustering') }),
    named: () => [['agency_unknown', 'M-1']],
  },
  6: {
    what: 'a session id is reused by another anchor',
    spoil: ofSessions((text, day) => {
      const yesterday = `L${dateOf(day - 1).replaceAll('-', '')}-01-19`;
      return added(
        text,
        `${yesterday},A02,${dateOf(day)} 08:00:00,${dateOf(day)} 09:00:00,Y,2,文化,100.00,0.01,1,,N,N,`,
      );
    }),
    named: (day) => [['session_other_anchor', `L${dateOf(day - 1).replaceAll('-', '')}-01-19`]],
  },
  7: {
    what: 'yesterday’s file came again with three rows',
    spoil: (exports, day, before) => ({
      ...exports,
      [sessionsOf(day - 1)]: lines(rows(before[sessionsOf(day - 1)] as string).slice(0, 4)),
    }),
    named: (day) => [['file_shrank', sessionsOf(day - 1)]],
  },
  9: {
    what: 'an old copy of a file lies beside it',
    spoil: (exports, day, before) => ({
      ...exports,
      [`sessions-${dateOf(day - 1)} (1).csv`]: before[sessionsOf(day - 1)] as string,
    }),
    named: (day) => [['copy_supersedes', `sessions-${dateOf(day - 1)} (1).csv`]],
  },
  10: {
    what: 'the file lacks a letter in its name',
    spoil: (exports, day) => renamed(exports, sessionsOf(day), `session-${dateOf(day)}.csv`),
    named: (day) => [
      ['day_without_sessions', dateOf(day)],
      ['file_ignored', `session-${dateOf(day)}.csv`],
    ],
    mended: whole,
    removed: (day) => [`session-${dateOf(day)}.csv`],
  },
  11: {
    what: 'the new scarcity table has a space in a track',
    spoil: (exports, day) => change(exports, scarcityOf(day), (text) => text.replace('文化', '文 化')),
    named: () => [
      ['index_overdue', '文化'],
      ['track_unused', '文 化'],
    ],
    mended: (day, exports) => ({ [scarcityOf(day)]: exports[scarcityOf(day)] as string }),
  },
  12: {
    what: 'the day lies there as a workbook of the old form',
    spoil: (exports, day) => renamed(exports, sessionsOf(day), `sessions-${dateOf(day)}.xls`),
    named: (day) => [
      ['day_without_sessions', dateOf(day)],
      ['file_ignored', `sessions-${dateOf(day)}.xls`],
    ],
  },
  13: {
    what: 'two sessions are of an anchor whose row never came',
    spoil: ofSessions((text, day) =>
      added(
        text,
        ...['x', 'y'].map(
          (id, at) =>
            `${id}${day},A31,${dateOf(day)} 0${at}:00:01,${dateOf(day)} 0${at}:40:01,Y,2,文化,100.00,0.01,1,,N,N,`,
        ),
      ),
    ),
    named: (day) => [['unknown_anchor', sessionsOf(day)]],
  },
  14: {
    what: 'three times have a point in place of a colon',
    spoil: ofSessions((text) =>
      lines(rows(text).map((row, at) => (at > 0 && at < 4 ? row.replace(/ (\d\d):/, ' $1.') : row))),
    ),
    named: (day) => [['bad_time', sessionsOf(day)]],
  },
  15: {
    what: 'the kind of a penalty has a capital letter',
    spoil: (exports, day) =>
      change(exports, penaltiesOf(day), (text) =>
        added(text, `PX,${anchor(3)},,,Vulgar,${dateOf(day)} 09:30:00,upheld`),
      ),
    named: () => [['kind_unknown', 'Vulgar']],
  },
  17: {
    what: 'a broadcast stands there under two ids',
    spoil: ofSessions((text) => added(text, evening(text).replace(/^[^,]+/, 'again-17'))),
    named: () => [['sessions_overlap', 'again-17']],
  },
  18: {
    what: 'the times of the day have no seconds',
    spoil: ofSessions((text) => text.replaceAll(/(\d\d:\d\d):\d\d/g, '$1')),
    named: (day) => [['times_without_seconds', sessionsOf(day)]],
  },
  19: {
    what: 'the day went through a spreadsheet, and its ids are rounded',
    spoil: ofSessions((text) =>
      lines(rows(text).map((row, at) => (at === 0 ? row : row.replace(/^[^,]+/, `73012345678${1000 + at}0000`)))),
    ),
    named: (day) => [['id_rounded', sessionsOf(day)]],
  },
  20: {
    what: 'every row of the day has its date the other way round',
    spoil: ofSessions((text, day) => text.replaceAll(dateOf(day), `${day}/11/2023`)),
    named: (day) => [
      ['bad_time', sessionsOf(day)],
      ['day_without_sessions', dateOf(day)],
      ['file_all_out', sessionsOf(day)],
    ],
  },
  22: {
    what: 'the persons of the new anchors file are NULL',
    spoil: (exports, day) => change(exports, anchorsOf(day), (text) => text.replaceAll(/,,(?=\n)/g, ',NULL,')),
    named: (day) => [['null_word', anchorsOf(day)]],
    mended: (day, exports) => ({ [anchorsOf(day)]: exports[anchorsOf(day)] as string }),
  },
  23: {
    what: 'the account kind of an anchor is nearly one',
    spoil: (exports, day, before) => ({
      ...exports,
      [`anchors-${dateOf(day)}.csv`]: lines(rows(before[anchorsOf(22)] as string).slice(0, 2)).replace(
        'content',
        '内容型账号',
      ),
    }),
    named: () => [['account_kind_unknown', '内容型账号']],
  },
  24: {
    what: 'an end was written two days late',
    spoil: ofSessions((text, day) =>
      added(text, `long-${day},A29,${dateOf(day - 2)} 00:00:01,${dateOf(day)} 11:00:00,Y,2,文化,100.00,0.01,1,,N,N,`),
    ),
    named: (day) => [
      ['day_too_long', `A29 that ended on ${dateOf(day)}`],
      ['sessions_overlap', `long-${day}`],
    ],
  },
};

/** Nights between them in which all is as it should be. */
export const QUIET = [1, 8, 16, 21, 25];
