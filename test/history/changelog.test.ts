import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { OLD_PLACES, OldPlace } from '../support/old-place.js';
import { REPOSITORY, temporaryFolder } from '../support/workspace.js';

// @module-tag deep

/** What CHANGELOG.md says that check-upgrade prints of the fixtures is what this program prints. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the newest entry shows what check-upgrade prints of the fixtures with closed periods', async () => {
  const printed: string[] = [];
  for (const name of OLD_PLACES) {
    const { exit, stdout } = await OldPlace.unpacked(name, folder)
      .copy(join(folder, `${name}-now`))
      .settle(['check-upgrade']);
    expect([name, exit]).toEqual([name, 0]);
    if (!stdout.startsWith('No period is closed')) printed.push(stdout);
  }
  expect(printed.length).toBeGreaterThan(2);
  const [, entry = ''] = readFileSync(join(REPOSITORY, 'CHANGELOG.md'), 'utf8').split(/^## /m);
  const said = /of the fixtures:\*\*\n\n```\n([^`]+)```/.exec(entry)?.[1];
  expect(said).toBe(printed.join('').replace(/\(build [0-9a-f]{16}\): /g, '(build …): '));
}, 300_000);
