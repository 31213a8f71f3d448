import { addDays, addMonths, type BeijingDate, datesBetween } from '../beijing.js';
import type { Notice } from '../notices/notice.js';
import { literal, type Warehouse } from '../warehouse.js';

/** A policy's days. */
export interface Period {
  from: BeijingDate;
  to: BeijingDate;
}

/**
 * Dates in the months of the policies, and in those between, that none of them covers, and on which sound sessions that
 * stand have ended: nobody is paid for them, whichever policy is run.
 */
export async function daysWithoutPolicy(warehouse: Warehouse, periods: readonly Period[]): Promise<Notice[]> {
  const dates = uncovered(periods);
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
  return rows.map(({ date, sessions }) => noticeOf(date as string, Number(sessions)));
}

/** From the first of the first policy's month to the last of the last one's. */
function uncovered(periods: readonly Period[]): BeijingDate[] {
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

function noticeOf(date: BeijingDate, sessions: number): Notice {
  const ended = sessions === 1 ? '1 session ended' : `${sessions} sessions ended`;
  return {
    code: 'day_without_policy',
    severity: 'attention',
    file: '',
    subject: date,
    count: sessions,
    value: '',
    message: `${ended} on ${date}, a day that no policy of the folder covers: nobody is paid for that day. Correct a policy's period, or add the policy of that day.`,
  };
}
