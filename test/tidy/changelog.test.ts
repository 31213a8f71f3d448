import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REPOSITORY } from '../support/workspace.js';

/** Every release says which figures it may change, and what check-upgrade printed of the fixtures. */

const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
const text = readFileSync(join(REPOSITORY, 'CHANGELOG.md'), 'utf8').replaceAll('\r\n', '\n');

/** What is wrong with a changelog, for a program of that version. */
function faultsOf(changelog: string, of: string): string[] {
  const [, ...entries] = changelog.split(/^## /m);
  const versions = entries.map((entry) => /^\d+\.\d+\.\d+(?= \(not released\)\n|\n)/.exec(entry)?.[0]);
  return [
    ...(versions[0] === of ? [] : [`the first entry is not that of ${of}`]),
    ...(versions.join() === [...versions].sort(later).join() ? [] : ['the releases are not in their order']),
    ...(new Set(versions).size === versions.length ? [] : ['a release has two entries']),
    ...entries.flatMap((entry, at) => entryFaults(entry).map((fault) => `${versions[at]}: ${fault}`)),
  ];
}

function entryFaults(entry: string): string[] {
  const figures = /^\*\*Figures that may change:\*\* \S/m.test(entry);
  const printed = /^\*\*`settle check-upgrade` of the fixtures(:\*\*|\*\*,[^\n]*:)\n\n```\n[^`]+\n```$/m.test(entry);
  return [
    ...(figures ? [] : ['does not say which figures may change']),
    ...(printed ? [] : ['does not show what check-upgrade printed']),
  ];
}

/** The newest first. */
function later(a = '', b = ''): number {
  const [these, those] = [a, b].map((each) => each.split('.').map(Number)) as [number[], number[]];
  const at = these.findIndex((number, place) => number !== those[place]);
  return at < 0 ? 0 : (those[at] as number) - (these[at] as number);
}

test('every release has its entry', () => {
  expect(faultsOf(text, version)).toEqual([]);
});

describe('found is', () => {
  test.each([
    ['a release without an entry', text, '99.0.0', 'the first entry is not that of 99.0.0'],
    [
      'an entry that does not say which figures may change',
      text.replace('**Figures that may change:**', '**Figures:**'),
      version,
      `${version}: does not say which figures may change`,
    ],
    [
      'one that says nothing of them',
      text.replace(/(\*\*Figures that may change:\*\*) [^\n]*/, '$1'),
      version,
      `${version}: does not say which figures may change`,
    ],
    [
      'one without what check-upgrade printed',
      text.replace(/```\n[^`]+```/, ''),
      version,
      `${version}: does not show what check-upgrade printed`,
    ],
    ['an entry twice', text.replace('## 0.1.0', '## 0.2.0'), version, 'a release has two entries'],
    ['an older release in front', text.replace('## 0.2.0', '## 9.2.0'), version, 'the releases are not in their order'],
  ])('%s', (_what, changelog, of, fault) => {
    expect(faultsOf(changelog, of)).toContain(fault);
  });
});
