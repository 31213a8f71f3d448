import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settle } from '../support/program.js';
import { SAMPLES, temporaryFolder } from '../support/workspace.js';
import { commandsIn } from './calls.js';
import { page } from './pages.js';

/** The example of a month that goes on: its commands are run, and every line that it shows is looked for. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Shown {
  command: string;
  lines: string[];
}

/** The commands of the example, each with the lines shown below it. */
function example(): Shown[] {
  const block = page('docs/close-and-adjust.md').blocks.find(({ lang }) => lang === 'console');
  return (block?.text ?? '')
    .split(/^\$ /m)
    .filter((part) => part !== '')
    .map((part) => {
      const [command = '', ...lines] = part.trimEnd().split('\n');
      return { command, lines };
    });
}

/** What no two runs have alike. */
function timeless(text: string): string {
  return text.replace(/(2023-11-30-)[0-9a-f]{16}/g, '$1…').replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/gm, '…');
}

/** The words of a command, with the run that ended last where an id is left out. */
function wordsOf(command: string): string[] {
  return (commandsIn(command)[0] ?? []).map((word) => word.replace('2023-11-30-…', () => lastRun()));
}

function lastRun(): string {
  const runs = join(folder, 'out/content-live-2023-11');
  const restates = (run: string): boolean =>
    'restates' in JSON.parse(readFileSync(join(runs, run, 'manifest.json'), 'utf8'));
  return readdirSync(runs)
    .sort((a, b) => Number(restates(a)) - Number(restates(b)))
    .at(-1) as string;
}

const shown = example();
const said: string[] = [];

beforeAll(async () => {
  cpSync(SAMPLES, join(folder, 'data-samples'), { recursive: true });
  for (const { command } of shown) {
    const [program, ...words] = wordsOf(command);
    if (program === 'cat') said.push(readFileSync(join(folder, words[0] as string), 'utf8'));
    else {
      const { exit, stdout, stderr } = await settle(words, { cwd: folder, env: { LC_ALL: 'C' } });
      expect(exit, stderr).toBe(0);
      said.push(stdout);
    }
  }
}, 180_000);

test('has the commands of a month that goes on', () => {
  const names = shown.map(({ command }) => command.split(' ').slice(0, 2).join(' '));
  expect(names).toEqual(expect.arrayContaining(['settle run', 'settle close', 'settle diff', 'settle explain']));
});

describe.each(shown.map(({ command, lines }, at) => ({ command, lines, at })))('$command', ({ lines, at }) => {
  test('says what the page shows', () => {
    const real = timeless(said[at] ?? '').split('\n');
    let from = 0;
    for (const line of lines.filter((text) => text !== '…')) {
      const found = real.indexOf(line, from);
      expect(found, `no line ${JSON.stringify(line)} in\n${real.join('\n')}`).toBeGreaterThanOrEqual(from);
      from = found + 1;
    }
  });
});
