import { IN_WAREHOUSE } from '../engine/duckdb/engine.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import type { Engine, OnRelation, Relation } from '../engine/engine.js';
import { sqlFile, sqlFilesIn } from '../program/sql-files.js';
import type { Programme } from '../programmes/interface/programme.js';
import { bringBackFor } from './bring-back.js';

/** What the header of a rule or settlement file says; the SELECT below it makes the relation that it writes. */
export type Step = Relation;

/** The steps that need no programme: rows that stand, and what faulty ones show of their cause. */
export const SHARED: Pick<Programme, 'sql'> = {
  sql: {
    settlement: ['staging', 'quarantine'],
    inWarehouse: ['staging', 'quarantine'],
    since: [],
    comparison: [],
    audits: [],
    warnings: '',
  },
};

/** Every file of a programme's settlement with a `writes:` header, in an order in which each finds what it reads. */
export function readSteps({ sql }: Pick<Programme, 'sql'>): Step[] {
  return stepsIn(sql.settlement);
}

/**
 * The same of any folders, and of steps that follow from a declaration. A step that writes what one of a folder before it
 * writes stands in its place: so a programme does in its own way what is shared.
 */
export function stepsIn(folders: readonly string[], derived: readonly string[] = []): Step[] {
  const files = folders.flatMap(sqlFilesIn).map((path) => ({ path, sql: sqlFile(path) }));
  const steps = [...files, ...derived.map((sql, at) => ({ path: `derived step ${at}`, sql }))]
    .filter(({ sql }) => /^-- .*\bwrites:/m.test(sql))
    .map(({ path, sql }) => parseStep(path, sql));
  return inOrder([...new Map(steps.map((step) => [step.writes, step])).values()]);
}

/** Reads a file's header (sql/README.md). */
export function parseStep(path: string, sql: string): Step {
  const header = /^-- reads: (.*?)\s+writes: (\w+) \((table|view)\)$/m.exec(sql);
  if (header === null) throw new Error(`${path}: no line "-- reads: … writes: … (table|view)"`);
  const [, reads = '', writes = '', kept] = header;
  const name = /^-- rule: (\w+)/m.exec(sql)?.[1] ?? writes;
  return { path, name, reads: reads.split(', '), writes, kept: kept as Step['kept'], sql };
}

/** Readers after writers; files that don't depend on each other stay in the order of their names. */
function inOrder(steps: readonly Step[]): Step[] {
  const written = new Map(steps.map((step) => [step.writes, step]));
  const ordered: Step[] = [];
  const visit = (step: Step, path: Step[]): void => {
    if (ordered.includes(step)) return;
    if (path.includes(step))
      throw new Error(`${step.path} reads what it writes, by way of ${path.map(({ writes }) => writes).join(', ')}`);
    for (const name of step.reads) {
      const writer = written.get(name);
      if (writer !== undefined) visit(writer, [...path, step]);
    }
    ordered.push(step);
  };
  for (const step of steps) visit(step, []);
  return ordered;
}

/** SQL that makes a step's relation, for this connection alone: the warehouse keeps rows as read and no result. */
export function statement({ kept, writes, sql }: Step): string {
  return `CREATE OR REPLACE TEMP ${kept.toUpperCase()} ${writes} AS ${sql}`;
}

/** Makes a step's relation; of one that says which files count, their rows are there then. */
export async function makeStep(warehouse: Warehouse, step: Step): Promise<void> {
  await warehouse.run(statement(step));
  await bringBackFor(warehouse, step.writes);
}

/** A file that stands, as a run id knows it. */
export interface StandingFile {
  file: string;
  sha256: string;
  reading: string;
  /** Rows that were withdrawn where it came with fewer keys than the file that it replaced; null where it did not. */
  shrank: string | null;
}

/** The files that stand, in their order; the step that says which they are needs the policy's tables alone. */
export async function standingFiles(warehouse: Warehouse): Promise<StandingFile[]> {
  const step = readSteps(SHARED).find(({ writes }) => writes === 'active_file') as Step;
  await makeStep(warehouse, step);
  const rows = await warehouse.rows(`SELECT f.file, f.sha256, f.reading, s.cells AS shrank FROM active_file AS f
    LEFT JOIN file_seen AS s ON s.file_no = f.file_no AND s.what = 'shrank' ORDER BY f.file_no`);
  return rows as unknown as StandingFile[];
}

/** A part of the settlement: what is wanted of it, and the relations that are there already and aren't made again. */
export interface WantedPart {
  wanted: readonly string[];
  given: readonly string[];
}

/** The steps that a part takes, in their order. */
export function stepsOf({ wanted, given }: WantedPart, steps: readonly Step[]): Step[] {
  const needed = new Set(wanted);
  const taken = steps.toReversed().filter(({ writes, reads }) => {
    if (!needed.has(writes) || given.includes(writes)) return false;
    for (const name of reads) needed.add(name);
    return true;
  });
  return taken.toReversed();
}

/** Computes the settlement, or a part of it, from the warehouse and the policy's tables; in the warehouse, where no other engine is given. */
export async function runRules(
  warehouse: Warehouse,
  programme: Pick<Programme, 'sql'>,
  onStep: OnRelation,
  part?: WantedPart,
  engine: Engine = IN_WAREHOUSE,
): Promise<void> {
  const all = readSteps(programme);
  const steps = part === undefined ? all : stepsOf(part, all);
  await dropOtherKinds(warehouse, steps);
  await engine.make(steps, (step) => makeStep(warehouse, step), onStep);
}

/** What another programme kept as a view where this one keeps a table, or the other way round, makes room under its name. */
async function dropOtherKinds(warehouse: Warehouse, steps: readonly Step[]): Promise<void> {
  const there = await warehouse.rows(`SELECT table_name AS name, 'table' AS kept FROM duckdb_tables() WHERE temporary
    UNION ALL SELECT view_name, 'view' FROM duckdb_views() WHERE temporary`);
  const kinds = new Map(there.map(({ name, kept }) => [name, kept]));
  for (const { writes, kept } of steps) {
    const other = kinds.get(writes);
    if (other != null && other !== kept) await warehouse.run(`DROP ${other.toUpperCase()} temp.main.${writes}`);
  }
}
