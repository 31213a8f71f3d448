import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { closesBelow, type FoundClose } from '../close/close-file.js';
import { keepSignatures } from '../close/signatures.js';
import type { Context } from '../context/context.js';
import { beijingTime, instantOf } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import { makeFolders, removeEmpty } from '../disk/folders.js';
import { removeLeft } from '../disk/scratch.js';
import { sync } from '../disk/writing.js';
import { keepDisputes } from '../disputes/kept-disputes.js';
import { drafts, headFile } from '../engine/duckdb/paths.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { loadInOrder } from '../load/load.js';
import { holdAccepted, readAccepted } from '../notices/accepted.js';
import { noticesIn } from '../notices/read-notices.js';
import { type Files, keepFiles } from '../payments/kept.js';
import { lossesFound } from '../payments/losses.js';
import { soundPayments } from '../payments/trusted.js';
import { writeAgain } from '../payments/write.js';
import { settleClosedAgain } from '../rebuild/closed.js';
import { contentsOf } from '../rebuild/contents.js';
import { type Again, rebuildPlan } from '../rebuild/plan.js';
import { arrange } from '../rebuild/standing-order.js';
import { type Rebuilt, rebuildText } from '../rebuild/told.js';
import { type Published, publishedBelow } from '../runs/published.js';
import { type HoldOptions, type ReadingOptions, readingAsked } from '../settings/run-options.js';
import { type Held, hold, warehouseFile } from '../warehouse/hold.js';
import { strangeRuns } from '../warehouse/lost.js';
import { namingNeed } from '../warehouse/room.js';
import { say, tellIn } from '../words/say.js';

export interface RebuildOptions extends HoldOptions, ReadingOptions {
  out: string;
  /** The folder of exports; further ones are looked through for contents that were replaced since. */
  input?: string | string[] | undefined;
}

/**
 * `settle rebuild --input DIR`: makes a lost warehouse again. The manifests below the output folder know which files stood
 * and in which order; the folders have their contents. It appears whole, once every closed run settles to its files again.
 * Exit 6 where a content is missing that is needed, and where a run or a close contradicts.
 */
export async function rebuild(
  options: RebuildOptions,
  context: Context,
): Promise<{ answer: Rebuilt; text: () => string }> {
  const folders = inputsOf(options);
  const file = resolve(warehouseFile(options.warehouse, options.out));
  refuseThere(file, options.warehouse);
  const out = resolve(options.out);
  const closes = closesBelow(out);
  const payments = soundPayments(out, closes);
  const lost = lossesFound(out, closes, beijingTime(context.clock()));
  const closed = new Set(closes.map(({ path }) => dirname(path)));
  const isClosed = ({ dir }: Published): boolean => closed.has(dir);
  const { stands, strange } = arrange(publishedBelow(out), isClosed);
  refuseStrange(strange, isClosed);
  const contents = await contentsOf(folders, (name, done, total) => context.progress('read', name, done, total));
  const plan = rebuildPlan(stands, contents, isClosed, readingAsked(options));
  const trusting = { ...options, settles: true }; // it takes the closes in itself, one by one
  const made = await namingNeed(folders[0], () =>
    underAnotherName(file, context, (draft, shadow) =>
      hold(draft, [...folders, shadow], trusting, context, async (held) => {
        const loads = [];
        for (const each of plan.loads) loads.push(await loadAgain(held, each, context));
        const acceptances = await takeAccepted(held, out);
        const settled = await settleClosedAgain(held, closes, shadow, context, (found) => keepClose(held, out, found));
        await takePayments(held, new Map([...payments, ...lost.files]));
        await takeDisputes(held, out);
        await refuseUnknown(held.warehouse, out);
        writeAgain(out, lost.files); // killed after this, the next rebuild takes them in
        return { loads, acceptances, closed: settled, payments: payments.size, losses: lost.losses };
      }),
    ),
  );
  const { left, gone } = plan;
  const answer = { warehouse: file, ...made, left, gone };
  return { answer, text: () => rebuildText(answer, plan, tellIn(context.language)) };
}

function inputsOf({ input }: RebuildOptions): string[] {
  const folders = [input ?? []].flat();
  if (folders.length > 0) return folders;
  throw new SettleError('usage', say("required option '{flag}' not specified", { flag: '--input <dir>' }), {
    mend: say('Give the folder of exports with --input; and again, for each folder where replaced files are kept.'),
  });
}

/** A warehouse that is there is never touched. */
function refuseThere(file: string, asked: string | undefined): void {
  if (asked === ':memory:') {
    throw new SettleError('usage', say('a warehouse in memory is never lost'), {
      mend: say('Give a file with --warehouse, or leave it out.'),
    });
  }
  const there = [file, `${file}.wal`].find((path) => existsSync(path));
  if (there === undefined) return;
  throw new SettleError(
    'usage',
    say('{there} is there; a warehouse is only made again where there is none', { there }),
    {
      file: there,
      mend: say(
        'If it is damaged or too old, move it away with what lies beside it (.head, .wal), and keep it until this has ended.',
      ),
    },
  );
}

function refuseStrange(strange: readonly Published[], isClosed: (run: Published) => boolean): void {
  const [first] = [...strange.filter(isClosed), ...strange];
  if (first === undefined) return;
  const which = isClosed(first) ? say('the closed run') : say('the run');
  throw new SettleError(
    'differs',
    say(
      '{which} {dir} was settled from files in an order that the other runs contradict, as if from another warehouse; nothing was made',
      { which, dir: first.dir },
    ),
    {
      file: first.dir,
      mend: isClosed(first)
        ? say('Restore a backup of the warehouse. Closed runs of two warehouses have no place in one output folder.')
        : say('It is not closed: move its folder out of the output folder, and rebuild again.'),
    },
  );
}

/** One load as it was; what its runs tell of files that shrank counts, for the files that these replaced may be gone. */
async function loadAgain(held: Held, { at, files, runs }: Again, context: Context): Promise<Rebuilt['loads'][number]> {
  const { warehouse, scratch, keep } = held;
  const now = at === undefined ? context.clock() : instantOf(at);
  const onFile = (done: number, total: number, name: string): void => context.progress('load', name, done, total);
  await loadInOrder(warehouse, files, { scratch, now, encoding: undefined, onFile });
  const load = await warehouse.count('SELECT max(load_no) FROM load');
  await noteShrunk(warehouse, load, runs);
  await keep();
  return {
    load,
    loaded_at: beijingTime(now),
    files: files.map(({ name }) => name),
    runs: runs.map(({ manifest }) => manifest.run_id),
  };
}

async function noteShrunk(warehouse: Warehouse, load: number, runs: readonly Published[]): Promise<void> {
  const told = runs.map(({ dir }) => noticesIn(dir)).find((notices) => notices !== undefined);
  if (told === undefined) return;
  const ofLoad = `file_no IN (SELECT file_no FROM export_file WHERE load_no = ${load})`;
  await warehouse.run(`DELETE FROM file_seen WHERE what = 'shrank' AND ${ofLoad}`);
  for (const { file, count } of told.filter(({ code }) => code === 'file_shrank')) {
    const itself = `load_no = ${load} AND file = ${literal(file)}`;
    await warehouse.run(`INSERT INTO file_seen (file_no, what, cells)
        SELECT file_no, 'shrank', ${literal(count)} FROM export_file WHERE ${itself};
      UPDATE export_file SET withdrawn = ${literal(count)} WHERE ${itself}`);
  }
}

/** What was accepted stands beside the runs too. Gives how often somebody accepted something. */
async function takeAccepted({ warehouse, keep }: Held, out: string): Promise<number> {
  const accepted = await readAccepted(warehouse, out);
  await warehouse.run('BEGIN TRANSACTION');
  await holdAccepted(warehouse, accepted);
  await keep();
  return accepted.length;
}

/** The warehouse holds each close too, as the run folder has it. */
async function keepClose({ warehouse, keep }: Held, out: string, { close, sha256, path }: FoundClose): Promise<void> {
  const { close_no, policy, run_id } = close;
  const values = [close_no, policy.id, run_id, sha256, readFileSync(path, 'utf8')].map(literal).join(', ');
  await warehouse.run(`BEGIN TRANSACTION;
    INSERT INTO close_record (close_no, policy_id, run_id, sha256, content) VALUES (${values})`);
  await keepSignatures(warehouse, out, dirname(path));
  await keep();
}

/** Batches and reviews stand in the warehouse too. */
async function takePayments({ warehouse, keep }: Held, payments: Files): Promise<void> {
  await warehouse.run('BEGIN TRANSACTION');
  await keepFiles(warehouse, payments);
  await keep();
}

async function takeDisputes({ warehouse, keep }: Held, out: string): Promise<void> {
  await warehouse.run('BEGIN TRANSACTION');
  await keepDisputes(warehouse, out);
  await keep();
}

/** A run that it doesn't know would keep every night from settling. */
async function refuseUnknown(warehouse: Warehouse, out: string): Promise<void> {
  const [strange] = await strangeRuns(warehouse, out);
  if (strange === undefined) return;
  const { run, file, what } = strange;
  throw new SettleError(
    'differs',
    say('what was made {what} {file}, which {dir} was settled from; nothing was kept', {
      what: say(what),
      file,
      dir: run.dir,
    }),
    {
      file: run.dir,
      mend: say('If that run is not closed, move its folder out of the output folder, and rebuild again.'),
    },
  );
}

/**
 * Makes a warehouse in a folder of its own beside its place, with another where runs may be settled, and gives it its
 * name once it is whole. Its head gets its own first: without the file it says that one is lost, and the same command
 * once more makes it again.
 */
async function underAnotherName<T>(
  file: string,
  context: Context,
  make: (draft: string, shadow: string) => Promise<T>,
): Promise<T> {
  const folder = dirname(file);
  const madeFolders = makeFolders(folder);
  removeLeft(folder, drafts(file));
  const place = join(folder, `.${basename(file)}.new-${process.pid}`);
  const remove = (): void => rmSync(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  remove(); // a killed one of the same process id, as containers have them, may have left it
  context.onSignal(remove);
  try {
    mkdirSync(join(place, 'out'), { recursive: true, mode: 0o700 });
    const draft = join(place, basename(file));
    const made = await make(draft, join(place, 'out'));
    sync(draft);
    refuseThere(file, undefined);
    if (existsSync(headFile(draft))) renameSync(headFile(draft), headFile(file));
    else rmSync(headFile(file), { force: true });
    linkSync(draft, file);
    sync(folder);
    return made;
  } finally {
    remove();
    removeEmpty(madeFolders); // one that has a warehouse now isn't empty, and stays
  }
}
