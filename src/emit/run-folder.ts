import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beijingTime } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import { refuseLink } from '../disk/folders.js';
import { sha256OfFile } from '../disk/pieces.js';
import type { Row, Warehouse } from '../engine/duckdb/warehouse.js';
import { sqlFile } from '../program/sql-files.js';
import type { Policy } from '../programmes/interface/policy.js';
import type { Programme } from '../programmes/interface/programme.js';
import { say } from '../words/say.js';
import { type InputEntry, type Manifest, manifestText, sha256 } from './manifest.js';
import { abandon, openStage, publish } from './publish.js';
import { Sharing } from './sharing.js';
import { emitMacros, writeStatements, writeTables } from './tables.js';

/** What a run folder is made of besides the warehouse's tables. */
export interface RunFolder {
  programme: Programme;
  policy: Policy;
  /** `<out>/<policy id>` */
  policyDir: string;
  policyBytes: Uint8Array;
  statements: boolean;
  /** A table of more rows is written by ranges of anchors. */
  rangeRows: number;
  /** The folder of a run that has files in common with this one; what is byte for byte the same takes no room again. */
  shareWith: string | undefined;
  /** All of the manifest that is known before anything is written. */
  head: Pick<
    Manifest,
    'run_id' | 'program' | 'policy' | 'programme' | 'period' | 'as_of' | 'restates' | 'severities' | 'started_at'
  >;
  /** What computed it, with its version. */
  database: string;
  /** Milliseconds since 1970; an argument, so that a test can stop the clock. */
  clock: () => number;
  progress: (phase: 'write' | 'statements' | 'publish', step: string, done: number, total: number) => void;
  /** Called when the staging folder is there, with what takes it away again. */
  onStaged: (abandon: () => void) => void;
}

/** Writes the run folder under another name and publishes it by one rename. */
export async function writeRunFolder(warehouse: Warehouse, run: RunFolder): Promise<Manifest> {
  const runDir = join(run.policyDir, run.head.run_id);
  const stage = openStage(run.policyDir, run.head.run_id);
  run.onStaged(() => abandon(stage));
  const sharing = new Sharing(run.shareWith);
  try {
    await emitMacros(warehouse);
    const outputs = await writeTables(
      warehouse,
      run.programme.outputs,
      stage.dir,
      sharing,
      { restated: run.head.restates !== undefined, policy: run.policy, rangeRows: run.rangeRows },
      (...step) => run.progress('write', ...step),
    );
    const counts = await readTotals(warehouse);
    const { statements, sql } = run.programme;
    if (run.statements && statements !== undefined) {
      mkdirSync(join(stage.dir, 'anchors'), { mode: 0o755 });
      const size = { total: Number(counts.anchors), rangeRows: run.rangeRows };
      outputs.push(
        await writeStatements(warehouse, statements, stage.dir, sharing, size, (...step) =>
          run.progress('statements', ...step),
        ),
      );
    }
    sharing.write(join(stage.dir, 'policy.yaml'), 'policy.yaml', run.policyBytes);
    const { started_at, severities, ...head } = run.head;
    const text = manifestText({
      ...head,
      inputs: await readInputs(warehouse),
      outputs: outputs.sort((a, b) => (a.file < b.file ? -1 : 1)),
      accounting: numbers(await warehouse.one('SELECT * FROM run_accounting')) as Manifest['accounting'],
      totals: counts,
      notices: await countNotices(warehouse),
      ...(severities === undefined ? {} : { severities }),
      warnings: (await warehouse.rows(sqlFile(sql.warnings))).map((row) => row.text as string),
      database: run.database,
      started_at,
      finished_at: beijingTime(run.clock()),
    });
    sharing.write(join(stage.dir, 'manifest.json'), 'manifest.json', text);
    run.progress('publish', '', 0, 0);
    if (!publish(stage, runDir)) {
      abandon(stage);
      return (await readPublished(runDir)) as Manifest;
    }
    return JSON.parse(text) as Manifest;
  } catch (error) {
    abandon(stage);
    throw error;
  }
}

/** The files that stand, in their order. */
async function readInputs(warehouse: Warehouse): Promise<InputEntry[]> {
  const rows =
    await warehouse.rows(`SELECT f.file, f.kind, f.sha256, f.rows, f.reading, coalesce(q.quarantined, 0) AS quarantined
    FROM active_file AS f
    LEFT JOIN (SELECT file_no, count(DISTINCT line) AS quarantined FROM quarantine_line GROUP BY file_no) AS q ON q.file_no = f.file_no
    ORDER BY f.file_no`);
  return rows.map((row) => ({
    file: row.file as string,
    kind: row.kind as string,
    sha256: row.sha256 as string,
    rows: Number(row.rows),
    quarantined: Number(row.quarantined),
    reading: JSON.parse(row.reading as string),
  }));
}

async function countNotices(warehouse: Warehouse): Promise<NonNullable<Manifest['notices']>> {
  const { attention, info } = await warehouse.one(`SELECT count(*) FILTER (severity = 'attention') AS attention,
    count(*) FILTER (severity = 'info') AS info FROM notice`);
  return { attention: Number(attention), info: Number(info) };
}

async function readTotals(warehouse: Warehouse): Promise<Manifest['totals']> {
  const row = await warehouse.one('SELECT * FROM run_total');
  const isCount = (value: string | null): boolean => /^\d+$/.test(value ?? ''); // an amount has its places
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, isCount(value) ? Number(value) : (value as string)]),
  );
}

function numbers(row: Row): Record<string, number> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]));
}

/** Statements are counted, for reading tens of thousands takes as long as writing them; verify reads them. */
function filesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}

/** The manifest of a run that was published before, or undefined; a folder that was changed since is not trusted. */
export async function readPublished(runDir: string): Promise<Manifest | undefined> {
  refuseLink(runDir);
  if (!existsSync(runDir)) return undefined;
  try {
    const text = readFileSync(join(runDir, 'manifest.json'), 'utf8');
    const manifest = JSON.parse(text) as Manifest;
    const [bare] = manifest.finished_at.split('.');
    if (manifestText({ ...manifest, finished_at: bare as string }) !== text) throw new Error('manifest.json');
    for (const { file, sha256, rows } of manifest.outputs) {
      const path = join(runDir, file);
      const same = file.endsWith('/') ? filesBelow(path) === rows : (await sha256OfFile(path)) === sha256;
      if (!same) throw new Error(file);
    }
    if (sha256(readFileSync(join(runDir, 'policy.yaml'))) !== manifest.policy.sha256) throw new Error('policy.yaml');
    return manifest;
  } catch (error) {
    throw new SettleError(
      'machine',
      say('{runDir} is there already, but was changed since it was published ({message})', {
        runDir,
        message: (error as Error).message,
      }),
      {
        file: runDir,
        mend: say('See what with "settle verify", then move the folder away and run again.'),
      },
    );
  }
}
