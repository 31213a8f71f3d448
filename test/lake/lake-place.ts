import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../src/commands/load.js';
import { type CallOptions, settle as call, type Ended } from '../support/program.js';
import { contentOf, filesIn, SILENT, settle, write } from '../support/workspace.js';

/** Lakes that tests load exports into, and what is settled of them. */

/** Loads a folder inside this process. */
export async function loadInto(lake: string, exports: string, more: object = {}) {
  const answer = await load(exports, { out: join(lake, '../out'), lake, ...more }, SILENT);
  return {
    exit: answer.exit,
    ...(answer.answer as { load: number | null; loaded: { file: string }[]; known: number }),
  };
}

/** Loads a folder by the built program, as another machine would at the same time. */
export async function loadBeside(
  cwd: string,
  exports: string,
  options: Partial<CallOptions> & { words?: string[] } = {},
): Promise<Ended> {
  const { words = [], ...more } = options;
  return call(['load', exports, '--lake', 'lake', '--json', ...words], { cwd, ...more });
}

/** A run folder's files but for the two times. */
export function publishedFiles(runDir: string): Record<string, string> {
  const content = contentOf(runDir);
  const manifest = JSON.parse(content['manifest.json'] as string);
  return { ...content, 'manifest.json': JSON.stringify({ ...manifest, started_at: '', finished_at: '' }) };
}

/** Settles what a lake holds, in a warehouse of its own. */
export async function settledFrom(lake: string, policy: string, out: string) {
  const { runDir, exit } = await settle({ policy, lake, out, input: undefined });
  return { exit, published: publishedFiles(runDir) };
}

/** A folder with just these files. */
export function folderOf(path: string, files: Record<string, string>): string {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return write(path, files);
}

/** The goes of a lake and how many files have landed or ended in each; rows by their tables. */
export function rowsIn(lake: string): string[] {
  return filesIn(lake).filter((path) => path.startsWith('rows/'));
}
