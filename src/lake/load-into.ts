import { SettleError } from '../core/errors.js';
import { unusableTogether } from '../load/unusable.js';
import type { Bench } from './bench.js';
import { lakeHeld } from './failures.js';
import type { LakeHistory } from './lake.js';
import { type IntoLakeOptions, isSameWork, type Planned, plannedGo } from './plan.js';
import type { Go, LakeFile, Void } from './records.js';
import { type Joined, takePart, type Watching } from './take-part.js';
import { anybodyIn, Worker } from './workers.js';

/** What a load into a lake has done. */
export interface IntoLake {
  /** The number of the load; null where nothing was new. */
  load: number | null;
  /** What was new, in its order, and whether it takes the place of a file of that name. */
  files: (LakeFile & { replaced: boolean })[];
  /** Exports that the lake held already. */
  known: number;
  /** Entries of the folder that are no exports. */
  others: string[];
}

const LOOK_MS = 300;
/** How often a go is begun anew that others took for left. */
const ATTEMPTS = 5;

/**
 * Loads what a lake doesn't hold yet, together with all processes that load the same folder at the same time. One go is
 * under way at a time: another's that isn't the same work is waited for until `until` (milliseconds since 1970), and ended
 * as void where nobody works on it any more; what it had loaded is there for the next one.
 */
export async function loadIntoLake(
  bench: Bench,
  options: IntoLakeOptions,
  until: number,
  watching: Watching,
): Promise<IntoLake> {
  for (let voided = 0; voided < ATTEMPTS; ) {
    const history = bench.lake.history();
    const planned = await plannedGo(bench, history, options);
    if (planned.go.files.length === 0) return nothingNew(planned);
    const joined = await beginOrJoin(bench, planned, history, until, watching);
    if (joined === undefined) continue;
    const end = await takePart(bench, joined, history, watching);
    if (end.ended === 'counted') return counted(joined, end, history);
    if (end.why === 'unusable') throw await unusable(end);
    voided += 1;
  }
  throw lakeHeld(bench.lake.folder, options.folder);
}

/** Registers the go, or takes up the open one where it is the same work; undefined where one has to look again. */
async function beginOrJoin(
  { lake }: Bench,
  planned: Planned,
  { open }: LakeHistory,
  until: number,
  { clock, onFile }: Watching,
): Promise<Joined | undefined> {
  const workerOf = ({ go }: Go): Worker => new Worker(lake.workersFolder(go));
  if (open === undefined) {
    const worker = workerOf(planned.go);
    const go = lake.register(planned.go, (folder) => worker.sign(folder));
    return isSameWork(go, planned.go) ? { ...planned, go, worker } : undefined;
  }
  if (isSameWork(open, planned.go)) return { ...planned, go: open, worker: workerOf(open) };
  if (!anybodyIn(lake.workersFolder(open.go))) {
    lake.end(open.go, { ended: 'void', why: 'left', faults: [] });
    return undefined;
  }
  if (clock() >= until) throw lakeHeld(lake.folder, open.folder);
  onFile(0, 0, open.folder);
  await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  return undefined;
}

function nothingNew({ go }: Planned): IntoLake {
  return { load: null, files: [], known: go.known, others: go.others };
}

function counted(
  { go }: Planned,
  { load, files }: { load: number | null; files: LakeFile[] },
  { loads }: LakeHistory,
): IntoLake {
  const before = new Set(loads.flatMap((each) => each.files.map(({ name }) => name)));
  return {
    load,
    files: files.map((file) => ({ ...file, replaced: before.has(file.name) })),
    known: go.known + go.files.length - files.length,
    others: go.others,
  };
}

/** What is thrown of files that can't be used: each as the process said it that met it. */
async function unusable({ faults }: Void): Promise<unknown> {
  const failures = faults.map(
    ({ name, message, mend }) => new SettleError('input', message, { file: name, mend: mend ?? undefined }),
  );
  return unusableTogether(failures[0], async () => failures);
}
