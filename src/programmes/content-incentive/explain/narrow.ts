import { literal, type Warehouse } from '../../../engine/duckdb/warehouse.js';

/**
 * The warehouse narrowed to an anchor: temporary tables that stand before the stored ones under their names, with every row
 * that can bear on it. The rules then run as they are. Taken is more than is needed and never less: an anchor's figures
 * depend on all rows of its sessions (another file may give one to another anchor), on the person's other accounts with
 * theirs (C10), and on the penalties of all these, of their agencies (C13), and of whoever else names their sessions. The
 * files that count are known by then, and their rows brought back.
 */
export async function narrow(warehouse: Warehouse, anchorId: string, sessionId: string | undefined): Promise<void> {
  const stored = await wholeTables(warehouse, ['session_row', 'penalty_row', 'anchor_row']);
  const take = (table: string, where: string): Promise<void> =>
    warehouse.run(`CREATE TEMP TABLE ${table} AS SELECT r.* FROM ${stored(table)} AS r WHERE ${where}`);
  const penalties = await concerned(warehouse, stored, anchorId, sessionId);
  await take('session_row', 'r.session_id IN (SELECT id FROM concerned_session)');
  await take(
    'penalty_row',
    `r.penalty_id IN (SELECT p.penalty_id FROM ${stored('penalty_row')} AS p WHERE ${penalties}
      OR p.session_id IN (SELECT id FROM concerned_session))`,
  );
  await take(
    'anchor_row',
    `r.anchor_id IN (SELECT id FROM concerned_anchor UNION SELECT anchor_id FROM session_row
      UNION SELECT anchor_id FROM penalty_row WHERE anchor_id IS NOT NULL)`,
  );
}

/** Where each table is whole: a view in front of it that has rows of replaced files too makes room under its name. */
async function wholeTables(warehouse: Warehouse, tables: readonly string[]): Promise<(table: string) => string> {
  const views = await warehouse.rows('SELECT view_name AS name FROM duckdb_views() WHERE temporary');
  const inFront = tables.filter((table) => views.some(({ name }) => name === table));
  for (const table of inFront) await warehouse.run(`ALTER VIEW temp.main.${table} RENAME TO whole_${table}`);
  return (table) => (inFront.includes(table) ? `whole_${table}` : warehouse.stored(table));
}

/**
 * Ids of the person's anchors, of their agencies, and of all sessions that they or their penalties name; gives the
 * condition on such a penalty. Few ids are given as a list, by which a million rows are looked through faster.
 */
async function concerned(
  warehouse: Warehouse,
  stored: (table: string) => string,
  anchorId: string,
  sessionId: string | undefined,
): Promise<string> {
  const anchor = literal(anchorId);
  await warehouse.run(`CREATE TEMP TABLE concerned_anchor AS
    SELECT ${anchor} AS id UNION SELECT r.anchor_id FROM ${stored('anchor_row')} AS r
    WHERE r.person_id IN (SELECT p.person_id FROM ${stored('anchor_row')} AS p WHERE p.anchor_id = ${anchor})`);
  const anchors = await listOf(warehouse, 'SELECT id FROM concerned_anchor');
  const agencies = await listOf(
    warehouse,
    `SELECT DISTINCT r.agency_id AS id FROM ${stored('anchor_row')} AS r WHERE r.anchor_id IN (${anchors}) AND r.agency_id IS NOT NULL
      UNION SELECT p.agency_id FROM pinned_agency AS p WHERE p.anchor_id IN (${anchors}) AND p.agency_id IS NOT NULL`,
  );
  const penalties = `(p.anchor_id IN (${anchors}) OR p.agency_id IN (${agencies}))`;
  await warehouse.run(`CREATE TEMP TABLE concerned_session AS
    SELECT s.session_id AS id FROM ${stored('session_row')} AS s WHERE s.anchor_id IN (${anchors})
    UNION SELECT p.session_id FROM ${stored('penalty_row')} AS p WHERE p.session_id IS NOT NULL AND ${penalties}
    ${sessionId === undefined ? '' : `UNION SELECT ${literal(sessionId)}`}`);
  return penalties;
}

/** Ids as an SQL list, which is never empty. */
async function listOf(warehouse: Warehouse, query: string): Promise<string> {
  const rows = await warehouse.rows(query);
  return rows.length === 0 ? 'NULL' : rows.map(({ id }) => literal(id ?? null)).join(', ');
}

/** Relations that an explanation looks at; the rules write them, and all that they read. */
export const WANTED = [
  'anchor_settlement',
  'session_fault',
  'session_line',
  'scarcity_in_force',
  'quarantine_line',
  'fault_hint',
  'unsettled_session',
];
