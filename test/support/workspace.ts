import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { run } from '../../src/commands/run.js';
import type { Context } from '../../src/context/context.js';
import type { RunOptions } from '../../src/settings/run-options.js';
import type { RunResult } from '../../src/settle/run-result.js';

/** Where tests run the program: folders of their own, a clock that stands still, and nobody who watches. */

export const REPOSITORY = resolve(import.meta.dirname, '../..');
export const CASES = join(REPOSITORY, 'test/cases');
export const SAMPLES = join(REPOSITORY, 'data-samples');
export const SAMPLE_POLICY = join(SAMPLES, 'policy-2023-11.yaml');

/** A folder that is taken away when the test has ended. */
export function workspace(): string {
  const folder = temporaryFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder for several tests; whoever makes it takes it away. */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'settlement-test-')));
}

export const SILENT: Context = {
  clock: () => Date.UTC(2023, 11, 5),
  progress: () => undefined,
  say: () => undefined,
  note: () => undefined,
  summary: true,
  watch: () => false,
  onSignal: () => undefined,
};

/** `settle run` inside this process, with a warehouse in memory where none is named. */
export async function settle(
  options: Partial<RunOptions> & Pick<RunOptions, 'policy' | 'input' | 'out'>,
): Promise<RunResult> {
  return run({ warehouse: ':memory:', strict: false, statements: true, ...options }, SILENT);
}

/** Every file below a folder, as sorted paths with forward slashes; links are not followed. */
export function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return entries
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

/** What a folder holds, file by file: two folders with the same files in them give the same. */
export function contentOf(folder: string, files: readonly string[] = filesIn(folder)): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file)).toString('latin1')]));
}

/** The three tables that carry the figures. */
export const FIGURES = ['settlement.csv', 'days.csv', 'sessions.csv'] as const;

/** Writes files into a folder, each as it is given. */
export function write(folder: string, files: Record<string, string | Uint8Array>): string {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** Puts another content in the place of a published file, which is for reading alone and may be another run's too. */
export function overwrite(path: string, content: string | Uint8Array): void {
  rmSync(path);
  writeFileSync(path, content);
}
