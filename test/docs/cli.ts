import { describe, expect, test } from 'vitest';
import { SETTINGS } from '../../src/settings/settings.js';
import { STRUCTURED } from '../../src/settings/structured.js';
import { COMMANDS, flagsOf } from './commander.js';
import { codeIn, linksIn, listed, ownPart, page, rows, section } from './pages.js';

/** reference/cli.md has every command with its flags, and every setting. */

const PAGE = 'docs/reference/cli.md';
const SHARED = ['Common flags', 'Warehouse flags', 'Reading flags', 'Database flags'] as const;

const long = (code: string): string => code.split(' ')[0] as string;
const flagsBelow = (heading: string): string[] =>
  rows(ownPart(section(page(PAGE), heading)))
    .flatMap((row) => codeIn(row[0] ?? []).map(long))
    .filter((flag) => flag.startsWith('--'));

/** A command's flags as the page has them: its own table, and the shared ones that it links to. */
function documented(name: string): string[] {
  const tokens = section(page(PAGE), `settle ${name}`);
  const links = linksIn(tokens);
  const shared = SHARED.filter((heading) => links.includes(`#${heading.toLowerCase().replace(' ', '-')}`));
  return [...flagsBelow(`settle ${name}`), ...shared.flatMap(flagsBelow)];
}

const ACTING = [...COMMANDS].filter(([, command]) => command.commands.length === 0);

test.each(ACTING)('settle %s: all of its flags stand there, and no other', (name, command) => {
  expect(documented(name).sort()).toEqual(flagsOf(command).sort());
});

test('no other command stands there', () => {
  const { slugs } = page(PAGE);
  const known = ACTING.map(([name]) => `settle-${name.replace(' ', '-')}`);
  expect(slugs.filter((slug) => slug.startsWith('settle-')).sort()).toEqual(known.sort());
});

test.each(ACTING)('settle %s: its arguments stand there', (name, command) => {
  const calls = codeIn(ownPart(section(page(PAGE), `settle ${name}`))).filter((code) => code.startsWith('settle '));
  const needed = command.registeredArguments.filter(({ required }) => required).map((each) => each.name());
  for (const argument of needed) expect(calls.join('\n').toLowerCase()).toMatch(new RegExp(`\\b${argument}\\b`));
});

describe('settings', () => {
  const table = rows(section(page(PAGE), 'Settings')).map((row) => row.map((cell) => codeIn(cell)));

  test('each key of settle.yaml stands there, and no other', () => {
    const keys = [...SETTINGS.map(({ key }) => key), ...Object.keys(STRUCTURED)];
    expect(listed(PAGE, 'Settings').sort()).toEqual(keys.sort());
  });

  test.each(SETTINGS.map(({ key, flag }) => [key, flag] as const))('%s with its variable and flag', (key, flag) => {
    const [, variable, flags] = table.find((row) => row[0]?.[0] === key) ?? [];
    expect(variable).toEqual([`SETTLE_${key.toUpperCase()}`]);
    expect(flags?.[0]).toBe(
      `--${flag.replace(/[A-Z0-9]+/g, (part) => (/^\d/.test(part) ? part : `-${part}`))}`.toLowerCase(),
    );
  });

  test('the example has every key', () => {
    const example = page(PAGE).blocks.find(({ lang }) => lang === 'yaml')?.text ?? '';
    const keys = [...example.matchAll(/^(\w+):/gm)].map(([, key]) => key as string);
    expect(keys.sort()).toEqual(listed(PAGE, 'Settings').sort());
  });
});
