import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SettleError } from '../core/errors.js';
import { writeWhole } from '../disk/writing.js';
import type { Row, Value, Warehouse } from '../engine/duckdb/warehouse.js';
import { insertRows } from '../engine/table.js';
import { say } from '../words/say.js';
import type { Notice } from './notice.js';

/** What a person accepted at one time: it is still told of, but asked about no more. */
export interface Acceptance {
  /** Beijing. */
  accepted_at: string;
  accepted_by: string;
  note: string;
  /** The run whose notices and rows they were; null: notices of the place. */
  run_id: string | null;
  notices: AcceptedNotice[];
  rows: AcceptedRow[];
}

/** A notice by what it says; of fewer of the same nobody is asked again. */
export type AcceptedNotice = Pick<Notice, 'code' | 'file' | 'subject' | 'count' | 'value'>;

/** A fault of a quarantined row by what the row holds, in whatever file and line it comes again. */
export interface AcceptedRow {
  kind: string;
  code: string;
  /** Blank where the fault is the whole row's. */
  column: string;
  /** The sha256 of the record's cells. */
  record: string;
}

/** Beside the runs; the warehouse holds the same. */
export const ACCEPTED = 'accepted.json';

const TEXT = z.string();
const NOTICE = z.object({ code: TEXT, file: TEXT, subject: TEXT, count: z.int().nullable(), value: TEXT });
const ROW = z.object({ kind: TEXT, code: TEXT, column: TEXT, record: TEXT });
const SHAPE = z.object({
  acceptances: z.array(
    z.object({
      ...{ accepted_at: TEXT, accepted_by: TEXT, note: TEXT, run_id: TEXT.nullable() },
      ...{ notices: z.array(NOTICE), rows: z.array(ROW) },
    }),
  ),
});

/** All that was accepted, by the warehouse and the file beside the runs: what one of them has lost, the other has. */
export async function readAccepted(warehouse: Warehouse, out: string): Promise<Acceptance[]> {
  const held = await ofWarehouse(warehouse);
  const known = new Set(held.map(keyOf));
  return [...held, ...ofFile(out).filter((each) => !known.has(keyOf(each)))].sort((a, b) =>
    a.accepted_at < b.accepted_at ? -1 : a.accepted_at > b.accepted_at ? 1 : 0,
  );
}

function keyOf(acceptance: Acceptance): string {
  const { accepted_at, accepted_by, note, run_id, notices, rows } = acceptance;
  const lines = [...notices.map(noticeKey), ...rows.map(rowKey)].sort();
  return JSON.stringify([accepted_at, accepted_by, note, run_id, lines]);
}

export function noticeKey({ code, file, subject, count, value }: AcceptedNotice): string {
  return JSON.stringify([code, file, subject, count, value]);
}

export function rowKey({ kind, code, column, record }: AcceptedRow): string {
  return [kind, code, column, record].join(' ');
}

function ofFile(out: string): Acceptance[] {
  const path = join(out, ACCEPTED);
  if (!existsSync(path)) return [];
  try {
    return SHAPE.parse(JSON.parse(readFileSync(path, 'utf8'))).acceptances;
  } catch (error) {
    throw new SettleError(
      'differs',
      say("{path} can't be read", { path }),
      { file: path, mend: say('Restore it from a copy, or remove it: the warehouse holds what was accepted.') },
      { cause: error },
    );
  }
}

async function ofWarehouse(warehouse: Warehouse): Promise<Acceptance[]> {
  const heads = await warehouse.rows('SELECT * FROM acceptance ORDER BY acceptance_no');
  const notices = await warehouse.rows('SELECT * FROM accepted_notice ORDER BY code, file, subject, value, count');
  const rows = await warehouse.rows('SELECT * FROM accepted_row ORDER BY kind, code, column_name, record');
  const of = (all: readonly Row[], { acceptance_no }: Row): Record<string, string>[] =>
    all.filter((row) => row.acceptance_no === acceptance_no) as Record<string, string>[];
  return heads.map((head) => ({
    accepted_at: head.accepted_at as string,
    accepted_by: head.accepted_by as string,
    note: head.note as string,
    run_id: head.run_id as string | null,
    notices: of(notices, head).map(({ code = '', file = '', subject = '', count, value = '' }) => ({
      ...{ code, file, subject, value },
      count: count === null ? null : Number(count),
    })),
    rows: of(rows, head).map(({ kind = '', code = '', column_name: column = '', record = '' }) => ({
      ...{ kind, code, column, record },
    })),
  }));
}

/** Adds to what the warehouse holds, in the open transaction: what is new, and what only the file had. */
export async function holdAccepted(warehouse: Warehouse, all: readonly Acceptance[]): Promise<void> {
  const known = new Set((await ofWarehouse(warehouse)).map(keyOf));
  let no = await warehouse.count('SELECT coalesce(max(acceptance_no), 0) FROM acceptance');
  for (const each of all.filter((acceptance) => !known.has(keyOf(acceptance)))) {
    no += 1;
    const { accepted_at, accepted_by, note, run_id, notices, rows } = each;
    await insert(warehouse, 'acceptance', [{ acceptance_no: no, accepted_at, accepted_by, note, run_id }]);
    await insert(
      warehouse,
      'accepted_notice',
      notices.map(({ code, file, subject, count, value }) => ({
        ...{ acceptance_no: no, code, file, subject, count, value },
      })),
    );
    await insert(
      warehouse,
      'accepted_row',
      rows.map(({ kind, code, column, record }) => ({ acceptance_no: no, kind, code, column_name: column, record })),
    );
  }
}

const ROWS_A_STATEMENT = 1000;

async function insert(warehouse: Warehouse, into: string, rows: Record<string, Value>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT)
    await warehouse.run(insertRows(into, rows.slice(at, at + ROWS_A_STATEMENT)));
}

/** Writes the file beside the runs, whole. */
export function writeAccepted(out: string, acceptances: readonly Acceptance[]): void {
  writeWhole(join(out, ACCEPTED), `${JSON.stringify({ acceptances }, null, 2)}\n`);
}
