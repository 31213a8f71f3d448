import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { run } from '../../src/commands/run.js';
import { SettleError } from '../../src/core/errors.js';
import type { Manifest } from '../../src/emit/manifest.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { settle } from '../support/program.js';
import { SAMPLE_POLICY, SILENT, workspace, write } from '../support/workspace.js';
import { rowsIn } from './records.js';

/** Settles what somebody else made to break the program, and holds the outcome to what must always be so. */

/** HOSTILE=program calls the built program for each entry; otherwise the same happens inside this process. */
const BY_PROGRAM = process.env.HOSTILE === 'program';

export type Files = Record<string, string | Uint8Array>;

export interface Hostile {
  files: Files;
  /** Puts more into the folder of exports: links, Parquet files. */
  more?: (folder: string) => void | Promise<void>;
  /** The policy's text; the sample policy where none is given. */
  policy?: string;
  exit: 0 | 3 | 4;
  /** Of the error's message where the exit is 3, of the warnings otherwise. */
  words?: RegExp;
  /** `line column code` of every line of quarantine.csv, in its order. */
  quarantine?: string[];
  accounting?: Partial<Manifest['accounting']>;
  total?: string;
}

export interface Outcome {
  exit: number;
  message: string;
  /** Where it settled. */
  manifest: Manifest | undefined;
  runDir: string;
}

/** Runs in a folder of exports, by the sample policy; anything but a settlement or an error for people fails the test. */
export async function outcomeOf(folder: string, out: string, policy = SAMPLE_POLICY): Promise<Outcome> {
  if (BY_PROGRAM) {
    const words = ['run', '--policy', policy, '--input', folder, '--out', out, '--warehouse', ':memory:', '--json'];
    const { exit, json } = await settle(words, { cwd: folder });
    const failed = json.error !== undefined;
    return {
      exit: exit ?? -1,
      message: failed ? json.error.message : '',
      manifest: failed ? undefined : (json as unknown as Manifest),
      runDir: json.run_dir,
    };
  }
  const options = { policy, input: folder, out, warehouse: ':memory:', strict: false, statements: true, threads: '1' };
  try {
    const { exit, manifest, runDir } = await run(options, SILENT);
    return { exit, message: '', manifest, runDir };
  } catch (error) {
    if (!(error instanceof SettleError)) throw error;
    expect(error.details.mend).toMatch(/\S/);
    return { exit: error.exit, message: error.message, manifest: undefined, runDir: '' };
  }
}

/** What holds of every settlement, whatever was settled. */
export async function expectSound({ manifest, runDir, exit }: Outcome): Promise<void> {
  expect(await verifyRun(runDir)).toMatchObject({ differences: [], count: 0 });
  const { accounting, inputs } = manifest as Manifest;
  const { rows_read, ...parts } = accounting;
  expect(Object.values(parts).reduce((sum, rows) => sum + rows, 0)).toBe(rows_read);
  const read = inputs.filter(({ kind }) => kind === 'sessions').reduce((sum, { rows }) => sum + rows, 0);
  expect(read).toBe(rows_read);
  const quarantined = inputs.reduce((sum, input) => sum + input.quarantined, 0);
  expect(exit).toBe(quarantined > 0 ? 4 : 0);
  const lines = new Set(quarantineOf(runDir).map(({ file, line }) => `${line} ${file}`));
  expect(lines.size).toBe(quarantined);
}

/** Every record of a file is a row of the manifest: by an independent reading of the bytes. */
export function expectCounted(manifest: Manifest, files: Files): void {
  for (const { file, rows } of manifest.inputs) {
    const content = files[file];
    if (content === undefined) continue;
    const bytes = Buffer.from(content);
    const counted = rowsIn(file.endsWith('.gz') ? gunzipSync(bytes) : bytes)?.length;
    expect([file, rows]).toEqual([file, counted]);
  }
}

export function quarantineOf(runDir: string): Record<string, string>[] {
  return parse(readFileSync(join(runDir, 'quarantine.csv')), { columns: true }) as Record<string, string>[];
}

export async function survive({
  files,
  more,
  policy,
  exit,
  words,
  quarantine,
  accounting,
  total,
}: Hostile): Promise<Outcome> {
  const folder = workspace();
  const exports = join(folder, 'exports');
  mkdirSync(exports);
  write(exports, files);
  await more?.(exports);
  if (policy !== undefined) write(folder, { 'policy.yaml': policy });
  const ofPolicy = policy === undefined ? [] : [join(folder, 'policy.yaml')];
  const outcome = await outcomeOf(exports, join(folder, 'out'), ...ofPolicy);
  expect([outcome.exit, outcome.message]).toEqual([exit, exit === 3 ? expect.stringMatching(words ?? /./) : '']);
  const { manifest, runDir } = outcome;
  if (manifest === undefined) return outcome;
  await expectSound(outcome);
  expectCounted(manifest, files);
  if (words !== undefined) expect(manifest.warnings.join('\n')).toMatch(words);
  const found = quarantineOf(runDir).map(({ line, column, code }) => `${line} ${column} ${code}`);
  if (quarantine !== undefined) expect(found).toEqual(quarantine);
  if (accounting !== undefined) expect(manifest.accounting).toMatchObject(accounting);
  if (total !== undefined) expect(manifest.totals.total).toBe(total);
  return outcome;
}
