import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CLOSE, type FoundClose } from '../close/close-file.js';
import type { Context } from '../context/context.js';
import { SettleError } from '../core/errors.js';
import { isSamePeriod } from '../core/programme.js';
import { isOutdated, readingOf } from '../core/reading.js';
import type { Manifest } from '../emit/manifest.js';
import { readPublished } from '../emit/run-folder.js';
import { loweredIn } from '../notices/notice.js';
import { isThisProgram } from '../program/version.js';
import { loadThatKnew } from '../runs/known-at.js';
import { planOf } from '../settle/plan.js';
import { settlePeriod } from '../settle/settle-period.js';
import type { Held } from '../warehouse/hold.js';
import { say } from '../words/say.js';

/** A closed run that was settled again, and the files that came out otherwise. */
export interface RebuiltClose {
  run_id: string;
  policy: string;
  files: string[];
  /** Why it may: it was settled by another build, or files were read by an older reader. */
  excused: 'program' | 'reader' | null;
}

/** They are made of words, which other builds say otherwise, and of what an older reader didn't keep. */
const WORDS = ['notices.csv', 'quarantine.csv', 'unsettled.csv'];

/**
 * Settles every closed run again, from the first close to the last, as it was known then, in a folder that begins empty
 * and holds the closes before it. `onSettled` is called with each close that has been settled again. Nothing is published.
 * Refused where a file isn't what was closed, and neither the program nor the reader is another.
 */
export async function settleClosedAgain(
  held: Held,
  closes: readonly FoundClose[],
  shadow: string,
  context: Context,
  onSettled: (found: FoundClose) => Promise<void>,
): Promise<RebuiltClose[]> {
  const all: RebuiltClose[] = [];
  for (const [at, found] of closes.entries()) {
    const dir = dirname(found.path);
    const manifest = await readPublished(dir);
    if (manifest === undefined) throw new Error(`${dir} is gone`);
    const again = await settleAgain(held, dir, manifest, shadow, context);
    if (again.files.length > 0 && again.excused === null) throw otherwise(dir, again);
    all.push(again);
    const isRestated = closes.slice(at + 1).some(({ close }) => isSamePeriod(close, found.close));
    putClosed(dir, shadow, isRestated);
    await onSettled(found);
  }
  return all;
}

async function settleAgain(
  held: Held,
  dir: string,
  manifest: Manifest,
  shadow: string,
  context: Context,
): Promise<RebuiltClose> {
  const statements = manifest.outputs.some(({ file }) => file === 'anchors/');
  const plan = await planOf(
    {
      ...{ policy: join(dir, 'policy.yaml'), out: shadow, asOf: manifest.as_of },
      ...{ strict: false, statements, lowered: loweredIn(manifest) },
      transfer: manifest.restates?.transfer,
    },
    manifest.started_at,
  );
  const load = await loadThatKnew(held.warehouse, manifest);
  const { manifest: made, runDir } = await settlePeriod(held, plan, { load, until: undefined }, context);
  rmSync(runDir, { recursive: true });
  const isOlder = manifest.inputs.some((input) => isOutdated(readingOf(input)));
  const differing = manifest.outputs.filter(({ file, sha256, rows }) => {
    const now = made.outputs.find((output) => output.file === file);
    return now?.sha256 !== sha256 && (rows > 0 || now?.rows !== 0); // without a row in either, builds differ in the header alone
  });
  const files = differing.map(({ file }) => file);
  const isOfWords = files.every((file) => WORDS.includes(file));
  const excused = !isThisProgram(manifest.program) ? 'program' : isOlder && isOfWords ? 'reader' : null;
  return { run_id: manifest.run_id, policy: manifest.policy.id, files, excused };
}

/** Puts a closed run where later ones are settled: whole where its period was closed again, and else what closes are known by. */
function putClosed(dir: string, shadow: string, whole: boolean): void {
  const place = join(shadow, basename(dirname(dir)), basename(dir));
  if (existsSync(place)) rmSync(place, { recursive: true });
  mkdirSync(dirname(place), { recursive: true });
  if (whole) {
    cpSync(dir, place, { recursive: true });
    return;
  }
  mkdirSync(place);
  // A policy of another programme that closed the same days is asked whether it names its own.
  for (const file of [CLOSE, 'manifest.json', 'policy.yaml']) cpSync(join(dir, file), join(place, file));
}

function otherwise(dir: string, { run_id, files }: RebuiltClose): SettleError {
  return new SettleError(
    'differs',
    say('the closed run {run_id} settles to another {files} than it was closed with; nothing was made', {
      run_id,
      files,
    }),
    {
      file: dir,
      files,
      mend: say(
        'See whether "settle verify {dir}" finds anything. If not, this is a defect of the program: keep the exports and the run folders, and report it.',
        { dir },
      ),
    },
  );
}
