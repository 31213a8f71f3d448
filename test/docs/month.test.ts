import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settle } from '../support/program.js';
import { REPOSITORY, SAMPLES, temporaryFolder } from '../support/workspace.js';
import { commandsIn } from './calls.js';
import { page } from './pages.js';

// @module-tag deep

/** Pages that walk through a month: their commands are run, and every line that they show is looked for. */

interface Shown {
  command: string;
  lines: string[];
}

const GOLDEN = join(REPOSITORY, 'test/golden/2023-11');

interface Walk {
  path: string;
  /** What its reader's computer speaks. */
  locale: string;
  /** What it must have, of commands. */
  has: string[];
}

const WALKS: Walk[] = [
  {
    path: 'docs/close-and-adjust.md',
    locale: 'C',
    has: ['settle run', 'settle close', 'settle diff', 'settle explain'],
  },
  ...[
    { path: 'docs/from-workbooks.md', locale: 'C' },
    { path: 'docs/from-workbooks.zh.md', locale: 'zh_CN.UTF-8' },
  ].map((each) => ({ ...each, has: ['settle run', 'settle close', 'settle book', 'settle payments'] })),
];

/** The commands of a page, each with the lines shown below it. */
function shownIn(path: string): Shown[] {
  return page(path)
    .blocks.filter(({ lang }) => lang === 'console')
    .flatMap(({ text }) => text.split(/^\$ /m))
    .filter((part) => part !== '')
    .map((part) => {
      const [command = '', ...lines] = part.trimEnd().split('\n');
      return { command, lines };
    });
}

/** What no two runs have alike: ids, and lines from where the clock stands in them; times of the month itself stay. */
function timeless(text: string): string {
  return text
    .replace(/(2023-11-30-|content-live\/0001-)[0-9a-f]{16}/g, '$1…')
    .replace(/(?!2023)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d.*$/gm, '…');
}

/** The reader's terminal: where they are, and the ids that are left out. */
class Reader {
  readonly root = temporaryFolder();
  #folder = this.root;
  readonly #locale: string;

  constructor(locale: string) {
    cpSync(SAMPLES, join(this.root, 'data-samples'), { recursive: true });
    this.#locale = locale;
  }

  async does(command: string): Promise<string> {
    const [program, ...words] = this.#wordsOf(command);
    const [first = '', second = ''] = words;
    if (program === 'cd') this.#folder = join(this.#folder, first);
    else if (program === 'cp') this.#copy(words.at(-2) as string, words.at(-1) as string);
    else if (program === 'cat') return readFileSync(join(this.#folder, first), 'utf8');
    else {
      const { exit, stdout, stderr } = await settle(words, { cwd: this.#folder, env: { LC_ALL: this.#locale } });
      expect(exit, `${first} ${second}: ${stderr}`).toBe(0);
      return stdout;
    }
    return '';
  }

  /** As `cp` does: into a folder that is there, else under that name. */
  #copy(from: string, to: string): void {
    const target = readdirSync(this.#folder).includes(to) ? join(to, from.split('/').at(-1) as string) : to;
    cpSync(join(this.#folder, from), join(this.#folder, target), { recursive: true });
  }

  #wordsOf(command: string): string[] {
    return (commandsIn(command)[0] ?? []).map((word) =>
      word.replace('2023-11-30-…', () => this.#lastRun()).replace('content-live/0001-…', () => this.#batch()),
    );
  }

  /** A file of the last run. */
  ofRun(file: string): string {
    return readFileSync(join(this.#folder, 'out/content-live-2023-11', this.#lastRun(), file), 'utf8');
  }

  /** The run that restates, else the only one. */
  #lastRun(): string {
    const runs = join(this.#folder, 'out/content-live-2023-11');
    const restates = (run: string): boolean =>
      'restates' in JSON.parse(readFileSync(join(runs, run, 'manifest.json'), 'utf8'));
    return readdirSync(runs)
      .sort((a, b) => Number(restates(a)) - Number(restates(b)))
      .at(-1) as string;
  }

  /** The whole id of the batch, as the last command showed it. */
  #batch(): string {
    return /content-live\/0001-[0-9a-f]{16}/.exec(this.said.join('\n'))?.[0] as string;
  }

  readonly said: string[] = [];
}

describe.each(WALKS)('$path', ({ path, locale, has }) => {
  const shown = shownIn(path);
  const reader = new Reader(locale);
  afterAll(() => rmSync(reader.root, { recursive: true, force: true }));

  beforeAll(async () => {
    for (const { command } of shown) reader.said.push(await reader.does(command));
  }, 180_000);

  test('has the commands of a month', () => {
    const names = shown.map(({ command }) => command.split(' ').slice(0, 2).join(' '));
    expect(names).toEqual(expect.arrayContaining(has));
  });

  test.runIf(path.includes('workbooks')).each(['settlement.csv', 'days.csv', 'sessions.csv'])(
    'has the %s of the month as CSV',
    (file) => expect(reader.ofRun(file)).toBe(readFileSync(join(GOLDEN, file), 'utf8')),
  );

  test.each(shown.map(({ command, lines }, at) => ({ command, lines, at })))('$command', ({ lines, at }) => {
    const real = timeless(reader.said[at] ?? '').split('\n');
    let from = 0;
    for (const line of lines.filter((text) => text !== '…')) {
      const found = real.indexOf(line, from);
      expect(found, `no line ${JSON.stringify(line)} in\n${real.join('\n')}`).toBeGreaterThanOrEqual(from);
      from = found + 1;
    }
  });
});
