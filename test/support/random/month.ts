import fc from 'fast-check';

/**
 * Small months at random: a period of ten days, four anchors of two agencies and three persons, sessions around every
 * threshold of the policy, penalties of every kind, tables with gaps, and now and then a cell that is no cell.
 */

/** Kind → rows; a row is its cells by column. */
export interface Month {
  policy: object;
  sessions: Row[];
  anchors: Row[];
  penalties: Row[];
  ineligible: Row[];
  scarcity: Row[];
}

export type Row = Record<string, string>;
export type Kind = 'sessions' | 'anchors' | 'penalties' | 'scarcity' | 'ineligible';

const ANCHORS = ['a1', 'a2', 'a3', 'a4'];
const TRACKS = ['文化', 'tea, and more'];

const two = (value: number): string => String(value).padStart(2, '0');
/** From 30 October, two days before the period, on. */
const dateAt = (day: number): string => (day < 2 ? `2023-10-${30 + day}` : `2023-11-${two(day - 1)}`);
const date = fc.integer({ min: 0, max: 13 }).map(dateAt);
const decimals = (whole: number, places: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: 0, max: whole }), fc.integer({ min: 0, max: 10 ** places - 1 }))
    .map(([a, b]) => `${a}.${String(b).padStart(places, '0')}`);
const mostly = <T>(usual: fc.Arbitrary<T>, weight: number, rare: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: usual, weight }, { arbitrary: rare, weight: 1 });
const blank = fc.constant('');

/** A start and an end that lie 29 minutes, 30 or about an hour apart, now and then over midnight. */
const times = fc
  .tuple(
    fc.integer({ min: 0, max: 12 }),
    fc.constantFrom(23 * 60, 23 * 60 + 45, 600),
    fc.constantFrom(29, 30, 31, 60, 90),
  )
  .map(([day, start, minutes]) => {
    const end = start + minutes;
    const at = (minute: number): string =>
      `${dateAt(day + Math.floor(minute / 1440))} ${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}:00`;
    return { started_at: at(start), ended_at: at(end), seconds: minutes * 60 };
  });

const session: fc.Arbitrary<Row> = fc
  .record({
    times,
    anchor_id: mostly(fc.constantFrom(...ANCHORS), 30, fc.constant('nobody')),
    settleable: mostly(fc.constantFrom('Y', '是', 'true', '1'), 8, fc.constantFrom('N', '否')),
    quality_level: mostly(fc.constantFrom('1', '2', '3', '4', '5'), 40, fc.constantFrom('0', 'x')),
    track: fc.constantFrom(...TRACKS),
    rec_dwell_minutes: mostly(decimals(40_000, 2), 40, fc.constantFrom('1.005', '1e3')),
    unit_price: mostly(decimals(0, 6), 2, blank),
    scarcity_index: fc.oneof(fc.constantFrom('1', '1.000', '1.25', '0.875'), blank),
    effective: fc.constantFrom(0, 0.5, 1, undefined),
    suspended: mostly(fc.constantFrom('', 'N'), 15, fc.constant('Y')),
    opted_out: mostly(fc.constantFrom('', '否'), 15, fc.constant('1')),
    replay_deleted_at: mostly(blank, 10, fc.constantFrom('2023-11-20 00:00:00', '2024-01-05 00:00:00')),
  })
  .map(({ times: { seconds, ...when }, effective, ...rest }) => ({
    ...when,
    ...rest,
    effective_seconds: effective === undefined ? '' : String(seconds * effective),
  }));

const anchor = (id: string): fc.Arbitrary<Row> =>
  fc.record({
    anchor_id: fc.constant(id),
    nickname: fc.constantFrom('', '小鱼', '=1+1', 'a "b", c'),
    agency_id: fc.constantFrom('', 'g1', 'g2'),
    account_kind: mostly(fc.constantFrom('content', '内容型'), 8, fc.constant('commerce')),
    first_live_on: mostly(fc.constantFrom('2023-02-01', '2023-06-30'), 8, fc.constant('2023-01-31')),
    newcomer_certified_on: fc.constantFrom('', '2023-10-31', '2023-11-01', '2023-11-05'),
    person_id: fc.constantFrom('', 'p1', 'p2', 'p3'),
    compliance_code: mostly(fc.constantFrom('', 'green', '黄码'), 8, fc.constantFrom('red', '紫码')),
  });

/** A freeze, a stop or an expulsion of some anchor: from the second of a start or of the second after, for a while or for good. */
const ineligible: fc.Arbitrary<Row> = fc
  .record({
    anchor_id: mostly(fc.constantFrom(...ANCHORS), 8, fc.constant('nobody')),
    day: date,
    clock: fc.constantFrom('23:00:00', '23:00:01', '10:00:00', '00:00:00'),
    to: fc.constantFrom('', '2023-11-06 22:59:59', '2023-11-06 23:00:00', '2023-11-30 23:59:59'),
    cause: fc.constantFrom('frozen', '冻结', 'unadmitted_digital_host', 'expelled'),
    clause: fc.constantFrom('P2', 'D6'),
  })
  .map(({ day, clock, to, ...rest }) => {
    const from = `${day} ${clock}`;
    return { ...rest, from, to: to < from ? '' : to };
  });

const penalty: fc.Arbitrary<Row> = fc
  .record({
    owner: fc.oneof(
      fc.constantFrom(...ANCHORS).map((id) => ({ anchor_id: id, agency_id: '' })),
      fc.constantFrom('g1', 'g2').map((id) => ({ anchor_id: '', agency_id: id })),
    ),
    session_id: mostly(
      blank,
      1,
      fc.integer({ min: 0, max: 60 }).map((at) => `s${at}`),
    ),
    kind: fc.constantFrom('recorded', '挂机', 'vulgar', 'fake_trade', 'agency_clustering', 'late'),
    penalized_at: date.map((day) => `${day} 12:00:00`),
    status: fc.constantFrom('', 'upheld', '撤销'),
  })
  .map(({ owner, ...rest }) => ({ ...owner, ...rest }));

const numbered = (rows: Row[], column: string, prefix: string): Row[] =>
  rows.map((row, at) => ({ [column]: `${prefix}${at}`, ...row }));

const policy = fc
  .record({
    minutes: fc.constantFrom<unknown>(30, {
      dated: [
        { from: '2023-11-01', value: 30 },
        { from: '2023-11-06', value: 31 },
      ],
    }),
    cap: fc.constantFrom('0.00', '20.00', '160.00'),
    op: fc.constantFrom('=', '>=', '<'),
    share: fc.constantFrom('0', '0.20', '0.50'),
    atLeast: fc.integer({ min: 1, max: 3 }),
    ineligible: fc.constantFrom(undefined, ['expelled'], ['frozen', 'unadmitted_digital_host', 'expelled']),
    expelled: fc.constantFrom(undefined, { forfeits: 'all' }, { forfeits: ['newcomer_bonus'] }),
  })
  .map(({ minutes, cap, op, share, atLeast, ineligible, expelled }) => ({
    id: 'a-month-at-random',
    timezone: 'Asia/Shanghai',
    currency: 'CNY',
    period: { from: '2023-11-01', to: '2023-11-10' },
    scope: { account_kinds: ['content'], first_live_on_or_after: '2023-02-01' },
    valid_session: {
      min_minutes: minutes,
      invalidating_penalties: ['recorded', 'idle'],
      replay_retention_months: 1,
      ...(ineligible === undefined ? {} : { ineligible }),
    },
    valid_day: { min_minutes: 30 },
    scarcity: { renewed_every_days: 5 },
    watch_time: {
      rates: [2, 3, 4, 5].map((level) => ({ level, unit_price: `0.0${level}0005` })),
      daily_caps: [
        { max_level: 2, cap },
        { max_level: 3, cap: '320.00' },
      ],
    },
    newcomer_bonus: {
      window_days: 5,
      scarcity_index: { op, value: '1' },
      tiers: [1, 3].map((days) => ({ valid_days: days, valid_minutes: days * 30, amount: `${days}00.00` })),
    },
    attendance_bonus: {
      scarcity_index: { op: '>=', value: '1' },
      low_level_share: { max_level: 2, min_minutes: 30, op: '>', share },
      tiers: [2, 4].map((days) => ({ valid_days: days, valid_minutes: days * 30, amount: `${days}50.00` })),
    },
    disqualification: {
      compliance_codes: ['red'],
      ...(expelled === undefined ? {} : { expelled }),
      penalties: [
        { id: 'vulgar', kinds: ['vulgar'], at_least: atLeast, within: 'period', forfeits: 'all' },
        { id: 'trade', kinds: ['fake_trade'], at_least: 1, within_days: 3, forfeits: ['watch_time', 'newcomer_bonus'] },
        {
          id: 'cluster',
          kinds: ['agency_clustering'],
          of: 'agency',
          at_least: atLeast,
          within: 'period',
          forfeits: 'all',
        },
      ],
    },
  }));

/** `repeats`: whether some sessions and anchors stand in the exports more than once, the same or otherwise. */
export function month({ repeats }: { repeats: boolean }): fc.Arbitrary<Month> {
  const again = repeats ? { maxLength: 4 } : { maxLength: 0 };
  return fc
    .record({
      policy,
      sessions: fc.array(session, { minLength: 15, maxLength: 60, size: 'max' }),
      others: fc.array(fc.tuple(fc.nat(14), fc.option(session)), again),
      anchors: fc.tuple(...ANCHORS.map(anchor)).map((all) => [...all]),
      otherAnchors: fc.array(fc.constantFrom(...ANCHORS).chain(anchor), again),
      penalties: fc.array(penalty, { maxLength: 12, size: 'max' }),
      ineligible: fc.array(ineligible, { maxLength: 6 }),
      scarcity: fc.uniqueArray(
        fc.record({
          track: fc.constantFrom(...TRACKS),
          effective_from: fc.constantFrom('2023-10-20', '2023-11-01', '2023-11-04', '2023-11-08'),
          scarcity_index: fc.constantFrom('1', '1.1', '0.9'),
        }),
        { selector: (row) => `${row.track} ${row.effective_from}`, maxLength: 8 },
      ),
    })
    .map(({ sessions, others, anchors, otherAnchors, penalties, ...rest }) => {
      const named = numbered(sessions, 'session_id', 's');
      const repeated = others.map(([at, other]) => ({ ...(named[at] as Row), ...(other ?? {}) }));
      return {
        ...rest,
        sessions: [...named, ...repeated],
        anchors: [...anchors, ...otherAnchors],
        penalties: numbered(penalties, 'penalty_id', 'x'),
      };
    });
}
