/** How many random months are tried, and by which seed where `RANDOM_SEED` says one; a failure names its own. */
export function seeded(runs: number): { numRuns: number; seed?: number } {
  const seed = process.env.RANDOM_SEED;
  return seed === undefined ? { numRuns: runs } : { numRuns: runs, seed: Number(seed) };
}
