import { createHash } from 'node:crypto';
import { existsSync, linkSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SettleError } from '../core/errors.js';
import { isSamePeriod, type ProgrammePeriod, programmeOf } from '../core/programme.js';
import { removeLeft } from '../disk/scratch.js';
import { sync, writeNew } from '../disk/writing.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { unshare } from './unshared.js';

/** What seals a period: `close.json` in the folder of the run that it was paid by. */
export interface Close {
  /** Closes below one output folder are numbered from 1, whatever they close. */
  close_no: number;
  /** 1 for a period's first close; 2, 3 … for the closes of its restatements, each adjusting the one before. */
  revision: number;
  run_id: string;
  policy: { id: string; sha256: string };
  /** Whose period it is; absent in closes of builds that knew of no programmes. */
  programme?: string;
  period: { from: string; to: string };
  as_of: string;
  /** Of the run's manifest, which holds the hashes of all its other files. */
  manifest_sha256: string;
  totals: Record<string, string | number>;
  /** The sha256 of quarantine.csv where it has rows: somebody has seen them and accepts that they aren't paid. */
  quarantine_accepted: string | null;
  /** The tree on which the rows of all packets hang (docs/packet.md): its root in hex; absent in closes of builds that knew of none. */
  packets?: {
    size: number;
    root: string;
    /** What the packets show of disputes, in their order; absent in closes of builds whose packets show none. */
    disputes?: { id: string; answered: boolean }[];
  };
  /** Beijing. */
  closed_at: string;
  closed_by: string;
  note: string;
  /** The close before this one, and the sha256 of its file; null for the first. */
  previous: { policy_id: string; run_id: string; sha256: string } | null;
}

export const CLOSE = 'close.json';
/** Beside the folders of policies, whose ids never begin so: what was paid. */
export const PAYMENTS = '_payments';
/** There too: what agencies dispute. */
export const DISPUTES = '_disputes';
/** What a killed close leaves is taken away by the next, or by the next run. */
const STAGED = /^\.staged-close-(\d+)$/;

/** A close as it lies on the disk. */
export interface FoundClose {
  close: Close;
  sha256: string;
  path: string;
}

/**
 * All closes below an output folder, from the first to the last; refused where they make no whole chain, or one that a
 * published run restates isn't among them.
 */
export function closesBelow(out: string): FoundClose[] {
  const runs = runsBelow(out);
  const found = inOrder(runs.flatMap(closeIn));
  for (const [at, { close, path }] of found.entries()) {
    const before = found[at - 1];
    const follows = close.close_no === at + 1 && close.previous?.sha256 === before?.sha256;
    if (!follows)
      throw broken(
        path,
        before === undefined
          ? say('the close before it is missing')
          : say('it does not follow {path}', { path: before.path }),
      );
  }
  for (const run of runs) {
    const restated = restatedBy(run);
    if (restated !== undefined && !found.some(({ sha256 }) => sha256 === restated))
      throw broken(run, say('the close that this run restates is missing or changed'));
  }
  return found;
}

/** Every close.json below an output folder, whatever it says. */
export function closeFiles(out: string): string[] {
  return runsBelow(out)
    .map((run) => join(run, CLOSE))
    .filter((path) => existsSync(path));
}

/** All closes below an output folder that can be read, in their order; whether they make a whole chain is nobody's question here. */
export function closesIn(out: string): FoundClose[] {
  return inOrder(
    runsBelow(out).flatMap((run) => {
      try {
        return closeIn(run);
      } catch {
        return [];
      }
    }),
  );
}

/** The folders of runs, published or not. */
function runsBelow(out: string): string[] {
  return foldersIn(out).flatMap((policy) => foldersIn(join(out, policy)).map((run) => join(out, policy, run)));
}

function inOrder(closes: FoundClose[]): FoundClose[] {
  return closes.sort((a, b) => a.close.close_no - b.close.close_no);
}

/** Of each closed period of a programme the last revision, in the order of the periods. */
export function lastRevisions(closes: readonly FoundClose[]): FoundClose[] {
  const key = ({ close }: FoundClose): string => `${close.period.from} ${close.period.to} ${programmeOf(close)}`;
  const last = new Map(closes.map((found) => [key(found), found]));
  return [...last.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
}

/** The last close of a programme's period, of several revisions. */
export function closeOf(period: ProgrammePeriod, closes: readonly FoundClose[]): FoundClose | undefined {
  return closes.findLast(({ close }) => isSamePeriod(close, period));
}

/** The closes of a period from the given one, its last, to its first. */
export function revisionsUpTo(last: FoundClose, closes: readonly FoundClose[]): FoundClose[] {
  const found = [last];
  // Every revision adjusts the one before it, and closes of other periods lie between.
  for (const one of closes.toReversed()) {
    const { close } = found.at(-1) as FoundClose;
    const isBefore = one.close.close_no < close.close_no && one.close.revision === close.revision - 1;
    if (isBefore && isSamePeriod(one.close, close)) found.push(one);
  }
  return found;
}

/** The sha256 of the close that a run restates, if it does; a folder whose manifest can't be read is told of elsewhere. */
function restatedBy(runDir: string): string | undefined {
  if (!existsSync(join(runDir, 'adjustments.csv'))) return undefined;
  try {
    return JSON.parse(readFileSync(join(runDir, 'manifest.json'), 'utf8')).restates?.sha256;
  } catch {
    return undefined;
  }
}

export function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && ![PAYMENTS, DISPUTES].includes(entry.name))
    .map(({ name }) => name);
}

/** The close of a run folder, if it was closed. */
export function closeIn(runDir: string): [FoundClose] | [] {
  const path = join(runDir, CLOSE);
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  try {
    const close = JSON.parse(bytes.toString('utf8')) as Close;
    const numbers = [close.close_no, close.revision];
    const texts = [close.run_id, close.policy.id, close.period.from, close.period.to, close.closed_at];
    const sound = numbers.every(Number.isInteger) && texts.every((text) => typeof text === 'string');
    if (!sound) throw new TypeError('no close');
    return [{ close, sha256: createHash('sha256').update(bytes).digest('hex'), path }];
  } catch {
    throw broken(path, say("it can't be read"));
  }
}

/** A close as its file says it. */
export function textOf({ path }: Pick<FoundClose, 'path'>): string {
  return readFileSync(path, 'utf8');
}

/** A close as it is written. */
export function closeText(close: Close): string {
  return `${JSON.stringify(close, null, 2)}\n`;
}

/** Takes away what killed closes and restores left below an output folder. */
export function removeStaged(out: string): void {
  for (const policy of foldersIn(out)) removeLeft(join(out, policy), STAGED);
}

/** Takes back a close that was written just now and can't be kept. */
export function takeBack(runDir: string): void {
  rmSync(join(runDir, CLOSE), { force: true });
  sync(runDir);
}

/**
 * Puts a close into the run's folder, whole or not at all; nobody else may have closed the run meanwhile. A closed folder
 * shares no file with another run.
 */
export function writeClose(runDir: string, close: Close | string): void {
  const policyDir = dirname(runDir);
  removeLeft(policyDir, STAGED);
  unshare(runDir);
  const draft = join(policyDir, `.staged-close-${process.pid}`);
  rmSync(draft, { force: true });
  try {
    writeNew(draft, typeof close === 'string' ? close : closeText(close), 0o444);
    sync(draft);
    linkSync(draft, join(runDir, CLOSE));
  } finally {
    rmSync(draft, { force: true });
  }
  try {
    sync(runDir);
    unshare(runDir); // a run over another warehouse may have been published just now
  } catch (error) {
    takeBack(runDir);
    throw error;
  }
}

function broken(path: string, what: Wording): SettleError {
  return new SettleError('differs', say('the chain of closes is broken at {path}: {what}', { path, what }), {
    file: path,
    mend: say(
      'Put the run folders and their close.json back from a backup, or write a close.json that is gone from the warehouse: settle close --restore. Never delete or edit a close.',
    ),
  });
}
