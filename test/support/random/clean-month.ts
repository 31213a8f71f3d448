import type fc from 'fast-check';
import { type Month, month, type Row } from './month.js';

/**
 * Months at random in which nothing is wrong: as the generator makes them, but every cell can be read, no two sessions of
 * an anchor meet, every day of the period has a session, every session has an index that isn't overdue and a price, and
 * penalties hit whom they name. What is left is variety: flags, caps, windows, codes, shops, kinds, revoked penalties.
 */
export const cleanMonth: fc.Arbitrary<Month> = month({ repeats: false }).map(cleaned);

const FROM = '2023-11-01';
const DAYS = 10;
/** Of the generator's policy. */
const RENEWED_EVERY_DAYS = 5;
const LEVELS_WITH_RATE = ['2', '3', '4', '5'];
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

function cleaned(given: Month): Month {
  const anchors = given.anchors.map((row) => replaced(row, 'compliance_code', { 紫码: '绿码' }));
  const sessions = apart([...given.sessions, ...ofEmptyDays(given.sessions)].map(readable)).map((row) =>
    indexed(row, given.scarcity),
  );
  const penalties = given.penalties.map((row) => hitting(row, anchors, sessions));
  return { ...given, anchors, sessions, penalties };
}

function replaced(row: Row, column: string, by: Row): Row {
  const cell = row[column] as string;
  return { ...row, [column]: by[cell] ?? cell };
}

/** A row whose cells can all be read, of an anchor that there is; its level has a rate, or it has a price. */
function readable(row: Row): Row {
  const read = [
    ['anchor_id', { nobody: 'a1' }] as const,
    ['quality_level', { '0': '1', x: '2' }] as const,
    ['rec_dwell_minutes', { '1.005': '1.01', '1e3': '1000' }] as const,
  ].reduce<Row>((cells, [column, by]) => replaced(cells, column, by), row);
  const rated = LEVELS_WITH_RATE.includes(read.quality_level as string);
  return rated || read.unit_price !== '' ? read : { ...read, unit_price: '0.01' };
}

const at = (time: string | undefined): number => Date.parse(`${time?.replace(' ', 'T')}Z`);
const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
const dayOf = (day: number): string => timeOf(at(`${FROM} 00:00:00`) + day * DAY_MS).slice(0, 10);

/** A copy of the first session for each day of the period on which none ends. */
function ofEmptyDays(sessions: readonly Row[]): Row[] {
  return Array.from({ length: DAYS }, (_, day) => dayOf(day))
    .filter((date) => !sessions.some(({ ended_at }) => ended_at?.startsWith(date)))
    .map((date) => ({
      ...(sessions[0] as Row),
      ...{
        session_id: `of-${date}`,
        started_at: `${date} 05:00:00`,
        ended_at: `${date} 05:40:00`,
        effective_seconds: '',
      },
    }));
}

/** Moved within their days so that no two of an anchor meet, as far as there is room; some end as the next one starts. */
function apart(rows: readonly Row[]): Row[] {
  const placed: Row[] = [];
  for (const row of rows) {
    const length = at(row.ended_at) - at(row.started_at);
    const start = startOf(row, length, placed);
    if (start !== undefined) placed.push({ ...row, started_at: timeOf(start), ended_at: timeOf(start + length) });
  }
  return placed;
}

/** Where it stands, if that is free; else behind another of its anchor, else at any minute of the day; undefined: nowhere. */
function startOf(row: Row, length: number, others: readonly Row[]): number | undefined {
  const own = others.filter(({ anchor_id }) => anchor_id === row.anchor_id);
  const date = row.ended_at?.slice(0, 10) as string;
  const midnight = at(`${date} 00:00:00`);
  const behind = own.map(({ ended_at }) => at(ended_at)).filter((start) => start >= midnight);
  const minutes = Array.from({ length: DAY_MS / MINUTE_MS }, (_, minute) => midnight + minute * MINUTE_MS);
  return [at(row.started_at), ...behind, ...minutes].find(
    (start) =>
      timeOf(start + length).startsWith(date) &&
      own.every(({ started_at, ended_at }) => start >= at(ended_at) || start + length <= at(started_at)),
  );
}

/** With an index of its own where the tables have none for its track and date, or an overdue one. */
function indexed(row: Row, tables: readonly Row[]): Row {
  const date = row.ended_at?.slice(0, 10) as string;
  const oldest = timeOf(at(`${date} 00:00:00`) - (RENEWED_EVERY_DAYS - 1) * DAY_MS).slice(0, 10);
  const served = tables.some(
    ({ track, effective_from = '' }) => track === row.track && effective_from <= date && effective_from >= oldest,
  );
  return served || row.scarcity_index !== '' ? row : { ...row, scarcity_index: '1' };
}

/** Of a kind that the contract names; its agency is some anchor's, and its session nobody else's. */
function hitting(row: Row, anchors: readonly Row[], sessions: readonly Row[]): Row {
  const ofAgency = anchors.filter(({ agency_id }) => agency_id !== '' && agency_id === row.agency_id);
  const named = row.agency_id === '' || ofAgency.length > 0 ? row : { ...row, anchor_id: 'a1', agency_id: '' };
  const owners = named.agency_id === '' ? [named.anchor_id] : ofAgency.map(({ anchor_id }) => anchor_id);
  const session = sessions.find(({ session_id }) => session_id === row.session_id);
  const foreign = session !== undefined && !owners.includes(session.anchor_id);
  return replaced({ ...named, session_id: foreign ? '' : (row.session_id as string) }, 'kind', { late: 'off_value' });
}
