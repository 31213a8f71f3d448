import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { type CallOptions, type Ended, settle } from './program.js';
import { filesIn, REPOSITORY } from './workspace.js';

/** What builds of older warehouse formats left and answered: test/fixtures/format-2 and so on, each made by its make.mjs. */

const FIXTURES = join(REPOSITORY, 'test/fixtures');

export const OLD_PLACES = [
  ...(['month', 'faulty', 'readings', 'chain', 'killed', 'empty'] as const).map((name) => `format-2/${name}` as const),
  ...(['faulty', 'chain', 'killed', 'empty'] as const).map((name) => `format-3/${name}` as const),
  'format-4/killed' as const,
];
/** Those, and one in which anchors changed their agency after the close: there a build of today answers otherwise. */
export type OldName = (typeof OLD_PLACES)[number] | 'format-3/moved';

type Answer = Record<string, unknown>;

/** The words that the old build was given, its exit code and its JSON, with paths relative to the place. */
export interface Asked {
  words: string[];
  exit: number;
  answer: Answer;
}

/** A run's answer is its manifest; `folder` is where its run folder is kept. */
export interface OldRun extends Asked {
  folder: string;
}

/** See test/fixtures/place.mjs. */
export interface Answers {
  exports: string;
  loads: number;
  asked: Asked[];
  known: OldRun[];
  again: (OldRun & { closed: Answer })[];
  held: Asked;
  next: { load: Asked; files: Asked; run: OldRun };
}

/** A place as the old build left it, with the exports and policies that it was given. */
export class OldPlace {
  private constructor(
    readonly folder: string,
    readonly answers: Answers,
  ) {}

  static answersOf(name: OldName): Answers {
    return JSON.parse(packed(`${name}.answers.json.gz`).toString('utf8')) as Answers;
  }

  /** Unpacked into a new folder below one of the caller's. */
  static unpacked(name: OldName, below: string): OldPlace {
    const folder = join(below, name);
    const answers = OldPlace.answersOf(name);
    mkdirSync(join(folder, 'exports/none'), { recursive: true });
    execFileSync('tar', ['-xf', '-', '-C', folder], { input: packed(`${name}.tar.gz`) });
    cpSync(join(FIXTURES, 'policies'), join(folder, 'policies'), { recursive: true });
    cpSync(join(FIXTURES, 'exports', answers.exports), join(folder, 'exports'), { recursive: true });
    mkdirSync(join(folder, 'exports/all'));
    for (let load = 1; load <= answers.loads; load += 1)
      cpSync(join(folder, `exports/${load}`), join(folder, 'exports/all'), { recursive: true });
    return new OldPlace(folder, answers);
  }

  /** Another one that nothing was done in yet; run folders that are only kept for comparison stay behind. */
  copy(folder: string): OldPlace {
    const kept = ['known', 'again', 'next'].map((name) => join(this.folder, name));
    // Of runs that ended in one second the one written last is the latest.
    cpSync(this.folder, folder, { recursive: true, preserveTimestamps: true, filter: (path) => !kept.includes(path) });
    mkdirSync(join(folder, 'temp'));
    return new OldPlace(folder, this.answers);
  }

  get warehouse(): string {
    return join(this.folder, 'settlement.duckdb');
  }

  settle(words: readonly string[], options: Partial<CallOptions> = {}): Promise<Ended> {
    const env = { TMPDIR: join(this.folder, 'temp'), ...options.env };
    return settle(words, { cwd: this.folder, ...options, env });
  }

  /** What the current build answers to the words, paths relative to the place. */
  async ask(words: readonly string[]): Promise<Asked> {
    const { exit, stdout } = await this.settle([...words, '--json', '--quiet']);
    return { words: [...words], exit: exit ?? -1, answer: JSON.parse(stdout.replaceAll(`${this.folder}/`, '')) };
  }

  /** Every run folder that can be seen, relative to the place. */
  runDirs(): string[] {
    const out = join(this.folder, 'out');
    const manifests = filesIn(out).filter((file) => /^[^./][^/]*\/[^./][^/]*\/manifest\.json$/.test(file));
    return manifests.map((file) => `out/${file.slice(0, -'/manifest.json'.length)}`);
  }
}

function packed(name: string): Buffer {
  return gunzipSync(readFileSync(join(FIXTURES, name)));
}

/** Texts that may be worded anew; where there was one there must be one. */
const WORDED = [
  'margin',
  'change',
  'pace',
  'none',
  'counted',
  'counts',
  'why',
  'unit_price_from',
  'scarcity_index_from',
];
/** Of these the figures count. */
const MEASURED = ['value', 'threshold'];
/** Objects whose keys are data: one that came is a difference, unless it is a cause that moves nothing. */
const MAPS = ['causes', 'policy_keys', 'takes'];

const NOTHING = '0.00';

/** Of an answer what must be as it was then: the keys that there were, without the wording. `then` as it is now says what is expected. */
export function asThen(now: unknown, then: unknown, key = ''): unknown {
  if (typeof now === 'string') return textOf(now, key);
  if (Array.isArray(now)) return now.map((each, at) => asThen(each, Array.isArray(then) ? then[at] : undefined, key));
  if (!isObject(now)) return now;
  const came = Object.keys(now).filter(
    (each) => !(key === 'causes' && now[each] === NOTHING && isObject(then) && !(each in then)),
  );
  const keys = MAPS.includes(key) || !isObject(then) ? came : Object.keys(then);
  return Object.fromEntries(
    keys.map((each) => [each, asThen(now[each], isObject(then) ? then[each] : undefined, each)]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(text: string, key: string): string {
  if (WORDED.includes(key)) return '(text)';
  if (!MEASURED.includes(key)) return text;
  return text.match(/\d[\d.,:-]*/g)?.join(' ') ?? '(text)';
}

/** What a refusal or a run's manifest says that doesn't depend on the build: an answer of another kind as it is. */
export function comparable(answer: Answer): Answer {
  if (isObject(answer.error)) return { code: answer.error.code };
  if (answer.dry_run === true) return { ...answer, accepted_at: '' }; // the moment of asking
  if (!('accounting' in answer)) return answer;
  const { policy, period, as_of, restates, inputs, accounting, totals } = answer;
  return { policy, period, as_of, restates, inputs, accounting, totals };
}

export function expectAsThen(now: Asked, then: Asked): void {
  const [a, b] = [comparable(now.answer), comparable(then.answer)];
  expect({ exit: now.exit, ...(asThen(a, b) as object) }).toEqual({ exit: then.exit, ...(asThen(b, b) as object) });
}

const isWorded = (file: string): boolean =>
  ['quarantine.csv', 'unsettled.csv'].includes(file) || file.startsWith('anchors/');
const OF_THE_BUILD = ['manifest.json', 'close.json'];

/** A run folder's tables are those of another to the byte; messages and notes, in the last columns, may be worded anew. */
export function expectSameTables(runDir: string, then: string): void {
  const files = filesIn(then).filter((file) => !OF_THE_BUILD.includes(file));
  const statements = (folder: string) => filesIn(folder).filter((file) => file.startsWith('anchors/'));
  expect(statements(runDir)).toEqual(statements(then));
  expect(existsSync(join(runDir, 'adjustments.csv'))).toBe(files.includes('adjustments.csv'));
  for (const file of files) expect([file, tableOf(runDir, file)]).toEqual([file, tableOf(then, file)]);
}

function tableOf(folder: string, file: string): string {
  const text = readFileSync(join(folder, file), 'utf8');
  if (!isWorded(file)) return text;
  const rows: string[][] = parse(text, { record_delimiter: '\n' });
  const [header = []] = rows;
  // What lacks is worded in English, and by later builds in Chinese too.
  return JSON.stringify(rows.map((row) => row.slice(0, header.indexOf('needs')))); // without it, the last one
}
