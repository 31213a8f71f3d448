import { addDays, addMonths, type BeijingDate, datesBetween } from '../core/beijing.js';
import { byProgramme } from '../core/programme.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import type { Notice } from '../notices/notice.js';

/** A policy's days, and its programme. */
export interface ProgrammeDays {
  programme: string;
  from: BeijingDate;
  to: BeijingDate;
}

/**
 * Dates in the months of a programme's policies, and in those between, that none of them covers, and on which sound
 * sessions that stand have ended: the programme pays nobody for them, whichever policy is run.
 */
export async function daysWithoutPolicy(warehouse: Warehouse, policies: readonly ProgrammeDays[]): Promise<Notice[]> {
  const programmes = [...byProgramme(policies, ({ programme }) => programme)];
  const lacking = new Map<BeijingDate, string[]>();
  for (const [programme, periods] of programmes)
    for (const date of uncovered(periods)) lacking.set(date, [...(lacking.get(date) ?? []), programme]);
  const dates = [...lacking.keys()].sort();
  if (dates.length === 0) return [];
  const rows = await warehouse.rows(`WITH
    standing AS (SELECT file_no FROM export_file WHERE replaced_by_load IS NULL),
    ended AS (
      SELECT s.session_id, s.file_no, CAST(s.ended_at AS DATE) AS date
      FROM session_row AS s JOIN standing AS f ON f.file_no = s.file_no
      WHERE CAST(s.ended_at AS DATE) IN (${dates.map((date) => `DATE ${literal(date)}`).join(', ')}))
    SELECT CAST(e.date AS VARCHAR) AS date, count(*) AS sessions FROM ended AS e
    WHERE NOT EXISTS (
      SELECT 1 FROM session_row AS later JOIN standing AS g ON g.file_no = later.file_no
      WHERE later.session_id = e.session_id AND later.file_no > e.file_no)
    GROUP BY e.date ORDER BY e.date`);
  return rows.map(({ date, sessions }) => {
    const of = programmes.length === 1 ? [] : (lacking.get(date as string) ?? []).sort();
    return noticeOf(date as string, Number(sessions), of);
  });
}

/** From the first of the first policy's month to the last of the last one's. */
function uncovered(periods: readonly ProgrammeDays[]): BeijingDate[] {
  const froms = periods.map(({ from }) => from).sort();
  const tos = periods.map(({ to }) => to).sort();
  const [first] = froms;
  const last = tos.at(-1);
  if (first === undefined || last === undefined) return [];
  const end = addDays(addMonths(`${last.slice(0, 7)}-01`, 1), -1);
  return datesBetween(`${first.slice(0, 7)}-01`, end).filter(
    (date) => !periods.some(({ from, to }) => from <= date && date <= to),
  );
}

/** `programmes`: those whose policies lack the day, where the folder has several. */
function noticeOf(date: BeijingDate, sessions: number, programmes: readonly string[]): Notice {
  const ended = sessions === 1 ? '1 session ended' : `${sessions} sessions ended`;
  const named = programmes.join(' and ');
  const which = named === '' ? 'of the folder' : `of ${named} in the folder`;
  const there = named === '' ? '' : ` by ${programmes.length === 1 ? 'that programme' : 'those programmes'}`;
  return {
    code: 'day_without_policy',
    severity: 'attention',
    file: '',
    subject: date,
    count: sessions,
    value: '',
    message: `${ended} on ${date}, a day that no policy ${which} covers: nobody is paid for that day${there}. Correct a policy's period, or add the policy of that day.`,
  };
}
