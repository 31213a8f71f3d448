import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAYMENTS } from '../close/close-file.js';
import { SettleError } from '../core/errors.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { sha256Of } from './batch.js';

/** Every file of payments and reviews stands in the warehouse too, byte for byte; each is the other's copy. */

/** By path below the output folder, with forward slashes. */
export type Files = Map<string, string>;

/** A file that doesn't stand alike in both. */
export interface Unlike {
  path: string;
  lacks: 'file' | 'record' | 'nothing';
  /** What the warehouse has; of one that the folder alone has, the folder's. */
  content: string;
}

/** Batches, their reviews and those of closes, and what rebuilds found: whatever else somebody puts beside them is nobody's payment. */
const OURS =
  /^[^/]+\/[^/]+\/(?:\d{4,}\/(?:batch\.json|payments\.csv|withheld\.csv|review\.json)|reviews\/close-\d+-[0-9a-f]{16}\.json|losses\/[0-9a-f]{16}\.json)$/;

/** What lies below the output folder of ours; what is being written is not looked at. */
export function filesThere(out: string): Files {
  const root = join(out, PAYMENTS);
  const found: Files = new Map();
  if (!existsSync(root)) return found;
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
      .slice(out.length + 1)
      .replaceAll('\\', '/');
    if (entry.isFile() && OURS.test(path)) found.set(path, readFileSync(join(out, path), 'utf8'));
  }
  return found;
}

export async function filesKept(warehouse: Warehouse): Promise<Files> {
  const rows = await warehouse.rows('SELECT path, sha256, content FROM payment_file ORDER BY path');
  return new Map(
    rows.map(({ path, sha256, content }) => {
      if (sha256Of(content as string) !== sha256) throw damaged(warehouse.file, path as string);
      return [path as string, content as string];
    }),
  );
}

/** Adds files to those that the warehouse has, in the open transaction. */
export async function keepFiles(warehouse: Warehouse, files: Files): Promise<void> {
  for (const [path, content] of files) {
    const values = [path, sha256Of(content), content].map(literal).join(', ');
    await warehouse.run(`INSERT INTO payment_file (path, sha256, content) VALUES (${values})`);
  }
}

/** Every file that stands in one of the two alone, or otherwise there than here; in the order of their paths. */
export async function unlikeFiles(warehouse: Warehouse, out: string): Promise<Unlike[]> {
  const [kept, there] = [await filesKept(warehouse), filesThere(out)];
  const paths = [...new Set([...kept.keys(), ...there.keys()])].sort((a, b) => (a < b ? -1 : 1));
  return paths.flatMap((path): Unlike[] => {
    const [record, file] = [kept.get(path), there.get(path)];
    if (record === file) return [];
    if (file === undefined) return [{ path, lacks: 'file', content: record as string }];
    if (record === undefined) return [{ path, lacks: 'record', content: file }];
    return [{ path, lacks: 'nothing', content: record }];
  });
}

/** Refuses (exit 6) where it can't be told any more what was paid. */
export function refuseUnlike(found: readonly Unlike[]): void {
  const [first] = found;
  if (first === undefined) return;
  const more = found.length === 1 ? '' : say(' (and {count} more)', { count: found.length - 1 });
  throw new SettleError('differs', WORDS[first.lacks].said(first.path, more), {
    file: first.path,
    files: found.map(({ path }) => path),
    mend: WORDS[first.lacks].mend,
  });
}

const RESTORE = 'settle close --restore';
const WORDS: Record<Unlike['lacks'], { said: (path: string, more: Wording) => Wording; mend: Wording }> = {
  file: {
    said: (path, more) =>
      say('payments: {path} stands in the warehouse, and is gone from the output folder{more}', { path, more }),
    mend: say('To write it again from the warehouse: {RESTORE}. If another folder is meant, give it with --out DIR.', {
      RESTORE,
    }),
  },
  record: {
    said: (path, more) =>
      say('payments: {path} stands in the output folder, and not in the warehouse{more}', { path, more }),
    mend: say(
      'To take it into the warehouse: {RESTORE}. If another warehouse is meant, give it with --warehouse FILE.',
      { RESTORE },
    ),
  },
  nothing: {
    said: (path, more) =>
      say('payments: {path} is one thing in the output folder and another in the warehouse{more}', { path, more }),
    mend: say(
      'Put back from a backup whichever of the two was changed. Where that is the file, it can also be moved away and written again: {RESTORE}',
      { RESTORE },
    ),
  },
};

/** Refuses payments that don't stand alike in both. */
export async function refuseUntrusted(warehouse: Warehouse, out: string): Promise<void> {
  refuseUnlike(await unlikeFiles(warehouse, out));
}

/** What those that only read say of payments that can't be trusted, in a line; undefined where they can. */
export async function wordOfPayments(warehouse: Warehouse, out: string): Promise<string | undefined> {
  try {
    await refuseUntrusted(warehouse, out);
    return undefined;
  } catch (error) {
    if (!(error instanceof SettleError)) throw error;
    return `${error.message}; nothing is paid until that is mended. ${error.details.mend}`;
  }
}

function damaged(file: string, path: string): SettleError {
  return new SettleError(
    'differs',
    say('payments: {path} is damaged in the warehouse {file}: it is not what its hash says', { path, file }),
    {
      file,
      mend: say('Put the warehouse back from a backup.'),
    },
  );
}
