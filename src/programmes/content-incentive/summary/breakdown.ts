import type { Warehouse } from '../../../engine/duckdb/warehouse.js';
import type { ProgrammeBreakdown } from '../../interface/summary.js';
import { readUnsettled, unsettledRemark } from './unsettled.js';

/** Why sessions are invalid, what was forfeited and for which reason, and what nobody is paid for yet. */
export async function breakdownOf(warehouse: Warehouse): Promise<ProgrammeBreakdown> {
  const invalidBy = await warehouse.rows(`SELECT reason, count(*) AS sessions
    FROM (SELECT unnest(string_split(reasons, ';')) AS reason FROM session_line WHERE NOT valid) GROUP BY reason ORDER BY sessions DESC, reason`);
  // An amount that several reasons take is told under each of them; the total of `forfeited` counts it once.
  const forfeitedBy = await warehouse.rows(`SELECT r.reason, count(*) AS anchors, sum(
      CASE WHEN r.takes_watch_time THEN s.watch_time ELSE 0 END + CASE WHEN r.takes_attendance_bonus THEN s.attendance_bonus ELSE 0 END
      + CASE WHEN r.takes_newcomer_bonus THEN s.newcomer_bonus ELSE 0 END) AS amount
    FROM anchor_reason AS r JOIN anchor_settlement AS s ON s.anchor_id = r.anchor_id GROUP BY r.reason ORDER BY amount DESC, r.reason`);
  const statuses = await warehouse.rows(
    'SELECT status, count(*) AS anchors FROM anchor_settlement GROUP BY status ORDER BY status',
  );
  const unsettled = await readUnsettled(warehouse);
  return {
    unsettled: { sessions: unsettled.sessions, settled: unsettled.settled, remark: unsettledRemark(unsettled) },
    invalidBy: invalidBy.map((row) => ({ reason: row.reason as string, sessions: Number(row.sessions) })),
    forfeitedBy: forfeitedBy.map((row) => ({
      reason: row.reason as string,
      anchors: Number(row.anchors),
      amount: row.amount as string,
    })),
    forfeitsOverlap:
      (await warehouse.count(`SELECT count(*) FROM (SELECT 1 FROM anchor_reason AS r JOIN anchor_settlement AS s ON s.anchor_id = r.anchor_id
      WHERE s.forfeited > 0 GROUP BY r.anchor_id HAVING sum(CASE WHEN r.takes_watch_time AND s.watch_time > 0 THEN 1 ELSE 0 END) > 1
        OR sum(CASE WHEN r.takes_attendance_bonus AND s.attendance_bonus > 0 THEN 1 ELSE 0 END) > 1
        OR sum(CASE WHEN r.takes_newcomer_bonus AND s.newcomer_bonus > 0 THEN 1 ELSE 0 END) > 1)`)) > 0,
    statuses: statuses.map((row) => ({ status: row.status as string, anchors: Number(row.anchors) })),
  };
}
