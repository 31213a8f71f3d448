import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { program } from '../../src/bin/program.js';
import { SAMPLES, temporaryFolder } from '../support/workspace.js';
import { codeIn, page, section } from './pages.js';

/** reference/cli.md names every key of what a command answers as JSON. */

const PAGE = page('docs/reference/cli.md');
const MONTH = ['--policy', 'data-samples/policy-2023-11.yaml', '--input', 'data-samples/2023-11'];
const LATE = ['--policy', 'data-samples/policy-2023-11.yaml', '--input', 'data-samples/2023-11-late'];

type Answer = Record<string, unknown>;

const folder = temporaryFolder();
const before = process.cwd();
const answers = new Map<string, Answer>();

/** Calls the program in this process, and keeps its answer under the command's name or another. */
async function call(words: readonly string[], name = words[0] as string): Promise<Answer> {
  let said = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
  try {
    await program([...words, '--json', '--quiet']);
  } finally {
    out.mockRestore();
  }
  const answer = JSON.parse(said) as Answer;
  answers.set(name, answer);
  return answer;
}

beforeAll(async () => {
  cpSync(SAMPLES, join(folder, 'data-samples'), { recursive: true });
  process.chdir(folder);
  process.setMaxListeners(100); // each call hears signals
  await call(['load', 'data-samples/2023-11']);
  const { run_id } = await call(['run', ...MONTH]);
  const id = run_id as string;
  await call(['verify', `out/content-live-2023-11/${id}`]);
  await call(['explain', id, '--anchor', 'A1004']);
  await call(['accept', id, '--by', 'Wang Li', '--all']);
  await call(['close', id, '--by', 'Wang Li']);
  await call(['run', ...LATE]);
  await call(['nightly', '--date', '2023-11-30', '--policies', 'data-samples', '--input', 'data-samples/2023-11-late']);
  await call(['diff', 'closed', 'latest']);
  await call(['diff', id, '--policy', 'data-samples/policy-2023-11.yaml'], 'what-if');
  await call(['files']);
  await call(['runs']);
  await call(['verify', '--all'], 'verify --all');
  await call(['check-upgrade']);
  await call(['close', '--restore'], 'close --restore');
  await call(['prune', '--dry-run']);
  await call(['compact']);
  await call(['backup', 'copy.duckdb']);
  await call(['rebuild', ...LATE.slice(2), 'data-samples/2023-11', '--warehouse', 'again.duckdb']);
  await call(['init', 'place']);
  await call(['policy', 'check', 'data-samples/policy-2023-11.yaml'], 'policy check');
}, 240_000);

afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

/** What stands elsewhere, by the page that the section links to: a manifest, a close, a run's columns. */
const ELSEWHERE: Record<string, { path: string; heading: string }> = {
  run: { path: 'docs/reference/files.md', heading: 'manifest.json' },
  close: { path: 'docs/reference/files.md', heading: 'close.json' },
  accept: { path: 'docs/reference/files.md', heading: 'accepted.json' },
  explain: { path: 'docs/reference/files.md', heading: 'settlement.csv' },
  nightly: { path: 'docs/reference/cli.md', heading: 'settle load' },
};

const isMapping = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys of an answer, and of the entries of its lists. */
function keysOf(answer: Answer): string[] {
  const entries = Object.values(answer).flatMap((value) => (Array.isArray(value) ? value.filter(isMapping) : []));
  return [...new Set([answer, ...entries].flatMap((each) => Object.keys(each)))];
}

function wordsBelow(name: string): string[] {
  const other = ELSEWHERE[name];
  const own = codeIn(section(PAGE, `settle ${name.replace(/ --.*/, '')}`));
  const there = other === undefined ? [] : codeIn(section(page(other.path), other.heading));
  return [...own, ...there].flatMap((code) => code.split(/[^\w-]+/));
}

const NAMES = [
  ...['run', 'nightly', 'load', 'verify', 'verify --all', 'files', 'runs', 'diff', 'accept', 'close'],
  ...['close --restore', 'prune', 'compact', 'backup', 'rebuild', 'check-upgrade', 'init', 'policy check'],
];

test.each(NAMES)('settle %s: every key stands there', (name) => {
  const answer = answers.get(name) as Answer;
  expect(answer.error).toBeUndefined();
  const words = wordsBelow(name);
  expect(keysOf(answer).filter((key) => !words.includes(key))).toEqual([]);
});

test('settle explain: every key stands there', () => {
  const answer = answers.get('explain') as Answer;
  const words = wordsBelow('explain');
  expect(Object.keys(answer).filter((key) => !words.includes(key))).toEqual([]);
});
