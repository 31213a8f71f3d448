import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REPOSITORY } from '../support/workspace.js';
import { PAGES, type Page, page } from './pages.js';

/** Every link leads somewhere, every path that is named exists, and every page can be reached. */

const THERE = (path: string): boolean => existsSync(join(REPOSITORY, path));

/** Where a relative link leads: a path from the root and an anchor, both may be blank. */
function target(from: Page, href: string): { path: string; anchor: string } {
  const [to = '', anchor = ''] = href.split('#');
  return { path: to === '' ? from.path : posix.normalize(posix.join(posix.dirname(from.path), to)), anchor };
}

function isAway(href: string): boolean {
  return /^[a-z]+:/.test(href);
}

function faultsOf(from: Page): string[] {
  return from.links
    .filter((href) => !isAway(href))
    .flatMap((href) => {
      const { path, anchor } = target(from, href);
      if (!THERE(path)) return [`${href}: there is no ${path}`];
      if (anchor === '') return [];
      const known = PAGES.find((each) => each.path === path)?.slugs ?? [];
      return known.includes(decodeURIComponent(anchor)) ? [] : [`${href}: ${path} has no heading #${anchor}`];
    });
}

test('pages are found', () => {
  const paths = PAGES.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/rulebook.md', 'sql/README.md']));
  expect(PAGES.flatMap(({ links }) => links).length).toBeGreaterThan(100);
});

test.each(PAGES.map((each) => [each.path, each] as const))('%s: every link leads somewhere', (_path, each) => {
  expect(faultsOf(each)).toEqual([]);
});

/** A path of this repository as a page names it; patterns and examples have signs that no path here has. */
const PATH = /^(?:src|sql|test|docs|deploy|bench|data-samples|findings)\/[\w./@-]*$/;

test.each(PAGES.filter(({ path }) => path !== 'CHANGELOG.md').map((each) => [each.path, each] as const))(
  '%s: every path that it names exists',
  (_path, { spans }) => {
    const named = spans.map((span) => span.split(':')[0] as string).filter((span) => PATH.test(span));
    expect(named.filter((path) => !THERE(path.replace(/\/$/, '')) || path.includes('NN_'))).toEqual(
      named.filter((path) => path.includes('NN_')),
    );
  },
);

test('every page of docs/ can be reached from the README', () => {
  const seen = new Set<string>();
  const walk = (path: string): void => {
    const found = PAGES.find((each) => each.path === path);
    if (seen.has(path) || found === undefined) return;
    seen.add(path);
    for (const href of found.links.filter((each) => !isAway(each))) walk(target(found, href).path);
  };
  walk('README.md');
  expect(PAGES.map(({ path }) => path).filter((path) => path.startsWith('docs/') && !seen.has(path))).toEqual([]);
});

describe('the README', () => {
  test('has 6 kB at most', () => {
    expect(statSync(join(REPOSITORY, 'README.md')).size).toBeLessThanOrEqual(6000);
  });

  test('has the two lines, as they are', () => {
    const shell = page('README.md').blocks.filter(({ lang }) => lang === 'sh');
    expect(shell.map(({ text }) => text)).toEqual([
      'npm ci && node dist/bin/settle.js run --policy data-samples/policy-2023-11.yaml --input data-samples/2023-11',
      'npm ci && npm test',
    ]);
  });
});

test('a link that leads nowhere, and a heading that is not there, are found', () => {
  const from = { ...page('README.md'), links: ['docs/nowhere.md', 'docs/rulebook.md#c99', '#quick-start', '#slow'] };
  expect(faultsOf(from)).toEqual([
    'docs/nowhere.md: there is no docs/nowhere.md',
    'docs/rulebook.md#c99: docs/rulebook.md has no heading #c99',
    '#slow: README.md has no heading #slow',
  ]);
});
