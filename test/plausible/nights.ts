import { copyFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sessionsCsv } from '../support/exports.js';
import { type NightPlace, policyOf } from '../support/night-place.js';
import { OldPlace } from '../support/old-place.js';
import { withIneligible } from '../support/policy-sample.js';
import { write } from '../support/workspace.js';
import { AS_IT_IS, attention, type Entry, lay, NOVEMBER, night, seenBy } from './entry.js';
import { anchors, sessions, TWO, TWO_SESSIONS } from './text.js';

/** What goes wrong around the exports, and between nights: late exports, policies, agencies, older builds. */

const JANUARY = { ...NOVEMBER, 'policy-2024-01.yaml': policyOf('2024-01') };
const WINTER = { ...JANUARY, 'policy-2023-12.yaml': policyOf('2023-12') };

/** The two sessions are loaded on 5 January, and nothing new comes until this night. */
function late(expected: Parameters<typeof night>[3], date: string): Entry['happens'] {
  return async (place) => {
    await night(place, '2024-01-04', TWO);
    return night(place, date, {}, expected);
  };
}

const EXPORTS: Entry[] = [
  {
    what: 'sessions are expected daily, and none has come for two days',
    policies: JANUARY,
    happens: late({ expect: { sessions: 'daily' } }, '2024-01-07'),
    told: [attention('overdue_export', { subject: 'sessions', count: 2 })],
    total: '30.00',
    exit: 4,
  },
  {
    what: 'the weekly anchors are a day late, and penalties have never come',
    policies: JANUARY,
    happens: late({ expect: { anchors: 'weekly', penalties: 'weekly', sessions: 'monthly' } }, '2024-01-13'),
    told: ['anchors', 'penalties'].map((subject) => attention('overdue_export', { subject, count: 8 })),
    total: '30.00',
    exit: 4,
  },
];

const DECEMBER = { 'sessions-12.csv': sessionsCsv({ id: 's12', day: '2023-12-05' }) };

/** November, settled to its end and closed; `then` happens before the next night, which settles December too. */
function closed(files: Parameters<typeof night>[2], then: (place: NightPlace) => void): Entry['happens'] {
  return async (place) => {
    await night(place, '2023-11-30', files);
    await place.seal('content-live-2023-11', '2023-11-30');
    then(place);
    return night(place, '2024-01-04', DECEMBER);
  };
}

const OF_AGENCY = {
  'anchors.csv': anchors('a1,g1,content,2023-03-01', 'a2,,content,2023-03-01'),
  'sessions.csv': TWO_SESSIONS,
};

function moved(what: string, anchor: string, { from, to }: { from: string; to: string }): Entry {
  const again = { 'anchors-2.csv': anchors(`${anchor},${to},content,2023-03-01`) };
  return {
    what,
    policies: WINTER,
    happens: closed(OF_AGENCY, (place) => lay(place, again)),
    told: [attention('agency_changed', { subject: anchor, value: `${from};${to}` })],
    total: '30.00',
    exit: 4,
  };
}

const CLOSED: Entry[] = [
  {
    what: 'the policy that November was closed by is gone',
    policies: WINTER,
    happens: closed(TWO, ({ policies }) => rmSync(join(policies, 'policy-2023-11.yaml'))),
    told: [attention('policy_missing', { subject: 'content-live-2023-11' })],
    total: '30.00',
    exit: 4,
  },
  {
    what: 'somebody has changed a price in the policy that November was closed by',
    policies: WINTER,
    happens: closed(TWO, ({ policies }) =>
      write(policies, { 'policy-2023-11.yaml': policyOf('2023-11').replace('"0.010000"', '"0.020000"') }),
    ),
    told: [attention('policy_changed', { subject: 'content-live-2023-11' })],
    total: '30.00',
    exit: 4,
  },
  moved('an anchor of closed November has changed its agency', 'a1', { from: 'g1', to: 'g2' }),
  moved('the anchors came again with the agency of an independent one', 'a2', { from: '', to: 'g1' }),
];

const POLICIES: Entry[] = [
  {
    what: "the policy's period ends two days before the month does",
    policies: { 'policy-2023-11.yaml': policyOf('2023-11').replace('to: 2023-11-30', 'to: 2023-11-28') },
    happens: (place) =>
      night(place, '2023-11-28', { ...TWO, 'sessions-2.csv': sessionsCsv({ id: 's3', day: '2023-11-29' }) }),
    told: [attention('day_without_policy', { subject: '2023-11-29', count: 1 })],
    total: '30.00',
    exit: 4,
  },
  {
    what: 'there is no policy for December between those of November and January',
    policies: JANUARY,
    happens: (place) =>
      night(place, '2024-01-04', {
        ...TWO,
        'sessions-2.csv': sessions(
          { id: 's3', from: '2023-12-09 20:00:00', to: '2023-12-09 21:00:00' },
          { id: 's4', from: '2023-12-31 23:00:00', to: '2024-01-01 00:00:00' },
        ),
      }),
    told: [attention('day_without_policy', { subject: '2023-12-09', count: 1 })],
    total: '30.00',
    exit: 4,
  },
];

const INELIGIBLE = 'anchor_id,from,to,cause,clause\n';
const VIOLATIONS = 'violation_id,anchor_id,violated_at,points\nv1,a1,2023-11-05 19:00:00,5\n';

const FED: Entry[] = [
  {
    what: 'an export says who is expelled, and the policy of November was written before there was such a thing',
    happens: [
      {
        ...TWO,
        'ineligible.csv': `${INELIGIBLE}a1,2023-11-01 00:00:00,,expelled,P4\nnobody,2023-11-01 00:00:00,,expelled,P4\n`,
      },
    ],
    told: [attention('ineligible_ignored', { subject: 'content-live-2023-11;a1', count: 1, value: 'expelled' })],
    total: '30.00',
  },
  {
    what: 'a session of a digital host that was stopped starts a second later in the export of sessions',
    policies: { 'policy-2023-11.yaml': withIneligible(policyOf('2023-11')) },
    happens: [
      {
        ...TWO,
        'ineligible.csv': `${INELIGIBLE}a1,2023-11-08 18:59:59,2023-11-08 18:59:59,unadmitted_digital_host,D5\n`,
      },
    ],
    told: [attention('ineligible_no_session', { subject: 'a1', count: 1 })],
    total: '30.00',
  },
  {
    what: 'violations lie beside the sessions, and the incentive is run by hand before the points were ever settled',
    policies: { 'policy-2023-11.yaml': withIneligible(policyOf('2023-11')) },
    happens: [{ ...TWO, 'violations.csv': VIOLATIONS }],
    told: [attention('feed_stale', { subject: 'content-live-2023-11;penalty-points', count: 1, value: 'never' })],
    total: '30.00',
  },
];

const OLD_FILES = {
  'anchors.csv': 8,
  'anchors-2023-11-d.csv': 3,
  'penalties-2023-11.csv': 2,
  'sessions-2023-11.parquet': 356,
  'sessions-2023-11-b.parquet': 356,
  'sessions-2023-11-c.parquet': 356,
  'sessions-2023-11-d.csv': 9,
};

/** A warehouse of format 2, which a build left that read some files otherwise; all its exports lie there as they did. */
const READ_BY_OLDER: Entry = {
  what: 'the warehouse was filled by an older build, which took INT96 for the clock of Beijing and left out rows with \\N',
  happens: async (place) => {
    const old = OldPlace.unpacked('format-2/readings', place.folder);
    for (const file of ['settlement.duckdb', 'settlement.duckdb.head'])
      copyFileSync(join(old.folder, file), join(place.folder, file.replace('settlement', 'w')));
    cpSync(join(old.folder, 'exports/all'), place.exports, { recursive: true });
    copyFileSync(join(old.folder, 'policies/2023-11.yaml'), join(place.policies, 'policy-2023-11.yaml'));
    return seenBy(await place.run('policy-2023-11.yaml', { ...AS_IT_IS, encoding: 'gb18030' }));
  },
  told: [
    ...Object.entries(OLD_FILES).map(([file, count]) => attention('read_by_older', { file, count })),
    attention('file_all_out', { file: 'anchors-2023-11-d.csv', count: 3 }),
  ],
  total: '49495.58',
  exit: 4,
};

export const NIGHTS: Entry[] = [...EXPORTS, ...CLOSED, ...POLICIES, ...FED, READ_BY_OLDER];
