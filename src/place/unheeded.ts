import { join } from 'node:path';
import { identifier, literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { fileOf } from '../engine/run-table.js';
import type { Notice } from '../notices/notice.js';
import { asNotice } from '../notices/place-notices.js';
import { loadPolicy } from '../policy/load-policy.js';
import { writePolicyTables } from '../policy/tables.js';
import type { Policy } from '../programmes/interface/policy.js';
import { programmeFor } from '../programmes/registry.js';
import { NOTHING_PINNED } from '../rules/pinned.js';
import { makeStep, stepsIn } from '../rules/rules.js';
import { lastKnownLoad } from '../runs/known-at.js';
import type { Published } from '../runs/published.js';

/**
 * What other programmes found and a run's policy doesn't ask for, though its figures would be others. Which exports a policy
 * doesn't ask for is no part of its run, so that this is told of the place. `scratch` is a folder of the command's own.
 */
export async function unheededBy(
  warehouse: Warehouse,
  { dir, manifest }: Published,
  scratch: string,
): Promise<Notice[]> {
  const { policy } = await loadPolicy(join(dir, 'policy.yaml'));
  const { unheeded } = programmeFor(policy).sql;
  if (unheeded === undefined || !(await standsSome(warehouse, unheeded.of.name))) return [];
  const knownLoad = await lastKnownLoad(warehouse, undefined);
  await writePolicyTables(warehouse, policy, { asOf: manifest.as_of, knownLoad, pinned: NOTHING_PINNED });
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE looked_run AS SELECT ${literal(policy.id)} AS policy_id`);
  for (const name of unheeded.reads) {
    const table = fileOf(dir, `${name}.csv`, join(scratch, `looked-${name}.csv`));
    await warehouse.run(`CREATE OR REPLACE TEMP TABLE ${identifier(`run_${name}`)} AS SELECT * FROM ${table}`);
  }
  for (const step of stepsIn(unheeded.steps)) await makeStep(warehouse, step);
  const columns = 'code, severity, file, subject, count, value, message';
  return (await warehouse.rows(`SELECT ${columns} FROM unheeded ORDER BY code, file, subject, value`)).map(asNotice);
}

/** The codes that such notices of a policy have. */
export function unheededCodes(policy: Policy): readonly string[] {
  return programmeFor(policy).sql.unheeded?.codes ?? [];
}

/** Whether a notice, whose subject begins with a policy, is of this one. */
export function isOfPolicy({ subject }: Notice, id: string): boolean {
  return subject.split(';')[0] === id;
}

/** Whether any row of a kind of export stands. */
async function standsSome(warehouse: Warehouse, kind: string): Promise<boolean> {
  const rows = await warehouse.count(
    `SELECT coalesce(sum(rows), 0) FROM export_file WHERE kind = ${literal(kind)} AND replaced_by_load IS NULL`,
  );
  return rows > 0;
}
