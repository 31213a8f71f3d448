/**
 * A small platform that exports every night: 30 anchors of 5 agencies, a file of sessions for each date, the anchors every
 * week, penalties every fifth day, the scarcity tables every tenth. The same every time.
 */

export type Exports = Record<string, string>;

const SESSIONS = [
  ...['session_id', 'anchor_id', 'started_at', 'ended_at', 'settleable', 'quality_level', 'track'],
  ...['rec_dwell_minutes', 'unit_price', 'scarcity_index', 'effective_seconds', 'suspended', 'opted_out'],
  'replay_deleted_at',
].join(',');
const ANCHORS =
  'anchor_id,nickname,agency_id,account_kind,first_live_on,newcomer_certified_on,person_id,compliance_code';
const PENALTIES = 'penalty_id,anchor_id,agency_id,session_id,kind,penalized_at,status';
const TRACKS = ['文化', '科技', '音乐'];
const KINDS = ['vulgar', 'recorded', 'idle', 'multi_stream', 'off_value', 'fake_trade'];
const ANCHORS_IN_ALL = 30;
const AGENCIES = 5;

export const two = (number: number): string => String(number).padStart(2, '0');
export const dateOf = (day: number): string => `2023-11-${two(day)}`;
export const sessionsOf = (day: number): string => `sessions-${dateOf(day)}.csv`;
export const anchorsOf = (day: number): string => `anchors-${dateOf(day)}.csv`;
export const penaltiesOf = (day: number): string => `penalties-${dateOf(day)}.csv`;
export const scarcityOf = (day: number): string => `scarcity-${dateOf(day)}.csv`;

export const anchor = (at: number): string => `A${two(at)}`;
const lines = (...all: string[]): string => `${all.join('\n')}\n`;

/** What the platform exports in the night after a day of November. */
export function exportsOf(day: number): Exports {
  const random = numbers(day);
  return {
    [sessionsOf(day)]: lines(SESSIONS, ...sessions(day, random)),
    ...(day % 7 === 1 ? { [anchorsOf(day)]: lines(ANCHORS, ...anchors()) } : {}),
    ...(day % 5 === 0 ? { [penaltiesOf(day)]: lines(PENALTIES, ...penalties(day, random)) } : {}),
    ...(day % 10 === 1
      ? { [scarcityOf(day)]: lines('track,effective_from,scarcity_index', ...indices(day, random)) }
      : {}),
  };
}

/** Whole numbers below `most`, the same for the same day: a linear congruential generator. */
function numbers(day: number): (most: number) => number {
  let state = day * 7919 + 1;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** Most anchors stream in the evening and some at noon too, to the second; nobody's sessions meet. */
function sessions(day: number, random: (most: number) => number): string[] {
  const rows: string[] = [];
  for (let at = 1; at <= ANCHORS_IN_ALL; at += 1) {
    const hours = [random(3) === 0 ? [12] : [], random(5) > 0 ? [19] : []].flat();
    for (const hour of hours) {
      const start = hour * 3600 + 1 + random(1800);
      const end = start + 1500 + random(4000);
      rows.push(row(day, `L${dateOf(day).replaceAll('-', '')}-${two(at)}-${hour}`, at, [start, end], random));
    }
  }
  return rows;
}

function row(
  day: number,
  id: string,
  at: number,
  [start, end]: [number, number],
  random: (most: number) => number,
): string {
  const priced = random(2) === 0;
  const dwell = `${random(20_000)}.${two(random(100))}`;
  const cells = [id, anchor(at), timeOf(day, start), timeOf(day, end), random(12) === 0 ? 'N' : 'Y'];
  const level = 2 + random(3);
  return [
    ...cells,
    ...[level, TRACKS[random(TRACKS.length)], dwell, priced ? `0.0${10 + random(20)}` : '', '', ''],
    ...[random(25) === 0 ? 'Y' : 'N', random(25) === 0 ? 'Y' : 'N', ''],
  ].join(',');
}

function timeOf(day: number, second: number): string {
  return `${dateOf(day)} ${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
}

function anchors(): string[] {
  return Array.from({ length: ANCHORS_IN_ALL }, (_, index) => {
    const at = index + 1;
    const agency = at % 6 === 0 ? '' : `M${1 + (at % AGENCIES)}`;
    const certified = at % 4 === 0 ? '2023-11-02' : '';
    return `${anchor(at)},主播${at},${agency},${at % 15 === 0 ? '电商型' : 'content'},2023-0${3 + (at % 5)}-0${1 + (at % 9)},${certified},,`;
  });
}

function penalties(day: number, random: (most: number) => number): string[] {
  return [0, 1, 2].map((at) => {
    const status = random(3) === 0 ? 'revoked' : 'upheld';
    return `P${two(day)}${at},${anchor(1 + random(ANCHORS_IN_ALL))},,,${KINDS[random(KINDS.length)]},${dateOf(day)} 09:00:00,${status}`;
  });
}

function indices(day: number, random: (most: number) => number): string[] {
  return TRACKS.map((track) => `${track},${dateOf(day)},1.${random(3)}`);
}
