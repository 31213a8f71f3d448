import type { Row, Warehouse } from '../engine/duckdb/warehouse.js';
import type { Severity } from '../programmes/interface/notices.js';
import type { Notice } from './notice.js';

/** The notices of the place as they were seen last; they stand in the warehouse, for they depend on the day and the folder. */
export async function readPlaceNotices(warehouse: Warehouse): Promise<Notice[]> {
  const rows = await warehouse.rows(`SELECT code, severity, file, subject, count, value, message FROM place_notice
    WHERE sighting_no = (SELECT max(sighting_no) FROM place_sighting) ORDER BY code, file, subject, value`);
  return rows.map(asNotice);
}

/** A row of these columns as a notice. */
export function asNotice({ code, severity, file, subject, count, value, message }: Row): Notice {
  return {
    code: code as string,
    severity: severity as Severity,
    file: file as string,
    subject: subject as string,
    count: count === null ? null : Number(count),
    value: value as string,
    message: message as string,
  };
}
