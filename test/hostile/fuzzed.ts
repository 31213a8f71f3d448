import { rmSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { temporaryFolder } from '../support/workspace.js';
import { type Mutant, type Mutated, mutants } from './mutants.js';
import { rowsIn } from './records.js';

/**
 * How many mutants of good exports are made: FUZZ_RUNS=10000 npx vitest run test/hostile/fuzz (or npm run test:fuzz).
 * FUZZ_SEED starts with another seed, or with the one of a failure.
 */
const MUTANTS = Number(process.env.FUZZ_RUNS ?? 24);
/** Loading alone is so much faster than settling. */
export const SETTLED = Math.ceil(MUTANTS / 4);
export const LOADED = MUTANTS - SETTLED;
const seed = process.env.FUZZ_SEED === undefined ? {} : { seed: Number(process.env.FUZZ_SEED) };

/** How long the test of so many of them may take. */
export const patience = (count: number): number => 40_000 + 5_000 * count;

/** Every mutant is held to something; one that doesn't end is a failure. */
export async function eachMutant(count: number, hold: (mutated: Mutated) => Promise<void>): Promise<void> {
  await fc.assert(fc.asyncProperty(mutants, hold), {
    numRuns: count,
    ...seed,
    interruptAfterTimeLimit: 10_000 + 4_000 * count,
    markInterruptAsFailure: true,
  });
}

export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = temporaryFolder();
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function unpacked(name: string, bytes: Buffer): Buffer | undefined {
  try {
    return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  } catch {
    return undefined;
  }
}

/** Whether the independent reader can take every file; a header may still lack a column. */
export function readable(mutant: Mutant): boolean {
  return Object.entries(mutant).every(([name, bytes]) => {
    const content = unpacked(name, bytes);
    return content !== undefined && rowsIn(content) !== undefined;
  });
}

/** Refusals that leave open whether the records could be read: the header's, and the packing's. */
export const OF_THE_HEADER = /the header (lacks|has)|damaged gzip|lines end in CR alone/;
