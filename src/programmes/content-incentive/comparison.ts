import type { Comparison } from '../interface/settling.js';
import { BONUSES } from './policy/parts.js';
import { REACH } from './reach/reach.js';

/** An amount's text as DECIMAL: one of 128 bits is read ten times as slowly as one of 64, which hold 15 digits and the fen. */
function moneyOf(column: string): string {
  return `CASE WHEN length(${column}) <= 18 THEN CAST(CAST(${column} AS DECIMAL(18, 2)) AS DECIMAL(38, 2)) ELSE CAST(${column} AS DECIMAL(38, 2)) END`;
}

const counted = (relation: string, cause?: string): string =>
  `SELECT count(*) FROM ${relation}${cause === undefined ? '' : ` WHERE cause = '${cause}'`}`;

/** What of two settlements is compared, and which kinds of input cause their differences. */
export const COMPARISON: Comparison = {
  causes: [
    { cause: 'sessions_late', changes: counted('entering_session', 'sessions_late'), asOf: 'later' },
    { cause: 'sessions_corrected', changes: counted('entering_session', 'sessions_corrected') },
    { cause: 'sessions_withdrawn', changes: counted('leaving_session', 'sessions_withdrawn'), asOf: 'second' },
    ...Object.entries(REACH)
      .filter(([, { stands }]) => stands !== undefined)
      .map(([cause, { changed }]) => ({ cause, changes: counted(changed.join()) })),
  ],
  amounts: (file) => {
    const part = (column: string, sign: string): string => `
      SELECT anchor_id, CAST(NULL AS DATE), '${column}', ${sign} ${moneyOf(column)} FROM settled WHERE ${column} <> '0.00'`;
    return `WITH settled AS (SELECT * FROM ${file('settlement.csv')})
      SELECT anchor_id, CAST(date AS DATE) AS settlement_date, 'watch_time' AS part, ${moneyOf('watch_time')} AS amount
      FROM ${file('days.csv')} WHERE watch_time <> '0.00'
      ${BONUSES.map(({ name }) => `UNION ALL ${part(name, '')}`).join('\n')}
      UNION ALL ${part('forfeited', '-')}`;
  },
};
