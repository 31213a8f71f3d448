import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BeijingDate } from '../beijing.js';
import { USUAL_FILE } from '../config/settings.js';
import { SettleError } from '../errors.js';
import { loadPolicy } from '../policy/load-policy.js';
import type { Policy } from '../policy/policy.js';

interface Found {
  file: string;
  policy: Policy;
}

/** The files of the policies that have begun by a date, in the order of their periods; one of them contains it. */
export async function policiesFor(folder: string, date: BeijingDate): Promise<string[]> {
  const all: Found[] = [];
  for (const file of filesIn(folder)) all.push({ file, policy: (await loadPolicy(file)).policy });
  all.sort((a, b) => (a.policy.period.from < b.policy.period.from ? -1 : 1));
  refuseOverlap(all);
  refuseNone(folder, all, date);
  return all.filter(({ policy }) => policy.period.from <= date).map(({ file }) => file);
}

const NAMED = /^[^.].*\.(ya?ml|json)$/;

/** Every policy of the folder. Settings that lie there too are none, and hidden files nobody's. */
function filesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => NAMED.test(name) && name !== USUAL_FILE);
    return names.sort().map((name) => join(folder, name));
  } catch (error) {
    throw new SettleError(
      'usage',
      `the folder of policies ${folder} can't be read: ${(error as Error).message}`,
      { file: folder, mend: 'Give the folder that holds a policy for each period with --policies.' },
      { cause: error },
    );
  }
}

function refuseOverlap(all: readonly Found[]): void {
  for (const [at, { file, policy }] of all.entries()) {
    const before = all[at - 1];
    if (before === undefined || before.policy.period.to < policy.period.from) continue;
    throw new SettleError(
      'policy',
      `${before.file} and ${file} have days in common: ${periodOf(before)}, and ${periodOf({ policy })}`,
      { file, mend: 'A day belongs to one policy. Correct a period, or move a policy out of the folder.' },
    );
  }
}

function refuseNone(folder: string, all: readonly Found[], date: BeijingDate): void {
  if (all.some(({ policy: { period } }) => period.from <= date && date <= period.to)) return;
  const last = all.at(-1);
  throw new SettleError('policy', `no policy in ${folder} is for ${date}`, {
    file: folder,
    mend: `Put the policy of that day there${last === undefined ? '' : `; the last one is ${last.file}, ${periodOf(last)}`}.`,
  });
}

function periodOf({ policy: { period } }: Pick<Found, 'policy'>): string {
  return `${period.from} to ${period.to}`;
}
