import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SettleError } from '../../src/errors.js';
import { discardUnnoted, loadFolder } from '../../src/load/load.js';
import { type Row, Warehouse } from '../../src/warehouse.js';
import type { Month } from '../properties/month.js';
import { contentOf, filesIn, temporaryFolder, write } from '../workspace.js';
import { type Mutant, mutants, withMixedEnds } from './mutants.js';
import { rowsIn } from './records.js';
import { expectCounted, expectSound, type Outcome, outcomeOf } from './survive.js';

/**
 * Mutants of good exports: FUZZ_RUNS=10000 npx vitest run test/hostile/fuzz.test.ts (or npm run test:fuzz).
 * FUZZ_SEED starts with another seed, or with the one of a failure.
 */
const MUTANTS = Number(process.env.FUZZ_RUNS ?? 24);
/** Loading alone is so much faster than settling. */
const SETTLED = Math.ceil(MUTANTS / 6);
const LOADED = MUTANTS - SETTLED;
const seed = process.env.FUZZ_SEED === undefined ? {} : { seed: Number(process.env.FUZZ_SEED) };
const bounds = (numRuns: number) => ({
  numRuns,
  ...seed,
  interruptAfterTimeLimit: 10_000 + 4_000 * numRuns,
  markInterruptAsFailure: true,
});
const PATIENCE = 40_000 + 5_000 * LOADED;

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = temporaryFolder();
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function unpacked(name: string, bytes: Buffer): Buffer | undefined {
  try {
    return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  } catch {
    return undefined;
  }
}

/** Whether the independent reader can take every file; a header may still lack a column. */
function readable(mutant: Mutant): boolean {
  return Object.entries(mutant).every(([name, bytes]) => {
    const content = unpacked(name, bytes);
    return content !== undefined && rowsIn(content) !== undefined;
  });
}

/** Refusals that leave open whether the records could be read: the header's, and the packing's. */
const OF_THE_HEADER = /the header (lacks|has)|damaged gzip|lines end in CR alone/;

async function settled(folder: string, month: Month, mutant: Mutant): Promise<Outcome> {
  const exports = join(folder, 'exports');
  mkdirSync(exports, { recursive: true });
  write(exports, mutant);
  write(folder, { 'policy.json': JSON.stringify(month.policy) });
  const outcome = await outcomeOf(exports, join(folder, 'out'), join(folder, 'policy.json'));
  expect([0, 3, 4]).toContain(outcome.exit);
  if (outcome.manifest === undefined) {
    if (readable(mutant)) expect(outcome.message).toMatch(OF_THE_HEADER);
    expect(filesIn(folder).filter((file) => file.startsWith('out/'))).toEqual([]);
    return outcome;
  }
  expect(readable(mutant)).toBe(true);
  await expectSound(outcome);
  expectCounted(outcome.manifest, mutant);
  return outcome;
}

/** All that a run says of its rows, whatever its exports' hashes are. */
function said({ runDir, manifest }: Outcome): unknown {
  if (manifest === undefined) return undefined;
  const files = filesIn(runDir).filter((file) => file.endsWith('.csv'));
  return { ...contentOf(runDir, files), accounting: manifest.accounting, totals: manifest.totals };
}

test(
  'a mutant is settled or refused, each of its rows is accounted for, and both readers read the same',
  async () => {
    await fc.assert(
      fc.asyncProperty(mutants, ({ month, mutant }) =>
        inFolder(async (folder) => {
          const first = await settled(folder, month, mutant);
          const strictly = withMixedEnds(mutant);
          if (first.manifest === undefined) return;
          const second = await settled(folder, month, strictly);
          expect([second.message, said(second)]).toEqual(['', said(first)]);
        }),
      ),
      bounds(SETTLED),
    );
  },
  PATIENCE,
);

const TABLES = [
  'session_row',
  'anchor_row',
  'penalty_row',
  'scarcity_row',
  'unsound_row',
  'row_fault',
  'collapsed_row',
];

/** What a load makes of exports: every row of the warehouse's tables, or the refusal; nothing of it stays. */
async function loaded(warehouse: Warehouse, folder: string, mutant: Mutant): Promise<Record<string, Row[]> | string> {
  const [exports, scratch] = [join(folder, 'exports'), join(folder, 'scratch')];
  for (const path of [exports, scratch]) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path);
  }
  write(exports, mutant);
  try {
    const report = await loadFolder(warehouse, {
      folder: exports,
      scratch,
      now: Date.now(),
      encoding: undefined,
      onFile: () => undefined,
    });
    for (const { file, rows } of report.loaded) {
      expect([file, rows]).toEqual([file, rowsIn(unpacked(file, mutant[file] as Buffer) as Buffer)?.length]);
    }
    const found: Record<string, Row[]> = {};
    for (const table of TABLES) found[table] = await warehouse.rows(`SELECT * FROM ${table} ORDER BY ALL`);
    return found;
  } catch (error) {
    if (!(error instanceof SettleError)) throw error;
    expect(error.code).toBe('input');
    if (readable(mutant)) expect(error.message).toMatch(OF_THE_HEADER);
    return error.message;
  } finally {
    await warehouse.run('ROLLBACK').catch(() => undefined);
    await discardUnnoted(warehouse);
  }
}

test(
  'a mutant is loaded or refused, and both readers load the same',
  () =>
    inFolder(async (folder) => {
      const warehouse = await Warehouse.open({ file: ':memory:', scratch: folder, folders: [folder], threads: 1 });
      let compared = 0;
      await fc.assert(
        fc.asyncProperty(mutants, async ({ changed }) => {
          const first = await loaded(warehouse, folder, changed);
          if (typeof first === 'string') return;
          expect(await loaded(warehouse, folder, withMixedEnds(changed))).toEqual(first);
          compared += 1;
        }),
        bounds(LOADED),
      );
      warehouse.close();
      expect(compared).toBeGreaterThan(LOADED / 5);
    }),
  PATIENCE,
);
