import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPOSITORY, SAMPLES, temporaryFolder } from '../support/workspace.js';
import { page, section } from './pages.js';

/** The blocks of the quick start, the finance and the agency pages are run by a shell, page after page. */

const PROGRAM = join(REPOSITORY, 'dist/bin/settle.js');
const PAGES = ['README.md', 'docs/finance.md', 'docs/agency.md', 'docs/agency.zh.md', 'docs/finance.zh.md'];

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeAll(() => {
  const bin = join(root, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'settle'), `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`);
  chmodSync(join(bin, 'settle'), 0o755);
});

/** What a block prints on standard output; throws where one of its commands fails. */
function run(block: string, cwd: string): string {
  const { NO_COLOR: _no, FORCE_COLOR: _force, NODE_OPTIONS: _node, ...environment } = process.env;
  const env = { ...environment, LC_ALL: 'C', PATH: `${join(root, 'bin')}${delimiter}${process.env.PATH}` };
  return execFileSync('sh', ['-e', '-c', block], { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Installing and testing are what whoever runs this does. */
function blocksOf(path: string): string[] {
  return page(path)
    .blocks.filter(({ lang }) => lang === 'sh')
    .map(({ text }) => text.replace(/^npm ci && /, ''))
    .filter((text) => text !== 'npm test');
}

const said = new Map<string, string[]>();

/** A folder with the samples, as a reader has it. */
function place(): string {
  const cwd = join(root, 'place');
  mkdirSync(cwd, { recursive: true });
  cpSync(SAMPLES, join(cwd, 'data-samples'), { recursive: true });
  symlinkSync(join(REPOSITORY, 'dist'), join(cwd, 'dist'));
  return cwd;
}

beforeAll(() => {
  const cwd = place();
  const printed = new Map<string, string>(); // a block that stands in both languages is run once
  for (const path of PAGES) {
    const blocks = blocksOf(path);
    for (const block of blocks) if (!printed.has(block)) printed.set(block, run(block, cwd));
    said.set(
      path,
      blocks.map((block) => printed.get(block) as string),
    );
  }
}, 240_000);

test.each(PAGES)('%s: every block runs', (path) => {
  expect(blocksOf(path).length).toBeGreaterThan(0);
  expect(said.get(path)?.length).toBe(blocksOf(path).length);
});

/** Lines of a shown text that are whole: `…` stands for what no two runs have alike, and for what is left out. */
function wholeLines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '' && !line.includes('…'));
}

test('the README shows what the first line prints', () => {
  const [picture] = page('README.md').blocks.filter(({ lang }) => lang === 'text');
  const printed = (said.get('README.md')?.[0] ?? '').split('\n');
  const lines = wholeLines(picture?.text ?? '');
  expect(lines.length).toBeGreaterThan(12);
  expect(lines.filter((line) => !printed.includes(line))).toEqual([]);
});

describe('the finance page', () => {
  test('shows what explain prints', () => {
    const block = section(page('docs/finance.md'), 'Explaining a figure').find(
      (each) => 'lang' in each && each.lang === 'text',
    );
    const lines = wholeLines((block as { text: string }).text);
    const printed = said.get('docs/finance.md')?.join('').split('\n');
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !printed?.includes(line))).toEqual([]);
  });

  test('says right what --as-of settles', () => {
    const printed = said.get('docs/finance.md')?.join('') ?? '';
    expect(printed).toMatch(/Sessions settled +153\n[\s\S]*Total payable +13,681\.05/);
    for (const path of ['docs/finance.md', 'docs/finance.zh.md'])
      expect(page(path).text).toMatch(/153[\s\S]*13,681\.05/);
  });
});

test.each(['docs/agency.md', 'docs/agency.zh.md'])('%s: its figures are those of the files', (path) => {
  const printed = (said.get(path)?.[0] ?? '').split('\n');
  const csv =
    page(path)
      .blocks.find(({ lang }) => lang === 'csv')
      ?.text.split('\n') ?? [];
  expect(csv.length).toBe(5);
  expect(csv.filter((line) => !printed.includes(line))).toEqual([]);
  const rows = page(path).text.match(/^\| L2023.*$/gm) ?? [];
  expect(rows.length).toBe(3);
  for (const row of rows) {
    const [, id = '', date, level, dwell, price, index, , amount] = row.split('|').map((cell) => cell.trim());
    const cells = printed.find((line) => line.startsWith(`${id},`))?.split(',') ?? [];
    expect([cells[2], cells[11], cells[13], cells[14], cells[15], cells[18]]).toEqual([
      date,
      level,
      dwell,
      price,
      index,
      amount,
    ]);
  }
});
