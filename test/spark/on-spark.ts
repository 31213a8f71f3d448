import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import type { SparkSettings } from '../../src/engine/spark/settings.js';
import type { RunOptions } from '../../src/settings/run-options.js';
import { contentOf, filesIn, settle, workspace } from '../support/workspace.js';

/** Settlements on the cluster that test/spark/start.ts has started, beside the same ones in the warehouse. */

export const CONNECT = inject('connect');
/** For `describe.skipIf`: there is no cluster, and the start has said why. */
export const NO_CLUSTER = CONNECT === '';
/** Whether everything is tried. */
export const ALL = process.env.SPARK_ALL === '1';

export function sparkIn(folder: string, more: Partial<SparkSettings> = {}): SparkSettings {
  const lake = join(process.env.SPARK_LAKE ?? folder, 'lake');
  return { connect: CONNECT, lake, databasePrefix: 'settle_test_', patience: 120, ...more };
}

/** A run folder's files; of the manifest, all but the times and the engine. */
export function publishedIn(runDir: string): Record<string, string> {
  const files = filesIn(runDir).filter((file) => file !== 'manifest.json');
  const manifest = JSON.parse(readFileSync(join(runDir, 'manifest.json'), 'utf8')) as Record<string, unknown>;
  const same = { ...manifest, started_at: '', finished_at: '', database: '' };
  return { ...contentOf(runDir, files), 'manifest.json': JSON.stringify(same, null, 2) };
}

/** Settles in the warehouse and on Spark: the same id, the same exit code and the same bytes. */
export async function expectSame(options: Pick<RunOptions, 'policy' | 'input'> & Partial<RunOptions>): Promise<string> {
  const folder = workspace();
  const here = await settle({ ...options, out: join(folder, 'here') });
  const there = await settle({ ...options, out: join(folder, 'there'), engine: 'spark', spark: sparkIn(folder) });
  expect(there.manifest.database).toMatch(/^Spark 4\.\d/);
  expect(here.manifest.database).toMatch(/^DuckDB/);
  expect(there.exit).toBe(here.exit);
  expect(publishedIn(there.runDir)).toEqual(publishedIn(here.runDir));
  expect(filesIn(join(sparkIn(folder).lake, 'runs'))).toEqual([]);
  return there.runDir;
}
