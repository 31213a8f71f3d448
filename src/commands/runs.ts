import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Table from 'cli-table3';
import type { Manifest } from '../emit/manifest.js';
import { readable } from '../money.js';
import { printableLine } from '../terminal.js';
import type { Warehouse } from '../warehouse.js';
import type { Context } from './context.js';
import { hold, warehouseFile } from './hold.js';
import type { HoldOptions } from './run-options.js';

/** A run folder that was published. */
export interface PublishedRun {
  run_id: string;
  policy: string;
  period: Manifest['period'];
  as_of: string;
  /** The first load after which exactly its files stood; null where the warehouse has no such load. */
  known_at: { load: number; loaded_at: string } | null;
  totals: Manifest['totals'];
  finished_at: string;
  run_dir: string;
}

/** `settle runs`: the published runs below the output folder, policy by policy, in the order in which they ended. */
export async function runs(
  options: HoldOptions & { out: string },
  context: Context,
): Promise<{ answer: object; text: () => string }> {
  const manifests = manifestsBelow(resolve(options.out));
  const file = warehouseFile(options.warehouse, options.out);
  const loads = existsSync(file) ? await hold(file, [], options, context, ({ warehouse }) => readLoads(warehouse)) : [];
  const all = manifests.map(([dir, manifest]) => asRun(dir, manifest, loads));
  return { answer: { out: options.out, runs: all }, text: () => tableOf(all) };
}

/** Run folders that hold a manifest; what else lies there isn't a run. */
function manifestsBelow(out: string): [string, Manifest][] {
  const found: [string, Manifest][] = [];
  for (const policy of foldersIn(out)) {
    for (const run of foldersIn(join(out, policy))) {
      const dir = join(out, policy, run);
      const manifest = manifestIn(dir);
      if (manifest?.run_id === run) found.push([dir, manifest]);
    }
  }
  const key = ([, { policy, finished_at, run_id }]: [string, Manifest]): string =>
    `${policy.id} ${finished_at} ${run_id}`;
  return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
}

function manifestIn(dir: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

/** A load and the files that stood after it, in their order. */
interface Load {
  load: number;
  loaded_at: string;
  standing: string;
}

async function readLoads(warehouse: Warehouse): Promise<Load[]> {
  const rows =
    await warehouse.rows(`SELECT l.load_no, l.loaded_at, string_agg(f.sha256 || ' ' || f.file, chr(10) ORDER BY f.file_no) AS standing
    FROM load AS l
    JOIN export_file AS f ON f.load_no <= l.load_no AND (f.replaced_by_load IS NULL OR f.replaced_by_load > l.load_no)
    GROUP BY l.load_no, l.loaded_at ORDER BY l.load_no`);
  return rows.map(({ load_no, loaded_at, standing }) => ({
    load: Number(load_no),
    loaded_at: loaded_at as string,
    standing: standing as string,
  }));
}

function asRun(dir: string, manifest: Manifest, loads: readonly Load[]): PublishedRun {
  const { run_id, policy, period, as_of, inputs, totals, finished_at } = manifest;
  const standing = inputs.map(({ file, sha256 }) => `${sha256} ${file}`).join('\n');
  const known = loads.find((load) => load.standing === standing);
  return {
    run_id,
    policy: policy.id,
    period,
    as_of,
    known_at: known === undefined ? null : { load: known.load, loaded_at: known.loaded_at },
    totals,
    finished_at: finished_at.slice(0, 19),
    run_dir: dir,
  };
}

function tableOf(all: readonly PublishedRun[]): string {
  if (all.length === 0) return 'No run was published here.\n';
  const table = new Table({
    head: ['policy', 'run', 'as of', 'known at', 'anchors', 'total, CNY', 'finished'],
    colAligns: ['left', 'left', 'left', 'left', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const { policy, run_id, as_of, known_at, totals, finished_at } of all) {
    const known = known_at === null ? '' : `load ${known_at.load}`;
    table.push([
      printableLine(policy),
      printableLine(run_id),
      printableLine(as_of),
      known,
      readable(String(totals.anchors)),
      readable(String(totals.total)),
      printableLine(finished_at),
    ]);
  }
  return `${table.toString()}\n`;
}
