import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accept } from '../../src/commands/accept.js';
import { close } from '../../src/commands/close.js';
import { filesIn, REPOSITORY, SAMPLE_POLICY, SAMPLES, SILENT, settle, temporaryFolder } from '../support/workspace.js';
import { codeIn, listed, page, rows, section } from './pages.js';

/** reference/files.md has every file that is written, with every column and key, and no other. */

const PAGE = 'docs/reference/files.md';
const folder = temporaryFolder();
const out = join(folder, 'out');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let runDir: string;

/** The sample month, closed, and what came late: the run folder that has all files is the restatement's; the close is the first's. */
beforeAll(async () => {
  const options = { policy: SAMPLE_POLICY, out, warehouse: join(folder, 'settlement.duckdb') };
  const { runDir: first } = await settle({ ...options, input: join(SAMPLES, '2023-11') });
  const held = { out, warehouse: options.warehouse, by: 'Wang Li' };
  await accept(first, { ...held, all: true }, SILENT);
  await close(first, held, SILENT);
  const late = await settle({ ...options, input: join(SAMPLES, '2023-11-late') });
  runDir = late.runDir;
  closed = JSON.parse(readFileSync(join(first, 'close.json'), 'utf8'));
  manifest = JSON.parse(readFileSync(join(runDir, 'manifest.json'), 'utf8'));
});

let closed: Record<string, unknown>;
let manifest: Record<string, unknown>;

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
  expect(listed(PAGE, file).sort()).toEqual(header(join(runDir, file)).sort());
});

test('statements', () => {
  const [agency] = readdirSync(join(runDir, 'anchors'));
  const [statement] = readdirSync(join(runDir, 'anchors', agency as string));
  expect(listed(PAGE, 'Statements').sort()).toEqual(
    header(join(runDir, 'anchors', agency as string, statement as string)).sort(),
  );
});

test('inputs', () => {
  const said = rows(section(page(PAGE), 'inputs')).map((row) => row.flatMap((cell) => codeIn(cell)));
  const known = readdirSync(join(runDir, 'inputs')).map((file) => [
    `inputs/${file}`,
    ...header(join(runDir, 'inputs', file)),
  ]);
  expect(said).toEqual(known.sort());
});

test('every file of a run folder', () => {
  const named = page(PAGE).slugs;
  const files = filesIn(runDir).filter((file) => !file.includes('/'));
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

test('accepted.json', () => {
  const { acceptances } = JSON.parse(readFileSync(join(out, 'accepted.json'), 'utf8'));
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
