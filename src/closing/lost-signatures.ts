import { basename, dirname, join } from 'node:path';
import { closeFiles } from '../close/close-file.js';
import { keptSignatures, pathsOf, type Signatures, signaturesIn } from '../close/signatures.js';
import { SettleError } from '../core/errors.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import type { KeptFiles } from '../engine/kept-files.js';
import { say } from '../words/say.js';

/** A file that signs a close and stands in the run folder or in the warehouse alone. */
interface LostSignature {
  /** Below the output folder. */
  path: string;
  lacks: 'file' | 'record';
}

/** What of all signatures stands in one of the two alone; refused (exit 6) where they differ, before anything is written. */
export async function signaturesLost(
  warehouse: Warehouse,
  out: string,
): Promise<{ lost: LostSignature[]; unwritten: { runDir: string; files: Signatures }[] }> {
  if (warehouse.file === ':memory:') return { lost: [], unwritten: [] };
  const kept = await keptSignatures(warehouse);
  const closed = closeFiles(out).map(dirname);
  const there: KeptFiles = new Map(closed.flatMap((runDir) => [...pathsOf(out, runDir, signaturesIn(runDir))]));
  for (const [path, content] of there) if ((kept.get(path) ?? content) !== content) throw otherwise(out, path);
  const unwritten = closed.map((runDir) => ({ runDir, files: keptOf(out, runDir, kept, there) }));
  const lost: LostSignature[] = [
    ...[...kept.keys()].filter((path) => !there.has(path)).map((path) => ({ path, lacks: 'file' as const })),
    ...[...there.keys()].filter((path) => !kept.has(path)).map((path) => ({ path, lacks: 'record' as const })),
  ];
  const isClosed = (path: string): boolean => closed.includes(dirname(join(out, path)));
  return { lost: lost.filter(({ path }) => isClosed(path)), unwritten };
}

function keptOf(out: string, runDir: string, kept: KeptFiles, there: KeptFiles): Signatures {
  const own = [...kept].filter(([path]) => dirname(join(out, path)) === runDir && !there.has(path));
  return new Map(own.map(([path, content]) => [basename(path), content]));
}

function otherwise(out: string, path: string): SettleError {
  return new SettleError(
    'differs',
    say('{path} is one thing in the output folder and another in the warehouse', { path }),
    {
      file: join(out, path),
      mend: say(
        'Put back from a backup whichever of the two was changed. Where that is the file, it can also be moved away and written again: {RESTORE}',
        { RESTORE: 'settle close --restore' },
      ),
    },
  );
}
