import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decides, LIBRARIES } from '../../src/build-digest.js';
import { ANCHOR_REASONS, QUARANTINE_CODES, SESSION_REASONS } from '../contract-words.js';
import { filesIn, REPOSITORY } from '../workspace.js';

/** Rules about the source tree itself, so that it stays as it is meant to be read. */

const SOURCE = join(REPOSITORY, 'src');

interface SourceFile {
  /** Below src/. */
  path: string;
  text: string;
  /** Its text without comments. */
  code: string;
  /** The folder of src/ that it lies in; `leaf` where it lies in none. */
  room: string;
}

const files: SourceFile[] = filesIn(SOURCE).map((path) => {
  const text = readFileSync(join(SOURCE, path), 'utf8');
  return { path, text, code: withoutComments(text), room: roomOf(path) };
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

function roomOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] as string) : 'leaf';
}

/** What a file imports: a path below src/, or a package. */
function importsOf({ path, code }: SourceFile): string[] {
  const named = [...code.matchAll(/\b(?:from|import|commonJs)\s*\(?\s*'([^']+)'/g)].map(([, name]) => name as string);
  return named.map((name) =>
    name.startsWith('.') ? posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts') : name,
  );
}

/** Which rooms a file of a room may import from, besides its own; leaves are the files beside the rooms. */
const ONE_WAY: Record<string, string[]> = {
  bin: ['commands', 'config', 'leaf'],
  commands: [
    ...['compare', 'load', 'policy', 'rules', 'emit', 'close', 'verify', 'explain', 'config', 'notices', 'place'],
    'leaf',
  ],
  compare: ['policy', 'rules', 'leaf'], // settles again, step by step
  load: ['leaf'],
  policy: ['yaml', 'leaf'],
  config: ['yaml', 'load', 'notices', 'leaf'], // which kinds and codes there are
  place: ['compare', 'load', 'policy', 'config', 'close', 'notices', 'yaml', 'leaf'],
  yaml: ['leaf'], // how policies and settings are read, which know nothing of each other
  rules: ['leaf'],
  notices: ['policy', 'load', 'leaf'], // what exports and policy may hold is asked of those who read them
  emit: ['leaf'],
  close: ['leaf'],
  verify: ['leaf'],
  explain: ['leaf'],
  leaf: [],
};

const ONLY_DOOR: Record<string, string> = {
  '@duckdb/node-api': 'warehouse.ts',
  'decimal.js': 'money.ts',
  luxon: 'beijing.ts',
};

/** `check` tells what is wrong with a file; the test, which of all files have something wrong. */
function everyFile(check: (file: SourceFile) => string[]): void {
  expect(files.flatMap((file) => check(file).map((fault) => `src/${file.path}: ${fault}`))).toEqual([]);
}

describe('every source file', () => {
  test('imports one way, and from no sibling', () => {
    everyFile((file) => {
      const rooms = [file.room, ...(ONE_WAY[file.room] ?? [])];
      return importsOf(file).filter((name) => name.endsWith('.ts') && !rooms.includes(roomOf(name)));
    });
    expect(files.map(({ room }) => room).filter((room) => !(room in ONE_WAY))).toEqual([]);
    everyFile((file) => importsOf(file).filter((name) => name.endsWith('.ts') && !existsSync(join(SOURCE, name))));
  });

  test('leaves each library to the one file that is its door', () => {
    everyFile((file) => importsOf(file).filter((name) => name in ONLY_DOOR && ONLY_DOOR[name] !== file.path));
  });

  test('has at most 300 lines, and functions of at most 70', () => {
    everyFile(({ text }) => {
      const lines = text.split('\n').length - 1;
      return [...(lines > 300 ? [`${lines} lines`] : []), ...longBlocks(text)];
    });
  });

  test('lets no amount pass through a binary float', () => {
    const amounts = /\b(Number|Math\.\w+)\((?=[^)]*(amount|price|total|cap\b|gross|withheld|bonus|forfeited|dwell))/i;
    everyFile(({ path, code }) => {
      const rounds = path === 'money.ts' ? [] : [/\.toFixed\(/];
      return [/\bparseFloat\b/, amounts, ...rounds].flatMap((inexact) => inexact.exec(code)?.[0] ?? []);
    });
  });
});

/** By indentation, which the formatter keeps: from a line that opens a block to the one that closes it. */
function longBlocks(text: string): string[] {
  const lines = text.split('\n');
  return lines.filter((line, at) => {
    if (!line.endsWith('{') || /^\s*(export )?(abstract )?(class|interface|type|const \w+(: .*)? = \{)/.test(line))
      return false;
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    const end = lines.findIndex((other, later) => later > at && other.startsWith(`${indent}}`));
    return end - at + 1 > 70;
  });
}

/**
 * What a settlement reaches and doesn't decide about: whoever adds to this list says why. Everything else that it
 * reaches is part of the digest that stands in a manifest.
 */
const REACHED: Record<string, string> = {
  'build-digest.ts': 'the digest itself',
  'errors.ts': 'words and exit codes',
  'plain-table.ts': 'a table on the terminal',
  'terminal.ts': 'what is printed',
  'version.ts': 'name, version and digest',
  'warehouse-failures.ts': 'words of failures',
  'commands/breakdown.ts': 'the summary',
  'commands/fault-groups.ts': 'faults as they are told',
  'commands/hold.ts': 'opens and closes the warehouse',
  'commands/period-close.ts': 'what is told of a close',
  'commands/restated-causes.ts': 'causes as they are told',
  'commands/run-to-share-with.ts': 'where a file is taken from, whose bytes are the same',
  'commands/unsettled.ts': 'sessions as they are told',
  'config/values.ts': 'how a setting is written',
};

describe('the digest of the build', () => {
  /** From where a load and a settlement begin, all that they import, types aside. */
  const reached = new Set<string>();
  const walk = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    const file = files.find((each) => each.path === path) as SourceFile;
    const code = file.code.replace(/import type [^;]*;/g, '');
    for (const name of importsOf({ ...file, code })) if (name.endsWith('.ts')) walk(name);
  };
  for (const start of ['commands/settle-period.ts', 'load/load.ts']) walk(start);

  test('has every source that a settlement reaches, or it is said why not', () => {
    const left = [...reached].filter((path) => decides(path) !== true);
    expect(left.sort()).toEqual(
      Object.keys(REACHED)
        .filter((path) => reached.has(path))
        .sort(),
    );
    expect(reached.size).toBeGreaterThan(60);
    expect(Object.keys(REACHED).filter((path) => decides(path) !== false)).toEqual([]);
  });

  test('has every package that its sources import', () => {
    const own = files.filter(({ path }) => decides(path) === true);
    const packages = own
      .flatMap(importsOf)
      .filter((name) => /^@?[a-z][\w./-]*$/.test(name) && !name.endsWith('.ts'))
      .map((name) => (name.startsWith('@') ? name : (name.split('/')[0] as string)));
    const known = [...LIBRARIES, '@duckdb/node-api'];
    expect([...new Set(packages)].filter((name) => !(known as string[]).includes(name))).toEqual([]);
  });
});

describe('the verification', () => {
  const verify = files.filter(({ room }) => room === 'verify');

  test('knows neither the warehouse nor any SQL', () => {
    expect(verify.length).toBeGreaterThan(0);
    const doors = ['warehouse.ts', 'sql-files.ts'];
    const used = verify.flatMap((file) => importsOf(file).filter((name) => doors.includes(name)));
    expect(used).toEqual([]);
    for (const { path, code } of verify) expect(code, path).not.toMatch(/\bSELECT\b|\bFROM\b|\.sql\b/);
  });
});

describe('the repository', () => {
  test('has a lock file without addresses, which may be anybody’s mirror', () => {
    expect(readFileSync(join(REPOSITORY, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
  });

  const readme = join(REPOSITORY, 'README.md');
  // A reason with a parameter is told of by its first part: `punished:<kind>`; penalty rules are the policy's own.
  const words = [...SESSION_REASONS, ...ANCHOR_REASONS.filter((reason) => !reason.includes('-')), ...QUARANTINE_CODES];
  test.runIf(existsSync(readme)).each([...new Set(words.map((word) => word.split(':')[0] as string))])(
    'explains %s in its README',
    (word) => {
      expect(readFileSync(readme, 'utf8')).toMatch(new RegExp(`\\b${word}\\b`));
    },
  );
});
