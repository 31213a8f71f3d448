import { literal, type Warehouse } from '../../../engine/duckdb/warehouse.js';
import { HUBS, type Hub, MATES, REACH, type Reach } from '../reach/reach.js';

/**
 * The warehouse narrowed to an anchor: temporary tables that stand before the stored ones under their names, with every row
 * that can bear on it. The rules then run as they are. Taken is more than is needed and never less: all rows that reach the
 * anchor or the person's other accounts (C10), as reach.ts says; of every row taken, whatever other file has its key; and the
 * sessions and anchors that the rows taken name, for by those they are judged. Kinds that are reached by no id of an anchor,
 * as tracks are, stay whole. The files that count are known by then, and their rows brought back.
 */
export async function narrow(warehouse: Warehouse, anchorId: string, sessionId: string | undefined): Promise<void> {
  const stored = await wholeTables(
    warehouse,
    NARROWED.map(({ table }) => table),
  );
  const take = ({ table }: Reach, where: string): Promise<void> =>
    warehouse.run(`CREATE TEMP TABLE ${table} AS SELECT r.* FROM ${stored(table)} AS r WHERE ${where}`);
  const ids = await concerned(warehouse, stored, anchorId, sessionId);
  await take(REACH.sessions, 'r.session_id IN (SELECT id FROM concerned_session)');
  const others = NARROWED.filter((reach) => reach !== REACH.sessions && reach !== REACH.anchors);
  for (const reach of others) await take(reach, ofTheKeys(reach, stored, reached(reach, ids)));
  const named = [REACH.sessions, ...others].flatMap(({ table, leads }) =>
    columnsTo(leads, 'anchor').map((column) => `SELECT ${column} FROM ${table} WHERE ${column} IS NOT NULL`),
  );
  await take(REACH.anchors, `r.anchor_id IN (${['SELECT id FROM concerned_anchor', ...named].join(' UNION ')})`);
}

/** What an anchor's ids lead to. */
const OF_ANCHORS: readonly Hub[] = ['anchor', 'agency', 'session'];
const NARROWED = Object.values(REACH).filter(({ leads }) =>
  Object.values(leads).every((hub) => OF_ANCHORS.includes(hub)),
);

/** By hub, an SQL list or query of the ids that have to do with the anchor. */
type Ids = Partial<Record<Hub, string>>;

const columnsTo = (leads: Reach['leads'], hub: Hub): string[] =>
  Object.keys(leads).filter((column) => leads[column] === hub);

/** The condition on a row `p` that some id of it leads to the anchor. */
function reached({ leads }: Reach, ids: Ids): string {
  const ways = Object.entries(leads).flatMap(([column, hub]) => (ids[hub] ? `p.${column} IN (${ids[hub]})` : []));
  return `(${ways.join(' OR ')})`;
}

/** All rows of the keys that some row has of which the condition holds. */
function ofTheKeys({ table, key }: Reach, stored: (table: string) => string, condition: string): string {
  const named = (row: string): string => key.map((column) => `${row}.${column}`).join(', ');
  return `(${named('r')}) IN (SELECT (${named('p')}) FROM ${stored(table)} AS p WHERE ${condition})`;
}

/**
 * Where each table is whole. What stands in front of one makes room under its name: a view that has rows of replaced files
 * too, or the empty table of a kind that a warehouse of an older build lacks, which is only read.
 */
async function wholeTables(warehouse: Warehouse, tables: readonly string[]): Promise<(table: string) => string> {
  const there = await warehouse.rows(`SELECT view_name AS name, 'VIEW' AS what FROM duckdb_views() WHERE temporary
    UNION ALL SELECT table_name, 'TABLE' FROM duckdb_tables() WHERE temporary`);
  const front = there.filter(({ name }) => tables.includes(name as string));
  for (const { name, what } of front) await warehouse.run(`ALTER ${what} temp.main.${name} RENAME TO whole_${name}`);
  const inFront = front.map(({ name }) => name);
  return (table) => (inFront.includes(table) ? `whole_${table}` : warehouse.stored(table));
}

/**
 * Ids of the person's anchors, of their agencies, and of all sessions that they or the rows that reach them name. Few ids
 * are given as a list, by which a million rows are looked through faster.
 */
async function concerned(
  warehouse: Warehouse,
  stored: (table: string) => string,
  anchorId: string,
  sessionId: string | undefined,
): Promise<Ids> {
  const anchor = literal(anchorId);
  const persons = stored(MATES.table);
  await warehouse.run(`CREATE TEMP TABLE concerned_anchor AS
    SELECT ${anchor} AS id UNION SELECT r.anchor_id FROM ${persons} AS r
    WHERE r.${MATES.column} IN (SELECT p.${MATES.column} FROM ${persons} AS p WHERE p.anchor_id = ${anchor})`);
  const anchors = await listOf(warehouse, 'SELECT id FROM concerned_anchor');
  const { agency, session } = HUBS;
  const agencies = await listOf(
    warehouse,
    `SELECT DISTINCT r.${agency.column} AS id FROM ${stored(agency.table)} AS r WHERE r.anchor_id IN (${anchors}) AND r.${agency.column} IS NOT NULL
      UNION SELECT p.agency_id FROM pinned_agency AS p WHERE p.anchor_id IN (${anchors}) AND p.agency_id IS NOT NULL`,
  );
  const ids = { anchor: anchors, agency: agencies };
  const named = NARROWED.filter((reach) => reach !== REACH.sessions).flatMap((reach) =>
    columnsTo(reach.leads, 'session').map(
      (column) =>
        `SELECT p.${column} FROM ${stored(reach.table)} AS p WHERE p.${column} IS NOT NULL AND ${reached(reach, ids)}`,
    ),
  );
  const own = `SELECT s.${session.column} AS id FROM ${stored(session.table)} AS s WHERE s.anchor_id IN (${anchors})`;
  const asked = sessionId === undefined ? [] : [`SELECT ${literal(sessionId)}`];
  await warehouse.run(`CREATE TEMP TABLE concerned_session AS ${[own, ...named, ...asked].join(' UNION ')}`);
  return { ...ids, session: 'SELECT id FROM concerned_session' };
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
