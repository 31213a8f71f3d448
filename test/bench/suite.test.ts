import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { PROGRAM } from '../support/program.js';
import { REPOSITORY, workspace } from '../support/workspace.js';

/** The suite of measurements, tiny: what it compares, what it prints, and what it leaves behind. */

interface Answer {
  rows: { id: string; aims: { figure?: number }[]; today: Took; earlier?: Took }[];
  earlier: { commit: string } | null;
  compared: number;
  differences: string[];
}
interface Took {
  cpu: number;
}

function suite(...words: string[]) {
  const bench = [join(REPOSITORY, 'bench/bench.mjs'), '--suite', '--runs', '1', '--sessions', '400', ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, bench, { cwd: REPOSITORY, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** A build that pays a fen more: this one, with a figure changed after each run. */
function wrongBuild(): string {
  const root = workspace();
  mkdirSync(join(root, 'dist/bin'), { recursive: true });
  const wrong = `import { spawnSync } from 'node:child_process';
    import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
    import { join } from 'node:path';
    const words = process.argv.slice(2);
    const { status } = spawnSync(process.execPath, [${JSON.stringify(PROGRAM)}, ...words], { stdio: 'inherit' });
    const out = words[words.indexOf('--out') + 1];
    for (const name of words[0] === 'run' ? readdirSync(out, { recursive: true }) : []) {
      if (!name.endsWith('settlement.csv')) continue;
      writeFileSync(join(out, name), readFileSync(join(out, name), 'utf8').replace(/payable/, 'payabel'));
    }
    process.exitCode = status;`;
  writeFileSync(join(root, 'dist/bin/settle.js'), wrong);
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  return root;
}

test('an earlier build of other figures is told by its files, and the suite fails', () => {
  const { status, stdout } = suite('--only', 'whole', '--earlier', wrongBuild(), '--json');
  const answer = JSON.parse(stdout) as Answer;
  expect(answer.differences).toEqual(['whole: settlement.csv of earlier is not what it is of today']);
  expect([status, answer.compared]).toEqual([1, 3]);
  expect(answer.rows.map(({ id }) => id)).toEqual(['whole']);
  for (const { today, earlier } of answer.rows) expect(Math.min(today.cpu, earlier?.cpu ?? 0)).toBeGreaterThan(0);
});

test('every row has its samples, and all bytes are the same', { ...DEEP, timeout: 900_000 }, () => {
  const { status, stdout } = suite('--json');
  const { rows, differences, compared } = JSON.parse(stdout) as Answer;
  expect([status, differences, compared]).toEqual([0, [], 6]);
  expect(rows.map(({ id }) => id)).toEqual(
    'whole load night nights verify help runs explain quoted gb18030 crlf gzip parquet slashed clean faulty close restate diff'.split(
      ' ',
    ),
  );
  const figures = rows.flatMap(({ aims }) => aims.flatMap(({ figure }) => figure ?? []));
  expect(figures).toHaveLength(14);
  for (const figure of figures) expect(figure).toBeGreaterThan(0);
});

test('an earlier commit is built in a worktree, which is gone afterwards', DEEP, () => {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: REPOSITORY, encoding: 'utf8' });
  const { status, stdout } = suite('--only', 'help', '--earlier', 'HEAD', '--json');
  expect(status).toBe(0);
  expect((JSON.parse(stdout) as Answer).earlier?.commit).toBe(git('rev-parse', 'HEAD').trim());
  expect(git('worktree', 'list')).not.toMatch(/bench-/);
});

test('the table says what missed, beside what is aimed at', DEEP, () => {
  const { stdout } = suite('--only', 'load');
  expect(stdout).toMatch(/^load +≥ 900,000 rows\/s +[\d.,]+ +– +missed /m);
  expect(stdout).toMatch(
    /^Missed:\n {2}load: [\d.,]+, aimed at ≥ 900,000 rows\/s\nBytes: the same in 0 comparisons\n$/m,
  );
});

test('a row that there is not, and a commit that there is not, are refused', DEEP, () => {
  expect(suite('--only', 'nothing')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('there is no row nothing: whole,'),
  });
  expect(suite('--only', 'help', '--earlier', 'no-such-ref').status).not.toBe(0);
});
