import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tokens } from 'marked';
import { expect, test } from 'vitest';
import { filesIn, REPOSITORY } from '../support/workspace.js';
import { codeIn, page, rows, section, shown } from './pages.js';

/** The picture of the rooms is the order that the tree is held to; a session's way goes forward alone. */

const PAGE = page('docs/architecture.md');

test('the rooms stand in the order of the tree', () => {
  const tree = readFileSync(join(REPOSITORY, 'test/tidy/tree.test.ts'), 'utf8');
  const [, list = ''] = /const ROOMS = \[\n([\s\S]*?)\n\];/.exec(tree) ?? [];
  const rooms = [...list.matchAll(/^ {2}'([\w/-]+)'/gm)].map(([, room]) => room as string);
  expect(rooms.length).toBeGreaterThan(10);
  const picture = PAGE.blocks.find(({ lang }) => lang === 'text')?.text ?? '';
  const drawn = [...picture.matchAll(/^ ([\w/-]+) /gm)].map(([, room]) => room as string);
  expect(drawn.toReversed()).toEqual(rooms);
});

interface Stop {
  path: string;
  reads: string[];
  writes: string | undefined;
}

const list = section(PAGE, "One session's way").find(({ type }) => type === 'list') as Tokens.List;
const stops: Stop[] = list.items.map(({ tokens }) => {
  const [path = ''] = codeIn(tokens);
  const text = path.endsWith('.sql') ? readFileSync(join(REPOSITORY, path), 'utf8') : '';
  const [, reads = '', writes] = /^-- reads: (.*?) {2,}writes: (\w+)/m.exec(text) ?? [];
  return { path, reads: reads.split(', '), writes };
});

test("a session's way has 25 stops at most, each a file", () => {
  expect(stops.length).toBeGreaterThan(15);
  expect(stops.length).toBeLessThanOrEqual(25);
  expect(new Set(stops.map(({ path }) => path)).size).toBe(stops.length);
});

test('no stop reads what a later one writes', () => {
  const back = stops.flatMap(({ path, reads }, at) =>
    stops
      .slice(at + 1)
      .flatMap(({ writes, path: later }) => (writes && reads.includes(writes) ? [`${path}: ${later}`] : [])),
  );
  expect(back).toEqual([]);
});

test('each step of the SQL reads what an earlier one wrote', () => {
  const steps = stops.filter(({ writes }) => writes !== undefined);
  expect(steps.length).toBeGreaterThan(8);
  for (const [at, { path, reads }] of steps.entries()) {
    if (at === 0) continue;
    const written = steps.slice(0, at).map(({ writes }) => writes);
    expect([path, reads.some((relation) => written.includes(relation))]).toEqual([path, true]);
  }
});

test('it goes through every rule between the session and the day', () => {
  const between = filesIn(join(REPOSITORY, 'sql/content-incentive/day')).filter((file) => file.endsWith('.sql'));
  for (const file of between) expect(stops.map(({ path }) => path)).toContain(`sql/content-incentive/day/${file}`);
});

const NAMES = rows(section(PAGE, 'Names'));

test('every name in the table of terms is explained once', () => {
  const all = NAMES.flatMap(([first = []]) => shown(first).split(', '));
  expect(all.length).toBeGreaterThan(20);
  expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([]);
});

test('every type in the table of terms is one', () => {
  const types = NAMES.flatMap(([first = []]) => codeIn(first));
  const folder = join(REPOSITORY, 'src');
  const sources = filesIn(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  expect(types.length).toBeGreaterThan(3);
  const isType = (name: string): boolean =>
    sources.some((text) => new RegExp(`export (interface|type|class) ${name}\\b`).test(text));
  expect(types.filter((name) => !isType(name))).toEqual([]);
});
