import type { BeijingDate } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import { readingOf, type SettledFile } from '../core/reading.js';
import { literal, type Row, type Warehouse } from '../engine/duckdb/warehouse.js';
import { writePolicyTables } from '../policy/tables.js';
import { PAYEES } from '../programmes/exports/kinds.js';
import type { Policy } from '../programmes/interface/policy.js';
import { programmeFor } from '../programmes/registry.js';
import { bringBackFor } from '../rules/bring-back.js';
import type { Pinned } from '../rules/pinned.js';
import { runRules } from '../rules/rules.js';
import { say } from '../words/say.js';
import { relationsOf } from './relations.js';

/** One of two settlements that are compared: the files that count, the policy, how far, and whose agencies stand. */
export interface Side {
  /** Numbers of the warehouse's files, in the order in which they stand. */
  files: readonly number[];
  policy: Policy;
  /** E. */
  asOf: BeijingDate;
  pinned: Pinned;
}

export type SideName = 'a' | 'b';

export type OnStep = (name: string, done: number, total: number) => void;

/** Keeps the rows that a side settles as `a_…` or `b_…`. */
export async function keepSide(warehouse: Warehouse, name: SideName, side: Side, onStep: OnStep): Promise<void> {
  const { policy, asOf, pinned } = side;
  const programme = programmeFor(policy);
  const { kept } = relationsOf(programme);
  await writePolicyTables(warehouse, policy, { asOf, pinned, knownLoad: 0 }); // the files are given
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE active_file AS
    SELECT f.file_no, f.file, f.kind, f.sha256, f.rows, f.columns, f.unknown_columns, f.reading
    FROM export_file AS f WHERE f.file_no IN (SELECT unnest(${listOf(side.files)}))`);
  await bringBackFor(warehouse, 'active_file');
  await runRules(warehouse, programme, onStep, { wanted: kept, given: ['active_file'] });
  for (const relation of kept)
    await warehouse.run(`CREATE OR REPLACE TEMP TABLE ${name}_${relation} AS FROM ${relation}`);
}

function listOf(numbers: readonly number[]): string {
  return `CAST([${numbers.join(', ')}] AS INTEGER[])`;
}

/** The files that stand after a load and that are settled. */
export async function filesAfter(warehouse: Warehouse, load: number): Promise<number[]> {
  const rows = await warehouse.rows(`SELECT file_no FROM export_file
    WHERE kind <> ${literal(PAYEES.name)} AND load_no <= ${load} AND (replaced_by_load IS NULL OR replaced_by_load > ${load}) ORDER BY file_no`);
  return rows.map(({ file_no }) => Number(file_no));
}

/**
 * The warehouse's files that a run settled: the same contents, in the same order, read as they were for it; where the
 * warehouse was made again by a later reader, read by that. A warehouse without them can't tell.
 */
export async function filesOf(warehouse: Warehouse, inputs: readonly SettledFile[]): Promise<number[]> {
  const held = await warehouse.rows('SELECT file_no, file, sha256, reading FROM export_file ORDER BY file_no');
  const found = findInOrder(held, inputs, true) ?? findInOrder(held, inputs, false);
  if (found !== undefined) return found;
  const missing = inputs.find(({ file, sha256 }) => !held.some((row) => row.file === file && row.sha256 === sha256));
  throw unknown(warehouse, missing?.file ?? (inputs[0]?.file as string));
}

function findInOrder(held: readonly Row[], inputs: readonly SettledFile[], alike: boolean): number[] | undefined {
  const found: number[] = [];
  let at = 0;
  for (const input of inputs) {
    const same = ({ file, sha256, reading }: Row): boolean =>
      file === input.file && sha256 === input.sha256 && (!alike || reading === readingOf(input));
    while (at < held.length && !same(held[at] as Row)) at += 1;
    if (at === held.length) return undefined;
    found.push(Number(held[at]?.file_no));
    at += 1;
  }
  return found;
}

function unknown(warehouse: Warehouse, file: string): SettleError {
  return new SettleError(
    'differs',
    say('{file} does not hold the files that the run was settled from: {export}', {
      file: warehouse.file,
      export: file,
    }),
    {
      file: warehouse.file,
      mend: say(
        'Give the warehouse that the run was settled from: --warehouse FILE. One that was made again must have loaded the files in the same order.',
      ),
    },
  );
}
