import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nightly } from '../../src/commands/nightly.js';
import { verifyRun } from '../../src/runs/verify-run.js';
import { OTHERS } from '../support/programmes.js';
import { REPOSITORY, SILENT, workspace } from '../support/workspace.js';

/** The sample quarter, as the one line of the README settles it. */

const LINE =
  /`settle nightly ([^`]*2023-q4[^`]*)`/.exec(readFileSync(join(REPOSITORY, 'README.md'), 'utf8'))?.[1] ?? '';
const flags = Object.fromEntries([...LINE.matchAll(/--(\w+) (\S+)/g)].map(([, flag, value]) => [flag, value]));
const pages = ['README.md', 'data-samples/README.md'].map((page) => readFileSync(join(REPOSITORY, page), 'utf8'));

test('every programme is in it, and the second implementation agrees with each run', async () => {
  for (const page of pages) expect(page).toContain(`settle nightly ${LINE}`);
  expect(Object.keys(flags).sort()).toEqual(['date', 'input', 'out', 'policies']);
  const folder = workspace();
  const { periods, failures, exit } = await nightly(
    {
      ...{ policies: join(REPOSITORY, flags.policies ?? ''), input: join(REPOSITORY, flags.input ?? '') },
      ...{ out: join(folder, flags.out ?? ''), date: flags.date, statements: true },
    },
    { ...SILENT, clock: () => Date.UTC(2024, 0, 1, 2) },
  );
  expect([exit, failures]).toEqual([4, []]);
  const programmes = new Set(periods.map(({ policy }) => policy.replace(/-\d{4}-\d\d$/, '')));
  expect(programmes).toEqual(new Set(['content-live', ...OTHERS.map(({ programme }) => programme.name)]));
  const dirs = periods.map(({ run_dir }) => run_dir ?? '');
  const reasons = dirs
    .filter((dir) => dir.includes('content-live'))
    .flatMap(
      (dir) => readFileSync(join(dir, 'sessions.csv'), 'utf8').match(/frozen|unadmitted_digital_host|expelled/g) ?? [],
    );
  expect(new Set(reasons)).toEqual(new Set(['frozen', 'unadmitted_digital_host', 'expelled']));
  for (const dir of dirs) expect((await verifyRun(dir)).differences).toEqual([]);
}, 60_000);
