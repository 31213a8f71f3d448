/** Exports of a few rows, as text, for tests that don't care which. The sample policy settles them. */

export const SESSIONS_HEADER =
  'session_id,anchor_id,started_at,ended_at,settleable,quality_level,track,rec_dwell_minutes,unit_price,scarcity_index';

export interface SessionRow {
  id: string;
  anchor?: string;
  day?: string;
  dwell?: string;
  end?: string;
  settleable?: 'Y' | 'N';
}

/** An hour in the evening at 0.01 CNY a minute and index 1: `dwell` minutes make a hundredth of that in CNY. */
export function sessionLine({
  id,
  anchor = 'a1',
  day = '2023-11-05',
  dwell = '1000.00',
  end = '21:00:00',
  settleable = 'Y',
}: SessionRow): string {
  return `${id},${anchor},${day} 20:00:00,${day} ${end},${settleable},2,文化,${dwell},0.010000,1.000`;
}

export function sessionsCsv(...rows: SessionRow[]): string {
  return `${[SESSIONS_HEADER, ...rows.map(sessionLine)].join('\n')}\n`;
}

export function anchorsCsv(...ids: string[]): string {
  const lines = ids.map((id) => `${id},主播${id},content,2023-03-01`);
  return `${['anchor_id,nickname,account_kind,first_live_on', ...lines].join('\n')}\n`;
}

/** Two anchors with a session each, every row clean: 10.00 and 20.00 CNY. */
export const CLEAN_MONTH = {
  'anchors.csv': anchorsCsv('a1', 'a2'),
  'sessions.csv': sessionsCsv({ id: 's1' }, { id: 's2', anchor: 'a2', day: '2023-11-06', dwell: '2000.00' }),
};
