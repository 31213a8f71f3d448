import type { Warehouse } from '../engine/duckdb/warehouse.js';
import type { Programme } from '../programmes/interface/programme.js';
import { makeStep, stepsIn, stepsOf } from './rules.js';

/** The run that a period is compared with. */
export interface EarlierRun {
  /** The last load that it knew; 0: none. */
  knownLoad: number;
  /** It is closed, or adjusts what is. */
  closed: boolean;
}

/** Rows of one kind that came, went or changed. */
export interface Touch {
  what: string;
  rows: number;
}

/**
 * What has changed since an earlier run that the figures of a period depend on; nothing where they must be the same.
 * The policy's tables say which period, up to which day, and the last load that counts now.
 */
export async function touchedSince(warehouse: Warehouse, programme: Programme, earlier: EarlierRun): Promise<Touch[]> {
  await compute(warehouse, programme, 'touch', earlier);
  const rows = await warehouse.rows('SELECT what, rows FROM touch ORDER BY what');
  return rows.map(({ what, rows }) => ({ what: what as string, rows: Number(rows) }));
}

/** Whether the period of the policy's tables has any session, sound or not. */
export async function hasSessions(warehouse: Warehouse, programme: Programme): Promise<boolean> {
  await compute(warehouse, programme, 'session_of_period', { knownLoad: 0, closed: false });
  return (await warehouse.one('SELECT found FROM session_of_period')).found === 'true';
}

async function compute(
  warehouse: Warehouse,
  { sql }: Programme,
  wanted: string,
  { knownLoad, closed }: EarlierRun,
): Promise<void> {
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE earlier_run (known_load INTEGER, closed BOOLEAN);
    INSERT INTO earlier_run (known_load, closed) VALUES (${knownLoad}, ${closed})`);
  for (const step of stepsOf({ wanted: [wanted], given: [] }, stepsIn(sql.since))) await makeStep(warehouse, step);
}
