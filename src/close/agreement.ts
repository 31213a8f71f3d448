import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettleError } from '../core/errors.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { joined, type Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { CLOSE, closeFiles, closesBelow, type FoundClose } from './close-file.js';
import { type CloseRecord, isWithoutCloses, readRecords } from './close-record.js';

/**
 * A close that doesn't stand alike in the folder and in the warehouse: its file is gone, the whole run folder is, or has
 * another name, the warehouse doesn't hold it, its run folder is there twice, or the two differ.
 */
export interface Disagreement {
  lacks: 'file' | 'run' | 'name' | 'record' | 'one' | 'nothing';
  /** `<out>/<policy id>/<run id>` */
  runDir: string;
  /** Where the run folder is now, which was moved; or the one that is a copy of it. */
  other?: string;
  /** Of the file; undefined where there is none. */
  text: string | undefined;
  record: CloseRecord | undefined;
  /** Which close, and what is wrong with it. */
  said: Wording;
}

/** Every close that stands in one of the two alone, or otherwise there than here; the warehouse's first, in their order. */
export async function disagreements(warehouse: Warehouse, out: string): Promise<Disagreement[]> {
  if (warehouse.file === ':memory:' || (await isWithoutCloses(warehouse))) return [];
  const files = new Map(closeFiles(out).map((path) => [path, readFileSync(path, 'utf8')]));
  const found: Disagreement[] = [];
  const records = await readRecords(warehouse);
  for (const record of records) {
    const runDir = join(out, record.policy_id, record.run_id);
    const path = join(runDir, CLOSE);
    const text = files.get(path);
    files.delete(path);
    const wrong = text === undefined ? lacking(runDir, record) : differing(text, record);
    if (wrong !== undefined) found.push({ ...wrong, runDir, text, record });
  }
  for (const [path, text] of files) {
    const runDir = path.slice(0, -`/${CLOSE}`.length);
    const record = records.find(({ content }) => content === text);
    if (record === undefined) {
      const said = say('{close} stands in {path} and not in the warehouse', { close: nameOfText(text, runDir), path });
      found.push({ lacks: 'record', runDir, text, record, said });
      continue;
    }
    const gone = found.find((one) => one.record === record && one.lacks === 'run');
    if (gone === undefined) found.push(copied(record, join(out, record.policy_id, record.run_id), runDir, text));
    else Object.assign(gone, movedTo(runDir, gone));
  }
  return found;
}

/** A run folder that lies elsewhere than the warehouse says, by its close. */
function movedTo(other: string, { runDir, record }: Disagreement): Pick<Disagreement, 'lacks' | 'other' | 'said'> {
  const close = nameOf(record as CloseRecord);
  const said = say('{close} stands in the warehouse, and its run folder {runDir} is now {other}', {
    close,
    runDir,
    other,
  });
  return { lacks: 'name', other, said };
}

function copied(record: CloseRecord, runDir: string, other: string, text: string): Disagreement {
  const said = say('{close} stands twice in the folder: {other} is a copy of {runDir}', {
    close: nameOf(record),
    other,
    runDir,
  });
  return { lacks: 'one', runDir, other, text, record, said };
}

function lacking(runDir: string, record: CloseRecord): Pick<Disagreement, 'lacks' | 'said'> {
  const close = nameOf(record);
  if (existsSync(runDir)) {
    const path = join(runDir, CLOSE);
    return { lacks: 'file', said: say('{close} stands in the warehouse, and {path} is gone', { close, path }) };
  }
  const said = say('{close} stands in the warehouse, and its run folder {runDir} is gone', { close, runDir });
  return { lacks: 'run', said };
}

function differing(text: string, record: CloseRecord): Pick<Disagreement, 'lacks' | 'said'> | undefined {
  const close = nameOf(record);
  const isDamaged = createHash('sha256').update(record.content).digest('hex') !== record.sha256;
  if (isDamaged) {
    const said = say('{close} is damaged in the warehouse: it is not what its hash says', { close });
    return { lacks: 'nothing', said };
  }
  if (text === record.content) return undefined;
  const [here, there] = [fieldsOf(text), fieldsOf(record.content)];
  if (here === undefined) {
    const said = say("{close} stands in the warehouse, and its file can't be read", { close });
    return { lacks: 'nothing', said };
  }
  const keys = [...new Set([...Object.keys(there ?? {}), ...Object.keys(here)])].filter(
    (key) => JSON.stringify(here[key]) !== JSON.stringify(there?.[key]),
  );
  const what = keys.length === 0 ? say('how it is written') : joined(keys);
  const said = say('{close} is one thing in the folder and another in the warehouse; they differ in {what}', {
    close,
    what,
  });
  return { lacks: 'nothing', said };
}

function nameOf({ close_no, policy_id, run_id }: CloseRecord): Wording {
  return say('close {close_no} ({policy_id}, run {run_id})', { close_no, policy_id, run_id });
}

function nameOfText(text: string, runDir: string): Wording {
  const { close_no, run_id, policy } = fieldsOf(text) ?? {};
  const id = (policy as { id?: unknown } | undefined)?.id;
  if (!Number.isInteger(close_no) || typeof id !== 'string') return say('the close of {runDir}', { runDir });
  return nameOf({ close_no, policy_id: id, run_id } as CloseRecord);
}

function fieldsOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The command that writes what is missing from what is there. */
export const RESTORE = 'settle close --restore';

const MENDS: Record<Disagreement['lacks'], (wrong: Disagreement) => Wording> = {
  file: () => say('To write it again from the warehouse: {RESTORE}.', { RESTORE }),
  run: ({ runDir }) => say('Put {runDir} back from a backup, then run: {RESTORE}.', { runDir, RESTORE }),
  name: ({ runDir, other = '' }) =>
    say('Move {other} back to {runDir}: a closed run keeps its name.', { other, runDir }),
  one: ({ other = '' }) => say('Move {other} out of there: a copy is kept elsewhere.', { other }),
  record: () => say('To take it into the warehouse: {RESTORE}.', { RESTORE }),
  nothing: ({ runDir }) =>
    say(
      'See settle verify {runDir}, and put back from a backup whichever of the two was changed. Where that is the file, it can also be moved away and written again: {RESTORE}.',
      { runDir, RESTORE },
    ),
};

/** What is wrong with closes, as those that settle refuse it: which close, and how to mend it (exit 6). */
export function refusalOf(
  found: readonly Disagreement[],
  { warehouse, out, count }: { warehouse: string; out: string; count: number },
): SettleError {
  const [first] = found as [Disagreement];
  const details = {
    file: join(first.runDir, CLOSE),
    closes: found.map(({ said }) => String(said)),
  };
  if (found.every(({ lacks }) => lacks === 'record') && count === 0) {
    return new SettleError(
      'differs',
      say('{warehouse} holds no close, and {out} has {number}: {said}', {
        warehouse,
        out,
        number: found.length === 1 ? say('one') : found.length,
        said: first.said,
      }),
      {
        ...details,
        mend: say(
          'Where the warehouse was lost: settle rebuild --input DIR makes it again. Where another one is meant: --warehouse FILE. Where it holds the exports that were settled, take the closes of the folder in: {RESTORE}',
          { RESTORE },
        ),
      },
    );
  }
  if (found.length === count && found.every(({ lacks }) => lacks === 'run')) {
    return new SettleError(
      'differs',
      say('{out} has no run folder of the {closes} that {warehouse} holds: {said}', {
        out,
        closes: count === 1 ? say('close') : say('{count} closes', { count }),
        warehouse,
        said: first.said,
      }),
      {
        ...details,
        mend: say(
          'Give the folder in which the closed runs are with --out DIR; where it was lost, put it back from a backup. To settle into another folder, use another warehouse: --warehouse FILE.',
        ),
      },
    );
  }
  const more = found.length === 1 ? '' : say(' (and {count} more)', { count: found.length - 1 });
  return new SettleError('differs', say('{said}{more}', { said: first.said, more }), {
    ...details,
    mend: MENDS[first.lacks](first),
  });
}

/**
 * The closes of the output folder, in their order, for whoever settles or closes: each must stand alike in the warehouse,
 * and all make a whole chain; else it can't be told any more what is closed (exit 6). Of a warehouse in memory the folder
 * alone counts. `until` (Beijing): closes that were made later aren't known.
 */
export async function trustedCloses(warehouse: Warehouse, out: string, until?: string): Promise<FoundClose[]> {
  const found = (await disagreements(warehouse, out)).filter((one) => until === undefined || closedAt(one) <= until);
  if (found.length > 0) throw await refusal(warehouse, out, found);
  return closesBelow(out).filter(({ close }) => until === undefined || close.closed_at <= until);
}

/** When, as both say that say it; a close that can't be read might have been made at any time. */
function closedAt({ text, record }: Disagreement): string {
  const times = [text, record?.content].map((said) => fieldsOf(said ?? '')?.closed_at);
  const known = times.filter((time) => typeof time === 'string').sort();
  return known[0] ?? '';
}

async function refusal(warehouse: Warehouse, out: string, found: readonly Disagreement[]): Promise<SettleError> {
  const count = (await readRecords(warehouse)).length;
  return refusalOf(found, { warehouse: warehouse.file, out, count });
}

/** What those that only read say of closes that can't be trusted, in a line; undefined where they can. */
export async function wordOfCloses(warehouse: Warehouse, out: string): Promise<Wording | undefined> {
  try {
    await trustedCloses(warehouse, out);
    return undefined;
  } catch (error) {
    if (!(error instanceof SettleError && error.code === 'differs')) throw error;
    const { said, mend = '' } = error;
    return say('closes: {said}; nothing is settled or closed until that is mended. {mend}', { said, mend });
  }
}
