import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SettleError } from '../../src/core/errors.js';
import { noticesIn } from '../../src/notices/read-notices.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import type { RunOptions } from '../../src/settings/run-options.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { variations } from '../support/deep.js';
import { compareRun, keepChanged } from '../support/golden.js';
import { CASES, filesIn, settle, workspace } from '../support/workspace.js';
import { CASES_TOLD } from './cases-told.js';

/**
 * Whole runs: each folder of test/cases holds exports, a policy, the flags in `args`, and in `expected/` the exit code
 * and what must come out, figured out without this program. Its README says what it is about.
 */

const names = readdirSync(CASES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

const textOf = (name: string, file: string): string => readFileSync(join(CASES, name, file), 'utf8');
const exitOf = (name: string): number => Number(textOf(name, 'expected/exit_code'));

/** The flags of a case, a word on each line. */
function flagsOf(name: string): Partial<RunOptions> {
  const words = textOf(name, 'args').split('\n').filter(Boolean);
  const flags: Partial<RunOptions> = {};
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--strict') flags.strict = true;
    else if (word === '--encoding') flags.encoding = words.shift();
    else if (word === '--as-of') flags.asOf = words.shift();
    else throw new Error(`${name}/args: ${word} is not known here`);
  }
  return flags;
}

/** The warehouse is a file beside what is written, so that a failing case is seen to leave neither. */
function runCase(name: string, folder: string): Promise<RunResult> {
  return settle({
    policy: join(CASES, name, 'policy.json'),
    input: join(CASES, name, 'input'),
    out: join(folder, 'out'),
    warehouse: join(folder, 'settlement.duckdb'),
    ...flagsOf(name),
  });
}

test('every case is there', () => {
  expect(names).toHaveLength(54);
  expect(names.filter((name) => !existsSync(join(CASES, name, 'expected/settlement.csv')))).toHaveLength(11);
});

const settles = (name: string): boolean => [0, 4].includes(exitOf(name));

variations(
  names.filter(settles),
  0,
  20,
  35,
)('case %s settles as expected, and verifies', async (name) => {
  const result = await runCase(name, workspace());
  expect(result.exit).toBe(exitOf(name));
  expect(readFileSync(join(result.runDir, 'policy.yaml'))).toEqual(readFileSync(join(CASES, name, 'policy.json')));
  const changed = compareRun(join(CASES, name, 'expected'), result.runDir);
  if (changed.length > 0) expect.fail(keepChanged(name, result.runDir, changed));
  expect(attentionOf(result)).toEqual(CASES_TOLD[name]?.told ?? []);
  expect((await verifyRun(result.runDir)).differences).toEqual([]);
});

/** What asks for attention besides days without sessions: each notice's code with its file or subject, in order. */
function attentionOf({ runDir, place }: RunResult): string[] {
  const attention = [...(noticesIn(runDir) ?? []), ...place].filter(({ severity }) => severity === 'attention');
  const others = attention.filter(({ code }) => code !== 'day_without_sessions');
  return others.map(({ code, file, subject }) => `${code} ${file}${subject}`).sort();
}

variations(
  names.filter((name) => !settles(name)),
  0,
  5,
)('case %s fails as expected, and nothing is written', async (name) => {
  const folder = workspace();
  mkdirSync(join(folder, 'out'));
  const failure = await runCase(name, folder).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(SettleError);
  expect((failure as SettleError).exit).toBe(exitOf(name));
  expect(filesIn(folder)).toEqual([]);
});
