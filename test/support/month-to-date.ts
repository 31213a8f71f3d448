import { anchorsCsv, SESSIONS_HEADER, sessionLine } from './exports.js';

export const day = (number: number): string => `2023-11-${String(number).padStart(2, '0')}`;

/**
 * A month-to-date export under one name, as it was on each day: the rows of that day come, one of an earlier day is
 * corrected, one is withdrawn, every second day the rows are in another order, one row can't be read, one is of an anchor that nobody knows, and one stands twice.
 * Anchors come whole each day, of whom one moves; penalties and scarcity tables too.
 */
export function exportsOf(today: number): Record<string, string> {
  const rows: string[] = [];
  for (let at = 1; at <= today; at += 1) {
    if (at === 3 && today >= 5) continue;
    rows.push(sessionLine({ id: `a-${at}`, day: day(at), dwell: at === 2 && today >= 4 ? '777.00' : '1000.00' }));
    rows.push(sessionLine({ id: `b-${at}`, anchor: 'a2', day: day(at), dwell: `${at}00.00` }));
  }
  rows.push(rows[0] as string, `bad,a1,${day(today)} 20:00:00,${day(today)} 19:00:00,Y,2,文化,1.00,0.010000,1.000`);
  rows.push(sessionLine({ id: 'c-1', anchor: 'nobody', day: day(1) }));
  if (today % 2 === 0) rows.reverse();
  const tracks = Array.from({ length: today }, (_, at) => `文化,${day(at + 1)},1.000`);
  const penalties = Array.from(
    { length: today },
    (_, at) => `p${at},a2,b-1,vulgar,${day(at + 1)} 10:00:00,${today > 6 ? 'revoked' : 'upheld'}`,
  );
  return {
    'sessions.csv': `${[SESSIONS_HEADER, ...rows].join('\n')}\n`,
    'anchors.csv': anchorsCsv('a1', 'a2', ...(today > 3 ? ['a3'] : [])).replace('主播a2', today > 6 ? '新' : '主播a2'),
    'scarcity.csv': `track,effective_from,scarcity_index\n${tracks.join('\n')}\n`,
    'penalties.csv': `penalty_id,anchor_id,session_id,kind,penalized_at,status\n${penalties.join('\n')}\n`,
    'agencies.csv': `agency_id,name\n${Array.from({ length: today }, (_, at) => `g${at},x`).join('\n')}\n`,
  };
}
