import { difference } from '../core/money.js';
import type { Manifest } from '../emit/manifest.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { type Acceptance, noticeKey, rowKey } from '../notices/accepted.js';
import type { Notice } from '../notices/notice.js';
import { openOf, type QuarantinedRow } from '../notices/open.js';
import { noticesIn } from '../notices/read-notices.js';
import type { Published } from '../runs/published.js';
import { quarantinedRows } from '../runs/quarantined-rows.js';

/** A notice as a night tells it. */
export interface NightNotice extends Notice {
  /** Nobody is asked about it any more. */
  accepted: boolean;
  /** The run before didn't have it, or had less of it. */
  new: boolean;
}

/** Faults of quarantined rows, by file and code. */
export interface NightFaults {
  file: string;
  code: string;
  /** Rows with that fault; of these, those that nobody has accepted, and those that the run before didn't have. */
  rows: number;
  open: number;
  new: number;
}

/** What a person is to look at of a period that was settled tonight. */
export interface NightTold {
  /** Attention notices of the run. */
  attention: NightNotice[];
  faults: NightFaults[];
  /** By how much the period's total moved since the run before, CNY; null where there is none before. */
  moved: string | null;
}

export const NOTHING_TOLD: NightTold = { attention: [], faults: [], moved: null };

/** Compares a settled period with the run before it, and with what was accepted. */
export async function toldOf(
  warehouse: Warehouse,
  run: Published,
  before: Published | undefined,
  accepted: readonly Acceptance[],
): Promise<NightTold> {
  const rows = await quarantinedRows(warehouse, run.dir, run.manifest);
  return {
    attention: compared(noticesIn(run.dir) ?? [], before === undefined ? [] : (noticesIn(before.dir) ?? []), accepted),
    faults: faultsOf(rows, await rowsBefore(warehouse, before), accepted),
    moved: movedBy(run.manifest, before?.manifest),
  };
}

/** Attention notices, each with whether it is accepted, and whether it is new against those of before. */
export function compared(
  notices: readonly Notice[],
  before: readonly Notice[],
  accepted: readonly Acceptance[],
): NightNotice[] {
  const open = new Set(openOf({ notices, rows: [] }, accepted).notices);
  const counts = new Map(before.map((notice) => [noticeKey({ ...notice, count: null }), notice.count ?? 0]));
  const isNew = (notice: Notice): boolean =>
    (notice.count ?? 0) > (counts.get(noticeKey({ ...notice, count: null })) ?? -1);
  return notices
    .filter(({ severity }) => severity === 'attention')
    .map((notice) => ({ ...notice, accepted: !open.has(notice), new: isNew(notice) }));
}

/** What the run before left out; of one whose files this warehouse doesn't hold nothing is known, and all is new. */
async function rowsBefore(warehouse: Warehouse, before: Published | undefined): Promise<Set<string>> {
  if (before === undefined) return new Set();
  try {
    return new Set((await quarantinedRows(warehouse, before.dir, before.manifest)).map(rowKey));
  } catch {
    return new Set();
  }
}

function faultsOf(
  rows: readonly QuarantinedRow[],
  before: ReadonlySet<string>,
  accepted: readonly Acceptance[],
): NightFaults[] {
  const open = new Set(openOf({ notices: [], rows }, accepted).rows);
  const found = new Map<string, NightFaults & { lines: Set<number> }>();
  for (const row of rows) {
    const key = `${row.file} ${row.code}`;
    const fault = found.get(key) ?? { file: row.file, code: row.code, rows: 0, open: 0, new: 0, lines: new Set() };
    found.set(key, fault);
    if (fault.lines.has(row.line)) continue; // one row may have a fault in several columns
    fault.lines.add(row.line);
    fault.rows += 1;
    if (open.has(row)) fault.open += 1;
    if (!before.has(rowKey(row))) fault.new += 1;
  }
  return [...found.values()].map(({ lines: _lines, ...fault }) => fault);
}

function movedBy({ totals }: Manifest, before: Manifest | undefined): string | null {
  if (totals.total === undefined || before === undefined) return null;
  return difference(String(totals.total), String(before.totals.total));
}

/** How much of a period needs a person: notices and rows that nobody has accepted. */
export function countOpen({ attention, faults }: Pick<NightTold, 'attention' | 'faults'>): number {
  return attention.filter(({ accepted }) => !accepted).length + faults.reduce((sum, { open }) => sum + open, 0);
}
