import { addDays, type BeijingDate, daysFrom } from '../core/beijing.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import type { Notice } from '../notices/notice.js';
import { type Expected, PACES, type Pace } from '../settings/structured.js';

/**
 * Kinds of exports of which nothing new came for longer than the settings expect, counted in Beijing's days from the last
 * load of the kind to the night's date; of a kind that never came, from the first load of all.
 */
export async function overdueExports(warehouse: Warehouse, expected: Expected, date: BeijingDate): Promise<Notice[]> {
  // A file that is read again comes with a load of its own, and brings nothing new.
  const rows = await warehouse.rows(`WITH came AS (
      SELECT f.kind, CAST(min(l.loaded_at) AS DATE) AS date
      FROM load AS l JOIN export_file AS f ON f.load_no = l.load_no GROUP BY f.kind, f.file, f.sha256)
    SELECT coalesce(kind, '') AS kind, CAST(max(date) AS VARCHAR) AS last, CAST(min(date) AS VARCHAR) AS first
    FROM came GROUP BY GROUPING SETS ((kind), ())`);
  const loads = new Map(rows.map(({ kind, last, first }) => [kind as string, { last, first }]));
  const beginning = loads.get('')?.first;
  return Object.entries(expected).flatMap(([kind, pace]) => {
    const last = loads.get(kind)?.last;
    const since = last ?? beginning;
    if (since === undefined || since === null) return []; // nothing was ever loaded, which is told of otherwise
    const days = daysFrom(since, date);
    return days > PACES[pace] ? [noticeOf(kind, pace, days, last ?? undefined, date)] : [];
  });
}

function noticeOf(kind: string, pace: Pace, days: number, last: BeijingDate | undefined, date: BeijingDate): Notice {
  const came =
    last === undefined ? `none has come since ${addDays(date, -days)}, the first load` : `the last came on ${last}`;
  return {
    code: 'overdue_export',
    severity: 'attention',
    file: '',
    subject: kind,
    count: days,
    value: '',
    message: `no new export of ${kind} for ${days} days: ${came}, and settle.yaml expects one ${pace}. What it would hold counts nowhere. Export it, or change expect in settle.yaml.`,
  };
}
