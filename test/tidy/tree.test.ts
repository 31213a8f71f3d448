import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decides, LIBRARIES } from '../../src/program/build-digest.js';
import { PROGRAMMES } from '../../src/programmes/registry.js';
import { COMMANDS } from '../docs/commander.js';
import { filesIn, REPOSITORY } from '../support/workspace.js';

/** Rules about the source tree itself, so that it stays as it is meant to be read. */

const SOURCE = join(REPOSITORY, 'src');

/** The rooms from the ground up: a file imports from its own and from those before it. */
const ROOMS = [
  'words', // what is said, in each language
  'core', // amounts, days, failures
  'text', // how anything is printed
  'disk',
  'context', // where progress and messages of a command go
  'yaml',
  'exports', // what a column of an export may hold
  'program',
  'engine', // what is asked of the database
  'book', // workbooks, whatever they show
  'shell', // what shells complete, and the manual
  'page', // pages for a browser, whatever they show
  'verify', // what second implementations share: strangers to the rules
  'opened', // a packet that is opened in a browser, whatever the programme
  'programmes/interface', // what the engine asks of a programme
  'programmes/exports', // the exports that programmes share
  'programmes/content-incentive/words', // what it says of its own
  'programmes/content-incentive/policy',
  'programmes/content-incentive/reach', // how rows of exports reach figures
  'programmes/content-incentive/explain',
  'programmes/content-incentive/months', // one period beside another
  'programmes/content-incentive/book',
  'programmes/content-incentive/pages',
  'programmes/content-incentive/packet', // whose the rows are
  'programmes/content-incentive/verify',
  'programmes/content-incentive/summary',
  'programmes/content-incentive',
  'programmes/listing', // programmes that judge rows and pay nobody
  'programmes/digital-hosts/verify',
  'programmes/digital-hosts',
  'programmes/penalty-points/verify',
  'programmes/penalty-points',
  'programmes/tool-coupons/verify',
  'programmes/tool-coupons',
  'programmes/publishing/verify',
  'programmes/publishing',
  'programmes/customer-stages/verify',
  'programmes/customer-stages',
  'programmes', // the registry: below it nobody knows which programmes there are, above it nobody asks which it is
  'rules',
  'policy',
  'emit',
  'close',
  'disputes', // what agencies say against their packets
  'packet', // what an agency is given, whatever the programme
  'notices',
  'load',
  'lake', // exports that many machines load together
  'payments', // what was paid: batches, in the folder and in the warehouse
  'settings',
  'compare',
  'runs',
  'summary',
  'warehouse',
  'place',
  'settle',
  'rebuild',
  'night',
  'report',
  'closing',
  'disputing', // disputes made, taken in and answered
  'paying', // making, reviewing and showing batches
  'commands',
  'bin',
];

/** A stranger to the rules: it imports from nobody but these, and from it the commands alone. */
const STRANGER = /^programmes\/[\w-]+\/verify$/;
const OF_STRANGER = ['core', 'disk', 'verify'];

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

/** The longest folder of the list below that holds the file. */
function roomOf(path: string): string {
  const parts = path.split('/');
  const folders = parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join('/'));
  return folders.reverse().find((folder) => ROOMS.includes(folder)) ?? `${folders.at(-1) ?? ''}, which has no place`;
}

/** What a file imports: a path below src/, or a package. */
function importsOf({ path, code }: SourceFile): string[] {
  const named = [...code.matchAll(/\b(?:from|import|commonJs)\s*\(?\s*'([^']+)'/g)].map(([, name]) => name as string);
  return named.map((name) =>
    name.startsWith('.') ? posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts') : name,
  );
}

const ONLY_DOOR: Record<string, string> = {
  '@duckdb/node-api': 'engine/duckdb/warehouse.ts',
  'decimal.js': 'core/money.ts',
  luxon: 'core/beijing.ts',
};

/** `check` tells what is wrong with a file; the test, which of all files have something wrong. */
function everyFile(check: (file: SourceFile) => string[]): void {
  expect(files.flatMap((file) => check(file).map((fault) => `src/${file.path}: ${fault}`))).toEqual([]);
}

describe('every source file', () => {
  test('lies in a room, and imports from those below it', () => {
    expect(files.filter(({ room }) => !ROOMS.includes(room)).map(({ path }) => path)).toEqual([]);
    everyFile((file) => {
      const floor = ROOMS.indexOf(file.room);
      return importsOf(file).filter((name) => name.endsWith('.ts') && ROOMS.indexOf(roomOf(name)) > floor);
    });
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
      const rounds = path === 'core/money.ts' ? [] : [/\.toFixed\(/];
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
  'context/context.ts': 'progress and messages',
  'context/event-log.ts': 'the log of a night',
  'core/errors.ts': 'words and exit codes',
  'engine/duckdb/failures.ts': 'words of failures',
  'program/build-digest.ts': 'the digest itself',
  'program/version.ts': 'name, version and digest',
  'programmes/content-incentive/summary/breakdown.ts': 'the summary',
  'programmes/content-incentive/summary/codes-zh.ts': 'codes as they are told',
  'programmes/content-incentive/summary/projected.ts': 'an estimate beside the budget',
  'programmes/content-incentive/summary/summary.ts': 'the summary',
  'programmes/content-incentive/summary/unsettled.ts': 'sessions as they are told',
  'programmes/content-incentive/summary/warnings.ts': 'warnings as they are told',
  'report/attention-text.ts': 'notices as they are told',
  'runs/known-at.ts': 'which load a time means: the load is in the run id by its files',
  'settings/run-options.ts': 'flags: those that count are in the run id each for itself',
  'settings/values.ts': 'how a setting is written',
  'summary/breakdown.ts': 'the summary',
  'summary/fault-groups.ts': 'faults as they are told',
  'summary/restated-causes.ts': 'causes as they are told',
  'text/count.ts': 'numbers as they are told',
  'text/plain-table.ts': 'a table on the terminal',
  'text/terminal.ts': 'what is printed',
  'text/width.ts': 'columns on a terminal',
  'warehouse/hold.ts': 'opens and closes the warehouse',
};

describe('the digest of the build', () => {
  /** From where a load and a settlement begin, all that they import, types and what is read when it is called for aside. */
  const reached = new Set<string>();
  const walk = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    const file = files.find((each) => each.path === path) as SourceFile;
    const code = file.code.replace(/import type [^;]*;/g, '').replace(/\bimport\('[^']*'\)/g, ''); // what is called for later decides nothing
    for (const name of importsOf({ ...file, code })) if (name.endsWith('.ts')) walk(name);
  };
  for (const start of ['settle/settle-period.ts', 'load/load.ts']) walk(start);

  test('has every source that a settlement reaches, or it is said why not', () => {
    const left = [...reached].filter((path) => decides(path) !== true && !/(^|\/)words\//.test(path));
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

/** What only the incentive speaks of. A programme's words stand in its own rooms. */
const WORDS = /newcomer|attendance|scarcity|watch_?time|low_?level|compliance_?code|daily_?cap/i;

/** Folders that hold more than a dozen files, and why. */
const LARGE: Record<string, string> = {
  bin: 'one file for commands that belong together',
  commands: 'one file a command',
  'words/zh': 'one file for what belongs together',
};

describe('folders and names', () => {
  test('a folder holds a dozen files, or says why it holds more', () => {
    const count = new Map<string, number>();
    for (const { path } of files) count.set(posix.dirname(path), (count.get(posix.dirname(path)) ?? 0) + 1);
    const large = [...count].filter(([, number]) => number > 12).map(([folder]) => folder);
    expect(large.sort()).toEqual(Object.keys(LARGE).sort());
  });

  test('a file of commands is named like its command', () => {
    const commands = [...new Set([...COMMANDS.keys()].map((words) => words.split(' ')[0] as string))];
    const named = files.filter(({ room }) => room === 'commands').map(({ path }) => posix.basename(path, '.ts'));
    expect(named.filter((name) => !commands.includes(name))).toEqual([]);
    expect(commands.filter((command) => !named.includes(command))).toEqual([]);
  });

  test('an exported name is defined once', () => {
    const definition = /^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm;
    const names = files
      .filter(({ path }) => !/(^|\/)verify\//.test(path))
      .flatMap(({ code }) => [...code.matchAll(definition)].map(([, name]) => name as string));
    expect([...new Set(names.filter((name, at) => names.indexOf(name) < at))]).toEqual([]);
  });
});

describe('the engine', () => {
  test('speaks no word of a programme', () => {
    const engine = files.filter(({ room }) => !room.startsWith('programmes'));
    expect(engine.length).toBeGreaterThan(150);
    expect(engine.filter(({ text }) => WORDS.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test('shares no SQL that speaks one', () => {
    const shared = ['run', 'since', 'comparison', 'audits', 'emit'].flatMap((folder) =>
      filesIn(join(REPOSITORY, 'sql', folder)).map((path) => join(REPOSITORY, 'sql', folder, path)),
    );
    expect(shared.length).toBeGreaterThan(15);
    expect(shared.filter((path) => path.endsWith('.sql') && WORDS.test(readFileSync(path, 'utf8')))).toEqual([]);
  });

  test('is told of programmes by the registry alone', () => {
    const naming = files.filter(
      ({ room, code }) =>
        !room.startsWith('programmes/') && PROGRAMMES.some(({ name }) => new RegExp(`['/]${name}['/]`).test(code)),
    );
    expect(naming.map(({ path }) => path)).toEqual(['program/build-digest.ts', 'programmes/registry.ts']);
  });
});

describe('the verification', () => {
  const verify = files.filter(({ room }) => STRANGER.test(room) || room === 'verify');

  test('knows neither the warehouse nor any SQL', () => {
    expect(verify.length).toBeGreaterThan(0);
    const rooms = verify.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.endsWith('.ts') && roomOf(name) !== file.room)
        .map(roomOf),
    );
    expect([...new Set(rooms)].filter((room) => !OF_STRANGER.includes(room))).toEqual([]);
    expect(verify.flatMap(importsOf)).not.toContain('program/sql-files.ts');
    for (const { path, code } of verify) expect(code, path).not.toMatch(/\bSELECT\b|\bFROM\b|\.sql\b/);
  });
});

describe('the repository', () => {
  test('runs every test before anything lands: those of npm test, then the deep ones', () => {
    const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
    expect(scripts).toMatchObject({
      test: 'vitest run --tags-filter=!deep',
      'test:deep': 'vitest run --isolate',
    });
    expect(readFileSync(join(REPOSITORY, '.ci/run'), 'utf8')).toContain('\nnpm test\nnpm run test:deep\n');
  });

  test('has a lock file without addresses, which may be anybody’s mirror', () => {
    expect(readFileSync(join(REPOSITORY, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
  });
});
