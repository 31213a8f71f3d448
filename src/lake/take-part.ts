import { readFileSync, writeFileSync } from 'node:fs';
import type { ExportFile } from '../load/folder.js';
import { changed, sharedStampOf } from '../load/known/stamp.js';
import type { Bench } from './bench.js';
import type { LakeHistory } from './lake.js';
import { land } from './land.js';
import { publishOnce, readRecord } from './once.js';
import type { Planned } from './plan.js';
import type { End, Go, Landed } from './records.js';
import type { Worker } from './workers.js';

/** How often a process that has nothing left to take looks whether the others are through. */
const LOOK_MS = 200;

/** What a process tells while it takes part. */
export interface Watching {
  clock: () => number;
  onFile: (done: number, total: number, name: string) => void;
  onSignal: (undo: () => void) => void;
}

/** A go that this process takes part in, and its files as they lie here. */
export interface Joined extends Planned {
  worker: Worker;
}

/**
 * Takes files of a go until all have landed, by this process and others, and says how it has ended. What a process that is
 * gone had begun is begun again; a file that two have loaded has landed once.
 */
export async function takePart(
  bench: Bench,
  { go, files, worker }: Joined,
  { loads }: Pick<LakeHistory, 'loads'>,
  { clock, onFile, onSignal }: Watching,
): Promise<End> {
  const { lake } = bench;
  const done = new Map<number, Landed>();
  worker.begin();
  onSignal(() => worker.end());
  try {
    for (;;) {
      const end = lake.endOf(go.go);
      if (end !== undefined) return end;
      const left = go.files.flatMap((listed, at) =>
        hasLanded(bench, go, at, done) ? [] : [{ listed, at, file: files[at] as ExportFile }],
      );
      if (left.length === 0) return lake.end(go.go, endOfAll(done, go, files, loads, clock()));
      const next = left.find(({ at }) => claim(lake.claimFile(go.go, at), worker));
      onFile(go.files.length - left.length, go.files.length, (next ?? left[0])?.listed.name ?? '');
      if (next === undefined) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      else {
        const landed = await land(bench, next.file, next.listed, go, clock());
        tell(bench, go, next.at, landed);
      }
    }
  } finally {
    worker.end();
  }
}

/** Says what has landed, unless the go has ended meanwhile: then nobody asks. */
function tell({ lake }: Bench, { go }: Go, at: number, landed: Landed): void {
  try {
    publishOnce(lake.landedFolder(go, at), landed);
  } catch (error) {
    if (lake.endOf(go) === undefined) throw error;
  }
}

/** Whether a file has landed; once it is seen it isn't asked for again. */
function hasLanded({ lake }: Bench, { go }: Go, at: number, done: Map<number, Landed>): boolean {
  if (done.has(at)) return true;
  const landed = readRecord<Landed>(lake.landedFolder(go, at));
  if (landed !== undefined) done.set(at, landed);
  return landed !== undefined;
}

/** Whether this process takes a file: nobody has, or whoever had is gone. Should two take it, no harm is done. */
function claim(path: string, worker: Worker): boolean {
  try {
    writeFileSync(path, worker.id, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = readFileSync(path, 'utf8');
  if (holder === '' ? worker.isNew(path) : holder !== worker.id && worker.sees(holder)) return false;
  writeFileSync(path, worker.id);
  return true;
}

/** How a go ends whose files have all landed: counted whole, or not at all where one can't be used. */
function endOfAll(
  done: ReadonlyMap<number, Landed>,
  go: Go,
  files: readonly ExportFile[],
  loads: LakeHistory['loads'],
  now: number,
): End {
  const landed = go.files.map((_, at) => done.get(at) as Landed);
  const faults = landed.flatMap(({ name, ...found }) =>
    found.what === 'unusable' ? [{ name, message: found.message, mend: found.mend }] : [],
  );
  const moved = go.files.flatMap(({ name, stamp }, at) =>
    faults.some((fault) => fault.name === name) || sharedStampOf(files[at]?.path ?? '') === stamp
      ? []
      : [changedFault(name)],
  );
  if (faults.length + moved.length > 0) return { ended: 'void', why: 'unusable', faults: [...faults, ...moved] };
  const loaded = landed.flatMap((found) => (found.what === 'loaded' ? [found.file] : []));
  const last = loads.at(-1);
  return {
    ended: 'counted',
    at: Math.max(now, last?.at ?? 0),
    load: loaded.length === 0 ? null : (last?.load ?? 0) + 1,
    files: loaded,
  };
}

function changedFault(name: string): { name: string; message: string; mend: string | null } {
  const { message, details } = changed(name);
  return { name, message, mend: details.mend ?? null };
}
