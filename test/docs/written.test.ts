import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesIn, REPOSITORY } from '../support/workspace.js';
import { codeIn, listed, page, rows, section } from './pages.js';
import { type Answer, leave, type SampleMonth, sampleMonth } from './sample-month.js';

/** Whatever the program writes and answers stands in the reference: every file with its columns and keys, every answer. */

let month: SampleMonth;
let manifest: Record<string, unknown>;
let closed: Record<string, unknown>;

beforeAll(async () => {
  month = await sampleMonth();
  manifest = JSON.parse(readFileSync(join(month.restated, 'manifest.json'), 'utf8'));
  closed = JSON.parse(readFileSync(join(month.closed, 'close.json'), 'utf8'));
}, 240_000);
afterAll(() => leave(month));

const PAGE = 'docs/reference/files.md';

function header(path: string): string[] {
  return (readFileSync(path, 'utf8').split('\n')[0] as string).split(',');
}

/** A code span may hold a path's first part; keys of a mapping stand in the cell beside theirs. */
test.each([
  'settlement.csv',
  'days.csv',
  'sessions.csv',
  'adjustments.csv',
  'notices.csv',
  'unsettled.csv',
  'quarantine.csv',
])('%s', (file) => {
  expect(listed(PAGE, file).sort()).toEqual(header(join(month.restated, file)).sort());
});

test('statements', () => {
  const [agency] = readdirSync(join(month.restated, 'anchors'));
  const [statement] = readdirSync(join(month.restated, 'anchors', agency as string));
  expect(listed(PAGE, 'Statements').sort()).toEqual(
    header(join(month.restated, 'anchors', agency as string, statement as string)).sort(),
  );
});

test('inputs', () => {
  const said = rows(section(page(PAGE), 'inputs')).map((row) => row.flatMap((cell) => codeIn(cell)));
  const known = readdirSync(join(month.restated, 'inputs')).map((file) => [
    `inputs/${file}`,
    ...header(join(month.restated, 'inputs', file)),
  ]);
  expect(said).toEqual(known.sort());
});

test('every file of a run folder', () => {
  const named = page(PAGE).slugs;
  const files = filesIn(month.restated).filter((file) => !file.includes('/'));
  expect(files.length).toBeGreaterThan(8);
  expect(files.filter((file) => !named.includes(file.replace('.', '').toLowerCase()))).toEqual([]);
});

describe('manifest.json', () => {
  test('every key, and no other but those of some runs', () => {
    const said = listed(PAGE, 'manifest.json');
    const known = Object.keys(manifest);
    expect(known).toContain('restates');
    expect(said.filter((key) => !known.includes(key))).toEqual(['severities']); // where the settings lower some
    expect(known.filter((key) => !said.includes(key))).toEqual([]);
  });

  test.each(['program', 'restates', 'accounting', 'totals', 'notices'])('every key of %s', (key) => {
    const row = rows(section(page(PAGE), 'manifest.json')).find(([first = []]) => codeIn(first).includes(key)) ?? [];
    const words = row.flatMap((cell) => codeIn(cell));
    expect(Object.keys(manifest[key] as object).filter((each) => !words.includes(each))).toEqual([]);
  });

  test.each(['inputs', 'outputs'])('every key of an entry of %s', (key) => {
    const row = rows(section(page(PAGE), 'manifest.json')).find(([first = []]) => codeIn(first).includes(key)) ?? [];
    const words = row.flatMap((cell) => codeIn(cell));
    const [entry] = manifest[key] as object[];
    expect(Object.keys(entry as object).filter((each) => !words.includes(each))).toEqual([]);
  });
});

test('close.json', () => {
  expect(listed(PAGE, 'close.json').sort()).toEqual(Object.keys(closed).sort());
});

test('payments', () => {
  const dir = join(month.folder, 'out/_payments/content-live/0001');
  const named = codeIn(section(page(PAGE), 'payments'));
  const keys = (file: string) => Object.keys(JSON.parse(readFileSync(join(dir, file), 'utf8')));
  const columns = ['payments.csv', 'withheld.csv'].flatMap((file) => header(join(dir, file)));
  expect(columns.length).toBeGreaterThan(20);
  expect([...columns, ...keys('batch.json'), ...keys('review.json')].filter((word) => !named.includes(word))).toEqual(
    [],
  );
});

test('accepted.json', () => {
  const { acceptances } = JSON.parse(readFileSync(join(month.folder, 'out/accepted.json'), 'utf8'));
  const named = codeIn(section(page(PAGE), 'accepted.json'));
  const keys = ['acceptances', ...Object.keys(acceptances[0]), ...Object.keys(acceptances[0].notices[0])];
  expect(keys.filter((key) => !named.includes(key))).toEqual([]);
});

const sources = filesIn(join(REPOSITORY, 'src')).map((file) => readFileSync(join(REPOSITORY, 'src', file), 'utf8'));

test('every gauge', () => {
  const known = new Set(sources.flatMap((text) => [...text.matchAll(/'(settle_[a-z_]+)'/g)].map(([, name]) => name)));
  expect(known.size).toBeGreaterThan(5);
  expect(listed(PAGE, 'Metrics').sort()).toEqual([...known].sort());
});

test('every event of the log', () => {
  const written = sources.flatMap((text) => text.match(/\blog\.write\([^;]*?\blevelOf|\blog\.write\(\s*[^,]*/g) ?? []);
  const events = new Set(written.flatMap((call) => [...call.matchAll(/'(\w+)'/g)].map(([, word]) => word as string)));
  expect(listed(PAGE, 'The log of the nights').sort()).toEqual([...events].sort());
});

/** What stands elsewhere, by the page that the section links to: a manifest, a close, a run's columns. */
const ELSEWHERE: Record<string, { path: string; heading: string }> = {
  run: { path: 'docs/reference/files.md', heading: 'manifest.json' },
  close: { path: 'docs/reference/files.md', heading: 'close.json' },
  accept: { path: 'docs/reference/files.md', heading: 'accepted.json' },
  explain: { path: 'docs/reference/files.md', heading: 'settlement.csv' },
  'payments make': { path: 'docs/reference/files.md', heading: 'payments' },
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
  const own = codeIn(section(page('docs/reference/cli.md'), `settle ${name.replace(/ --.*/, '')}`));
  const there = other === undefined ? [] : codeIn(section(page(other.path), other.heading));
  return [...own, ...there].flatMap((code) => code.split(/[^\w-]+/));
}

const NAMES = [
  ...['run', 'nightly', 'load', 'verify', 'verify --all', 'files', 'runs', 'diff', 'book', 'report', 'accept', 'close'],
  ...['statement', 'packet', 'payments make', 'payments list', 'payments show', 'payments review', 'payments verify'],
  ...['close --restore', 'prune', 'compact', 'backup', 'rebuild', 'check-upgrade', 'init', 'policy check'],
];

test.each(NAMES)('settle %s: every key stands there', (name) => {
  const answer = month.answers.get(name) as Answer;
  expect(answer.error).toBeUndefined();
  const words = wordsBelow(name);
  expect(keysOf(answer).filter((key) => !words.includes(key))).toEqual([]);
});

test('settle explain: every key stands there', () => {
  const answer = month.answers.get('explain') as Answer;
  const words = wordsBelow('explain');
  expect(Object.keys(answer).filter((key) => !words.includes(key))).toEqual([]);
});
