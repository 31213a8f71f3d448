import { spawn } from 'node:child_process';
import { existsSync, linkSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Context } from '../context/context.js';
import { SettleError } from '../core/errors.js';
import { readable } from '../core/money.js';
import { makeFolders, removeEmpty } from '../disk/folders.js';
import { sha256OfFile } from '../disk/pieces.js';
import { removeLeft } from '../disk/scratch.js';
import { sync, writeNew, writeWhole } from '../disk/writing.js';
import { drafts, headFile } from '../engine/duckdb/paths.js';
import { readSecret, SECRET, secretFile } from '../packet/tree/secret.js';
import { refuseMissing } from '../runs/known-at.js';
import type { HoldOptions } from '../settings/run-options.js';
import { printableLine } from '../text/terminal.js';
import { hold, warehouseFile } from '../warehouse/hold.js';
import { say, tellIn } from '../words/say.js';

/** What was copied, and of what. */
interface Backup {
  backup: string;
  warehouse: string;
  bytes: number;
  sha256: string;
  /** The last load that it holds; 0: none. */
  load: number;
  /** The copy of the secret of packets; null where none was made yet. */
  packet_secret: string | null;
}

/**
 * `settle backup FILE`: copies the warehouse and its head while no other run can change them. The copy appears whole under
 * its name; one that is there already is never written over.
 */
export async function backup(
  target: string,
  options: HoldOptions & { out: string },
  context: Context,
): Promise<{ answer: Backup; text: () => string }> {
  const file = warehouseFile(options.warehouse, options.out);
  if (file === ':memory:') {
    throw new SettleError('usage', say('a warehouse in memory has no backup'), {
      mend: say('Give the file that keeps the exports with --warehouse.'),
    });
  }
  refuseMissing(file);
  const copy = resolve(target);
  refuseThere(copy);
  const madeFolders = makeFolders(dirname(copy));
  try {
    const answer = await hold(file, [], options, context, async ({ warehouse }) => {
      await warehouse.checkpoint(); // so that the file holds all, and the log nothing
      const load = await warehouse.count('SELECT coalesce(max(load_no), 0) FROM load');
      context.progress('write', copy, 0, 0);
      const packet_secret = copySecret(resolve(options.out), copy);
      const { bytes, sha256 } = await copyWhole(resolve(file), copy, context);
      return { backup: copy, warehouse: resolve(file), bytes, sha256, load, packet_secret };
    });
    return { answer, text: () => textOf(answer, secretFile(options.out), tellIn(context.language)) };
  } finally {
    removeEmpty(madeFolders); // where there is a copy by now they aren't empty, and stay
  }
}

function refuseThere(copy: string): void {
  if (!existsSync(copy)) return;
  throw new SettleError('usage', say('{copy} is there already; a backup is never written over', { copy }), {
    file: copy,
    mend: say('Give another name, as one with the date: settle backup backups/settlement-2023-12-01.duckdb'),
  });
}

/**
 * Copies under another name and links the copy into place. The head comes first: without its file it says that one is
 * lost, and the same command once more makes both.
 */
async function copyWhole(file: string, copy: string, context: Context): Promise<Pick<Backup, 'bytes' | 'sha256'>> {
  removeLeft(dirname(copy), drafts(copy));
  const draft = join(dirname(copy), `.${basename(copy)}.new-${process.pid}`);
  const remove = (): void => rmSync(draft, { force: true });
  remove();
  context.onSignal(remove);
  try {
    await copyByAnother(file, draft, context);
    sync(draft);
    const { size } = statSync(draft);
    const sha256 = await sha256OfFile(draft);
    const head = headFile(file);
    if (existsSync(head)) writeWhole(headFile(copy), readFileSync(head, 'utf8'));
    else rmSync(headFile(copy), { force: true });
    linkSync(draft, copy);
    sync(dirname(copy));
    return { bytes: size, sha256 };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') refuseThere(copy);
    throw error;
  } finally {
    remove();
  }
}

/** The secret of packets, beside the copy, for its owner's eyes alone; one that a killed backup left is written again. */
function copySecret(out: string, copy: string): string | null {
  const secret = readSecret(out);
  if (secret === undefined) return null;
  const path = `${copy}.${SECRET}`;
  rmSync(path, { force: true });
  writeNew(path, `${secret.toString('hex')}\n`, 0o600);
  sync(path);
  return path;
}

/** Whoever reads and closes the file in the process that holds it would drop its lock; so another process copies it. */
async function copyByAnother(file: string, draft: string, context: Context): Promise<void> {
  const script = 'fs.copyFileSync(process.argv[1], process.argv[2], fs.constants.COPYFILE_EXCL)';
  const child = spawn(process.execPath, ['-e', script, file, draft], { stdio: ['ignore', 'ignore', 'pipe'] });
  context.onSignal(() => child.kill('SIGKILL'));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const exit = await new Promise<number | null>((done, fail) => child.on('close', done).on('error', fail));
  context.progress('write', draft, 0, 0); // a signal that ended the child ends the command here
  if (exit === 0) return;
  const why = /^Error: (.*)$/m.exec(said)?.[1] ?? said.trim();
  throw new Error(`${file} can't be copied to ${draft}: ${why}`);
}

function textOf(
  { backup: copy, warehouse, bytes, load, packet_secret }: Backup,
  secret: string,
  tell: ReturnType<typeof tellIn>,
): string {
  const [from, to] = [copy, warehouse].map(printableLine);
  return [
    tell('{from}: {bytes} bytes, up to load {load}, with {head} beside it', {
      from: from as string,
      bytes: readable(String(bytes)),
      load,
      head: headFile(from as string),
    }),
    tell('To restore it, while no run is on: move away what is left of the warehouse (with its .head and .wal), then'),
    `  cp ${from} ${to} && cp ${headFile(from as string)} ${headFile(to as string)}`,
    ...(packet_secret === null ? [] : [`  cp -p ${printableLine(packet_secret)} ${printableLine(secret)}`]),
    tell('Run folders and exports are not in it: keep copies of them too.'),
    '',
  ].join('\n');
}
