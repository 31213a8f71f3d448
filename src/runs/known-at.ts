import { isDate, isTime } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import { readingOf } from '../core/reading.js';
import { isThere } from '../disk/folders.js';
import type { Manifest } from '../emit/manifest.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { PAYEES } from '../programmes/exports/kinds.js';
import { kindsOfRun } from '../programmes/kinds-of-run.js';
import { say } from '../words/say.js';

/** A history is read from a warehouse that is there; none is made for it. */
export function refuseMissing(file: string): void {
  if (isThere(file)) return;
  throw new SettleError('usage', say('there is no warehouse {file}', { file }), {
    file,
    mend: say(
      'Give the warehouse with --warehouse FILE, or the folder of run folders beside it with --out DIR. If it was lost, restore a backup with its .head, or make it again: settle rebuild --input DIR.',
    ),
  });
}

/**
 * The last load that counts: that of the given number, or the last one done by a time (Beijing; a date to its end).
 * Undefined means the last of all; 0 that nothing is loaded.
 */
export async function lastKnownLoad(warehouse: Warehouse, knownAt: string | undefined): Promise<number> {
  const last = await warehouse.count('SELECT coalesce(max(load_no), 0) FROM load');
  if (knownAt === undefined) return last;
  if (/^\d{1,9}$/.test(knownAt)) return loadOfNumber(Number(knownAt), last);
  const until = endOf(knownAt);
  if (!isTime(until)) {
    throw new SettleError(
      'usage',
      say('--known-at {knownAt} is not the number of a load, a date or a time', { knownAt }),
      {
        mend: say(
          'Give a number that settle files shows, a date YYYY-MM-DD (its end counts) or a time "YYYY-MM-DD HH:MM:SS", Beijing.',
        ),
      },
    );
  }
  const found = await warehouse.count(
    `SELECT coalesce(max(load_no), 0) FROM load WHERE loaded_at <= ${literal(until)}`,
  );
  if (found > 0) return found;
  const first = (await warehouse.rows('SELECT loaded_at FROM load WHERE load_no = 1'))[0]?.loaded_at;
  throw new SettleError('usage', say('the warehouse was still empty at {until}', { until }), {
    mend: first == null ? say('Nothing has been loaded yet.') : say('The first load was at {first}.', { first }),
  });
}

/** Until when closes were known: the time that was asked for, or that of the load. */
export async function timeOf(warehouse: Warehouse, load: number, knownAt: string): Promise<string | undefined> {
  if (!/^\d{1,9}$/.test(knownAt)) return endOf(knownAt);
  return (await warehouse.rows(`SELECT loaded_at FROM load WHERE load_no = ${load}`))[0]?.loaded_at ?? undefined;
}

function endOf(time: string): string {
  return isDate(time) ? `${time} 23:59:59` : time.replace('T', ' ');
}

function loadOfNumber(number: number, last: number): number {
  if (number >= 1 && number <= last) return number;
  throw new SettleError('usage', say('there is no load {number}', { number }), {
    mend:
      last === 0
        ? say('Nothing has been loaded yet.')
        : say('Loads are numbered from 1 to {last}. To list them: settle files', { last }),
  });
}

/** What of a run tells which files it was settled from. */
type Looked = Pick<Manifest, 'inputs' | 'outputs'>;

/** A load and the files that stood after it, in their order. */
export interface Load {
  load: number;
  /** Beijing. */
  loaded_at: string;
  files: readonly { kind: string; standing: string }[];
}

export async function readLoads(warehouse: Warehouse): Promise<Load[]> {
  const rows =
    await warehouse.rows(`SELECT l.load_no, l.loaded_at, f.kind, f.sha256 || ' ' || f.reading || ' ' || f.file AS standing
    FROM load AS l
    JOIN export_file AS f ON f.kind <> ${literal(PAYEES.name)} AND f.load_no <= l.load_no AND (f.replaced_by_load IS NULL OR f.replaced_by_load > l.load_no)
    ORDER BY l.load_no, f.file_no`);
  const loads = new Map<number, Load & { files: { kind: string; standing: string }[] }>();
  for (const { load_no, loaded_at, kind, standing } of rows) {
    const load = Number(load_no);
    const known = loads.get(load) ?? { load, loaded_at: loaded_at as string, files: [] };
    loads.set(load, known);
    known.files.push({ kind: kind as string, standing: standing as string });
  }
  return [...loads.values()];
}

/** The first load after which exactly a run's files stood, in their order, among those of the kinds that it looked at. */
export function loadOf(loads: readonly Load[], run: Looked): Load | undefined {
  const kinds = kindsOfRun(run);
  const settled = run.inputs.map((input) => `${input.sha256} ${readingOf(input)} ${input.file}`).join('\n');
  const standing = (load: Load): string => standingOf(load, kinds);
  return (
    loads.find((load) => standing(load) === settled) ?? loads.find((load) => bare(standing(load)) === bare(settled))
  );
}

/** What stood of some kinds, load by load: many runs are asked for. */
const stood = new WeakMap<Load, Map<string, string>>();

function standingOf(load: Load, kinds: ReadonlySet<string>): string {
  const known = stood.get(load) ?? new Map<string, string>();
  stood.set(load, known);
  const key = [...kinds].join();
  const found =
    known.get(key) ?? load.files.flatMap(({ kind, standing }) => (kinds.has(kind) ? standing : [])).join('\n');
  known.set(key, found);
  return found;
}

/** Files by name and content alone: of a warehouse that a later reader has made again. */
function bare(standing: string): string {
  return standing.replace(/^(\w+) \{(?:"(?:[^"\\]|\\.)*"|[^"])*?\} /gm, '$1 '); // names of columns may hold what ends it
}

/** The number of that load; a run of other files can't be settled again from this warehouse. */
export async function loadThatKnew(warehouse: Warehouse, run: Looked): Promise<number> {
  if (run.inputs.length === 0) return 0;
  const found = loadOf(await readLoads(warehouse), run);
  if (found !== undefined) return found.load;
  throw new SettleError(
    'differs',
    say('{file} does not hold the files that this run was settled from', { file: warehouse.file }),
    {
      file: warehouse.file,
      mend: say('Give the warehouse that the run was settled from: --warehouse FILE'),
    },
  );
}
