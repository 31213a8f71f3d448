import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Month } from '../support/random/month.js';
import { contentOf, filesIn, write } from '../support/workspace.js';
import { eachMutant, inFolder, OF_THE_HEADER, patience, readable, SETTLED } from './fuzzed.js';
import { type Mutant, withMixedEnds } from './mutants.js';
import { expectCounted, expectSound, type Outcome, outcomeOf } from './survive.js';

// @module-tag deep

/** Mutants are settled, and verified, by both readers. */

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

/** All that a run says of its rows, whatever its exports' hashes are, and whether or not their last lines have an end. */
function said({ runDir, manifest }: Outcome): unknown {
  if (manifest === undefined) return undefined;
  const content = contentOf(
    runDir,
    filesIn(runDir).filter((file) => file.endsWith('.csv')),
  );
  const notices = (content['notices.csv'] ?? '').split('\n').filter((line) => !line.startsWith('last_line_open,'));
  return { ...content, 'notices.csv': notices, accounting: manifest.accounting, totals: manifest.totals };
}

test(
  'a mutant is settled or refused, each of its rows is accounted for, and both readers read the same',
  async () => {
    await eachMutant(SETTLED, ({ month, mutant }) =>
      inFolder(async (folder) => {
        const first = await settled(folder, month, mutant);
        if (first.manifest === undefined) return;
        const second = await settled(folder, month, withMixedEnds(mutant));
        expect([second.message, said(second)]).toEqual(['', said(first)]);
      }),
    );
  },
  patience(SETTLED),
);
